"""Many proofs on one picture, each with its label, at their printed proportions."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

PAPER: Final = "#d9d4ca"
INK: Final = "#1b1813"
LABEL: Final = 22
TITLE: Final = 34
GAP: Final = 28
COLUMNS: Final = 3


@dataclass(frozen=True, slots=True)
class Proof:
    """One ticket's sides as pictures, with a word about what is tried."""

    label: str
    sides: tuple[Image.Image, ...]


def contact_sheet(title: str, proofs: Sequence[Proof], font: Path) -> Image.Image:
    """Lay the proofs out, three in a row, under a title; the labels are Latin or Hangul."""
    cells = [_cell(proof, font) for proof in proofs]
    columns = min(COLUMNS, len(cells))
    wide, high = max(cell.width for cell in cells), max(cell.height for cell in cells)
    rows = -(-len(cells) // columns)
    top = 2 * GAP + TITLE
    size = (columns * (wide + 2 * GAP) + 2 * GAP, top + rows * (high + 2 * GAP))
    sheet = Image.new("RGB", size, PAPER)
    ImageDraw.Draw(sheet).text((2 * GAP, GAP), title, INK, ImageFont.truetype(font, TITLE))
    for at, cell in enumerate(cells):
        row, column = divmod(at, columns)
        sheet.paste(cell, (2 * GAP + column * (wide + 2 * GAP), top + GAP + row * (high + 2 * GAP)))
    return sheet


def _cell(proof: Proof, font: Path) -> Image.Image:
    wide = sum(side.width for side in proof.sides) + GAP * (len(proof.sides) - 1)
    high = LABEL + GAP // 2 + max(side.height for side in proof.sides)
    cell = Image.new("RGB", (wide, high), PAPER)
    ImageDraw.Draw(cell).text((0, 0), proof.label, INK, ImageFont.truetype(font, LABEL))
    left = 0
    for side in proof.sides:
        cell.paste(side, (left, LABEL + GAP // 2))
        left += side.width + GAP
    return cell
