from collections.abc import Callable
from threading import Lock
from typing import Final

FAILURES: Final = 2
REST_S: Final = 15.0


class Breaker:
    """Lets a server that failed twice in a row rest, and then tries it with one request."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Begin closed: everybody may ask."""
        self._monotonic = monotonic
        self._lock = Lock()
        self._failures = 0
        self._rests_until = 0.0
        self._probed = False

    def admits(self) -> bool:
        """Whether the server may be asked now; whoever is let in tells afterwards how it went."""
        with self._lock:
            if self._failures < FAILURES:
                return True
            if self._probed or self._monotonic() < self._rests_until:
                return False
            self._probed = True
            return True

    def tell(self, *, worked: bool) -> None:
        """Count how it went."""
        with self._lock:
            self._probed = False
            self._failures = 0 if worked else self._failures + 1
            if self._failures >= FAILURES:
                self._rests_until = self._monotonic() + REST_S
