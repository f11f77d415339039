import shutil
from pathlib import Path

import pytest
from tickets.samples import DESIGNS, TEMPLATES

from articket.adapters.ticket_pdf.layout_file import read_layout
from articket.domain.faults import TemplateBroken

BREAKS = {
    "no toml": ("[front]", "[front", "Expected"),
    "unknown key": ("leading = 17", "leeding = 17", "[back.text] 3, leeding: no such key"),
    "missing key": ("trim = [100, 148]", "", "[front] 1, trim: trim is missing"),
    "unknown font": ('font = "says"', 'font = "whispers"', "'whispers' is none of says, says-bold, does"),
    "unknown colour": ('colour = "speak"', 'colour = "mauve"', "'mauve' is no colour like #1B1813"),
    "bad colour": ('ink = "#1B1813"', 'ink = "black"', "'black' is no colour"),
    "unknown words": ("{sentence}", "{sentense}", "nothing on a ticket is called sentense"),
    "open brace": ("{sentence}", "{sentence", "{sentence"),
    "off the sheet": ("box = [-3, -3, 106, 154]", "box = [-3, -3, 107, 154]", "the box leaves the sheet"),
    "text off the sheet": ("x = 25", "x = 125", "leaves the trimmed sheet"),
    "lines off the sheet": ("lines = 3", "lines = 30", "with all its lines '{sentence}' leaves"),
    "type off the sheet": (
        'y = 33.5\nwidth = 82\nfont = "says"\nsize = 40',
        'y = 9\nwidth = 82\nfont = "says"\nsize = 40',
        "[back.text] 1, size: with all its lines '{name}' leaves",
    ),
    "ring off the sheet": (
        "centre = [81.2, 92.7]",
        "centre = [95, 92.7]",
        "[back.ring] 1, centre: '{postmark}'",
    ),
    "code off the sheet": ("box = [9, 120.6, 19.4]", "box = [90, 120.6, 19.4]", "the QR code leaves"),
    "no number": ("size = 20", 'size = "big"', "'big' is no number"),
    "short list": ("box = [-3, -3, 106, 154]", "box = [-3, -3]", "no list of 4 numbers"),
    "focus": ("focus = [0.5, 0.5]", "focus = [50, 50]", "between 0 and 1"),
    "picture of whom": ('of = "good"', 'of = "neutral"', "'neutral' is none of main, good, bad"),
    "clip": ('of = "main"', 'of = "main"\nclip = "heart"', "neither 'box' nor 'oval' nor a polygon"),
    "polygon": ('of = "main"', 'of = "main"\nclip = [[1, 2], [3, 4]]', "three or more"),
    "zoom": ('of = "main"', 'of = "main"\nzoom = 0.5', "would not cover its box"),
    "when": ('when = "no_keep"', 'when = "never"', "'never' is none of always, keep, no_keep"),
    "smallest": ("smallest = 13", "smallest = 130", "smallest is at most size"),
    "one bracket": ("[[front.picture]]", "[front.picture]", "two brackets"),
}


@pytest.mark.parametrize("design", DESIGNS)
def test_the_committed_layouts_are_whole(design: str) -> None:
    """Each has both sides of the postcard and the one-sided ticket."""
    assert set(read_layout(TEMPLATES / f"{design}.toml").sides) == {"front", "back", "one"}


@pytest.mark.parametrize("fault", BREAKS)
def test_a_slip_is_named_with_its_line(tmp_path: Path, fault: str) -> None:
    """The sentence gives file and line, and says what would have been right."""
    before, after, why = BREAKS[fault]
    path = tmp_path / "vangogh.toml"
    shutil.copy(TEMPLATES / "vangogh.toml", path)
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(TemplateBroken) as broken:
        read_layout(path)
    assert broken.value.sentence.startswith("vangogh.toml")
    assert "line" in broken.value.sentence
    assert why in broken.value.sentence


def test_the_line_is_the_right_one(tmp_path: Path) -> None:
    """An editor that jumps to it lands on the slip."""
    path = tmp_path / "vangogh.toml"
    text = (TEMPLATES / "vangogh.toml").read_text(encoding="utf-8").replace("size = 20", "size = true")
    path.write_text(text, encoding="utf-8")
    wanted = text.splitlines().index("size = true") + 1
    with pytest.raises(TemplateBroken, match=f"line {wanted}, "):
        read_layout(path)
