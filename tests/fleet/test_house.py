"""A whole installation whose paintings are made by real image servers on loopback ports."""

from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from doubles.a1111 import a1111
from doubles.comfyui import comfyui
from durability.booth import Phone
from fleet.houses import opened
from painters.pictures import jpeg_of, portrait

from articket.domain.visit import PaintingStatus, TicketStatus

if TYPE_CHECKING:
    from collections.abc import Callable

PACK = Path(__file__).parents[2] / "experiences/painters"
READY = (TicketStatus.READY, TicketStatus.PRINTED)
WITHIN_S = 150.0


def until(what: "Callable[[], object]", limit_s: float = WITHIN_S) -> None:
    deadline, pause = monotonic() + limit_s, Event()
    while not what():
        assert monotonic() < deadline, "it never happened"
        pause.wait(0.05)


def done(phone: Phone) -> bool:
    return all(easel.status is PaintingStatus.DONE for easel in phone.visit.easels)


@pytest.fixture
def photo() -> bytes:
    return jpeg_of(portrait())


def test_a_visit_is_painted_by_servers_and_its_ticket_says_how_finely(tmp_path: Path, photo: bytes) -> None:
    with a1111(seconds=0.1) as one, a1111(seconds=0.1) as two, opened(tmp_path, one.url, two.url) as house:
        until(lambda: sum(each.warm for each in house.ateliers.desk.fleet().servers) == 3)
        phone = Phone(house)
        phone.prepare(photo)
        phone.answer()
        until(lambda: phone.visit.ticket.status in READY and done(phone))
        visit = phone.visit
        assert {easel.painter for easel in visit.easels} <= {"atelier-1", "atelier-2"}
        assert 195 < (visit.ticket.pixels_per_inch or 0) < 200
        paintings = (*one.works, *two.works)
        assert len(paintings) == 4 + 2  # each server tried out once
        assert max(one.most_at_once, two.most_at_once) == 1
        assert house.ateliers.desk.fleet().commissions == ()


def test_without_a_living_server_the_laptop_paints(tmp_path: Path, photo: bytes) -> None:
    with a1111(dead=True) as gone, opened(tmp_path, gone.url, patience_s=2.0) as house:
        phone = Phone(house)
        phone.prepare(photo)
        phone.answer()
        until(lambda: phone.visit.ticket.status in READY)
        assert {easel.painter for easel in phone.visit.easels if easel.painter} == {"laptop"}
        (server,) = [each for each in house.ateliers.desk.fleet().servers if not each.is_laptop]
        assert server.trouble == "painter-unreachable"


def test_a_hanging_server_is_left_alone_and_another_paints(tmp_path: Path, photo: bytes) -> None:
    with (
        a1111(seconds=0.1) as slow,
        a1111(seconds=0.1) as fine,
        opened(tmp_path, slow.url, fine.url, attempt_s=4.0) as house,
    ):
        until(lambda: sum(each.warm for each in house.ateliers.desk.fleet().servers) == 3)
        slow.behave(held_at=0.5)
        phone = Phone(house)
        phone.prepare(photo)
        phone.answer()
        until(lambda: done(phone))
        assert slow.most_at_once == 1
        until(lambda: house.ateliers.desk.fleet().servers[1].health == "resting")
        slow.behave(held_at=None)
        until(lambda: house.ateliers.desk.fleet().servers[1].health == "ready")


def test_a_comfyui_server_that_staff_add_paints_as_well(tmp_path: Path, photo: bytes) -> None:
    with comfyui() as server, opened(tmp_path) as house:
        house.ateliers.desk.add(server.url, "Nodes")
        until(lambda: all(each.warm for each in house.ateliers.desk.fleet().servers))
        phone = Phone(house)
        phone.prepare(photo)
        phone.answer()
        until(lambda: phone.visit.ticket.status in READY and done(phone))
        assert {easel.painter for easel in phone.visit.easels} == {"Nodes"}
        assert server.most_at_once == 1
