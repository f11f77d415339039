from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from caption_server.gates import WITHIN_S, Gate
from PIL import Image

from articket.caption_server.captioning import Captioning, Limits
from articket.caption_server.model import Blip, load_blip
from articket.caption_server.refusals import CannotCaption
from bench.hall.server import wait_until

COLOURS = ("navy", "yellow", "white", "black", "red", "lime", "cyan", "pink", "gray")
Ask = Callable[[str], "Future[str]"]


def picture(colour: str) -> Image.Image:
    return Image.new("RGB", (40 + 10 * COLOURS.index(colour), 50), colour)


@pytest.fixture
def ask(captioning: Captioning) -> Iterator[Ask]:
    """Ask for the caption of a coloured picture, as a request's thread does."""
    with ThreadPoolExecutor(20) as threads:
        yield lambda colour: threads.submit(captioning.caption, picture(colour))


def hold_up(gate: Gate, ask: Ask) -> "Future[str]":
    """Begin a run that does not end until the gate opens."""
    gate.shut()
    first = ask("gray")
    gate.wait_for_runs(1)
    return first


def test_requests_that_arrive_together_are_one_run_and_each_gets_its_own_caption(
    captioning: Captioning, gate: Gate, blip: Blip, ask: Ask
) -> None:
    hold_up(gate, ask)
    asked = {colour: ask(colour) for colour in COLOURS[:4]}
    assert wait_until(lambda: captioning.waiting() == 5, WITHIN_S)
    gate.open()
    told = {colour: answer.result(WITHIN_S) for colour, answer in asked.items()}
    assert gate.sizes == [1, 4]
    assert told == {colour: blip.caption([blip.prepare(picture(colour))])[0] for colour in asked}
    assert len(set(told.values())) > 1


def test_a_run_takes_no_more_than_the_largest_batch(captioning: Captioning, gate: Gate, ask: Ask) -> None:
    hold_up(gate, ask)
    asked = [ask(colour) for colour in COLOURS[:6]]
    assert wait_until(lambda: captioning.waiting() == 7, WITHIN_S)
    gate.open()
    assert all(answer.result(WITHIN_S) for answer in asked)
    assert gate.sizes == [1, 4, 2]


def test_a_picture_that_the_model_fails_on_harms_no_other_of_its_run(
    captioning: Captioning, gate: Gate, blip: Blip, ask: Ask
) -> None:
    bad = blip.prepare(picture("red"))
    gate.fails = lambda prepared: any(bool((each == bad).all()) for each in prepared)
    hold_up(gate, ask)
    asked = {colour: ask(colour) for colour in ("navy", "red", "white", "black")}
    assert wait_until(lambda: captioning.waiting() == 5, WITHIN_S)
    gate.open()
    with pytest.raises(CannotCaption, match="RuntimeError") as caught:
        asked.pop("red").result(WITHIN_S)
    assert (caught.value.code, caught.value.retry_after_s) == ("caption-failed", 30)
    assert all(answer.result(WITHIN_S) for answer in asked.values())
    assert captioning.status.phase == "ready"


def test_a_memory_too_small_for_the_batch_is_met_by_smaller_runs(
    captioning: Captioning, gate: Gate, ask: Ask
) -> None:
    gate.fails = lambda prepared: len(prepared) > 1
    hold_up(gate, ask)
    asked = [ask(colour) for colour in COLOURS[:4]]
    assert wait_until(lambda: captioning.waiting() == 5, WITHIN_S)
    gate.open()
    assert all(answer.result(WITHIN_S) for answer in asked)
    assert gate.sizes == [1, 4, 2, 1, 1, 2, 1, 1]


@pytest.fixture
def begin() -> Iterator[Callable[..., Captioning]]:
    made: list[Captioning] = []

    def start(
        load: Callable[[], Any], limits: Limits, give_up: Callable[[], None] = lambda: None
    ) -> Captioning:
        made.append(Captioning(load, limits, give_up))
        made[-1].start()
        return made[-1]

    yield start
    for each in made:
        assert each.end(10)


def test_a_model_that_keeps_failing_gives_up_after_the_third_time(
    gate: Gate, begin: Callable[..., Captioning]
) -> None:
    """A card that faulted stays so until its process ends."""
    gate.fails = lambda _: True
    gave_up = Event()
    captioning = begin(lambda: gate, Limits(), gave_up.set)
    assert wait_until(lambda: captioning.status.phase == "ready", WITHIN_S)
    for left in (2, 1, 0):
        assert not gave_up.is_set()
        with pytest.raises(CannotCaption):
            captioning.caption(picture("red"))
        assert wait_until(gave_up.is_set, WITHIN_S) if left == 0 else True
    assert captioning.status.phase == "failed"
    with pytest.raises(CannotCaption) as caught:
        captioning.caption(picture("red"))
    assert (caught.value.code, len(gate.sizes)) == ("caption-failed", 3)


