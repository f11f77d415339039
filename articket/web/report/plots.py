"""The report's plots: SVG of our own, of lines, bars and letters; each says in words what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

WIDE: Final = 680
BARS_HIGH: Final = 120
SLOTS_AT_LEAST: Final = 8
HEAD: Final = 22
FOOT: Final = 40
STRIP: Final = 34
NAMES_WIDE: Final = 190
VALUES_WIDE: Final = 100
BAR_SHARE: Final = 0.66
LEAST: Final = 1.5  # a bar for one visitor in a thousand is still a bar
SHARE_HIGH: Final = 34
TICKS: Final = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its number, what stands below it, and what stands below that where something changes."""

    value: int
    label: str
    mark: str = ""
    most: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """A row from the low to the high value with a tick in the middle, and what is said beside it."""

    name: str
    low: float
    middle: float
    high: float
    said: str


@dataclass(frozen=True, slots=True)
class Rod:
    """A row with a solid part, a part that was lost after it, and what is said beside both."""

    name: str
    solid: int
    lost: int
    said: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a whole in its colour."""

    name: str
    value: int
    colour: str


def bars(title: str, row: Sequence[Bar], top: int) -> Markup:
    """Draw bars from the left, none wider than an eighth, `top` as high as the plot."""
    slot = WIDE / max(len(row), SLOTS_AT_LEAST)
    floor = HEAD + BARS_HIGH
    parts = [_line(0, floor, slot * len(row), floor, "axis")]
    for place, bar in enumerate(row):
        middle = slot * (place + 0.5)
        high = max(LEAST, BARS_HIGH * bar.value / top) if bar.value else 0.0
        kind = "bar most" if bar.most else "bar"
        wide = slot * BAR_SHARE
        if bar.value:
            parts.append(_box(middle - wide / 2, floor - high, wide, high, kind))
            parts.append(_text(middle, floor - high - 6, str(bar.value), "value", "middle"))
        parts.append(_text(middle, floor + 16, bar.label, "label", "middle"))
        if bar.mark:
            parts.append(_text(slot * place + 2, floor + 34, bar.mark, "mark", "start"))
            if place:
                parts.append(_line(slot * place, HEAD, slot * place, floor + 36, "cut"))
    return _svg(title, floor + FOOT, parts)


def strips(title: str, rows: Sequence[Strip], ticks: Sequence[tuple[float, str]]) -> Markup:
    """Draw a row for each spread over one scale; ticks are values with what is said of them."""
    top = max([*(row.high for row in rows), *(at for at, _ in ticks), 1.0])
    room = WIDE - NAMES_WIDE - VALUES_WIDE
    foot = HEAD / 2 + STRIP * len(rows)

    def across(value: float) -> float:
        return NAMES_WIDE + room * value / top

    parts = []
    for at, said in ticks:
        parts.append(_line(across(at), HEAD / 2, across(at), foot, "grid"))
        parts.append(_text(across(at), foot + 16, said, "label", "middle"))
    for place, row in enumerate(rows):
        level = HEAD / 2 + STRIP * (place + 0.5)
        wide = max(LEAST, across(row.high) - across(row.low))
        parts += [
            _text(0, level + 5, row.name, "name", "start"),
            _box(across(row.low), level - 5, wide, 10, "span"),
            _box(across(row.middle) - 2, level - 10, 4, 20, "tick"),
            _text(WIDE, level + 5, row.said, "value", "end"),
        ]
    return _svg(title, foot + HEAD, parts)


def rods(title: str, rows: Sequence[Rod]) -> Markup:
    """Draw a row for each rung of a ladder; what was lost after it is hatched at its end."""
    top = max([*(row.solid for row in rows), 1])
    room = WIDE - NAMES_WIDE - VALUES_WIDE
    parts = []
    for place, row in enumerate(rows):
        level = HEAD / 2 + STRIP * (place + 0.5)
        wide, lost = room * row.solid / top, room * row.lost / top
        parts += [
            _text(0, level + 5, row.name, "name", "start"),
            _box(NAMES_WIDE, level - 9, max(wide, LEAST), 18, "bar"),
            _text(WIDE, level + 5, row.said, "value", "end"),
        ]
        if row.lost:
            parts.append(_box(NAMES_WIDE + wide - lost, level - 9, max(lost, LEAST), 18, "lost"))
    return _svg(title, HEAD + STRIP * len(rows), parts)


def pieces(title: str, row: Sequence[Piece]) -> Markup:
    """Draw the parts of a whole side by side in their order."""
    total = sum(piece.value for piece in row)
    parts, left = [], 0.0
    for piece in row:
        wide = WIDE * piece.value / total if total else 0.0
        if wide:
            parts.append(
                Markup('<rect x="{}" y="0" width="{}" height="{}" fill="{}"/>').format(
                    _short(left), _short(max(wide - 2, LEAST)), SHARE_HIGH, piece.colour
                )
            )
        left += wide
    return _svg(title, SHARE_HIGH, parts)


def ticks_for(top: float) -> tuple[float, ...]:
    """Return three to six even values of a time scale in seconds that reach `top`."""
    steps = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400)
    step = next((step for step in steps if top / step <= TICKS), steps[-1])
    return tuple(float(step * each) for each in range(int(top // step) + 2))


def _svg(title: str, high: float, parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}" preserveAspectRatio="xMinYMin meet">{}</svg>'
    ).format(WIDE, _short(high), title, Markup("").join(parts))


def _box(x: float, y: float, wide: float, high: float, kind: str) -> Markup:
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(
        kind, _short(x), _short(y), _short(wide), _short(high)
    )


def _line(x: float, y: float, to_x: float, to_y: float, kind: str) -> Markup:
    return Markup('<path class="{}" d="M{} {}L{} {}"/>').format(
        kind, _short(x), _short(y), _short(to_x), _short(to_y)
    )


def _text(x: float, y: float, said: str, kind: str, anchor: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>').format(
        kind, _short(x), _short(y), anchor, said
    )


def _short(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
