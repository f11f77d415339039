"""See a PDF as a printer would: its trimmed pages as pictures, by poppler's pdftoppm."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image

PROGRAM: Final = "pdftoppm"
LIMIT_S: Final = 60.0


class RasterError(Exception):
    """A sentence about why there is no picture of the PDF."""


def can_see() -> bool:
    """Say whether this machine can make pictures of PDFs."""
    return shutil.which(PROGRAM) is not None


def pages(pdf: bytes, pixels_per_inch: int) -> tuple[Image.Image, ...]:
    """Return the pages within their crop boxes; RasterError where poppler is missing or complains."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise RasterError(
            f"Pictures of tickets need {PROGRAM}. Install poppler-utils (macOS: brew install poppler)."
        )
    with tempfile.TemporaryDirectory(prefix="articket-") as folder:
        file, pages_at = Path(folder, "ticket.pdf"), Path(folder, "page")
        file.write_bytes(pdf)
        command = [program, "-r", str(pixels_per_inch), "-cropbox", "-png", str(file), str(pages_at)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)  # noqa: S603 - our own file
        except (OSError, subprocess.TimeoutExpired) as reason:
            raise RasterError(f"{PROGRAM} did not finish: {reason}") from reason
        if done.returncode or done.stderr:
            raise RasterError(f"{PROGRAM} says: {done.stderr.strip() or done.returncode}")
        return tuple(_loaded(path) for path in sorted(Path(folder).glob("page-*.png")))


def _loaded(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("RGB")
