"""Tickets on their way into a folder that prints by itself; they wait where it is out of reach."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from threading import Event
from typing import Protocol

from articket.application.floor import Floor
from articket.application.ports import Barriers, Store
from articket.application.printing_hand import PRINTER, Hand, PrinterHealth, ticket_number
from articket.domain.faults import PermanentFault, TransientFault
from articket.domain.print_commands import ClaimTicket, FailPrint, SendTicket
from articket.domain.visit import Visit

log = logging.getLogger(__name__)


class PrintFolder(Protocol):
    """A folder whose sheets are printed once they have their name; every call may raise PrinterFault."""

    def stage(self, name: str, data: bytes) -> None:
        """Write a sheet whole where nobody sees it yet."""

    def place(self, name: str) -> bool:
        """Give a staged sheet its name at once; False where it neither was staged nor lies there."""

    def staged(self) -> list[str]:
        """Return the names of sheets that nobody sees yet."""

    def drop(self, name: str) -> None:
        """Take a staged sheet away; what has its name already stays."""

    def owners(self) -> list[str]:
        """Return the visits whose sheets lie here, seen or not."""

    def forget(self, visit: str) -> None:
        """Take away whatever lies here of a visit."""


@dataclass(slots=True)
class FolderPrinting:
    """Puts tickets into the folder one by one, each once; repeating anything is harmless.

    A sheet is written first and claimed then, so that whatever is claimed lies in the folder, staged or
    named. Killed between naming it and saying so, the next start sees the name and says so; where even
    that is gone, nobody can know whether paper came, and staff are asked.
    """

    floor: Floor
    folder: PrintFolder
    store: Store
    barriers: Barriers
    told: Callable[[frozenset[str]], None]
    booth: str
    _hand: Hand = field(init=False)
    _closing: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        """Try at once."""
        self._hand = Hand(self.floor, self.booth, self.told, PrinterHealth())

    def run(self) -> None:
        """Place whatever waits, unless the last try failed a moment ago."""
        if not self._hand.is_rested:
            return
        try:
            self._finish_what_was_begun()
            for visit in self._hand.free():
                if self._closing.is_set():
                    return
                self._print(visit)
        except TransientFault as fault:
            self._hand.pause(fault)
        else:
            self._hand.go_on()
            self._hand.say(PrinterHealth())

    def close(self) -> None:
        """Begin nothing new."""
        self._closing.set()

    def health(self) -> PrinterHealth:
        """Return what is in the way."""
        return self._hand.health

    def _finish_what_was_begun(self) -> None:
        left = self.folder.staged()  # where the folder is gone, a claim is not renewed: a desk may take over
        for visit in self._hand.ours():
            if self._hand.do(ClaimTicket(PRINTER), visit):
                self._place(visit)
        for name in left:
            self.folder.drop(name)

    def _print(self, visit: Visit) -> None:
        try:
            data = self.store.get(visit.ticket.file or "")
        except PermanentFault as fault:
            self._hand.give_up(visit, fault)
            return
        for name in sheets(visit):
            self.folder.stage(name, data)
        self.barriers.reach("staged-not-claimed")
        if not self._hand.take(visit):
            for name in sheets(visit):
                self.folder.drop(name)
            return
        self.barriers.reach("claimed-not-placed")
        self._place(visit)

    def _place(self, visit: Visit) -> None:
        """Name the sheets in their order: the last one tells whether all of them are there."""
        *_, lies_there = [self.folder.place(name) for name in sheets(visit)]
        self.barriers.reach("placed-not-marked")
        if not self._hand.do(
            SendTicket(PRINTER) if lies_there else FailPrint(PRINTER, "print-unsure"), visit
        ):
            if self.floor.erased(visit.id):
                self.folder.forget(visit.id)
            log.info("Ticket %s was taken out of the printer's hand.", ticket_number(visit))


def sheets(visit: Visit) -> tuple[str, ...]:
    """Return the names of a ticket's sheets in the folder, one for each copy and others for each round."""
    job = visit.ticket.print_job
    stem = PurePosixPath(visit.ticket.file or "").stem
    again = f"-{job.round}" if job.round > 1 else ""
    copies = (f"-copy{n}" for n in range(2, job.copies + 1))
    return tuple(f"{stem}{again}{copy}.pdf" for copy in ("", *copies))
