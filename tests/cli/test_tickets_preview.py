"""`articket tickets preview` as a designer runs it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
WITHIN_S = 120


def preview(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ARTICKET_")}
    own = {"ARTICKET_EXPERIENCE": str(ROOT / "experiences/painters"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "articket", "tickets", "preview", *arguments],
        cwd=folder,
        env={**inherited, **own, **settings},
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")
def test_a_designer_gets_one_contact_sheet_for_design_and_language(tmp_path: Path) -> None:
    """Nine tickets at both sizes, true to scale, and nothing else is left behind."""
    done = preview(tmp_path, "--design", "renoir", "--locale", "en", "--pixels", "20", "--out", "a/b")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "a/b/renoir-en.png\n"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["renoir-en.png"]
    with Image.open(tmp_path / "a/b/renoir-en.png") as sheet:
        assert sheet.info["dpi"] == pytest.approx((20, 20), abs=0.1)
        # Three tickets beside each other, of two postcard sides and one of 4 x 6 inches, with room around.
        assert sheet.width > 3 * (2 * 78 + 80)
        assert sheet.height > 3 * 120
        assert len(sheet.convert("RGB").getcolors(1 << 24) or []) > 1000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--design", "hokusai"),
            "There is no design 'hokusai'; there are lichtenstein, picasso, renoir, vangogh.",
        ),
        (("--locale", "fr"), "The pack has no language 'fr'; it has "),
        (("--out", "taken/inside"), "taken"),
    ],
)
def test_a_wish_that_cannot_be_is_told_in_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "taken").write_text("a file")
    done = preview(tmp_path, *arguments)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_without_poppler_the_sentence_names_the_package(tmp_path: Path) -> None:
    done = preview(tmp_path, PATH=str(tmp_path))
    assert done.returncode == 1
    assert "Install poppler-utils" in done.stderr


def test_a_setting_that_is_wrong_is_told_as_elsewhere(tmp_path: Path) -> None:
    done = preview(tmp_path, ARTICKET_TICKET_SIDES="three")
    assert done.returncode == 2
    assert "ARTICKET_TICKET_SIDES" in done.stderr
