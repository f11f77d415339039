import logging
from dataclasses import dataclass

from articket.application import files
from articket.application.ports import Dice, Store, Visits
from articket.application.work.erase import EraseFiles
from articket.domain.jobs import EraseJob

BATCH = 200
PAIR = "pair"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sweep:
    """Looks for files whose visit is gone: a crash, or a job that was given up, may have left some."""

    visits: Visits
    store: Store
    erase: EraseFiles
    dice: Dice

    def run(self) -> None:
        """Destroy the files of every visit that is erased or unknown.

        A database that never wrote into this store knows none of its visits: then nothing is touched.
        """
        if not self._belong_together():
            log.warning("The files were made with another database; what nobody knows stays where it is.")
            return
        names = [*self.store.list(f"{files.VISITS}/"), *self.store.list(f"{files.TICKETS}/")]
        owners = sorted({owner for name in names if (owner := files.owner(name))})
        for start in range(0, len(owners), BATCH):
            some = owners[start : start + BATCH]
            present = {visit.id for visit in self.visits.many(some) if visit.receipt is None}
            for visit in some:
                if visit not in present:
                    self.erase.run(EraseJob(visit))

    def _belong_together(self) -> bool:
        """Whether database and store carry the same mark, made when both were new."""
        mark = self.visits.choice(PAIR)
        if not self.store.list():
            mark = mark or self.dice.secret()
            self.visits.choose(PAIR, mark)
            self.store.put(PAIR, mark.encode())
        return mark is not None and self.store.exists(PAIR) and self.store.get(PAIR) == mark.encode()
