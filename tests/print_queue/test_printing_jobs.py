"""Tickets go to a printer one by one, once each, and are printed when the printer says so."""

import pytest
from doubles.spooler import MemorySpooler
from print_queue.ipp_desk import Desk
from print_queue.memory_desk import hindered, memory_desk, memory_spooler
from uploads.queue import pdf

from articket.application.printing_hand import PRINTER
from articket.application.printing_slips import Slip
from articket.domain.commands import Reprint
from articket.domain.print_commands import ClaimTicket, HoldTicket, ReleaseTicket, SendTicket
from articket.domain.print_queue import PrintState
from articket.domain.visit import TicketStatus

spooler = pytest.fixture(memory_spooler)
desk = pytest.fixture(memory_desk)


def test_tickets_are_printed_in_their_order_and_once_each(desk: Desk, spooler: MemorySpooler) -> None:
    made = [desk.ticket(number) for number in (3, 1, 2)]
    desk.run_until_printed(*made)
    assert spooler.papers == [pdf(1), pdf(2), pdf(3)]
    assert all(desk.status(each) is TicketStatus.PRINTED for each in made)


def test_one_ticket_is_at_the_printer_at_a_time_and_the_others_stay_in_staffs_hands(
    desk: Desk, spooler: MemorySpooler
) -> None:
    first, second = desk.ticket(1), desk.ticket(2)
    desk.run()
    with hindered(spooler):
        desk.run(3)
        assert (desk.state(first), desk.state(second)) == (PrintState.SENT, PrintState.QUEUED)
        desk.do(second, ClaimTicket("desk:left"))
    desk.run_until_printed(first)
    desk.run()
    assert desk.state(second) is PrintState.CLAIMED
    assert spooler.papers == [pdf(1)]


def test_printed_is_what_the_printer_says_and_by_whom_is_written_down(desk: Desk) -> None:
    visit = desk.ticket(1)
    desk.run()
    assert desk.state(visit) is PrintState.SENT
    assert desk.job(visit).ref == 1
    desk.run()
    assert (desk.state(visit), desk.job(visit).by, desk.job(visit).ref) == (PrintState.PRINTED, PRINTER, None)


def test_a_job_is_called_by_number_and_says_nothing_of_the_visitor(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit = desk.ticket(7, name="하늘")
    desk.run()
    (job,) = spooler.known
    assert job.name == f"0007-1-1-{visit.id}"


def test_copies_and_rounds_are_jobs_of_their_own(desk: Desk, spooler: MemorySpooler) -> None:
    visit = desk.ticket(1)
    desk.run_until_printed(visit)
    desk.do(visit, Reprint("paper", copies=3))
    desk.run_until_printed(visit)
    assert spooler.copies == [1, 3]
    assert len({job.name for job in spooler.known}) == 2


def test_what_is_held_stays_here(desk: Desk, spooler: MemorySpooler) -> None:
    visit = desk.ticket(1)
    desk.do(visit, HoldTicket())
    desk.run(2)
    assert spooler.known == []
    desk.do(visit, ReleaseTicket())
    desk.run_until_printed(visit)


def test_jobs_of_other_booths_and_other_people_are_left_alone(desk: Desk, spooler: MemorySpooler) -> None:
    spooler.hindrance = "printer-jam"
    spooler.submit("menu.pdf", b"%PDF", 1)
    spooler.submit("0001-1-1-aaaabbbbccccdddd", b"%PDF", 1)
    desk.ticket(1)
    desk.run(3)
    desk.sweep()
    assert spooler.canceled == []


def test_what_a_print_folder_was_sent_before_hides_no_ticket_at_the_printer(
    desk: Desk, spooler: MemorySpooler
) -> None:
    for number in range(1, 61):
        old = desk.ticket(number)
        desk.do(old, ClaimTicket(PRINTER))
        desk.do(old, SendTicket(PRINTER))
    new = desk.ticket(61)
    desk.run_until_printed(new)
    assert spooler.papers == [pdf(61)]


def test_an_idle_printer_is_asked_only_now_and_then(desk: Desk, spooler: MemorySpooler) -> None:
    for _ in range(30):
        desk.run()
        desk.clock.wait(1.0)
    assert 2 <= spooler.looked <= 4
    assert desk.health().name == "Memory"


def test_closing_begins_nothing_new(desk: Desk, spooler: MemorySpooler) -> None:
    desk.ticket(1)
    printing = desk.printing()
    printing.close()
    printing.run()
    assert spooler.known == []


def test_a_slip_is_read_from_its_name_and_from_no_other() -> None:
    slip = Slip(12, 2, 3, "abcdefghijklmnop")
    assert Slip.read(slip.name) == slip
    for name in ("menu.pdf", "", "12-1-1-abcdefghijklmnop", f"{slip.name}.pdf"):
        assert Slip.read(name) is None
