"""Which of a printer's papers a ticket goes onto, by their self-describing names (PWG 5101.1)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from articket.adapters.printers.ipp_message import Group, Said, Tag, words

MM_AN_INCH: Final = 25.4
HUNDREDTHS: Final = 100
EXACT_MM: Final = 1.0
# A sheet that much larger than the ticket still looks like a ticket with a border.
ROOM_MM: Final = 16.0
USUAL: Final = ("jpn_hagaki_100x148mm", "na_index-4x6_4x6in")
_NAMED: Final = re.compile(r"^[a-z]+_.+_(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(in|mm)(?:[._-].*)?$")
_MARGINS: Final = ("media-top-margin", "media-bottom-margin", "media-left-margin", "media-right-margin")

Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Medium:
    """A paper by its name; `size` in millimetres where the name tells it, `borderless` to the very edge."""

    name: str
    size: Size | None
    borderless: bool = False

    def asked(self) -> Mapping[str, Said]:
        """Return how a job asks for it: margins can only be said in a collection, and never both ways."""
        if not (self.borderless and self.size):
            return {"media": Said.of(Tag.KEYWORD, self.name)}
        across, down = (round(each * HUNDREDTHS) for each in self.size)
        size = {"x-dimension": Said.of(Tag.INTEGER, across), "y-dimension": Said.of(Tag.INTEGER, down)}
        margins = {margin: Said.of(Tag.INTEGER, 0) for margin in _MARGINS}
        return {"media-col": Said.of(Tag.BEGIN_COLLECTION, {
            "media-size": Said.of(Tag.BEGIN_COLLECTION, size), **margins,
        })}  # fmt: skip


def size_of(name: str) -> Size | None:
    """Return a named paper's width and height in millimetres."""
    found = _NAMED.match(name)
    if found is None:
        return None
    factor = MM_AN_INCH if found[3] == "in" else 1.0
    return float(found[1]) * factor, float(found[2]) * factor


def choose(printer: Group, ticket: Size, wanted: str | None) -> Medium | None:
    """Return the paper that was asked for, else the one that suits the ticket best; None where none does."""
    offered = words(printer, "media-supported")
    if wanted is not None:
        return _medium(printer, wanted) if wanted in offered or not offered else None
    if not offered:  # a raw queue of CUPS knows nothing of its printer, which still hears what we ask for
        return next((_medium(printer, name) for name in USUAL if _excess(name, ticket) is not None), None)
    ready = words(printer, "media-ready")
    fitting = [name for name in dict.fromkeys([*ready, *offered]) if _excess(name, ticket) is not None]
    if not fitting:
        return None
    exact = [name for name in fitting if (_excess(name, ticket) or 0.0) <= EXACT_MM]
    loaded = [name for name in fitting if name in ready]
    best = min(exact or loaded or fitting, key=lambda name: (name not in ready, _excess(name, ticket)))
    return _medium(printer, best)


def _excess(name: str, ticket: Size) -> float | None:
    """Return by how many millimetres the paper is larger; None where it does not suit."""
    size = size_of(name)
    if size is None:
        return None
    across, down = (paper - side for paper, side in zip(size, ticket, strict=True))
    suits = min(across, down) >= -EXACT_MM and max(across, down) <= ROOM_MM
    return max(abs(across), abs(down)) if suits else None


def _medium(printer: Group, name: str) -> Medium:
    size = size_of(name)
    return Medium(name, size, borderless=size is not None and _prints_to_the_edge(printer, size))


def _prints_to_the_edge(printer: Group, size: Size) -> bool:
    """Whether the list of papers has this one without margins; else whether any margin may be none."""
    database = [each for each in printer.get("media-col-database", ()) if isinstance(each, Mapping)]
    same = [each for each in database if _is_of(each, size)]
    if same:
        return any(all(each.get(margin) == (0,) for margin in _MARGINS) for each in same)
    return all(0 in printer.get(f"{margin}-supported", ()) for margin in _MARGINS)


def _is_of(entry: Mapping[str, object], size: Size) -> bool:
    sizes = entry.get("media-size")
    if not isinstance(sizes, tuple) or not sizes or not isinstance(sizes[0], Mapping):
        return False
    inner = sizes[0]
    found = [_millimetres(inner.get(key)) for key in ("x-dimension", "y-dimension")]
    return all(is_ is not None and abs(is_ - want) < EXACT_MM for is_, want in zip(found, size, strict=True))


def _millimetres(dimension: object) -> float | None:
    if isinstance(dimension, tuple) and dimension and isinstance(dimension[0], int):
        return dimension[0] / HUNDREDTHS
    return None
