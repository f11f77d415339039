"""A real printer over IPP, as Debian brings one: what it is given, what it says, and what it survives."""

import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread

import pytest
from doubles.ipp_printer import Printer, free_port, printer, until
from print_queue.ipp_desk import POSTCARD, Desk
from uploads.queue import pdf

from articket.adapters.printers.ipp import IppPrinter
from articket.adapters.printers.ipp_abilities import TicketPaper
from articket.adapters.printers.ipp_message import Tag
from articket.application.backoff import LONGEST_PAUSE_S
from articket.application.printing_spooler import JobState, SpooledJob
from articket.domain.commands import Reprint
from articket.domain.faults import PrinterFault, PrintFailed
from articket.domain.print_commands import ReleaseTicket
from articket.domain.print_queue import PrintState
from articket.domain.visit import TicketStatus

TESTS = Path(__file__).parents[1]
PAGES = b"%PDF-1.7 " + bytes(range(256)) * 2000
PROGRAM = "from print_queue.ipp_desk import main; main()"
NAME = "0001-1-1-abcdefghijklmnop"


@pytest.fixture
def there() -> Iterator[Printer]:
    with printer() as running:
        yield running


@pytest.fixture
def desk(there: Printer, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, IppPrinter(there.address, POSTCARD, submit_limit_s=10.0, ask_limit_s=5.0))
    yield made
    made.close()


def handed_over(spooler: IppPrinter, there: Printer, copies: int = 1) -> dict[str, str]:
    """Print something and return how the printer was asked to."""
    ref = spooler.submit(NAME, PAGES, copies)
    until(lambda: there.printed() != [], "nothing came out")
    return there.asked(ref)


def test_bytes_arrive_as_they_are_on_the_tickets_own_paper_and_on_both_sides(there: Printer) -> None:
    asked = handed_over(IppPrinter(there.address, POSTCARD), there, copies=3)
    assert there.printed() == [PAGES]
    assert asked["COPIES"] == "3"
    assert asked["SIDES"] == "two-sided-long-edge"
    assert asked["PRINT_SCALING"] == "none", "the bleed is cut off, not squeezed in"
    assert asked["MEDIA_COL"].startswith("{media-size={x-dimension=10000 y-dimension=14800}")
    assert asked["MEDIA_COL"].count("margin=0") == 4
    assert (asked["JOB_NAME"], asked["JOB_ORIGINATING_USER_NAME"]) == (NAME, "articket")


def test_a_paper_that_was_chosen_is_taken_and_one_that_is_not_there_is_told(there: Printer) -> None:
    chosen = IppPrinter(there.address, POSTCARD, "na_letter_8.5x11in")
    asked = handed_over(chosen, there)
    assert (asked["MEDIA"], asked["PRINT_SCALING"]) == ("na_letter_8.5x11in", "fit")
    wrong = IppPrinter(there.address, POSTCARD, "iso_a3_297x420mm")
    assert wrong.look().trouble == "printer-no-media"
    with pytest.raises(PrinterFault) as fault:
        wrong.submit(NAME, PAGES, 1)
    assert fault.value.code == "printer-no-media"


def test_a_printer_of_photo_paper_prints_one_sided_tickets_and_warns_of_others() -> None:
    with printer(both_sides=False, sizes=("na_index-4x6_4x6in",)) as there:
        photo = IppPrinter(there.address, TicketPaper((101.6, 152.4), 1))
        assert (photo.look().trouble, photo.look().warnings) == (None, ())
        asked = handed_over(photo, there)
        assert asked["SIDES"] == "one-sided"
        assert asked["MEDIA_COL"].startswith("{media-size={x-dimension=10160 y-dimension=15240}")
        assert IppPrinter(there.address, POSTCARD).look().warnings == ("printer-one-sided",)


def test_a_printer_without_a_suitable_paper_says_so() -> None:
    with printer(sizes=("na_letter_8.5x11in",)) as there:
        assert IppPrinter(there.address, POSTCARD).look().trouble == "printer-no-media"


def test_a_wrong_address_is_told_from_a_printer_that_is_off(there: Printer) -> None:
    def code(address: str) -> str:
        with pytest.raises(PrinterFault) as fault:
            IppPrinter(address, POSTCARD).look()
        return fault.value.code

    assert code(f"ipp://localhost:{there.port}/printers/nobody") == "printer-address"
    assert code(f"ipp://localhost:{free_port()}/ipp/print") == "printer-offline"
    assert code("ipp://nobody.invalid/ipp/print") == "printer-offline"


def test_a_printer_with_a_certificate_of_its_own_is_spoken_to_in_cipher(there: Printer) -> None:
    secure = there.address.replace("ipp://", "ipps://")
    assert IppPrinter(secure, POSTCARD).look().name == "Booth printer"
    handed_over(IppPrinter(secure, POSTCARD), there)
    assert there.printed() == [PAGES]


