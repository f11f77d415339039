"""Small pictures of every design as it should look. Drawn anew by: python tests/tickets/references.py.

Whoever changes the looks on purpose looks at the new pictures before committing them.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from tickets.samples import DESIGNS, FONTS, ROOT, TEMPLATES, english, korean

from articket.adapters.ticket_pdf import PdfTickets
from articket.adapters.ticket_pdf.raster import pages
from articket.domain.ticket import TicketContent

FOLDER: Final = Path(__file__).parent / "references"
GALLERY: Final = ROOT / "experiences/painters/gallery"
# Drawn finer than stored, so that renderers may differ at the edges of letters.
PIXELS_PER_INCH, FINER = 24, 5
BLOCK: Final = 4


def sample(design: str, folder: Path, locale: str) -> TicketContent:
    """The tests' own ticket with pictures of the house, which stay as they are."""
    content = (korean if locale == "ko" else english)(folder)
    good, bad = (
        replace(match, picture=GALLERY / f"pear.{match.style}.jpg") for match in (content.good, content.bad)
    )
    return replace(content, design=design, main=GALLERY / f"pear.{design}.jpg", good=good, bad=bad)


def seen(pdf: bytes) -> list[Image.Image]:
    return [page.reduce(FINER) for page in pages(pdf, PIXELS_PER_INCH * FINER)]


def difference(one: Image.Image, other: Image.Image) -> float:
    """The largest difference of two pictures' colours, in blocks of some four millimetres, of 255."""
    size = (-(-one.width // BLOCK), -(-one.height // BLOCK))
    blocks = [
        np.asarray(each.convert("RGB").resize(size, Image.Resampling.BOX), np.float64)
        for each in (one, other)
    ]
    return float(np.abs(blocks[0] - blocks[1]).mean(axis=2).max())


def all_sides(folder: Path, templates: Path = TEMPLATES) -> Iterator[tuple[str, Image.Image]]:
    """The postcard in Korean, the single side in English."""
    for sides, names, locale in (("two", ("front", "back"), "ko"), ("one", ("one",), "en")):
        tickets = PdfTickets(templates, FONTS, "two" if sides == "two" else "one")
        for design in DESIGNS:
            pictures = seen(tickets.render(sample(design, folder, locale)).pdf)
            yield from ((f"{design}-{name}", each) for name, each in zip(names, pictures, strict=True))


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, picture in all_sides(Path(folder)):
            picture.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
