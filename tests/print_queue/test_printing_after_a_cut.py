"""After a power cut, a lost answer or a printer that was away, no ticket is lost and none comes out twice."""

import pytest
from doubles.spooler import MemorySpooler
from doubles.world import CuttingBarriers, PowerCutError
from print_queue.ipp_desk import Desk
from print_queue.memory_desk import AWAY, hindered, memory_desk, memory_spooler
from uploads.queue import pdf

from articket.application.backoff import LONGEST_PAUSE_S
from articket.application.printing_hand import PRINTER
from articket.application.printing_jobs import COMES_LATE_S, REMEMBERS_S
from articket.application.printing_slips import Slip
from articket.application.printing_spooler import JobState
from articket.domain.print_commands import ReleaseTicket
from articket.domain.print_queue import PrintState

PLACES = ("claimed-not-submitted", "submitted-not-noted", "settled-not-purged")
spooler = pytest.fixture(memory_spooler)
desk = pytest.fixture(memory_desk)


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
    with hindered(spooler):
        desk.run()
        assert (desk.job(visit).ref, spooler.canceled) == (2, [1])
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
