"""Real CUPS between the booth and a real printer: what it hands on, says, keeps, and lets go of."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles.cups import PrintServer, cups
from doubles.ipp_printer import Printer, printer, until
from print_queue.ipp_desk import POSTCARD, Desk
from pypdf import PdfReader
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from uploads.queue import pdf

from articket.adapters.printers.ipp import IppPrinter
from articket.domain.commands import Erase
from articket.domain.faults import PrinterFault
from articket.domain.print_queue import PrintState

NAME = "0001-1-1-abcdefghijklmnop"


@pytest.fixture(scope="module")
def server() -> Iterator[PrintServer]:
    with cups() as running:
        yield running


@pytest.fixture
def there() -> Iterator[Printer]:
    with printer() as running:
        yield running


@pytest.fixture
def queue(server: PrintServer, there: Printer, request: pytest.FixtureRequest) -> str:
    """The name of a queue that hands on what it gets."""
    name = f"q{abs(hash(request.node.name))}"
    server.queue(name, there)
    return name


@pytest.fixture
def desk(server: PrintServer, queue: str, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, IppPrinter(f"ipp://localhost:{server.port}/printers/{queue}", POSTCARD))
    yield made
    made.close()


def postcard() -> bytes:
    """Return a page with bleed that is cut to a postcard, as tickets are."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(106 * mm, 154 * mm))
    for _ in range(2):
        canvas.setCropBox((3 * mm, 3 * mm, 103 * mm, 151 * mm))
        canvas.setTrimBox((3 * mm, 3 * mm, 103 * mm, 151 * mm))
        canvas.rect(10 * mm, 10 * mm, 50 * mm, 50 * mm, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_a_raw_queue_hands_on_every_byte_and_how_it_is_to_be_printed_and_keeps_nothing(
    desk: Desk, server: PrintServer, there: Printer
) -> None:
    visits = [desk.ticket(number) for number in (1, 2)]
    desk.run_until_printed(*visits)
    assert there.printed() == [pdf(1), pdf(2)]
    asked = there.asked(1)
    assert asked["MEDIA"] == "jpn_hagaki_100x148mm"
    assert asked["SIDES"] == "two-sided-long-edge"
    assert asked["JOB_NAME"].startswith("0001-")
    assert server.spooled() == [], "this CUPS would keep what it printed, were it not asked to forget it"


def test_a_driverless_queue_prints_on_the_tickets_paper_and_cuts_off_the_bleed(
    server: PrintServer, there: Printer
) -> None:
    spooler = IppPrinter(server.driverless("driverless", there), POSTCARD)
    look, can = spooler.examine()
    assert (look.trouble, look.warnings) == (None, ())
    assert can.medium is not None
    assert (can.medium.name, can.medium.borderless) == ("jpn_hagaki_100x148mm", True)
    ref = spooler.submit(NAME, postcard(), 1)
    until(lambda: there.printed() != [], "nothing came out", 60)
    assert "x-dimension=10000 y-dimension=14800" in there.asked(1)["MEDIA_COL"]
    pages = PdfReader(io.BytesIO(there.printed()[0])).pages
    assert len(pages) == 2
    for page in pages:
        assert [float(side) / mm for side in page.mediabox[2:]] == pytest.approx([100, 148], abs=0.2)
    spooler.cancel(ref)


def test_a_paused_queue_is_told_and_goes_on_and_one_that_refuses_is_told(
    desk: Desk, server: PrintServer, queue: str, there: Printer
) -> None:
    server.pause(queue)
    visit = desk.ticket(1)
    desk.run_until("printer-paused")
    assert desk.state(visit) is PrintState.QUEUED
    server.go_on(queue)
    desk.run_until_printed(visit)
    assert desk.health().trouble is None
    server.refuse(queue)
    desk.ticket(2)
    desk.run_until("printer-refuses")
    assert there.printed() == [pdf(1)]


def test_a_queue_paused_under_a_ticket_keeps_it_and_prints_it_once(
    desk: Desk, server: PrintServer, queue: str, there: Printer
) -> None:
    there.hinder("media-jam")
    visit = desk.ticket(1)
    desk.run()
    server.pause(queue)
    desk.run_until("printer-paused")
    assert desk.state(visit) is PrintState.SENT
    there.mend()
    server.go_on(queue)
    desk.run_until_printed(visit)
    assert set(there.printed()) == {pdf(1)}


def test_a_printer_that_is_off_behind_the_queue_is_told_and_prints_each_ticket_once(
    desk: Desk, there: Printer
) -> None:
    there.switch_off()
    visits = [desk.ticket(number) for number in (1, 2)]
    desk.run_until("printer-offline")
    assert [desk.state(each) for each in visits] == [PrintState.SENT, PrintState.QUEUED]
    there.switch_on()
    desk.run_until_printed(*visits)
    assert desk.health().trouble is None
    assert there.printed() == [pdf(1), pdf(2)]


def test_paper_out_at_the_printer_is_told_through_the_queue(desk: Desk, there: Printer) -> None:
    visit = desk.ticket(1)
    there.hinder("media-empty")
    desk.run_until("printer-paper-out")
    there.mend()
    desk.run_until_printed(visit)
    assert there.printed() == [pdf(1)]


def test_what_a_visitor_erases_leaves_the_queue_and_its_spool(
    desk: Desk, server: PrintServer, queue: str, there: Printer
) -> None:
    server.pause(queue)
    visit = desk.ticket(1)
    server.go_on(queue)
    there.switch_off()
    desk.run()
    assert desk.state(visit) is PrintState.SENT
    assert any(pdf(1) in path.read_bytes() for path in server.spooled())
    desk.do(visit, Erase("1-ABCD"))
    desk.forget(visit)

    def is_gone() -> bool:
        return not any(visit.id.encode() in path.read_bytes() for path in server.spooled())

    until(lambda: server.spooled() == [] and is_gone(), lambda: f"left: {server.spooled()}")
    there.switch_on()
    desk.run(2)
    assert there.printed() == []


def test_a_queue_that_nobody_made_is_told(server: PrintServer) -> None:
    with pytest.raises(PrinterFault) as fault:
        IppPrinter(f"ipp://localhost:{server.port}/printers/nobody", POSTCARD).look()
    assert fault.value.code == "printer-address"
