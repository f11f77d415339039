"""What every image server promises, held against a double of each software.

A test class inherits ImageServerContract and provides two fixtures: `double`, a Stage, and `image_server`,
which talks to it without credentials.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from time import monotonic
from typing import Any, Literal, Protocol

import numpy as np
import pytest
from PIL import Image

from articket.application.fleet.ports import Brushwork, ImageServer, Strokes
from articket.domain.experience import ControlNet, Lora
from articket.domain.faults import PainterFault, PainterFaultPermanent, PainterFaultTransient

LIMIT_S = 20.0
SIZE = (64, 96)
Spoilt = Literal["black", "uniform", "nothing", "unreadable", "wrong-size"]


class Stage(Protocol):
    """A double whose software a contract test does not know."""

    has_lora: str
    has_checkpoint: str

    def spoil(self, how: Spoilt) -> None:
        """Let every painting from now on be no painting."""

    def exhaust(self) -> None:
        """Let every painting from now on be too much for the memory."""

    def crash(self) -> None:
        """Let every painting from now on end in a fault of the server's own."""

    def hold(self) -> None:
        """Let paintings from now on stand still half-way."""

    def release(self) -> None:
        """Let what stands still go on."""

    def lock(self) -> None:
        """Want credentials from now on."""

    def die(self) -> None:
        """Answer nobody any more."""

    def painted(self) -> int:
        """Return how many paintings were begun."""


def photo(size: tuple[int, int] = SIZE) -> bytes:
    across, down = np.meshgrid(np.linspace(10, 240, size[0]), np.linspace(20, 230, size[1]))
    pixels = np.stack([across, down, 255 - across], axis=-1).astype(np.uint8)
    file = BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=92)
    return file.getvalue()


def work(**changes: Any) -> Brushwork:
    return replace(
        Brushwork(
            photo=photo(changes.get("size", SIZE)),
            style="vangogh",
            prompt="a portrait in oil",
            negative_prompt="blurry",
            size=SIZE,
            sampler="DPM++ 2M",
            scheduler="Karras",
            steps=12,
            cfg_scale=6.5,
            denoising_strength=0.6,
            seed=42,
        ),
        **changes,
    )


def until(condition: Callable[[], object]) -> None:
    """Ask again and again, because only the server knows; AssertionError after the limit."""
    deadline = monotonic() + LIMIT_S
    while not condition():
        assert monotonic() < deadline, "It never came to that."