def test_paper_out_is_told_and_recovered_from(desk: Desk, there: Printer) -> None:
    visits = [desk.ticket(number) for number in (1, 2)]
    there.hinder("media-empty-error")
    desk.run_until("printer-paper-out")
    assert [desk.state(each) for each in visits] == [PrintState.SENT, PrintState.QUEUED]
    there.mend()
    desk.run_until_printed(*visits)
    assert desk.health().trouble is None
    assert there.printed() == [pdf(1), pdf(2)]


def test_a_jam_and_an_open_cover_are_told_by_their_own_names(desk: Desk, there: Printer) -> None:
    for number, (reason, code) in enumerate(
        (("media-jam", "printer-jam"), ("cover-open", "printer-cover-open")), start=1
    ):
        visit = desk.ticket(number)
        there.hinder(reason)
        desk.run_until(code)
        there.mend()
        desk.run_until_printed(visit)


def test_a_printer_switched_off_and_on_prints_every_ticket_once(desk: Desk, there: Printer) -> None:
    there.switch_off()
    visits = [desk.ticket(number) for number in (1, 2, 3)]
    desk.run_until("printer-offline")
    assert [desk.state(each) for each in visits] == [PrintState.QUEUED] * 3
    there.switch_on()
    desk.clock.wait(LONGEST_PAUSE_S)
    desk.run_until_printed(*visits)
    assert there.printed() == [pdf(1), pdf(2), pdf(3)]


def test_a_ticket_lost_in_the_printers_memory_is_asked_about_and_the_others_go_on(
    desk: Desk, there: Printer
) -> None:
    lost, other = desk.ticket(1), desk.ticket(2)
    there.hinder("media-jam-error")
    desk.run()
    assert desk.state(lost) is PrintState.SENT
    there.switch_off()
    desk.run_until("printer-offline")
    there.mend()
    there.switch_on()
    desk.clock.wait(LONGEST_PAUSE_S)
    desk.run_until_printed(other)
    assert (desk.state(lost), desk.job(lost).why) == (PrintState.FAILED, "print-unknown")
    desk.do(lost, ReleaseTicket())
    desk.run_until_printed(lost)
    assert sorted(there.printed()) == [pdf(1), pdf(2)]


def test_a_printer_that_freezes_is_given_up_in_time_and_prints_once_when_it_thaws(
    there: Printer, tmp_path: Path
) -> None:
    desk = Desk(tmp_path, IppPrinter(there.address, POSTCARD, submit_limit_s=1.0, ask_limit_s=5.0))
    visit = desk.ticket(1)

    class FreezesOnce:
        times = 0

        def reach(self, place: str) -> None:
            if place == "claimed-not-submitted" and not self.times:
                self.times += 1
                there.freeze()

    began = time.monotonic()
    printing = desk.printing(FreezesOnce())
    printing.run()
    assert 1.0 <= time.monotonic() - began < 30
    assert printing.health().trouble == "printer-silent"
    assert desk.state(visit) is PrintState.CLAIMED, "nobody knows yet whether the printer has it"
    there.thaw()

    def is_printed() -> bool:
        desk.clock.wait(LONGEST_PAUSE_S)
        printing.run()
        return desk.state(visit) is PrintState.PRINTED

    until(is_printed, "not printed")
    assert there.printed() == [pdf(1)]
    desk.close()


def test_what_is_canceled_at_the_printer_is_told_with_its_reason(desk: Desk, there: Printer) -> None:
    visit = desk.ticket(1)
    there.hinder("media-jam-error")
    desk.run()
    IppPrinter(there.address, POSTCARD).cancel(desk.job(visit).ref or 0)
    there.mend()

    def has_failed() -> bool:
        desk.run()
        return desk.state(visit) is PrintState.FAILED

    until(has_failed, "nobody is told")
    assert desk.job(visit).why == "print-canceled"


def test_what_the_printer_gives_up_is_told_with_its_reason(desk: Desk, there: Printer) -> None:
    visit = desk.ticket(1)
    there.break_down()
    desk.run()

    def has_failed() -> bool:
        desk.run()
        return desk.state(visit) is PrintState.FAILED

    until(has_failed, "nobody is told")
    assert desk.job(visit).why == "print-aborted"


def test_a_ticket_printed_again_comes_again(desk: Desk, there: Printer) -> None:
    visit = desk.ticket(1)
    desk.run_until_printed(visit)
    desk.do(visit, Reprint("paper", copies=2))
    desk.run_until_printed(visit)
    assert there.printed() == [pdf(1), pdf(1)]
    assert there.asked(2)["COPIES"] == "2"


