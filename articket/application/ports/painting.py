"""What becomes of a photo: its portrait cut and its paintings."""

from dataclasses import dataclass
from typing import Final, Protocol

FRAME_SIZE: Final = (600, 872)


class Framer(Protocol):
    """Something that finds the portrait in a photo."""

    def frame(
        self, photo: bytes, focus: tuple[float, float] | None, size: tuple[int, int] = FRAME_SIZE
    ) -> bytes:
        """Return the portrait cut of the photo, as pages show it or at another size, as a JPEG."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a painter needs for one painting; the photo is an upright sRGB JPEG."""

    photo: bytes
    focus: tuple[float, float] | None
    style: str
    recipe: str
    caption: str | None
    seed: int


@dataclass(frozen=True, slots=True)
class Painted:
    """A painting at print size (1,252 x 1,819 px), and its screen sizes, as JPEG.

    `trouble` is the code of what went wrong where the painter had to help itself; `pixels_wide` is the
    width that was painted, before it was enlarged for print.
    """

    print: bytes
    large: bytes
    small: bytes
    veil: bytes
    painter: str
    seconds: float
    trouble: str | None = None
    pixels_wide: int = 1252


# The recipe that every painter knows, for when the ordered one is of no avail.
PLAIN: Final = "plain"


class Painter(Protocol):
    """Something that can paint."""

    name: str

    def paint(self, order: Order) -> Painted:
        """Paint, or raise a PainterFault."""
