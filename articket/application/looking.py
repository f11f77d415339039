"""A model looks at every photo before it is public: what it doubts, and what it could not see, staff see."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol

from articket.application import files
from articket.application.floor import Floor
from articket.application.ports import Store
from articket.application.work.leftovers import nothing_outlives
from articket.domain.commands import LookAt
from articket.domain.faults import LookerFault
from articket.domain.jobs import LookJob
from articket.domain.moderation import Look

log = logging.getLogger(__name__)


class Looker(Protocol):
    """Something that knows pictures which are not for everybody."""

    def look(self, picture: bytes) -> float:
        """Return from 0 to 1 how likely a JPEG is one of those, or raise LookerFault."""


@dataclass(frozen=True, slots=True)
class LookerHealth:
    """Why nobody looked last time, as a fault's code, and since when it is so."""

    trouble: str | None = None
    since: float | None = None


@dataclass(slots=True)
class LookAtPhoto:
    """Lets the model look at the cut of a photo that everybody would see.

    From `threshold` on staff are asked; a photo that the model cannot look at is never public by itself.
    """

    floor: Floor
    looker: Looker
    store: Store
    threshold: float
    now: Callable[[], float]
    _health: LookerHealth = field(default_factory=LookerHealth)
    _lock: Lock = field(default_factory=Lock)

    def run(self, job: LookJob) -> None:
        """Keep what the model said; a photo that was replaced is not looked at."""
        with nothing_outlives(self.floor, self.store, job.visit):
            visit = self.floor.visits.visit(job.visit)
            if visit is None or visit.photo is None or visit.photo.number != job.photo:
                return
            if visit.photo.look is Look.PENDING:
                look = self._look(self.store.get(files.framed(job.visit, job.photo)))
                self.floor.apply(visit.booth, LookAt(job.photo, look), job.visit)

    def give_up(self, job: LookJob) -> None:
        """Leave it to staff."""
        with nothing_outlives(self.floor, self.store, job.visit):
            visit = self.floor.visits.visit(job.visit)
            if visit is not None and visit.photo is not None:
                self.floor.apply(visit.booth, LookAt(job.photo, Look.UNSEEN), job.visit)

    def health(self) -> LookerHealth:
        """Return how the model is."""
        with self._lock:
            return self._health

    def _look(self, picture: bytes) -> Look:
        try:
            score = self.looker.look(picture)
        except LookerFault as fault:
            log.warning("Nobody could look at a photo, so staff are asked: %s", fault)
            self._note(fault.code)
            return Look.UNSEEN
        self._note(None)
        return Look.CLEAR if score < self.threshold else Look.FLAGGED  # no number is below no threshold

    def _note(self, trouble: str | None) -> None:
        with self._lock:
            if trouble is None:
                self._health = LookerHealth()
            elif self._health.trouble != trouble:
                self._health = LookerHealth(trouble, self.now())
