"""A whole installation with a way to paper: from the photo to the sheet, and its erasure."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from doubles.ipp_printer import Printer, printer
from durability.booth import PACK, Notebook, Phone, WatchedPainter, wait_for
from durability.running import running
from painters.pictures import jpeg_of, portrait

from articket.adapters.secrets import load_or_create
from articket.bootstrap import House, NoBarriers, build
from articket.domain.durations import Durations
from articket.domain.print_queue import PrintState
from articket.domain.visit import TicketStatus
from articket.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "print"
    made.mkdir()
    return made


@contextmanager
def house(home: Path, way: str) -> Iterator[House]:
    settings = Settings(
        data_dir=home / "data",
        experience=PACK,
        painter_processes=1,
        printer=way,
        durations=Durations(painting_min_s=0.0, painting_max_s=1.0, result_s=0.1),
    )
    settings.data_dir.mkdir()
    notes, barriers = Notebook(home / "painted.log"), NoBarriers()
    made = build(
        settings,
        load_or_create(settings.data_dir, None, None),
        painter=lambda pool: WatchedPainter(pool, notes, barriers),
    )
    with running(made):
        yield made


@pytest.fixture
def there() -> Iterator[Printer]:
    with printer() as running_one:
        yield running_one


def walk(booth: House) -> Phone:
    phone = Phone(booth)
    phone.prepare(jpeg_of(portrait()))
    phone.answer()
    return phone


def test_a_ticket_comes_into_the_folder_by_itself_and_goes_with_its_visit(
    tmp_path: Path, folder: Path
) -> None:
    with house(tmp_path, f"folder:{folder}") as booth:
        phone = walk(booth)
        wait_for(lambda: phone.visit.ticket.print_job.state is PrintState.SENT)
        (sheet,) = folder.iterdir()
        visit = phone.visit
        assert visit.ticket.file is not None
        assert sheet.read_bytes() == booth.store.get(visit.ticket.file)
        assert f"tickets/{sheet.name}" == visit.ticket.file
        booth.floor.erase(visit)
        wait_for(lambda: not list(folder.iterdir()))


def test_a_ticket_is_printed_by_itself_byte_for_byte_and_is_printed_when_the_printer_says_so(
    tmp_path: Path, there: Printer
) -> None:
    there.hinder("media-empty-error")
    with house(tmp_path, there.address) as booth:
        phone = walk(booth)
        wait_for(lambda: phone.visit.ticket.print_job.state is PrintState.SENT)
        assert phone.visit.ticket.status is TicketStatus.READY
        assert there.printed() == []
        there.mend()
        wait_for(lambda: phone.visit.ticket.status is TicketStatus.PRINTED)
        assert phone.visit.ticket.file is not None
        assert there.printed() == [booth.store.get(phone.visit.ticket.file)]
        assert there.asked(1)["SIDES"] == "two-sided-long-edge"
        assert booth.printer is not None
        assert (booth.printer.health().kind, booth.printer.health().name) == ("ipp", "Booth printer")
