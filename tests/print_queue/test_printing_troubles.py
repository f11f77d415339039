"""What stops the printer is told, and a ticket that cannot be printed stops no other."""

from dataclasses import replace

import pytest
from doubles.spooler import MemorySpooler
from print_queue.ipp_desk import Desk
from print_queue.memory_desk import hindered, memory_desk, memory_spooler
from uploads.queue import FAR, pdf

from articket.application.backoff import LONGEST_PAUSE_S
from articket.application.printing_jobs import SLOW_S, STUCK_S
from articket.application.printing_spooler import JobState
from articket.domain.faults import PrinterFault, PrintFailed
from articket.domain.print_queue import PrintState

spooler = pytest.fixture(memory_spooler)
desk = pytest.fixture(memory_desk)


def test_paper_out_keeps_tickets_here_and_they_go_on_by_themselves(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit, since = desk.ticket(1), desk.clock.now()
    with hindered(spooler, "printer-paper-out"):
        desk.run()
        desk.clock.wait(5)
        desk.run()
        assert (desk.health().trouble, desk.health().since) == ("printer-paper-out", since)
        assert desk.state(visit) is PrintState.QUEUED
    desk.run_until_printed(visit)
    assert desk.health().trouble is None


def test_a_warning_is_a_trouble_where_a_ticket_does_not_come_out(desk: Desk, spooler: MemorySpooler) -> None:
    visit = desk.ticket(1)
    spooler.doubt = "printer-paper-out"
    desk.run(2)
    assert (desk.state(visit), desk.health().trouble) == (PrintState.SENT, None)
    desk.clock.wait(STUCK_S)
    desk.run()
    assert desk.health().trouble == "printer-paper-out"
    spooler.doubt = None
    desk.run_until_printed(visit)
    assert desk.health().trouble is None


def test_a_ticket_that_does_not_come_out_for_minutes_is_a_trouble_without_any_reason(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit = desk.ticket(1)
    desk.run()
    spooler.halted = True
    desk.clock.wait(SLOW_S - 1)
    desk.run()
    assert desk.health().trouble is None
    desk.clock.wait(1)
    desk.run()
    assert (desk.health().trouble, desk.state(visit)) == ("printer-stuck", PrintState.SENT)


@pytest.mark.parametrize(
    ("end", "why"),
    [
        (JobState.CANCELED, "print-canceled"),
        (JobState.ABORTED, "print-aborted"),
        (JobState.FLAWED, "print-flawed"),
    ],
)
def test_what_came_to_nothing_at_the_printer_is_told_and_not_repeated(
    desk: Desk, spooler: MemorySpooler, end: JobState, why: str
) -> None:
    visit = desk.ticket(1)
    desk.run()
    with hindered(spooler):
        spooler.end(1, end)
        desk.run()
        assert (desk.state(visit), desk.job(visit).why) == (PrintState.FAILED, why)
    desk.run(3)
    assert spooler.papers == []


def test_a_ticket_that_the_printer_refuses_stops_nobody(desk: Desk, spooler: MemorySpooler) -> None:
    refused, other = desk.ticket(1), desk.ticket(2)
    spooler.refusal = PrintFailed("print-refused", "Too large.")
    desk.run_until_printed(other)
    assert (desk.state(refused), desk.job(refused).why) == (PrintState.FAILED, "print-refused")


def test_a_printer_that_is_busy_for_somebody_else_is_asked_again_when_it_is_done(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit = desk.ticket(1)
    spooler.refusal = PrinterFault("printer-busy", "Somebody else's job.")
    desk.run()
    assert (desk.state(visit), desk.health().trouble) == (PrintState.QUEUED, "printer-busy")
    desk.clock.wait(LONGEST_PAUSE_S)
    desk.run_until_printed(visit)
    assert len(desk.job(visit).steps) <= 5


def test_a_ticket_whose_file_is_lost_stops_nobody(desk: Desk, spooler: MemorySpooler) -> None:
    lost, other = desk.ticket(1), desk.ticket(2)
    desk.store.delete(lost.ticket.file or "")
    desk.run_until_printed(other)
    assert (desk.state(lost), desk.job(lost).why) == (PrintState.FAILED, "file-gone")
    assert spooler.papers == [pdf(2)]


def test_a_ticket_whose_file_has_no_name_stops_nobody(desk: Desk, spooler: MemorySpooler) -> None:
    odd, other = desk.ticket(1), desk.ticket(2)
    with desk.visits.transaction() as transaction:
        transaction.save_visit(replace(odd, ticket=replace(odd.ticket, file=None)), FAR)
    desk.run_until_printed(other)
    assert desk.state(odd) is PrintState.FAILED
    assert spooler.papers == [pdf(2)]


def test_when_the_printer_stops_and_goes_on_those_who_wait_for_it_are_told(
    desk: Desk, spooler: MemorySpooler
) -> None:
    sent, waiting = desk.ticket(1), desk.ticket(2)
    desk.run()
    spooler.hindrance = "printer-jam"
    desk.run(3)
    assert desk.told_visitors[-1] == {sent.id, waiting.id}
    spooler.hindrance = "printer-paper-out"
    desk.run()
    assert desk.told_visitors[-1] == frozenset(), "to visitors it is the same moment"
    spooler.hindrance = None
    desk.run()
    assert desk.told_visitors[-1] == {sent.id, waiting.id} - {
        each.id for each in (sent, waiting) if desk.state(each) is PrintState.PRINTED
    }
