"""Staff and visitors change their minds while a ticket is on its way to the printer."""

from dataclasses import replace

import pytest
from doubles.spooler import MemorySpooler
from print_queue.ipp_desk import Desk
from print_queue.memory_desk import AWAY, hindered, memory_desk, memory_spooler
from uploads.queue import FAR, pdf

from articket.adapters.stores.folder import FolderStore
from articket.application.printing_hand import PRINTER
from articket.domain.commands import Erase, MarkPrinted, Reprint
from articket.domain.faults import PrinterFault, StaleStep
from articket.domain.print_commands import ClaimTicket, ConfirmPrint, FailPrint
from articket.domain.print_queue import PrintState

spooler = pytest.fixture(memory_spooler)
desk = pytest.fixture(memory_desk)


def test_a_ticket_made_anew_at_the_last_moment_is_printed_as_it_is_now(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit = desk.ticket(1)
    newer = replace(visit, ticket=replace(visit.ticket, edition=2, file=f"{visit.ticket.file}.2.pdf"))

    class MadeAnew(FolderStore):
        def get(self, name: str) -> bytes:
            found = super().get(name)
            if name == visit.ticket.file:
                with desk.visits.transaction() as transaction:
                    transaction.save_visit(newer, FAR)
            return found

    desk.store = MadeAnew(desk.home / "store")
    desk.store.put(newer.ticket.file or "", b"%PDF newer")
    desk.restart()
    desk.run_until_printed(visit)
    assert spooler.papers == [b"%PDF newer"]


def test_what_staff_printed_otherwise_is_taken_back_from_the_printer(
    desk: Desk, spooler: MemorySpooler
) -> None:
    by_hand, given_up, other = desk.ticket(1), desk.ticket(2), desk.ticket(3)
    desk.run()
    with hindered(spooler):
        desk.do(by_hand, MarkPrinted())
        desk.run()
        assert spooler.canceled == [1]
    desk.run()
    assert desk.state(given_up) is PrintState.SENT
    with hindered(spooler):
        desk.do(given_up, FailPrint("desk:left", "print-lost"))
        desk.run()
        assert spooler.canceled == [1, 2]
    desk.run_until_printed(other)
    assert spooler.papers == [pdf(3)]


def test_a_visitor_who_erases_takes_the_ticket_back_from_the_printer(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit = desk.ticket(1)
    desk.run()
    with hindered(spooler):
        desk.do(visit, Erase("1-ABCD"))
        desk.forget(visit)
        assert spooler.canceled == [1]
    desk.run(2)
    assert spooler.papers == []


def test_an_erasure_while_the_printer_is_away_is_made_good_when_it_is_back(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit = desk.ticket(1)
    desk.run()
    spooler.hindrance = "printer-jam"
    desk.do(visit, Erase("1-ABCD"))
    spooler.fault = AWAY
    with pytest.raises(PrinterFault):
        desk.forget(visit)
    assert desk.store.list("tickets/") == []
    desk.sweep()
    spooler.fault = None
    desk.sweep()
    assert spooler.canceled == [1]


def test_a_visit_erased_while_its_ticket_is_handed_over_leaves_no_job(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit = desk.ticket(1)

    class ErasesThen:
        def reach(self, place: str) -> None:
            if place == "submitted-not-noted":
                spooler.hindrance = "printer-jam"
                desk.do(visit, Erase("1-ABCD"))

    desk.printing(ErasesThen()).run()
    assert spooler.canceled == [1]


def test_a_word_that_comes_too_late_changes_nothing(desk: Desk) -> None:
    visit = desk.ticket(1)
    desk.run_until_printed(visit)
    desk.do(visit, Reprint("paper", copies=1))
    with pytest.raises(StaleStep):
        desk.do(visit, ConfirmPrint(PRINTER, 1))
    desk.do(visit, ClaimTicket("desk:left"))
    with pytest.raises(StaleStep):
        desk.do(visit, FailPrint(PRINTER, "print-aborted", 2))
    assert desk.job(visit).by == "desk:left"
