"""Tickets go to a printer one by one, once each, and are printed when the printer says so."""

from dataclasses import replace
from pathlib import Path

import pytest
from doubles.spooler import MemorySpooler
from doubles.world import CuttingBarriers, PowerCutError
from print_queue.ipp_desk import Desk
from uploads.queue import FAR, pdf

from articket.adapters.stores.folder import FolderStore
from articket.application.backoff import LONGEST_PAUSE_S
from articket.application.printing_hand import PRINTER
from articket.application.printing_jobs import COMES_LATE_S, REMEMBERS_S, SLOW_S, STUCK_S
from articket.application.printing_slips import Slip
from articket.application.printing_spooler import JobState
from articket.domain.commands import Erase, MarkPrinted, Reprint
from articket.domain.durations import Durations
from articket.domain.faults import PrinterFault, PrintFailed, StaleStep
from articket.domain.print_commands import (
    ClaimTicket,
    ConfirmPrint,
    FailPrint,
    HoldTicket,
    ReleaseTicket,
    SendTicket,
)
from articket.domain.print_queue import PrintState
from articket.domain.visit import TicketStatus

CLAIM_S = Durations().print_claim_s
PLACES = ("claimed-not-submitted", "submitted-not-noted", "settled-not-purged")
AWAY = PrinterFault("printer-offline", "Nobody answers.")


@pytest.fixture
def spooler() -> MemorySpooler:
    return MemorySpooler()


@pytest.fixture
def desk(tmp_path: Path, spooler: MemorySpooler) -> Desk:
    return Desk(tmp_path, spooler)


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
    spooler.hindrance = "printer-jam"
    desk.run(3)
    assert (desk.state(first), desk.state(second)) == (PrintState.SENT, PrintState.QUEUED)
    desk.do(second, ClaimTicket("desk:left"))
    spooler.hindrance = None
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


@pytest.mark.parametrize("lists_late", [0, 5])
@pytest.mark.parametrize("place", PLACES)
def test_a_power_cut_anywhere_prints_it_once(
    desk: Desk, spooler: MemorySpooler, place: str, lists_late: int
) -> None:
    visit, other = desk.ticket(1), desk.ticket(2)
    if place == "submitted-not-noted":  # a job whose number came is listed to whoever asks by it
        spooler.lists_late = lists_late
    cut = desk.printing(CuttingBarriers(place))
    with pytest.raises(PowerCutError):  # noqa: PT012 - the cut comes in the first look or in the second
        cut.run()
        cut.run()
    spooler.lists_late = 0
    desk.restart()
    desk.run_until_printed(visit, other, pace_s=10.0)
    assert spooler.papers == [pdf(1), pdf(2)]


