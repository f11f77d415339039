"""How fast one caller may ask."""

from dataclasses import dataclass
from threading import Lock
from typing import Final

CALLERS_KEPT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Pace:
    """So many at once, and so many a second after that."""

    burst: float
    per_second: float


class Turnstile:
    """Counts per caller, never per address: a whole hall may share one."""

    def __init__(self, pace: Pace) -> None:
        """Start with everybody fresh."""
        self._pace = pace
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def lets(self, caller: str, now: float) -> bool:
        """Whether this caller may ask now; asking is counted."""
        with self._lock:
            left, at = self._left.pop(caller, (self._pace.burst, now))
            left = min(self._pace.burst, left + max(0.0, now - at) * self._pace.per_second)
            allowed = left >= 1
            self._left[caller] = (left - 1 if allowed else left, now)
            while len(self._left) > CALLERS_KEPT:
                del self._left[next(iter(self._left))]
            return allowed
