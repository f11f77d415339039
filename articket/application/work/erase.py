from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from articket.application.ports import Jobs, Store, Visits
from articket.application.work.leftovers import destroy
from articket.domain.jobs import EraseJob


class Shelf(Protocol):
    """A place of others where copies of tickets lie."""

    def owners(self) -> list[str]:
        """Return the visits whose tickets lie there."""

    def forget(self, visit: str) -> None:
        """Take away whatever lies there of a visit."""


@dataclass(frozen=True, slots=True)
class EraseFiles:
    """Destroys what an erased visit left outside its rows."""

    visits: Visits
    jobs: Jobs
    store: Store
    shelves: Sequence[Shelf] = ()

    def run(self, job: EraseJob) -> None:
        """Delete the visit's files and tickets, the engine's rows, and what lies in free pages.

        A shelf that is out of reach hinders nothing of that; its fault is raised, to come back later.
        """
        destroy(self.store, job.visit)
        try:
            for shelf in self.shelves:
                shelf.forget(job.visit)
        finally:
            self.jobs.forget(job.visit)
            self.visits.scrub()
