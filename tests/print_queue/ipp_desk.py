"""Visits with tickets in a real database, and what hands them to a printer; also a program of its own."""

import sys
from pathlib import Path

from doubles.ipp_printer import until
from doubles.world import OpenBarriers
from print_queue.any_desk import AnyDesk, StandstillAt

from articket.adapters.printers.ipp import IppPrinter
from articket.adapters.printers.ipp_abilities import TicketPaper
from articket.application.ports import Barriers
from articket.application.printing_hand import PrinterHealth
from articket.application.printing_jobs import JobPrinting
from articket.application.printing_spooler import PrinterShelf, Spooler
from articket.domain.print_queue import PrintState
from articket.domain.visit import TicketStatus, Visit

POSTCARD = TicketPaper((100, 148), 2)


class Desk(AnyDesk):
    """A database, a store and a printer that takes jobs."""

    def __init__(self, home: Path, spooler: Spooler) -> None:
        self.spooler = spooler
        super().__init__(home, PrinterShelf(spooler))
        self._own = self.printing()

    def printing(self, barriers: Barriers | None = None) -> JobPrinting:
        open_ones = barriers or OpenBarriers()
        return JobPrinting(self.floor, self.spooler, self.store, open_ones, self.tell, "main")

    def restart(self) -> None:
        """Forget what the process knew."""
        self._own = self.printing()

    def run(self, times: int = 1) -> None:
        for _ in range(times):
            self._own.run()

    def run_until_printed(self, *visits: Visit, pace_s: float = 1.0) -> None:
        """Look again and again, as the booth does, until the printer says that these are out."""

        def all_out() -> bool:
            self.clock.wait(pace_s)
            self.run()
            return all(self.state(each) is PrintState.PRINTED for each in visits)

        until(all_out, lambda: f"not printed: {[self.state(each) for each in visits]}, {self.health()}", 60)

    def run_until(self, trouble: str | None) -> None:
        def is_told() -> bool:
            self.clock.wait(1.0)
            self.run()
            return self.health().trouble == trouble

        until(is_told, lambda: f"{trouble} is not told but {self.health()}", 60)

    def health(self) -> PrinterHealth:
        return self._own.health()

    def status(self, visit: Visit) -> TicketStatus:
        found = self.visits.visit(visit.id)
        assert found is not None
        return found.ticket.status


def main() -> None:
    """Print what waits at this address, and stand still at the place that is named."""
    desk = Desk(Path(sys.argv[1]), IppPrinter(sys.argv[2], POSTCARD))
    desk.printing(StandstillAt(sys.argv[3])).run()
