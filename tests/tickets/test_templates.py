import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import FloatObject, NameObject, RectangleObject
from reportlab.pdfgen.canvas import Canvas
from tickets.samples import DESIGNS, FONTS, TEMPLATES

from articket.adapters.ticket_pdf import PdfTickets
from articket.domain.faults import TemplateBroken


@pytest.fixture
def designs(tmp_path: Path) -> Path:
    """A folder with one design that a test may break."""
    for path in TEMPLATES.glob("picasso*"):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


def changed(path: Path, change: Callable[[PdfWriter], object]) -> None:
    writer = PdfWriter(clone_from=PdfReader(path))
    change(writer)
    writer.write(path)


def blank(path: Path, width: float, height: float, text: str = "") -> None:
    canvas = Canvas(str(path), pagesize=(width * 72 / 25.4, height * 72 / 25.4))
    edge = 3 * 72 / 25.4
    canvas.setTrimBox((edge, edge, width * 72 / 25.4 - edge, height * 72 / 25.4 - edge))
    canvas.rect(10, 10, 20, 20)
    if text:
        canvas.drawString(20, 20, text)
    canvas.showPage()
    canvas.save()


BREAKS: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: path.unlink(), "does not exist"),
    "no pdf": (lambda path: path.write_bytes(b"drawn with care"), "cannot be read as PDF"),
    "two pages": (lambda path: changed(path, lambda w: w.add_blank_page()), "has 2 pages"),
    "turned": (lambda path: changed(path, lambda w: w.pages[0].rotate(90)), "turned by 90"),
    "encrypted": (lambda path: changed(path, lambda w: w.encrypt("", "owner")), "encrypted"),
    "unit": (
        lambda path: changed(path, lambda w: w.pages[0].update({NameObject("/UserUnit"): FloatObject(2)})),
        "UserUnit",
    ),
    "wrong size": (
        lambda path: blank(path, 105, 148),
        "MediaBox is 105.0 x 148.0 mm, the layout wants 106.0",
    ),
    "no trim": (
        lambda path: changed(path, lambda w: w.pages[0].__delitem__("/TrimBox")),
        "TrimBox is not 3 mm inside",
    ),
    "shifted": (
        lambda path: changed(
            path, lambda w: setattr(w.pages[0], "mediabox", RectangleObject((9, 9, 309, 445)))
        ),
        "does not begin at 0,0",
    ),
    "font": (lambda path: blank(path, 106, 154, "Guernica"), "/Helvetica is not embedded"),
}


@pytest.mark.parametrize("fault", BREAKS)
def test_a_broken_template_is_named_at_start(designs: Path, fonts: Path, fault: str) -> None:
    """The sentence tells which design's which side has which template, and what is wrong with it."""
    break_it, why = BREAKS[fault]
    break_it(designs / "picasso-front.pdf")
    with pytest.raises(TemplateBroken) as broken:
        PdfTickets(designs, fonts, "two")
    line = (designs / "picasso.toml").read_text("utf-8").splitlines().index(
        'template = "picasso-front.pdf"'
    ) + 1
    where = f"picasso.toml, line {line}, [front]: template picasso-front.pdf"
    assert where in broken.value.sentence
    assert why in broken.value.sentence


def test_the_other_side_is_not_asked_for(designs: Path, fonts: Path) -> None:
    """A booth that prints one side does not need the other two."""
    (designs / "picasso-front.pdf").unlink()
    (designs / "picasso-back.pdf").unlink()
    assert PdfTickets(designs, fonts, "one").designs() == {"picasso"}


@pytest.mark.parametrize("file", ["GowunBatang-Bold.ttf", "Pretendard-Medium.ttf"])
def test_a_missing_font_names_itself_and_the_cure(tmp_path: Path, fonts: Path, file: str) -> None:
    """Whoever forgot the set-up reads what to type."""
    for path in fonts.glob("*.ttf"):
        if path.name != file:
            (tmp_path / path.name).symlink_to(path)
    with pytest.raises(TemplateBroken, match=rf"{file} is missing .*make setup"):
        PdfTickets(TEMPLATES, tmp_path, "two")


def test_a_broken_font_names_itself(tmp_path: Path, fonts: Path) -> None:
    """A download that stopped half way is no font."""
    for path in fonts.glob("*.ttf"):
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / "GowunBatang-Bold.ttf").unlink()
    (tmp_path / "GowunBatang-Bold.ttf").write_bytes((FONTS / "GowunBatang-Bold.ttf").read_bytes()[:5000])
    with pytest.raises(TemplateBroken, match=r"GowunBatang-Bold\.ttf is no TrueType font"):
        PdfTickets(TEMPLATES, tmp_path, "two")


def test_an_empty_folder_is_no_design(tmp_path: Path, fonts: Path) -> None:
    """Nothing to print with is found out at start."""
    with pytest.raises(TemplateBroken, match="no layout file"):
        PdfTickets(tmp_path, fonts, "two")


def test_the_script_draws_the_committed_templates(tmp_path: Path) -> None:
    """Who runs the drawing script again gets the files that are there."""
    script = [sys.executable, str(TEMPLATES / "draw.py"), str(tmp_path)]
    subprocess.run(script, check=True, timeout=120)  # noqa: S603 - our own script
    for design in DESIGNS:
        for side in ("front", "back", "one"):
            name = f"{design}-{side}.pdf"
            drawn, kept = (PdfReader(folder / name).pages[0] for folder in (tmp_path, TEMPLATES))
            ours, theirs = drawn.get_contents(), kept.get_contents()
            assert ours is not None
            assert theirs is not None
            assert ours.get_data() == theirs.get_data(), name
