import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from articket.application import files
from articket.application.ports import Dice, Store, Visits
from articket.application.work.erase import EraseFiles, Shelf
from articket.domain.faults import PrinterFault
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
    _forgotten: set[str] = field(default_factory=set)

    def run(self) -> None:
        """Destroy the files of every visit that is erased or unknown, on shelves of those erased only.

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
                    with _unless_away():
                        self.erase.run(EraseJob(visit))
        self._forgotten.clear()
        self.shelves()

    def shelves(self) -> bool:
        """Take from every shelf what is there of erased visits; False where one is out of reach.

        What a shelf was told to forget it is told again only by `run`: some printers list old jobs for days.
        """
        clear = 0
        for shelf in self.erase.shelves:
            with _unless_away():
                self._sweep(shelf)
                clear += 1
        return clear == len(self.erase.shelves)

    def _sweep(self, shelf: Shelf) -> None:
        for visit in self.visits.many(shelf.owners()):
            if visit.receipt is not None and visit.id not in self._forgotten:
                shelf.forget(visit.id)
                self._forgotten.add(visit.id)

    def _belong_together(self) -> bool:
        """Whether database and store carry the same mark, made when both were new."""
        mark = self.visits.choice(PAIR)
        if not self.store.list():
            mark = mark or self.dice.secret()
            self.visits.choose(PAIR, mark)
            self.store.put(PAIR, mark.encode())
        return mark is not None and self.store.exists(PAIR) and self.store.get(PAIR) == mark.encode()


@contextmanager
def _unless_away() -> Iterator[None]:
    """Let a shelf that is out of reach wait for the next time, and keep nothing else from being swept."""
    try:
        yield
    except PrinterFault as fault:
        log.info("A shelf was not swept: %s", fault.sentence)
