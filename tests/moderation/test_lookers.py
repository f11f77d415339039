"""What every looker promises, and what the model says of pictures that nobody minds."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from types import NoneType
from typing import TYPE_CHECKING

import pytest
import skimage
from doubles.lookers import SureLooker
from PIL import Image, ImageOps

from articket.adapters.moderation.nsfw import LookerClosedError, NsfwLooker
from articket.domain.faults import LookerFault
from articket.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articket.application.looking import Looker

FRAME = (600, 872)
HARMLESS = ("astronaut", "chelsea", "coffee", "rocket", "cat")


def framed(name: str) -> bytes:
    picture = Image.fromarray(getattr(skimage.data, name)())
    out = BytesIO()
    ImageOps.fit(picture.convert("RGB"), FRAME).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(scope="module")
def model() -> Iterator[NsfwLooker]:
    """The model, loaded once for all tests of a worker."""
    made = NsfwLooker()
    yield made
    made.close()


@pytest.fixture(params=["model", "double"])
def looker(request: pytest.FixtureRequest) -> Looker:
    found: Looker = request.getfixturevalue("model") if request.param == "model" else SureLooker(0.03)
    return found


class TestLookers:
    """The port's contract."""

    def test_a_picture_has_a_score_between_nothing_and_one(self, looker: Looker) -> None:
        first, again = looker.look(framed("astronaut")), looker.look(framed("astronaut"))
        assert 0 <= first <= 1
        assert first == again

    def test_what_is_no_picture_is_a_fault(self, looker: Looker) -> None:
        with pytest.raises(LookerFault) as fault:
            looker.look(b"no picture")
        assert fault.value.code == "looker-crashed"
        assert 0 <= looker.look(framed("astronaut")) <= 1


def test_nobody_is_asked_about_harmless_photos(model: NsfwLooker) -> None:
    scores = {name: model.look(framed(name)) for name in HARMLESS}
    assert max(scores.values()) < Settings().moderation_threshold / 2, scores


def pids_of(looker: NsfwLooker) -> list[int]:
    assert looker._pool is not None
    return list(looker._pool._processes or {})


def test_a_process_that_is_killed_is_replaced() -> None:
    looker = NsfwLooker()
    try:
        before = looker.look(framed("astronaut"))
        (pid,) = pids_of(looker)
        os.kill(pid, signal.SIGKILL)
        assert looker.look(framed("astronaut")) == before
        assert pids_of(looker) != [pid]
    finally:
        looker.close()


def test_a_look_that_takes_too_long_is_given_up_and_its_process_ended() -> None:
    looker = NsfwLooker(limit_s=0.0)
    with pytest.raises(LookerFault) as fault:
        looker.look(framed("astronaut"))
    assert fault.value.code == "looker-slow"
    assert looker._pool is None


def test_nobody_looks_once_the_booth_is_closed() -> None:
    looker = NsfwLooker()
    looker.close()
    with pytest.raises(LookerClosedError):  # no fault: the photo is looked at after the next start
        looker.look(framed("astronaut"))


def test_a_look_that_the_end_cuts_short_says_nothing_of_the_photo() -> None:
    looker = NsfwLooker()
    looker.look(framed("astronaut"))
    with ThreadPoolExecutor() as threads:
        looks = [threads.submit(looker.look, framed("astronaut")) for _ in range(40)]
        looker.close()
        faults = [look.exception() for look in looks]
    assert {type(fault) for fault in faults} <= {NoneType, LookerClosedError}
    assert LookerClosedError in map(type, faults)