@pytest.mark.parametrize("place", ["claimed-not-submitted", "submitted-not-noted", "settled-not-purged"])
def test_a_killed_booth_prints_each_ticket_once(there: Printer, tmp_path: Path, place: str) -> None:
    begun = Desk(tmp_path, IppPrinter(there.address, POSTCARD))
    visits = [begun.ticket(number) for number in (1, 2)]
    if place == "settled-not-purged":
        begun.run()
        until(lambda: there.printed() != [], "nothing came out")
    begun.close()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path), there.address, place],
        cwd=TESTS, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == f"{place}\n"
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
    again = Desk(tmp_path, IppPrinter(there.address, POSTCARD))
    again.run_until_printed(*visits, pace_s=10.0)
    assert there.printed() == [pdf(1), pdf(2)]
    assert all(again.status(each) is TicketStatus.PRINTED for each in visits)
    again.close()


def answering(wire: bytes) -> Iterator[int]:
    """Serve these bytes to everybody who asks, whatever they ask."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def serve() -> None:
            while True:
                try:
                    asked, _ = server.accept()
                except OSError:
                    return
                with asked, suppress(OSError):  # some hang up before
                    asked.recv(65536)
                    asked.sendall(wire)
                    asked.shutdown(socket.SHUT_WR)
                    # Hung up with something unread, the answer would be lost on the way.
                    while asked.recv(65536):
                        pass

        Thread(target=serve, daemon=True).start()
        yield int(server.getsockname()[1])


@pytest.mark.parametrize(
    ("wire", "code"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<html>no!", "printer-answer-broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n\x01\x01\x00", "printer-answer-broken"),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "printer-address"),
        (b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n", "printer-locked"),
        (b"HTTP/1.1 426 Upgrade\r\nContent-Length: 0\r\n\r\n", "printer-address"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "printer-offline"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", "printer-offline"),
    ],
)
def test_whatever_answers_there_is_a_fault_with_a_name(wire: bytes, code: str) -> None:
    for port in answering(wire):
        with pytest.raises(PrinterFault) as fault:
            IppPrinter(f"ipp://127.0.0.1:{port}/ipp/print", POSTCARD, ask_limit_s=5.0).look()
        assert fault.value.code == code


def test_a_printer_too_old_for_todays_ciphers_is_told_from_one_that_is_off() -> None:
    for port in answering(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"):
        with pytest.raises(PrinterFault) as fault:
            IppPrinter(f"ipps://127.0.0.1:{port}/ipp/print", POSTCARD, ask_limit_s=5.0).look()
        assert fault.value.code == "printer-address"
        assert "try ipp://" in fault.value.sentence


def said(tag: Tag, name: str, value: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value


def odd_printer(job: bytes, *, unsupported: bytes = b"") -> Iterator[IppPrinter]:
    """Run a printer that says all it knows to every question: it is idle and has postcards, and this job."""
    body = b"".join([
        b"\x01\x01\x00\x01\x00\x00\x00\x01",
        bytes([Tag.PRINTER]),
        said(Tag.ENUM, "printer-state", struct.pack(">i", 3)),
        said(Tag.KEYWORD, "media-supported", b"jpn_hagaki_100x148mm"),
        said(Tag.KEYWORD, "", b"custom_odd_1.2.3x4mm"),
        bytes([Tag.JOB]),
        said(Tag.INTEGER, "job-id", struct.pack(">i", 7)),
        said(Tag.NAME, "job-name", NAME.encode()),
        said(Tag.ENUM, "job-state", struct.pack(">i", 9)),
        job,
        unsupported and bytes([Tag.UNSUPPORTED]) + unsupported,
        bytes([Tag.END]),
    ])  # fmt: skip
    for port in answering(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)):
        yield IppPrinter(f"ipp://127.0.0.1:{port}/ipp/print", POSTCARD, ask_limit_s=5.0)


def test_a_printer_that_would_take_other_paper_gets_one_ticket_and_no_more() -> None:
    for odd in odd_printer(b"", unsupported=said(Tag.KEYWORD, "media", b"jpn_hagaki_100x148mm")):
        assert odd.look().trouble is None
        with pytest.raises(PrintFailed) as failed:
            odd.submit(NAME, PAGES, 1)
        assert failed.value.code == "print-no-media"
        assert odd.look().trouble == "printer-no-media", "until it offers other papers than now"


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (b"job-completed-successfully", JobState.DONE),
        (b"job-completed-with-warnings", JobState.DONE),
        (b"job-completed-with-errors", JobState.FLAWED),
    ],
)
def test_a_job_that_ended_with_something_wrong_is_not_called_done(reason: bytes, state: JobState) -> None:
    for odd in odd_printer(said(Tag.KEYWORD, "job-state-reasons", reason)):
        assert odd.job(7) == SpooledJob(7, NAME, state)
