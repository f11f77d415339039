from dataclasses import dataclass

from articket.application.ports import Jobs, Store, Visits
from articket.application.work.leftovers import destroy
from articket.domain.jobs import EraseJob


@dataclass(frozen=True, slots=True)
class EraseFiles:
    """Destroys what an erased visit left outside its rows."""

    visits: Visits
    jobs: Jobs
    store: Store

    def run(self, job: EraseJob) -> None:
        """Delete the visit's files and tickets, the engine's rows, and what lies in free pages."""
        destroy(self.store, job.visit)
        self.jobs.forget(job.visit)
        self.visits.scrub()
