"""The slices of the house's typefaces that a page's letters need, put into the page itself."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

# What the museum says, and what one does; each sheet knows which slice holds which letters.
SAYS: Final = Path("static/vendor/gowun-batang/400.css")
DOES: Final = Path("static/vendor/pretendard/pretendardvariable-dynamic-subset.css")
FACE: Final = re.compile(r"@font-face\s*{([^}]*)}")
SOURCE: Final = re.compile(r"url\(([^)]+)\)")
RANGE: Final = re.compile(r"unicode-range:\s*([^;]+);")


def faces(project: Path, sheet: Path, letters: str) -> str:
    """Return the sheet's faces that hold any of the letters, their files within them.

    Without the sheet, which set-up brings, there are none: the page is then set in what the reader has.
    """
    path = project / sheet
    if not path.is_file():
        return ""
    wanted = {ord(letter) for letter in letters}
    return "\n".join(_embedded(path.parent, face) for face in _needed(path.read_text("utf-8"), wanted))


def _needed(sheet: str, wanted: set[int]) -> Iterator[str]:
    for face in FACE.findall(sheet):
        held = RANGE.search(face)
        if held and any(first <= each <= last for first, last in _ranges(held[1]) for each in wanted):
            yield face


def _ranges(said: str) -> Iterator[tuple[int, int]]:
    for each in said.split(","):
        first, _, last = each.strip().upper().removeprefix("U+").partition("-")
        yield int(first, 16), int(last or first, 16)


def _embedded(folder: Path, face: str) -> str:
    def inside(source: re.Match[str]) -> str:
        data = base64.b64encode((folder / source[1].strip("'\"")).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{data})"

    return f"@font-face {{{SOURCE.sub(inside, face)}}}"
