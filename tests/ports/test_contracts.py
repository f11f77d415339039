"""What every port promises, held against the adapter and the double that stands for it.

Visits, Transaction and Outbox have their suite in tests/visits, Store in tests/stores, Jobs in tests/jobs.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles.studio import CannedPainter, CannedRenderer, SameFrame, SharpEye
from doubles.world import Listener, LoadedDice, StillClock
from tickets.samples import FONTS, TEMPLATES, jpeg, korean

from articket.adapters.clock import SystemClock, SystemDice
from articket.adapters.painters.laptop import LaptopPainter
from articket.adapters.painters.pool import PaintPool
from articket.adapters.ticket_pdf.pdf_tickets import PdfTickets
from articket.application.ports import (
    Captioner,
    Change,
    Clock,
    Dice,
    Framer,
    Live,
    Order,
    Painter,
    TicketRenderer,
)
from articket.domain.texts import EYE_COLOURS
from articket.web.app import create_live


@pytest.fixture(scope="module")
def photo() -> bytes:
    return jpeg((480, 640), 5)


@pytest.fixture(scope="module")
def laptop() -> Iterator[LaptopPainter]:
    pool = PaintPool(1)
    yield LaptopPainter(pool)
    pool.close(at_once=True)


@pytest.fixture(params=["laptop", "double"])
def painter(request: pytest.FixtureRequest, laptop: LaptopPainter) -> Painter:
    return CannedPainter() if request.param == "double" else laptop


@pytest.fixture(params=["laptop", "double"])
def captioner(request: pytest.FixtureRequest, laptop: LaptopPainter) -> Captioner:
    return SharpEye() if request.param == "double" else laptop


@pytest.fixture(params=["laptop", "double"])
def framer(request: pytest.FixtureRequest, laptop: LaptopPainter) -> Framer:
    return SameFrame() if request.param == "double" else laptop


@pytest.fixture(params=["system", "double"])
def clock(request: pytest.FixtureRequest) -> Clock:
    return StillClock() if request.param == "double" else SystemClock()


@pytest.fixture(params=["system", "double"])
def dice(request: pytest.FixtureRequest) -> Dice:
    return LoadedDice() if request.param == "double" else SystemDice()


@pytest.fixture(params=["pages", "double"])
def live(request: pytest.FixtureRequest) -> Live:
    return Listener() if request.param == "double" else create_live()


@pytest.fixture(params=["pdf", "double"])
def renderer(request: pytest.FixtureRequest) -> TicketRenderer:
    return CannedRenderer() if request.param == "double" else PdfTickets(TEMPLATES, FONTS, "two")


def test_a_painting_comes_in_four_sizes_and_names_its_painter(painter: Painter, photo: bytes) -> None:
    painted = painter.paint(Order(photo, None, "sea", "plain", None, 7))
    sizes = {painted.print, painted.large, painted.small, painted.veil}
    assert len(sizes) == 4
    assert all(sizes)
    assert painted.painter == painter.name
    assert painted.seconds >= 0
    assert painted.trouble is None


def test_what_a_captioner_saw_can_be_said(captioner: Captioner, photo: bytes) -> None:
    seen = captioner.see(photo, None)
    assert seen.sentence or seen.faces >= 0
    assert len(seen.colours) <= 2
    assert set(seen.colours) <= set(EYE_COLOURS)


def test_the_same_photo_is_framed_the_same(framer: Framer, photo: bytes) -> None:
    assert framer.frame(photo, (0.5, 0.4))
    assert framer.frame(photo, (0.5, 0.4)) == framer.frame(photo, (0.5, 0.4))


def test_a_ticket_has_bytes_and_a_true_resolution(renderer: TicketRenderer, tmp_path: Path) -> None:
    rendered = renderer.render(korean(tmp_path))
    assert rendered.pdf
    assert rendered.pixels_per_inch > 290


def test_time_never_goes_back(clock: Clock) -> None:
    assert 1_600_000_000 < clock.now() <= clock.now()


def test_chance_stays_below_one_and_secrets_differ(dice: Dice) -> None:
    assert 0 <= dice.roll() < 1
    assert dice.secret() != dice.secret()


def test_a_change_may_be_told_while_nobody_listens(live: Live) -> None:
    live.publish(Change("main", 1, frozenset({"somebody"}), monitor=True, line=True))
    live.publish(Change("main", 2, frozenset(), monitor=False, line=False))
