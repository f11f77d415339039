"""One monitor and its line of visits."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self


class BoothStage(StrEnum):
    """What the monitor is doing."""

    IDLE = "idle"
    CALLING = "calling"
    WELCOME = "welcome"
    QUIZ = "quiz"
    PAINTING = "painting"
    REVEAL = "reveal"


class Door(StrEnum):
    """Whether visitors may join, and whether they are called."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Place:
    """A visit's place in line."""

    visit: str
    joined_at: float
    ready: bool = False
    misses: int = 0
    missed_at: float | None = None
    postponed: bool = False

    @property
    def callable(self) -> bool:
        """Whether the line calls this place by itself: not again without a photo, once it missed a call."""
        return self.ready or self.misses == 0


@dataclass(frozen=True, slots=True)
class Wall:
    """The picture on the wall, and those offered on the called visitor's phone."""

    hung: str
    offered: tuple[str, ...]
    tries_left: int


@dataclass(frozen=True, slots=True)
class Booth:
    """The line, who controls the monitor, and until when."""

    id: str
    revision: int = 0
    door: Door = Door.OPEN
    blanked: bool = False
    line: tuple[Place, ...] = ()
    stage: BoothStage = BoothStage.IDLE
    step: int = 0
    since: float = 0.0
    deadline: float | None = None
    warn_at: float | None = None
    place: Place | None = None
    wall: Wall | None = None
    control_until: float | None = None
    pace_s: float = 120.0

    @property
    def visit(self) -> str | None:
        """Return the visit that is called or that controls the monitor."""
        return self.place.visit if self.place else None

    @property
    def controller(self) -> str | None:
        """Return the visit that controls the monitor, if the call was confirmed."""
        return None if self.stage is BoothStage.CALLING else self.visit

    def since_control(self, cap_s: float) -> float:
        """Return when the controller confirmed, given how long a controller may stay."""
        return self.since if self.control_until is None else self.control_until - cap_s

    def called(self, visit: str) -> bool:
        """Whether this visit is being called."""
        return self.stage is BoothStage.CALLING and self.visit == visit

    def position(self, visit: str) -> int | None:
        """Return the visit's place in line from 0, or None if it is not in line."""
        return next((i for i, place in enumerate(self.line) if place.visit == visit), None)

    def ahead(self, visit: str) -> int | None:
        """Return how many before this visit are called before it, or None if it is not in line.

        Whoever is ready passes those who are not; nobody waits for a place that missed its call.
        """
        position = self.position(visit)
        if position is None:
            return None
        is_ready = self.line[position].ready
        return sum(place.ready if is_ready else place.callable for place in self.line[:position])

    @property
    def waiting(self) -> int:
        """Return how many in line are called before somebody who joins now."""
        return sum(place.callable for place in self.line)

    def minutes(self, ahead: int, now: float) -> int:
        """Return the minutes until somebody with so many ahead is called, at least 1 when anybody is."""
        rest = max(0.0, self.pace_s - (now - self.since)) if self.visit else 0.0
        seconds = ahead * self.pace_s + rest
        return 0 if seconds <= 0 else max(1, round(seconds / 60))

    def without(self, visit: str) -> Self:
        """Return the booth with this visit's place in line taken out."""
        return replace(self, line=tuple(place for place in self.line if place.visit != visit))

    def with_ready(self, visit: str, *, ready: bool) -> Self:
        """Return the booth with this visit's place marked as ready to be called, or not."""

        def mark(place: Place) -> Place:
            return replace(place, ready=ready) if place.visit == visit else place

        return replace(
            self,
            line=tuple(mark(place) for place in self.line),
            place=mark(self.place) if self.place else None,
        )
