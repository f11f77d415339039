"""Visits with tickets in a real database, whatever takes them to paper."""

from dataclasses import replace
from pathlib import Path

from doubles.world import StillClock
from uploads.queue import FAR, NOON, Standstill, decided, pdf
from visits.crowd import open_floor

from articket.adapters.database.engine import Database
from articket.adapters.database.visits import SqlVisits
from articket.adapters.stores.folder import FolderStore
from articket.application import files
from articket.application.ports import Keys
from articket.application.sweep import Sweep
from articket.application.work.erase import EraseFiles, Shelf
from articket.domain.commands import Command
from articket.domain.jobs import EraseJob
from articket.domain.print_queue import PrintJob, PrintState
from articket.domain.visit import Ticket, TicketStatus, Visit


class AnyDesk:
    """A database, a store, and a place where tickets lie on their way to paper."""

    def __init__(self, home: Path, shelf: Shelf) -> None:
        self.home = home
        self._shelf = shelf
        self.database = Database(f"sqlite:///{home / 'articket.db'}")
        self.visits = SqlVisits(self.database)
        self.store = FolderStore(home / "store")
        self.clock = StillClock(NOON)
        self.floor = replace(open_floor(self.visits), clock=self.clock)
        self.told = 0
        self.told_visitors: list[frozenset[str]] = []
        self.sweep()  # as at a start: database and store learn that they belong together

    def close(self) -> None:
        self.database.close()

    def tell(self, visits: frozenset[str]) -> None:
        self.told += 1
        self.told_visitors.append(visits)

    def ticket(self, number: int, name: str | None = None) -> Visit:
        """Make a ticket and give it to the desk."""
        visit = decided(number)
        file = files.ticket(visit)
        self.store.put(file, pdf(number))
        ready = replace(
            visit, name=name, ticket=Ticket(TicketStatus.READY, ready_at=NOON, edition=1, file=file)
        )
        hashes = [f"{kind}-{visit.id}".encode().ljust(32) for kind in ("token", "keep", "entry")]
        with self.visits.transaction() as transaction:
            transaction.add_visit(ready, Keys(*hashes), FAR)
        return ready

    def do(self, visit: Visit, command: Command) -> None:
        self.floor.apply("main", command, visit.id)

    def forget(self, visit: Visit) -> None:
        """Do what the job of an erasure does."""
        self._erase.run(EraseJob(visit.id))

    def sweep(self) -> None:
        Sweep(self.visits, self.store, self._erase, self.floor.dice).run()

    @property
    def _erase(self) -> EraseFiles:
        return EraseFiles(self.visits, self.floor.jobs, self.store, [self._shelf])

    def job(self, visit: Visit) -> PrintJob:
        found = self.visits.visit(visit.id)
        assert found is not None
        return found.ticket.print_job

    def state(self, visit: Visit) -> PrintState:
        return self.job(visit).state

    def waiting(self) -> list[Visit]:
        return self.visits.to_print("main", 100)


class StandstillAt:
    """Stands still for ever at one place, to be killed there."""

    def __init__(self, place: str) -> None:
        self._place = place

    def reach(self, place: str) -> None:
        if place == self._place:
            Standstill().reach(place)
