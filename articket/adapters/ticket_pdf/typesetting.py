"""Fit words into a column: the largest size at which they fit, in lines of about the same length."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from typing import Final

from articket.adapters.ticket_pdf.scripts import ARABIC, ELLIPSIS, visual
from articket.adapters.ticket_pdf.typefaces import Run, Typefaces

# A line ends best at a punctuation mark, next best behind a Korean particle, which closes a phrase.
PAUSE: Final = re.compile("[,.;:!?…]$")
PARTICLE: Final = re.compile("(을|를|은|는|이|가|에|도|고|서|야|면)$")
WEAK_BREAK: Final = 0.1
HARD_BREAK: Final = 0.2
# With more words than this, trying every break would take longer than the rest of the ticket.
MOST_WORDS: Final = 32
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
    if ARABIC.search(words):  # its letters hold hands
        tracking = 0.0

    @cache
    def measured(text: str) -> Line:
        return _line(text, column.font, tracking, faces)

    pieces = _pieces("".join(run.letters for run in faces.runs(words, column.font)), column, measured)
    if not pieces:
        return Setting(column.size, tracking, ())
    best: tuple[float, list[Line]] | None = None
    for count in range(1, min(column.lines, len(pieces)) + 1) if len(pieces) <= MOST_WORDS else ():
        lines = [measured(text) for text in _balanced(pieces, count, column.width / column.size, measured)]
        size = min(column.size, column.width / max(line.width for line in lines))
        if best is None or size > best[0]:
            best = (size, lines)
    if best is not None and best[0] >= column.smallest:
        return Setting(best[0], tracking, tuple(best[1]))
    texts = _shortened(pieces, column, measured)
    return Setting(column.smallest, tracking, tuple(measured(text) for text in texts))


def _line(text: str, font: str, tracking: float, faces: Typefaces) -> Line:
    runs = faces.runs(visual(text), font)
    if not runs:
        return Line((), 0.0, 0.0, 0.0)
    left, right = (
        runs[0].face.bearings(runs[0].letters[0])[0],
        runs[-1].face.bearings(runs[-1].letters[-1])[1],
    )
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


def _balanced(pieces: Sequence[str], count: int, room: float, measured: Measure) -> list[str]:
    """Break into `count` lines of about the same length, which fit the room (in ems) if they can at all.

    A break where the sentence breathes may leave the lines less even than any other break.
    """
    ends = range(1, len(pieces))
    best: tuple[tuple[float, float], list[str]] | None = None
    for breaks in combinations(ends, count - 1):
        cuts = (0, *breaks, len(pieces))
        lines = [" ".join(pieces[start:end]) for start, end in pairwise(cuts)]
        widths = [measured(line).width for line in lines]
        breathless = sum(_breath(pieces[end - 1]) for end in breaks) * sum(widths) / count
        cost = (max(*widths, room), max(widths) + breathless)
        if best is None or cost < best[0]:
            best = (cost, lines)
    return best[1] if best is not None else list(pieces)


def _breath(word: str) -> float:
    """Return what a break behind the word costs, as a share of the mean line."""
    if PAUSE.search(word):
        return 0.0
    return WEAK_BREAK if PARTICLE.search(word) else HARD_BREAK


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
