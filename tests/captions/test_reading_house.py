"""A whole installation whose visitors' photos are put into words by whoever is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from doubles.a1111 import Double, a1111
from doubles.caption_server import SEEN, caption_server
from durability.booth import PACK, Phone, wait_for
from durability.running import running
from painters.pictures import jpeg_of, portrait

from articket.adapters.secrets import load_or_create
from articket.bootstrap import House, build
from articket.domain.durations import Durations
from articket.domain.visit import PaintingStatus, Reader
from articket.settings import Settings

READ = "/sdapi/v1/interrogate"
SAID = "a person with brown hair smiling"


@contextmanager
def opened(folder: Path, server: Double, **more: Any) -> Iterator[House]:
    """Run a house until the block ends, once the server has its model."""
    durations = Durations(painting_min_s=0.0, painting_max_s=1.0, result_s=0.1, call_s=300.0)
    settings = Settings(
        data_dir=folder,
        experience=PACK,
        painter_processes=1,
        sd_endpoints=(server.url,),
        durations=durations,
        **more,
    )
    house = build(settings, load_or_create(folder, None, None))
    with running(house):
        wait_for(lambda: all(each.warm for each in house.ateliers.desk.fleet().servers))
        yield house


@pytest.fixture
def photo() -> bytes:
    return jpeg_of(portrait())


def painted(house: House, photo: bytes) -> Phone:
    """Let a visitor walk through until all paintings hang."""
    phone = Phone(house)
    phone.prepare(photo)
    phone.answer()
    wait_for(lambda: all(each.status is PaintingStatus.DONE for each in phone.visit.easels))
    return phone


def test_a_server_that_paints_reads_the_photo_first_and_all_painters_get_its_words(
    tmp_path: Path, photo: bytes
) -> None:
    with a1111(seconds=0.1, caption=f"{SAID}, by Somebody") as server, opened(tmp_path, server) as house:
        readers = house.ateliers.interrogation
        assert readers is not None
        wait_for(lambda: readers.is_ready)
        tried = len(server.asked(READ))
        phone = painted(house, photo)
        sight = phone.visit.sight
        assert sight is not None
        assert (sight.sentence, sight.reader, sight.faces) == (SAID, Reader.ATELIER, 1)
        assert len(server.asked(READ)) == tried + 1
        assert all(SAID in each.asked["prompt"] for each in server.works[-4:])
        assert {easel.painter for easel in phone.visit.easels} == {"atelier-1"}
        [row] = [each for each in house.ateliers.desk.fleet().servers if not each.is_laptop]
        assert (row.painted, row.lost, row.fails, row.trouble) == (4, 0, 0, None)


def test_where_a_caption_server_is_well_servers_only_paint(tmp_path: Path, photo: bytes) -> None:
    with (
        a1111(seconds=0.1) as server,
        caption_server() as words,
        opened(tmp_path, server, caption_url=words.url) as house,
    ):
        phone = painted(house, photo)
        sight = phone.visit.sight
        assert sight is not None
        assert (sight.sentence, sight.reader) == (SEEN, Reader.CAPTION_SERVER)
        assert server.asked(READ) == []


def test_staff_may_keep_servers_to_painting(tmp_path: Path, photo: bytes) -> None:
    with a1111(seconds=0.1) as server, opened(tmp_path, server, caption_interrogate=False) as house:
        assert house.ateliers.sources == ()
        phone = painted(house, photo)
        assert phone.visit.sight is not None
        assert phone.visit.sight.reader is None
        assert server.asked(READ) == []
