"""What a layout file says, as values; millimetres from the trimmed sheet's top left corner, y downwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

When = Literal["always", "keep", "no_keep"]
Which = Literal["main", "good", "bad"]
Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as #rrggbb, or `owner` and `name` for a colour of the matched style's own design."""

    hex: str
    owner: Literal["good", "bad"] | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a painting lies under the template: it covers its box, `focus` as near the middle as can be.

    With `follow_face` the visitor's face takes the focus's place where the ticket knows it.
    """

    label: str
    of: Which
    box: Box
    focus: Point
    zoom: float
    follow_face: bool
    clip: Literal["box", "oval"] | tuple[Point, ...]
    when: When


@dataclass(frozen=True, slots=True)
class Plate:
    """A coloured rectangle behind words that follows their size; `pad` is left, top, right, bottom, in mm.

    The top is measured from the first baseline and shrinks with the type, the bottom from the last.
    """

    fill: Colour
    line: Colour | None
    line_width: float
    pad: Box
    min_width: float


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a column: (x, y) is the first baseline's anchor; sizes and leading in points."""

    label: str
    words: str
    x: float
    y: float
    width: float
    font: str
    size: float
    smallest: float
    leading: float
    lines: int
    colour: Colour
    align: Literal["left", "right", "centre"]
    tracking: float
    tracking_latin: float
    rotate: float
    rise: bool
    plate: Plate | None
    when: When


@dataclass(frozen=True, slots=True)
class Ring:
    """Words around a circle, from twelve o'clock clockwise; the radius is the baseline's."""

    label: str
    words: str
    centre: Point
    radius: float
    font: str
    size: float
    colour: Colour
    when: When


@dataclass(frozen=True, slots=True)
class Block:
    """A plain coloured rectangle over the template."""

    label: str
    box: Box
    fill: Colour
    when: When


@dataclass(frozen=True, slots=True)
class Code:
    """The QR code's square (x, y, size, without its quiet zone); `plate` is the zone's colour, if on art."""

    label: str
    box: tuple[float, float, float]
    colour: Colour
    plate: Colour | None


@dataclass(frozen=True, slots=True)
class Side:
    """One printed side: the sheet's size when trimmed, the bleed around it, and what lies on it."""

    label: str
    template: str
    trim: Point
    bleed: float
    pictures: tuple[Picture, ...]
    blocks: tuple[Block, ...]
    texts: tuple[Text, ...]
    rings: tuple[Ring, ...]
    codes: tuple[Code, ...]

    @property
    def sheet(self) -> Point:
        """The sheet's size with its bleed."""
        return (self.trim[0] + 2 * self.bleed, self.trim[1] + 2 * self.bleed)


@dataclass(frozen=True, slots=True)
class Layout:
    """A design: font files by role, colours by name, sides by name (front, back, one)."""

    name: str
    fonts: Mapping[str, str]
    colours: Mapping[str, str]
    sides: Mapping[str, Side]
