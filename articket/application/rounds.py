"""What is done again and again: ending stages whose time is up, and erasing what is too old."""

from collections.abc import Callable
from dataclasses import dataclass

from articket.application.floor import Floor
from articket.domain.commands import Elapse, TidyLine

BATCH = 50
ANSWERS_KEPT_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Rounds:
    """The booth's watchman."""

    floor: Floor
    booth: str = "main"
    clear: Callable[[], bool] = lambda: True  # whether nothing of erased visits lies where others print from

    def elapse(self) -> None:
        """End every stage whose deadline has passed."""
        for booth in self.floor.visits.due(self.floor.clock.now()):
            self.floor.apply(booth.id, Elapse(booth.step))

    def tidy(self) -> None:
        """Take those out of the line who walked off."""
        self.floor.apply(self.booth, TidyLine())

    def erase_old(self) -> None:
        """Erase visits whose retention is over, and forget old receipts and answers.

        Receipts of tickets stay while a sheet may lie somewhere out of reach: they alone say whose is to go.
        """
        now = self.floor.clock.now()
        for visit in self.floor.visits.expired(now, BATCH):
            self.floor.erase(visit)
        self.floor.visits.forget_receipts(now - ANSWERS_KEPT_S, with_tickets=self.clear())
