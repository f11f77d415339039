"""How long something takes: not an average, which one visitor who went for a coffee would spoil."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Spread:
    """So many seconds: one in ten was below `low`, half below `middle`, nine in ten below `high`."""

    count: int
    low: float
    middle: float
    high: float
    longest: float

    @classmethod
    def of(cls, seconds: Iterable[float]) -> Self | None:
        """Return the spread of some times, None of none."""
        known = sorted(seconds)
        if not known:
            return None
        return cls(len(known), _at(known, 0.1), _at(known, 0.5), _at(known, 0.9), known[-1])


def _at(known: list[float], share: float) -> float:
    """Return the value below which that share lies, between two neighbours in proportion."""
    place = share * (len(known) - 1)
    below = int(place)
    above = min(below + 1, len(known) - 1)
    return known[below] + (known[above] - known[below]) * (place - below)
