"""Who says what is on a photo, and for how long a painting may be kept waiting for it."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from doubles.caption_server import BEHAVIOURS, Behaviour, caption_server
from doubles.studio import SharpEye
from tickets.samples import jpeg

from articket.adapters.captions.http import HttpCaptions
from articket.application.captions import Captions
from articket.application.ports import CaptionHealth, CaptionSource
from articket.domain.faults import PainterFaultTransient
from articket.domain.visit import Reader, Sight

PHOTO = b"a photo"
GOOD = "a man in a blue coat"
EYE = Sight(None, 1, ("red", "blue"), (0.5, 0.4))


@dataclass
class HandClock:
    at: float = 100.0

    def __call__(self) -> float:
        return self.at


@dataclass
class Says:
    """A CaptionSource that takes its time on a clock in hand."""

    caption_text: str | None
    clock: HandClock = field(default_factory=HandClock)
    takes_s: float = 0.0
    limits_s: list[float] = field(default_factory=list)
    reader: Reader = Reader.CAPTION_SERVER

    def health(self) -> tuple[CaptionHealth, ...]:
        return (CaptionHealth(self.caption_text or "nobody"),)

    def caption(self, photo: bytes, limit_s: float) -> str | None:
        assert photo == PHOTO
        self.limits_s.append(limit_s)
        self.clock.at += min(self.takes_s, limit_s)
        return self.caption_text if self.takes_s <= limit_s else None


def captions(*sources: CaptionSource, clock: Callable[[], float] | None = None) -> Captions:
    return Captions(SharpEye(), sources, 4.0, clock or HandClock())


def test_the_first_source_s_sentence_stands_beside_what_the_eye_saw() -> None:
    second = Says("a woman in a red dress")
    seen = captions(Says(GOOD), second).see(PHOTO, None)
    assert seen == Sight(GOOD, EYE.faces, EYE.colours, EYE.face, Reader.CAPTION_SERVER)
    assert second.limits_s == []


def test_it_is_kept_which_kind_of_machine_wrote_the_sentence() -> None:
    atelier = Says(GOOD, reader=Reader.ATELIER)
    assert captions(Says(None), atelier).see(PHOTO, None).reader is Reader.ATELIER
    assert captions(Says("<error>"), Says(None)).see(PHOTO, None).reader is None


def test_staff_hear_of_every_source() -> None:
    health = captions(Says("first"), Says("second")).health()
    assert [each.label for each in health] == ["first", "second"]


def test_each_of_several_threads_has_the_whole_budget_from_when_it_begins_to_ask() -> None:
    together = threading.Barrier(3, timeout=10)
    photo = jpeg((480, 640), 5)
    with caption_server(Behaviour(caption=GOOD)) as server:
        looking = Captions(SharpEye(meanwhile=together.wait), [HttpCaptions(server.url)], 10.0, HandClock())
        with ThreadPoolExecutor(3) as threads:
            seen = list(threads.map(lambda _: looking.see(photo, None), range(3)))
        assert [each.sentence for each in seen] == [GOOD] * 3
        assert len(server.requests) == 3


def test_a_sentence_is_tidied_before_anybody_sees_it() -> None:
    seen = captions(Says("arafed man in a (blue:0) coat")).see(PHOTO, None)
    assert seen.sentence is None
    assert captions(Says("Arafed man in a (blue) coat")).see(PHOTO, None).sentence == GOOD


@pytest.mark.parametrize(
    "said", [None, "", "the the the", "a fucking man in a coat", "<error>", "<lora:x:1>"]
)
def test_where_the_first_has_nothing_good_the_second_is_asked(said: str | None) -> None:
    assert captions(Says(said), Says(GOOD)).see(PHOTO, None).sentence == GOOD


@pytest.mark.parametrize("said", [None, "a naked man in a coat"])
def test_where_nobody_has_a_good_one_there_is_none(said: str | None) -> None:
    assert captions(Says(said), Says(said)).see(PHOTO, None) == EYE


def test_without_sources_the_eye_looks_alone() -> None:
    assert captions().see(PHOTO, None) == EYE


def test_each_source_gets_what_is_left_of_the_budget() -> None:
    clock = HandClock()
    first, second, third = Says(None, clock, 1.0), Says(None, clock, 2.5), Says(GOOD, clock)
    assert captions(first, second, third, clock=clock).see(PHOTO, None).sentence == GOOD
    assert (first.limits_s, second.limits_s, third.limits_s) == ([4.0], [3.0], [0.5])


def test_when_the_budget_is_used_up_nobody_is_asked_any_more() -> None:
    clock = HandClock()
    slow, late = Says(GOOD, clock, 60.0), Says(GOOD, clock)
    assert captions(slow, late, clock=clock).see(PHOTO, None) == EYE
    assert late.limits_s == []
    assert clock.at == 104.0


def test_a_rest_too_short_for_any_server_is_not_spent() -> None:
    clock = HandClock()
    first, second = Says(None, clock, 3.8), Says(GOOD, clock)
    captions(first, second, clock=clock).see(PHOTO, None)
    assert second.limits_s == []


def test_the_eye_looks_while_a_source_is_asked() -> None:
    looks, asked = threading.Event(), threading.Event()

    class Meets(Says):
        def caption(self, photo: bytes, limit_s: float) -> str | None:
            del photo, limit_s
            asked.set()
            return GOOD if looks.wait(10) else None

    def meet() -> None:
        looks.set()
        assert asked.wait(10)

    seen = Captions(SharpEye(meanwhile=meet), [Meets(None)], 4.0, HandClock()).see(PHOTO, None)
    assert seen.sentence == GOOD


def test_what_the_eye_stumbles_over_is_told_as_before() -> None:
    def stumble() -> None:
        raise PainterFaultTransient("painter-crashed", "A painting process died twice.")

    eye = SharpEye(meanwhile=stumble)
    with pytest.raises(PainterFaultTransient):
        Captions(eye, [Says(GOOD)], 4.0, HandClock()).see(PHOTO, None)


@pytest.mark.parametrize("behaviour", ["profane", "nonsense", "busy", "html"])
def test_a_real_server_s_bad_answer_leads_to_the_second_choice(behaviour: str) -> None:
    photo = jpeg((480, 640), 5)
    with caption_server(BEHAVIOURS[behaviour]) as first, caption_server(Behaviour(caption=GOOD)) as second:
        sources = [HttpCaptions(first.url), HttpCaptions(second.url)]
        seen = Captions(SharpEye(), sources, 10.0, HandClock()).see(photo, None)
        assert (seen.sentence, len(first.requests)) == (GOOD, 1)
