"""A whole installation with a cloud folder: from the photo to the ticket up there, and its erasure."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles.gcs import BUCKET, Cloud, cloud
from durability.booth import PACK, Notebook, Phone, WatchedPainter, wait_for
from durability.running import running
from painters.pictures import jpeg_of, portrait
from uploads.queue import tickets

from articket.adapters.secrets import load_or_create
from articket.application import files
from articket.application.uploading import Backlog
from articket.bootstrap import House, NoBarriers, build
from articket.domain.durations import Durations
from articket.domain.visit import TicketStatus
from articket.settings import Settings


@pytest.fixture
def sky(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """A cloud that Google's library finds by the variable it reads itself."""
    with cloud() as opened:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", opened.url)
        yield opened


@pytest.fixture
def house(sky: Cloud, tmp_path: Path) -> Iterator[House]:
    assert sky.names() == []
    settings = Settings(
        data_dir=tmp_path,
        experience=PACK,
        painter_processes=1,
        store=f"gs://{BUCKET}/fair",
        durations=Durations(painting_min_s=0.0, painting_max_s=1.0, result_s=0.1),
    )
    notes, barriers = Notebook(tmp_path / "painted.log"), NoBarriers()
    made = build(
        settings,
        load_or_create(tmp_path, None, None),
        painter=lambda pool: WatchedPainter(pool, notes, barriers),
    )
    with running(made):
        yield made


def test_a_ticket_goes_up_by_itself_and_goes_with_its_visit(house: House, sky: Cloud) -> None:
    phone = Phone(house)
    phone.prepare(jpeg_of(portrait()))
    phone.answer()
    wait_for(lambda: phone.visit.ticket.status is TicketStatus.READY)
    wait_for(lambda: house.cloud is not None and house.cloud.backlog() == Backlog())
    visit = phone.visit
    assert tickets(sky) == [files.uploaded(visit)]
    assert visit.ticket.file is not None
    stored = house.store.get(visit.ticket.file)
    assert sky.blob(f"fair/{files.uploaded(visit)}").download_as_bytes() == stored
    house.floor.erase(visit)
    wait_for(lambda: tickets(sky) == [])
