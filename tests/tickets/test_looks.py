import shutil
from pathlib import Path

import pytest
from PIL import Image
from tickets.references import FOLDER, all_sides, difference
from tickets.samples import DESIGNS, TEMPLATES, tool

# Another poppler draws edges a little otherwise; a line of small type that moves makes 25.
TOLERANCE = 8


@pytest.fixture(scope="module")
def drawn(fonts: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Image.Image]:
    assert fonts.is_dir()
    tool("pdftoppm", "-v")
    return dict(all_sides(tmp_path_factory.mktemp("looks")))


def reference(name: str) -> Image.Image:
    with Image.open(FOLDER / f"{name}.png") as kept:
        return kept.convert("RGB")


@pytest.mark.parametrize("side", ["front", "back", "one"])
@pytest.mark.parametrize("design", DESIGNS)
def test_a_design_looks_as_it_was_approved(drawn: dict[str, Image.Image], design: str, side: str) -> None:
    """Who changes the looks on purpose draws the references anew: python tests/tickets/references.py."""
    name = f"{design}-{side}"
    assert drawn[name].size == reference(name).size
    assert difference(drawn[name], reference(name)) < TOLERANCE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("y = 43.4", "y = 45.4"),
        ('of = "bad"', 'of = "good"'),
        ('words = "{edition}"\nx = 33\ny = 140.0', 'words = "{edition}"\nx = 33\ny = 147.0'),
    ],
    ids=["the painter moved", "a wrong stamp", "the edition in the margin"],
)
def test_a_slip_would_be_seen(drawn: dict[str, Image.Image], before: str, after: str, tmp_path: Path) -> None:
    """The comparison tells a changed side from the one that was approved, and leaves the others alone."""
    designs = tmp_path / "designs"
    shutil.copytree(TEMPLATES, designs)
    layout = designs / "vangogh.toml"
    text = layout.read_text(encoding="utf-8")
    assert before in text
    layout.write_text(text.replace(before, after, 1), encoding="utf-8")
    changed = dict(all_sides(tmp_path, designs))
    assert {name for name, side in changed.items() if difference(side, drawn[name]) >= TOLERANCE} == {
        "vangogh-back"
    }
