"""Fit words into a column: the largest size at which they fit, in lines of about the same length."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from articket.adapters.ticket_pdf.typefaces import Run, Typefaces

ELLIPSIS: Final = "…"
HANGUL: Final = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its runs, and its width and the bearings of its first and last letter in ems."""

    runs: tuple[Run, ...]
    width: float
    left: float
    right: float


Measure = Callable[[str], Line]


@dataclass(frozen=True, slots=True)
class Setting:
    """Words as they will stand: size in points, tracking in ems, lines from the top."""

    size: float
    tracking: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Where words must fit: width and sizes in points, tracking in ems for Hangul and for other scripts."""

    font: str
    width: float
    size: float
    smallest: float
    lines: int
    tracking: float
    tracking_latin: float


def fit(words: str, column: Column, faces: Typefaces) -> Setting:
    """Set the words as large as they fit; too long even at the smallest size, they end in an ellipsis."""
    tracking = column.tracking if HANGUL.search(words) else column.tracking_latin

    def measured(text: str) -> Line:
        return _line(text, column.font, tracking, faces)

    pieces = _pieces("".join(run.letters for run in faces.runs(words, column.font)), column, measured)
    if not pieces:
        return Setting(column.size, tracking, ())
    best: tuple[float, list[Line]] | None = None
    for count in range(1, min(column.lines, len(pieces)) + 1):
        lines = [measured(text) for text in _balanced(pieces, count, measured)]
        size = min(column.size, column.width / max(line.width for line in lines))
        if best is None or size > best[0]:
            best = (size, lines)
    if best is not None and best[0] >= column.smallest:
        return Setting(best[0], tracking, tuple(best[1]))
    texts = _shortened(pieces, column, measured)
    return Setting(column.smallest, tracking, tuple(measured(text) for text in texts))


def _line(text: str, font: str, tracking: float, faces: Typefaces) -> Line:
    runs = faces.runs(text, font)
    if not runs:
        return Line((), 0.0, 0.0, 0.0)
    left, right = runs[0].face.bearings(runs[0].letters[0])[0], runs[-1].face.bearings(runs[-1].letters[-1])[1]
    advance = sum(run.face.width(run.letters) for run in runs)
    letters = sum(len(run.letters) for run in runs)
    return Line(runs, advance + tracking * (letters - 1) - left - right, left, right)


def _pieces(text: str, column: Column, measured: Measure) -> list[str]:
    """Split at spaces; a word too wide for a line at the smallest size is broken where it must be."""
    if column.lines == 1:
        return [text] if text else []
    pieces: list[str] = []
    for word in text.split():
        rest = word
        while measured(rest).width * column.smallest > column.width and len(rest) > 1:
            cut = len(rest) - 1
            while cut > 1 and measured(rest[:cut]).width * column.smallest > column.width:
                cut -= 1
            pieces.append(rest[:cut])
            rest = rest[cut:]
        pieces.append(rest)
    return pieces


def _balanced(pieces: Sequence[str], count: int, measured: Measure) -> list[str]:
    """Break into `count` lines whose widest is as narrow as can be."""
    widths = {
        (start, end): measured(" ".join(pieces[start:end])).width
        for start in range(len(pieces))
        for end in range(start + 1, len(pieces) + 1)
    } if count > 1 else {(0, len(pieces)): 0.0}
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
    for end in range(1, len(pieces) + 1):
        best[1, end] = (widths.get((0, end), 0.0), (end,))
    for lines in range(2, count + 1):
        for end in range(lines, len(pieces) + 1):
            best[lines, end] = min(
                (max(best[lines - 1, cut][0], widths[cut, end]), (*best[lines - 1, cut][1], end))
                for cut in range(lines - 1, end)
            )
    cuts = (0, *best[count, len(pieces)][1])
    return [" ".join(pieces[start:end]) for start, end in zip(cuts, cuts[1:], strict=False)]


def _shortened(pieces: Sequence[str], column: Column, measured: Measure) -> list[str]:
    """Fill the lines at the smallest size and end the last one in an ellipsis."""
    room = column.width / column.smallest
    lines: list[str] = []
    left = list(pieces)
    while left and len(lines) < column.lines - 1:
        end = 1
        while end < len(left) and measured(" ".join(left[: end + 1])).width <= room:
            end += 1
        lines.append(" ".join(left[:end]))
        left = left[end:]
    last = " ".join(left)
    if measured(last).width > room:
        while last and measured(last + ELLIPSIS).width > room:
            last = last[:-1].rstrip(" ,.")
        last += ELLIPSIS
    return [*lines, last] if last else lines
