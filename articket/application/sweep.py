from dataclasses import dataclass

from articket.application import files
from articket.application.ports import Store, Visits
from articket.application.work.erase import EraseFiles
from articket.domain.jobs import EraseJob

BATCH = 200


@dataclass(frozen=True, slots=True)
class Sweep:
    """Looks for files whose visit is gone: a crash, or a job that was given up, may have left some."""

    visits: Visits
    store: Store
    erase: EraseFiles

    def run(self) -> None:
        """Destroy the files of every visit that is erased or unknown."""
        names = [*self.store.list(f"{files.VISITS}/"), *self.store.list(f"{files.TICKETS}/")]
        owners = sorted({owner for name in names if (owner := files.owner(name))})
        for start in range(0, len(owners), BATCH):
            some = owners[start : start + BATCH]
            present = {visit.id for visit in self.visits.many(some) if visit.receipt is None}
            for visit in some:
                if visit not in present:
                    self.erase.run(EraseJob(visit))
