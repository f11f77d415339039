"""Tickets come into the print folder whole and once each, whatever happens on the way."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from doubles.world import CuttingBarriers, PowerCutError
from print_queue.hot_desk import Desk, pdf
from uploads.queue import FAR

from articket.application.backoff import LONGEST_PAUSE_S
from articket.application.printing_hand import PRINTER, PrinterHealth
from articket.domain.commands import Erase, MarkPrinted, Reprint
from articket.domain.durations import Durations
from articket.domain.faults import PrinterFault
from articket.domain.print_commands import ClaimTicket, FailPrint, HoldTicket, ReleaseTicket
from articket.domain.print_queue import PrintState

CLAIM_S = Durations().print_claim_s
TESTS = Path(__file__).parents[1]
PLACES = ("staged-not-claimed", "claimed-not-placed", "placed-not-marked")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_every_ticket_is_put_there_once_under_a_name_that_sorts(desk: Desk) -> None:
    made = [desk.ticket(number) for number in (3, 1, 2)]
    desk.run()
    desk.run()
    assert [name.split("-")[2] for name in desk.seen()] == ["0001", "0002", "0003"]
    assert [desk.state(each) for each in made] == [PrintState.SENT] * 3
    assert desk.bytes_of(made[0]) == pdf(3)
    assert desk.hidden() == []


def test_what_the_printing_software_took_away_does_not_come_again(desk: Desk) -> None:
    desk.ticket(1)
    desk.run()
    assert desk.eat() == 1
    desk.run()
    assert desk.seen() == []


def test_printed_is_what_staff_say_and_not_what_was_sent(desk: Desk) -> None:
    visit = desk.ticket(1)
    desk.run()
    assert desk.state(visit) is PrintState.SENT
    desk.do(visit, MarkPrinted())
    assert desk.state(visit) is PrintState.PRINTED


def test_what_is_held_or_in_a_desks_hand_stays_out_until_it_is_free(desk: Desk) -> None:
    held, taken = desk.ticket(1), desk.ticket(2)
    desk.do(held, HoldTicket())
    desk.do(taken, ClaimTicket("desk:left"))
    desk.run()
    assert desk.seen() == []
    desk.do(held, ReleaseTicket())
    desk.clock.wait(CLAIM_S)
    desk.run()
    assert [desk.state(held), desk.state(taken)] == [PrintState.SENT] * 2


def test_copies_and_further_rounds_have_names_of_their_own(desk: Desk) -> None:
    visit = desk.ticket(1)
    desk.run()
    desk.do(visit, MarkPrinted())
    desk.do(visit, Reprint("paper", copies=2))
    desk.run()
    desk.do(visit, FailPrint("desk:left", "print-lost"))
    desk.run()
    assert len(desk.seen()) == 3, "staff decide whether what failed goes out again"
    desk.do(visit, ReleaseTicket())
    desk.run()
    stem = desk.seen()[0].removesuffix("-2-copy2.pdf")
    endings = sorted(name.removeprefix(stem) for name in desk.seen())
    assert endings == ["-2-copy2.pdf", "-2.pdf", "-3-copy2.pdf", "-3.pdf", ".pdf"]


@pytest.mark.parametrize("place", PLACES)
def test_a_power_cut_anywhere_puts_it_there_once(desk: Desk, place: str) -> None:
    visit, other = desk.ticket(1), desk.ticket(2)
    with pytest.raises(PowerCutError):
        desk.printing(CuttingBarriers(place)).run()
    assert len(desk.seen()) == (place == PLACES[2])
    for _ in range(2):
        desk.run()
    assert len(desk.seen()) == 2
    assert [desk.state(each) for each in (visit, other)] == [PrintState.SENT] * 2
    assert desk.hidden() == []


def test_where_the_sheet_was_taken_away_in_the_cut_staff_are_asked(desk: Desk) -> None:
    visit = desk.ticket(1)
    with pytest.raises(PowerCutError):
        desk.printing(CuttingBarriers("placed-not-marked")).run()
    assert desk.eat() == 1
    desk.run()
    assert desk.seen() == [], "nobody knows whether paper came, so none is made unasked"
    job = desk.job(visit)
    assert (job.state, job.why, job.by) == (PrintState.FAILED, "print-unsure", PRINTER)


@pytest.mark.parametrize("place", PLACES)
def test_a_killed_process_leaves_each_ticket_once(desk: Desk, tmp_path: Path, place: str) -> None:
    for number in (1, 2, 3):
        desk.ticket(number)
    desk.close()
    process = subprocess.Popen(
        [sys.executable, "-c", "from print_queue.hot_desk import main; main()", str(tmp_path), place],
        cwd=TESTS, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == f"{place}\n"
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
    again = Desk(tmp_path)
    again.run()
    assert len(again.seen()) == 3
    assert again.hidden() == []
    assert again.waiting() == []
    again.close()


def test_a_folder_that_is_gone_is_a_trouble_and_nothing_is_lost(desk: Desk) -> None:
    visit = desk.ticket(1)
    since = desk.clock.now()
    desk.unplug()
    desk.run()
    assert desk.health() == PrinterHealth("printer-folder-gone", since)
    assert desk.state(visit) is PrintState.QUEUED
    assert not desk.folder.exists(), "it is never made: it is a disk"
    told = desk.told
    desk.plug_in()
    desk.run()
    assert desk.seen() == [], "not at once again"
    desk.clock.wait(LONGEST_PAUSE_S)
    desk.run()
    assert desk.health() == PrinterHealth()
    assert len(desk.seen()) == 1
    assert desk.told > told


def test_a_folder_unplugged_in_the_middle_holds_up_the_browser_only_for_a_while(desk: Desk) -> None:
    visit = desk.ticket(1)

    class Unplugs:
        def reach(self, place: str) -> None:
            if place == "claimed-not-placed":
                desk.unplug()

    printing = desk.printing(Unplugs())
    printing.run()
    assert printing.health().trouble == "printer-folder-gone"
    assert desk.state(visit) is PrintState.CLAIMED
    desk.clock.wait(CLAIM_S)
    printing.run()
    desk.do(visit, ClaimTicket("desk:left"))
    desk.plug_in()
    desk.clock.wait(LONGEST_PAUSE_S)
    desk.run()
    assert desk.seen() == [], "the desk has it in hand now"
    assert desk.hidden() == []


def as_root(*words: str) -> bool:
    sudo = [] if os.geteuid() == 0 else ["env", "sudo", "--non-interactive"]
    return subprocess.run([*sudo, *words], capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(desk: Desk) -> Iterator[Path]:
    """The print folder as a disk of its own of 64 KB."""
    how = f"size=64k,mode=700,uid={os.geteuid()}"
    if not as_root("mount", "-t", "tmpfs", "-o", how, "tmpfs", str(desk.folder)):
        pytest.skip("mounting a small disk needs root")
    yield desk.folder
    assert as_root("umount", str(desk.folder))


def test_a_full_disk_leaves_no_half_sheet_and_goes_on_when_there_is_room(
    desk: Desk, small_disk: Path
) -> None:
    big = small_disk / "somebody's"
    big.write_bytes(bytes(64 * 1024))
    visit = desk.ticket(1)
    desk.run()
    assert desk.health().trouble == "printer-folder-full"
    assert (desk.seen(), desk.hidden(), desk.state(visit)) == ([big.name], [], PrintState.QUEUED)
    big.unlink()
    desk.clock.wait(LONGEST_PAUSE_S)
    desk.run()
    assert (len(desk.seen()), desk.bytes_of(visit), desk.state(visit)) == (1, pdf(1), PrintState.SENT)


def test_a_locked_folder_is_a_trouble_of_its_own(desk: Desk, small_disk: Path) -> None:
    desk.ticket(1)
    assert as_root("mount", "-o", "remount,ro", str(small_disk))
    desk.run()
    assert desk.health().trouble == "printer-folder-locked"
    assert as_root("mount", "-o", "remount,rw", str(small_disk))
    desk.clock.wait(LONGEST_PAUSE_S)
    desk.run()
    assert len(desk.seen()) == 1


def test_a_ticket_whose_file_is_lost_stops_nobody(desk: Desk) -> None:
    lost = desk.ticket(1)
    desk.store.delete(lost.ticket.file or "")
    desk.ticket(2)
    desk.run()
    assert len(desk.seen()) == 1
    assert (desk.state(lost), desk.job(lost).why) == (PrintState.FAILED, "file-gone")


def test_what_a_visitor_erases_leaves_the_folder_seen_or_not(desk: Desk) -> None:
    erased, kept = desk.ticket(1), desk.ticket(2)
    desk.run()
    foreign = desk.folder / "menu.pdf"
    foreign.write_bytes(b"%PDF somebody else's")
    desk.printing().folder.stage(f"x-{erased.id}-2.pdf", b"%PDF")
    desk.do(erased, Erase("1-ABCD"))
    desk.forget(erased)
    assert [name for name in desk.seen() if erased.id in name] == []
    assert desk.hidden() == []
    assert len(desk.seen()) == 2
    assert desk.printing().folder.owners() == [kept.id]


def test_an_erasure_waits_for_nothing_but_the_folder_that_is_gone(desk: Desk) -> None:
    visit = desk.ticket(1)
    desk.run()
    desk.do(visit, Erase("1-ABCD"))
    desk.unplug()
    with pytest.raises(PrinterFault) as fault:
        desk.forget(visit)
    assert fault.value.code == "printer-folder-gone"
    assert desk.store.list("tickets/") == []
    desk.plug_in()
    desk.forget(visit)
    assert desk.seen() == []


def test_the_sweep_takes_erased_visits_sheets_and_leaves_those_of_other_booths(desk: Desk) -> None:
    erased, kept = desk.ticket(1), desk.ticket(2)
    desk.run()
    (desk.folder / "20261121-1-0007-renoir-aaaabbbbccccdddd.pdf").write_bytes(b"another booth's")
    desk.do(erased, Erase("1-ABCD"))
    desk.unplug()
    desk.sweep()
    desk.plug_in()
    assert len(desk.seen()) == 3
    desk.sweep()
    assert sorted(desk.printing().folder.owners()) == sorted(["aaaabbbbccccdddd", kept.id])


def test_a_visit_erased_while_its_ticket_is_placed_leaves_nothing(desk: Desk) -> None:
    visit = desk.ticket(1)

    class ErasesThen:
        def reach(self, place: str) -> None:
            if place == "placed-not-marked":
                desk.do(visit, Erase("1-ABCD"))

    desk.printing(ErasesThen()).run()
    assert desk.seen() == []


def test_what_others_put_into_the_folder_is_never_touched(desk: Desk) -> None:
    (desk.folder / "menu.pdf").write_bytes(b"1")
    (desk.folder / ".hidden.part").write_bytes(b"2")
    desk.ticket(1)
    desk.run()
    assert (desk.folder / "menu.pdf").read_bytes() == b"1"
    assert (desk.folder / ".hidden.part").read_bytes() == b"2"


def test_closing_ends_between_two_tickets(desk: Desk) -> None:
    for number in (1, 2, 3):
        desk.ticket(number)

    class ClosesThen:
        def reach(self, place: str) -> None:
            if place == "placed-not-marked":
                printing.close()

    printing = desk.printing(ClosesThen())
    printing.run()
    assert len(desk.seen()) == 1
    assert len(desk.waiting()) == 2


def test_a_ticket_whose_file_has_no_name_stops_nobody(desk: Desk) -> None:
    odd, other = desk.ticket(1), desk.ticket(2)
    with desk.visits.transaction() as transaction:
        transaction.save_visit(replace(odd, ticket=replace(odd.ticket, file=None)), FAR)
    desk.run()
    assert desk.state(odd) is PrintState.FAILED
    assert desk.state(other) is PrintState.SENT
