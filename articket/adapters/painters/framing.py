"""Where to cut a photo so that it fills the ticket: the largest portrait frame around who is in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from articket.adapters.painters.faces import Face

RATIO = 106 / 154
"""Width by height of every painting: the ticket's full bleed in millimetres."""
EYE_LINE = 0.42
HEADROOM = 0.75
"""Of a face's height: hair above the face's box."""
MINOR = 0.4
"""A face narrower than this part of the largest one does not move the frame."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a photo in whole pixels."""

    x: int
    y: int
    width: int
    height: int


def portrait_frame(width: int, height: int, faces: Sequence[Face], focus: tuple[float, float] | None) -> Box:
    """Return the largest 106:154 box of a photo around the focus (fractions), else around the faces."""
    wide, high = _largest(width, height)
    if focus is not None:
        left, top = focus[0] * width - wide / 2, focus[1] * height - high / 2
    elif faces:
        left, top = _around(faces, wide, high)
    else:
        left, top = (width - wide) / 2, (height - high) / 2
    return Box(_within(left, width - wide), _within(top, height - high), wide, high)


def _largest(width: int, height: int) -> tuple[int, int]:
    if width * 154 <= height * 106:
        return width, min(height, max(1, round(width / RATIO)))
    return min(width, max(1, round(height * RATIO))), height


def _around(faces: Sequence[Face], wide: float, high: float) -> tuple[float, float]:
    main = max(faces, key=lambda face: face.width)
    company = [face for face in faces if face.width >= MINOR * main.width] or [main]
    left, right = min(f.x for f in company), max(f.x + f.width for f in company)
    fits = right - left <= wide
    middle = (left + right) / 2 if fits else _best_window(company, main, wide)
    eyes = sum((f.left_eye[1] + f.right_eye[1]) / 2 * f.width for f in company) / sum(
        f.width for f in company
    )
    top = eyes - EYE_LINE * high
    crown = min(f.y - HEADROOM * f.height for f in company)
    return middle - wide / 2, min(top, max(crown, eyes - 0.6 * high))


def _best_window(company: Sequence[Face], main: Face, wide: float) -> float:
    """Return the middle of the window with the most face in it, the main face always inside."""
    centres = [face.centre[0] for face in company]
    middles = [*centres, *((a + b) / 2 for a in centres for b in centres)]

    def worth(middle: float) -> tuple[float, float]:
        seen = [f for f in company if abs(f.centre[0] - middle) + f.width / 2 <= wide / 2]
        inside = main in seen
        return (inside * 1e9 + sum(f.width for f in seen), -abs(middle - main.centre[0]))

    return max(middles, key=worth)


def _within(start: float, most: int) -> int:
    return int(min(max(0, round(start)), max(0, most)))
