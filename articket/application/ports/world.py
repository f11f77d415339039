"""The world around a command: the open pages, time and chance, and places where a test may stop it."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Change:
    """What a command changed for those who look: the booth's revision, and the views concerned."""

    booth: str
    rev: int
    phones: frozenset[str]
    monitor: bool
    line: bool


class Live(Protocol):
    """The connection to the pages that are open."""

    def publish(self, change: Change) -> None:
        """Tell the views that changed, and the staff."""


class Clock(Protocol):
    """The time."""

    def now(self) -> float:
        """Return seconds since the epoch."""


class Dice(Protocol):
    """Chance."""

    def roll(self) -> float:
        """Return a number in [0, 1)."""

    def secret(self) -> str:
        """Return a fresh unguessable identifier of 128 bits, URL-safe."""


class Barriers(Protocol):
    """Places at which a test may stop the world; in production nothing happens there."""

    def reach(self, place: str) -> None:
        """Arrive at a named place."""
