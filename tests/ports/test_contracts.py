"""What every port promises, held against the adapter and the double that stands for it.

Visits, Transaction and Outbox have their suite in tests/visits, Store in tests/stores, Jobs in tests/jobs,
Roster in tests/fleet_roster.
"""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles.studio import CannedPainter, CannedRenderer, PlainPictures, SameFinish, SameFrame, SharpEye
from doubles.world import Listener, LoadedDice, StillClock
from PIL import Image
from tickets.samples import FONTS, TEMPLATES, jpeg, korean

from articket.adapters.clock import SystemClock, SystemDice
from articket.adapters.painters.laptop import LaptopPainter
from articket.adapters.painters.pool import PaintPool
from articket.adapters.ticket_pdf.pdf_tickets import PdfTickets
from articket.adapters.ticket_pdf.story import StoryPictures
from articket.application.fleet.ports import Finisher
from articket.application.ports import (
    Captioner,
    Change,
    Clock,
    Dice,
    Framer,
    KeepsakePictures,
    Live,
    Order,
    Painter,
    TicketRenderer,
)
from articket.domain.faults import Gone, PainterFaultTransient
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


@pytest.fixture(params=["own", "double"])
def keepsakes(request: pytest.FixtureRequest) -> KeepsakePictures:
    if request.param == "double":
        return PlainPictures()
    return StoryPictures(PdfTickets(TEMPLATES, FONTS, "two"), TEMPLATES)


@pytest.fixture(params=["laptop", "double"])
def framer(request: pytest.FixtureRequest, laptop: LaptopPainter) -> Framer:
    return SameFrame() if request.param == "double" else laptop


@pytest.fixture(params=["laptop", "double"])
def finisher(request: pytest.FixtureRequest, laptop: LaptopPainter) -> Finisher:
    return SameFinish() if request.param == "double" else laptop


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


def test_what_a_server_sent_becomes_a_painting_in_four_sizes(finisher: Finisher) -> None:
    finished = finisher.finish(jpeg((832, 1216), 5))
    sizes = {finished.print, finished.large, finished.small, finished.veil}
    assert len(sizes) == 4
    assert all(sizes)
    assert finished.pixels_wide == 832
    assert finisher.finish(jpeg((832, 1216), 5)) == finished


@pytest.mark.parametrize("sent", [b"", b"broken", b"broken <html>"])
def test_what_is_no_picture_is_a_broken_answer(finisher: Finisher, sent: bytes) -> None:
    with pytest.raises(PainterFaultTransient) as told:
        finisher.finish(sent)
    assert told.value.code == "painter-answer-broken"


def test_a_picture_for_a_phone_is_as_wide_and_as_light_as_it_may_be(keepsakes: KeepsakePictures) -> None:
    data = keepsakes.within(jpeg((848, 1232), 3), 330, 28_000)
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.width) == ("JPEG", 330)
    assert len(data) <= 28_000
    with pytest.raises(Gone):
        keepsakes.within(b"no picture", 330, 28_000)


def test_a_story_is_tall_and_one_without_its_painting_is_not_there(
    keepsakes: KeepsakePictures, tmp_path: Path
) -> None:
    content = korean(tmp_path)
    with Image.open(io.BytesIO(keepsakes.story(content))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1080, 1920))
    content.main.unlink()
    with pytest.raises(Gone):
        keepsakes.story(content)


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
