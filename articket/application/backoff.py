"""When to try again what failed."""

from dataclasses import dataclass
from typing import Final

from articket.application.ports import Clock

FIRST_PAUSE_S: Final = 2.0
LONGEST_PAUSE_S: Final = 30.0


@dataclass(slots=True)
class Backoff:
    """Pauses that double with each failure in a row, up to half a minute."""

    clock: Clock
    _pause_s: float = FIRST_PAUSE_S
    _again_at: float = 0.0

    @property
    def is_over(self) -> bool:
        """Whether it may be tried now."""
        return self.clock.now() >= self._again_at

    def failed(self) -> None:
        """Pause, and longer than before."""
        self._again_at = self.clock.now() + self._pause_s
        self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S)

    def worked(self) -> None:
        """Begin with a short pause again."""
        self._pause_s = FIRST_PAUSE_S