class ImageServerContract:
    def test_a_painting_comes_back_in_the_size_that_was_asked_for(
        self, image_server: ImageServer, double: Stage
    ) -> None:
        canvas = image_server.paint(work(), LIMIT_S)
        with Image.open(BytesIO(canvas.picture)) as picture:
            assert picture.size == canvas.size == SIZE
            picture.load()
        assert 0 < canvas.seconds < LIMIT_S
        assert canvas.notes == ()
        assert double.painted() == 1

    def test_a_named_checkpoint_is_used(self, image_server: ImageServer, double: Stage) -> None:
        canvas = image_server.paint(work(checkpoint=double.has_checkpoint), LIMIT_S)
        assert canvas.model is not None
        assert canvas.model in double.has_checkpoint

    def test_a_checkpoint_that_is_missing_is_no_use_asking_for_again(
        self, image_server: ImageServer, double: Stage
    ) -> None:
        with pytest.raises(PainterFaultPermanent) as fault:
            image_server.paint(work(checkpoint="nobody-has-this.safetensors"), LIMIT_S)
        assert fault.value.code == "painter-model-missing"
        assert double.painted() == 0

    def test_a_lora_that_is_there_needs_no_note(self, image_server: ImageServer, double: Stage) -> None:
        loras = (Lora(double.has_lora, 0.8, "sdxl"),)
        assert image_server.paint(work(loras=loras), LIMIT_S).notes == ()

    def test_a_lora_that_is_missing_is_left_out_and_noted(
        self, image_server: ImageServer, double: Stage
    ) -> None:
        loras = (Lora("nobody-has-this", 1.0, "sdxl"), Lora(double.has_lora, 0.8, "sdxl"))
        assert image_server.paint(work(loras=loras), LIMIT_S).notes == ("lora-missing",)

    def test_a_controlnet_that_is_missing_is_left_out_and_noted(self, image_server: ImageServer) -> None:
        wanted = ControlNet("canny", "nobody-has-this", 0.5)
        assert image_server.paint(work(controlnet=wanted), LIMIT_S).notes == ("controlnet-missing",)

    @pytest.mark.parametrize("how", ["black", "uniform", "nothing", "unreadable", "wrong-size"])
    def test_what_is_no_painting_is_not_believed(
        self, image_server: ImageServer, double: Stage, how: Spoilt
    ) -> None:
        double.spoil(how)
        with pytest.raises(PainterFaultTransient) as fault:
            image_server.paint(work(), LIMIT_S)
        assert fault.value.code == "painter-answer-broken"

    def test_memory_that_ran_out_is_told_apart_from_other_failures(
        self, image_server: ImageServer, double: Stage
    ) -> None:
        double.exhaust()
        with pytest.raises(PainterFaultTransient) as fault:
            image_server.paint(work(), LIMIT_S)
        assert fault.value.code == "painter-out-of-memory"

    def test_a_crash_may_be_tried_elsewhere(self, image_server: ImageServer, double: Stage) -> None:
        double.crash()
        with pytest.raises(PainterFaultTransient) as fault:
            image_server.paint(work(), LIMIT_S)
        assert fault.value.code == "painter-crashed"

    def test_no_call_outlives_its_limit(self, image_server: ImageServer, double: Stage) -> None:
        double.hold()
        begun = monotonic()
        with pytest.raises(PainterFaultTransient) as fault:
            image_server.paint(work(), 1.0)
        assert fault.value.code == "painter-slow"
        assert 0.9 < monotonic() - begun < 6.0
        double.release()

    def test_an_idle_server_is_not_busy(self, image_server: ImageServer) -> None:
        image_server.paint(work(), LIMIT_S)
        # The answer may arrive before the server has cleared its table.
        until(lambda: image_server.strokes(5.0).busy is False)

    def test_a_server_at_work_is_busy_and_can_still_be_looked_at(
        self, image_server: ImageServer, double: Stage
    ) -> None:
        double.hold()
        with ThreadPoolExecutor(1) as threads:
            canvas = threads.submit(image_server.paint, work(), LIMIT_S)
            until(lambda: image_server.strokes(5.0).busy)
            strokes = image_server.strokes(5.0)
            begun = monotonic()
            looked = image_server.look(10.0)
            double.release()
            assert canvas.result(LIMIT_S).size == SIZE
        assert strokes.busy is True
        assert strokes.share is None or 0 <= strokes.share < 1
        assert looked.models
        assert monotonic() - begun < LIMIT_S

    def test_a_look_finds_what_styles_ask_for(self, image_server: ImageServer, double: Stage) -> None:
        looked = image_server.look(10.0)
        assert looked.software
        assert looked.family in {"sdxl", "sd15"}
        assert any(double.has_checkpoint in each for each in looked.models or ())
        assert any(double.has_lora in each for each in looked.loras or ())
        assert looked.samplers
        assert looked.memory_total_mb is not None
        assert looked.memory_free_mb is not None
        assert 0 < looked.memory_free_mb <= looked.memory_total_mb

    def test_a_server_that_wants_a_password_says_so_in_every_call(
        self, image_server: ImageServer, double: Stage
    ) -> None:
        double.lock()
        for call in (lambda: image_server.look(5.0), lambda: image_server.paint(work(), 5.0)):
            with pytest.raises(PainterFaultPermanent) as fault:
                call()
            assert fault.value.code == "painter-locked"
        assert image_server.strokes(5.0) == Strokes(busy=None)
        with suppress(PainterFault):
            assert image_server.caption(photo(), 5.0) is None

    def test_a_server_that_is_gone_is_unreachable_and_nothing_worse(
        self, image_server: ImageServer, double: Stage
    ) -> None:
        double.die()
        for call in (lambda: image_server.look(5.0), lambda: image_server.paint(work(), 5.0)):
            with pytest.raises(PainterFaultTransient) as fault:
                call()
            assert fault.value.code == "painter-unreachable"
        assert image_server.strokes(5.0) == Strokes(busy=None)
        with suppress(PainterFault):
            assert image_server.caption(photo(), 5.0) is None

    def test_no_fault_shows_the_photo_or_the_prompt(self, image_server: ImageServer, double: Stage) -> None:
        double.crash()
        with pytest.raises(PainterFault) as fault:
            image_server.paint(work(prompt="a secret caption"), LIMIT_S)
        assert len(fault.value.sentence) < 300
        assert "secret caption" not in fault.value.sentence
        assert "/9j/" not in fault.value.sentence

    def test_a_caption_is_words_or_nothing(self, image_server: ImageServer) -> None:
        caption = image_server.caption(photo(), LIMIT_S)
        assert caption is None or (caption.strip() == caption and caption)

    def test_any_thread_may_call(self, image_server: ImageServer, double: Stage) -> None:
        with ThreadPoolExecutor(3) as threads:
            canvases = list(threads.map(lambda seed: image_server.paint(work(seed=seed), LIMIT_S), range(3)))
        assert [canvas.size for canvas in canvases] == [SIZE] * 3
        assert double.painted() == 3