def test_a_caption_in_between_forgives_earlier_failures(gate: Gate, begin: Callable[..., Captioning]) -> None:
    gave_up = Event()
    captioning = begin(lambda: gate, Limits(), gave_up.set)
    assert wait_until(lambda: captioning.status.phase == "ready", WITHIN_S)
    for fails in (True, True, False, True, True):
        gate.fails = lambda _, fails=fails: fails  # type: ignore[misc] # mypy cannot follow the default
        if fails:
            with pytest.raises(CannotCaption):
                captioning.caption(picture("red"))
        else:
            assert captioning.caption(picture("red"))
    assert not gave_up.is_set()
    assert captioning.status.phase == "ready"


def test_a_request_that_waited_too_long_is_told_so_and_never_worked_on(
    gate: Gate, begin: Callable[..., Captioning]
) -> None:
    captioning = begin(lambda: gate, Limits(answer_s=0.2))
    assert wait_until(lambda: captioning.status.phase == "ready", WITHIN_S)
    gate.shut()
    first = captioning._batches.order(gate.prepare(picture("gray")))
    gate.wait_for_runs(1)
    with pytest.raises(CannotCaption) as caught:
        captioning.caption(picture("red"))
    assert (caught.value.status, caught.value.code) == (503, "caption-slow")
    last = captioning._batches.order(gate.prepare(picture("navy")))
    gate.open()
    assert first.result(WITHIN_S)
    assert last.result(WITHIN_S)
    assert gate.sizes == [1, 1]


def test_while_the_model_is_loaded_requests_are_told_when_to_come_again(
    gate: Gate, begin: Callable[..., Captioning]
) -> None:
    may_load = Event()

    def load() -> Gate:
        assert may_load.wait(WITHIN_S)
        return gate

    captioning = begin(load, Limits())
    with pytest.raises(CannotCaption) as caught:
        captioning.caption(picture("red"))
    assert (caught.value.status, caught.value.code, caught.value.retry_after_s) == (503, "caption-loading", 5)
    may_load.set()
    assert wait_until(lambda: captioning.status.phase == "ready", WITHIN_S)
    assert captioning.caption(picture("red"))


def test_a_model_that_could_not_be_loaded_is_told_and_tried_again(
    folder: Path, tmp_path: Path, begin: Callable[..., Captioning]
) -> None:
    """A hub that was away for a minute needs nobody's hand."""
    late = tmp_path / "late"
    captioning = begin(lambda: load_blip(str(late), "cpu"), Limits(load_again_s=(0.05,)))
    assert wait_until(lambda: captioning.status.phase == "failed", WITHIN_S)
    with pytest.raises(CannotCaption, match="There is no folder") as caught:
        captioning.caption(picture("red"))
    assert (caught.value.status, caught.value.retry_after_s) == (503, 30)
    late.symlink_to(folder)
    assert wait_until(lambda: captioning.status.phase == "ready", WITHIN_S)
    assert captioning.caption(picture("red"))


def test_what_nobody_expected_while_loading_is_told_without_its_text(
    begin: Callable[..., Captioning],
) -> None:
    def load() -> Gate:
        raise KeyError("a secret place")

    captioning = begin(load, Limits())
    assert wait_until(lambda: captioning.status.phase == "failed", WITHIN_S)
    assert captioning.status.sentence == "The model could not be loaded (KeyError)."


def test_the_end_lets_a_short_run_finish_and_refuses_who_waits(
    captioning: Captioning, gate: Gate, ask: Ask
) -> None:
    first = hold_up(gate, ask)
    others = [ask(colour) for colour in COLOURS[:3]]
    assert wait_until(lambda: captioning.waiting() == 4, WITHIN_S)
    with ThreadPoolExecutor(1) as other:
        ended = other.submit(captioning.end, WITHIN_S)
        assert wait_until(lambda: captioning.status.phase == "ending", WITHIN_S)
        gate.open()
        assert ended.result(WITHIN_S)
    assert first.result(WITHIN_S)
    for answer in others:
        with pytest.raises(CannotCaption, match="ending"):
            answer.result(WITHIN_S)
    with pytest.raises(CannotCaption, match="ending"):
        captioning.caption(picture("red"))


def test_the_end_waits_for_no_long_run(captioning: Captioning, gate: Gate, ask: Ask) -> None:
    first = hold_up(gate, ask)
    assert captioning.end(0.0) is False
    with pytest.raises(CannotCaption, match="ending"):
        first.result(WITHIN_S)


def test_a_gate_changes_nothing_that_a_model_says(gate: Gate, blip: Blip) -> None:
    """What the other tests rely on."""
    prepared: Sequence[Any] = [gate.prepare(picture(colour)) for colour in COLOURS]
    assert gate.caption(prepared) == blip.caption(prepared)
    assert gate.device == blip.device