def test_a_cut_before_the_printer_was_given_anything_is_made_good_when_nothing_came_for_long(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit, began = desk.ticket(1), desk.clock.now()
    with pytest.raises(PowerCutError):
        desk.printing(CuttingBarriers("claimed-not-submitted")).run()
    desk.restart()
    desk.run_until_printed(visit, pace_s=10.0)
    assert desk.clock.now() - began >= COMES_LATE_S
    assert (spooler.papers, desk.job(visit).round) == ([pdf(1)], 1)


def test_a_job_of_the_same_ticket_that_comes_late_is_taken_back(desk: Desk, spooler: MemorySpooler) -> None:
    visit = desk.ticket(1)
    spooler.lists_late, spooler.breaks_off = 2, True
    desk.run()
    assert desk.state(visit) is PrintState.QUEUED
    spooler.lists_late = 0
    desk.clock.wait(LONGEST_PAUSE_S)
    desk.run()
    spooler.hindrance = "printer-jam"
    desk.run()
    assert (desk.job(visit).ref, spooler.canceled) == (2, [1])
    spooler.hindrance = None
    desk.run_until_printed(visit)
    assert spooler.papers == [pdf(1)]


def test_of_two_jobs_of_a_ticket_after_a_cut_the_one_that_came_out_counts(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit = desk.ticket(1)
    with pytest.raises(PowerCutError):
        desk.printing(CuttingBarriers("submitted-not-noted")).run()
    spooler.jobs(ended=False)  # it comes out
    spooler.hindrance = "printer-jam"
    spooler.submit(Slip.of(visit).name, pdf(1), 1)
    desk.restart()
    desk.run(2)
    assert (desk.state(visit), spooler.canceled) == (PrintState.PRINTED, [2, 1])
    assert spooler.papers == [pdf(1)]


def test_a_cut_whose_job_the_printer_has_forgotten_meanwhile_is_asked_about(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit = desk.ticket(1)
    with pytest.raises(PowerCutError):
        desk.printing(CuttingBarriers("submitted-not-noted")).run()
    spooler.forget()
    desk.clock.wait(REMEMBERS_S + 1)
    desk.restart()
    desk.run()
    job = desk.job(visit)
    assert (job.state, job.why, job.by) == (PrintState.FAILED, "print-unknown", PRINTER)
    assert len(spooler.copies) == 1, "nobody knows whether paper came, so none is made unasked"


def test_an_answer_that_never_came_is_no_second_sheet(desk: Desk, spooler: MemorySpooler) -> None:
    visit = desk.ticket(1)
    spooler.swallows = True
    desk.run()
    assert desk.health().trouble == "printer-silent"
    assert desk.state(visit) is PrintState.CLAIMED
    desk.clock.wait(LONGEST_PAUSE_S)
    desk.run_until_printed(visit)
    assert spooler.papers == [pdf(1)]
    assert desk.health().trouble is None


def test_a_printer_that_swallowed_a_ticket_and_forgot_it_leaves_the_word_to_staff(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit = desk.ticket(1)
    spooler.swallows = True
    desk.run()
    spooler.forget()
    desk.clock.wait(LONGEST_PAUSE_S)
    desk.run()
    assert desk.state(visit) is PrintState.CLAIMED, "it may still come"
    desk.clock.wait(COMES_LATE_S)
    desk.run()
    assert (desk.state(visit), desk.job(visit).why) == (PrintState.FAILED, "print-unknown")


def test_a_printer_that_is_away_loses_nothing(desk: Desk, spooler: MemorySpooler) -> None:
    visit, since = desk.ticket(1), desk.clock.now()
    spooler.fault = AWAY
    desk.run()
    health = desk.health()
    assert (health.kind, health.trouble, health.since) == ("ipp", "printer-offline", since)
    assert desk.state(visit) is PrintState.QUEUED, "any desk may print it"
    told = desk.told
    spooler.fault = None
    desk.run()
    assert desk.state(visit) is PrintState.QUEUED, "not at once again"
    desk.clock.wait(LONGEST_PAUSE_S)
    desk.run_until_printed(visit)
    assert (desk.health().trouble, desk.health().since, desk.health().name) == (None, None, "Memory")
    assert desk.told > told


def test_a_printer_that_goes_away_with_a_ticket_is_asked_about_it_later(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit = desk.ticket(1)
    desk.run()
    spooler.fault = AWAY
    desk.run()
    assert desk.state(visit) is PrintState.SENT
    spooler.fault = None
    desk.clock.wait(LONGEST_PAUSE_S)
    desk.run_until_printed(visit)
    assert spooler.papers == [pdf(1)]


def test_a_printer_that_was_switched_off_and_forgot_is_asked_nothing_twice(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit = desk.ticket(1)
    spooler.hindrance = None
    desk.run()
    spooler.forget()
    desk.run()
    assert (desk.state(visit), desk.job(visit).why) == (PrintState.FAILED, "print-unknown")
    desk.do(visit, ReleaseTicket())
    desk.run_until_printed(visit)


def test_another_printers_job_of_the_same_number_says_nothing_of_ours(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit = desk.ticket(1)
    desk.run()
    spooler.known = [type(job)(job.ref, "somebody's menu", JobState.DONE) for job in spooler.known]
    desk.run()
    assert (desk.state(visit), desk.job(visit).why) == (PrintState.FAILED, "print-unknown")


def test_paper_out_keeps_tickets_here_and_they_go_on_by_themselves(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit, since = desk.ticket(1), desk.clock.now()
    spooler.hindrance = "printer-paper-out"
    desk.run()
    desk.clock.wait(5)
    desk.run()
    assert (desk.health().trouble, desk.health().since) == ("printer-paper-out", since)
    assert desk.state(visit) is PrintState.QUEUED
    spooler.hindrance = None
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
    spooler.hindrance = "printer-jam"
    spooler.end(1, end)
    desk.run()
    assert (desk.state(visit), desk.job(visit).why) == (PrintState.FAILED, why)
    spooler.hindrance = None
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
    spooler.hindrance = "printer-jam"
    desk.do(by_hand, MarkPrinted())
    desk.run()
    assert spooler.canceled == [1]
    spooler.hindrance = None
    desk.run()
    assert desk.state(given_up) is PrintState.SENT
    spooler.hindrance = "printer-jam"
    desk.do(given_up, FailPrint("desk:left", "print-lost"))
    desk.run()
    assert spooler.canceled == [1, 2]
    spooler.hindrance = None
    desk.run_until_printed(other)
    assert spooler.papers == [pdf(3)]


def test_a_visitor_who_erases_takes_the_ticket_back_from_the_printer(
    desk: Desk, spooler: MemorySpooler
) -> None:
    visit = desk.ticket(1)
    desk.run()
    spooler.hindrance = "printer-jam"
    desk.do(visit, Erase("1-ABCD"))
    desk.forget(visit)
    assert spooler.canceled == [1]
    spooler.hindrance = None
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


def test_jobs_of_other_booths_and_other_people_are_left_alone(desk: Desk, spooler: MemorySpooler) -> None:
    spooler.hindrance = "printer-jam"
    spooler.submit("menu.pdf", b"%PDF", 1)
    spooler.submit("0001-1-1-aaaabbbbccccdddd", b"%PDF", 1)
    desk.ticket(1)
    desk.run(3)
    desk.sweep()
    assert spooler.canceled == []


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
