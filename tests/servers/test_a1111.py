"""Painting with A1111 and its forks."""

import base64
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from doubles.a1111 import Double, a1111
from PIL import Image
from servers.a1111_stage import A1111Stage, reach, served
from servers.contract import LIMIT_S, SIZE, ImageServerContract, photo, until, work
from servers.raw import pages

from articket.application.fleet.ports import ImageServer, Strokes
from articket.domain.experience import ControlNet, Lora
from articket.domain.fleet.server import Login

IMG2IMG = "/sdapi/v1/img2img"
CANNY = "diffusers_xl_canny_full [2b69fca4]"

server = pytest.fixture(served)


class TestA1111(ImageServerContract):
    @pytest.fixture
    def double(self, server: Double) -> A1111Stage:
        return A1111Stage(server)

    @pytest.fixture
    def image_server(self, server: Double) -> ImageServer:
        return reach(server.url)


class TestReForge(TestA1111):
    @pytest.fixture
    def server(self) -> Iterator[Double]:
        with a1111(flavour="reforge") as double:
            yield double


def test_everything_is_said_and_nothing_is_null(server: Double) -> None:
    reach(server.url).paint(work(), LIMIT_S)
    (body,) = server.asked(IMG2IMG)
    assert None not in body.values()
    assert {name: body[name] for name in ("prompt", "negative_prompt", "steps", "seed", "cfg_scale")} == {
        "prompt": "a portrait in oil",
        "negative_prompt": "blurry",
        "steps": 12,
        "seed": 42,
        "cfg_scale": 6.5,
    }
    assert (body["width"], body["height"]) == SIZE
    assert (body["sampler_name"], body["scheduler"]) == ("DPM++ 2M", "Karras")
    assert body["denoising_strength"] == 0.6
    assert (body["batch_size"], body["n_iter"]) == (1, 1)
    assert (body["send_images"], body["save_images"]) == (True, False)
    assert body["override_settings"] == {}
    assert body["override_settings_restore_afterwards"] is True
    assert body["alwayson_scripts"] == {}
    assert len(body["init_images"]) == 1


def test_nothing_that_stays_on_the_server_is_changed_and_nobody_is_interrupted(server: Double) -> None:
    image_server = reach(server.url)
    image_server.look(10.0)
    image_server.paint(work(checkpoint="v1-5-pruned-emaonly"), LIMIT_S)
    image_server.caption(photo(), LIMIT_S)
    image_server.strokes(5.0)
    changing = {(each.method, each.path) for each in server.requests if each.method != "GET"}
    assert changing == {("POST", IMG2IMG), ("POST", "/sdapi/v1/interrogate")}


@pytest.mark.parametrize(
    "name",
    [
        "v1-5-pruned-emaonly",
        "v1-5-pruned-emaonly.safetensors",
        "v1-5-pruned-emaonly.safetensors [6ce0161689]",
        "SD15/v1-5-pruned-emaonly.safetensors",
        "SD15\\V1-5-Pruned-EmaOnly.safetensors",
    ],
)
def test_a_checkpoint_is_known_by_each_of_its_names(server: Double, name: str) -> None:
    assert reach(server.url).paint(work(checkpoint=name), LIMIT_S).model == "v1-5-pruned-emaonly"
    assert server.works[0].model == "v1-5-pruned-emaonly"


def test_loras_stand_behind_the_prompt_by_the_servers_names(server: Double) -> None:
    loras = (Lora("articket-vangogh-xl.safetensors", 0.85, "sdxl"), Lora("articket-renoir-xl", 1.0, "sdxl"))
    reach(server.url).paint(work(loras=loras), LIMIT_S)
    (body,) = server.asked(IMG2IMG)
    assert body["prompt"] == "a portrait in oil <lora:articket-vangogh-xl:0.85> <lora:articket-renoir-xl:1>"
    assert server.works[0].lacked == ()


def test_without_loras_the_server_is_not_asked_for_any(server: Double) -> None:
    reach(server.url).paint(work(), LIMIT_S)
    assert [each.path for each in server.requests] == [IMG2IMG]


@pytest.mark.parametrize("asked", [CANNY, "diffusers_xl_canny_full"])
def test_a_controlnet_is_used_where_the_server_has_it_and_its_sketch_is_not_the_painting(asked: str) -> None:
    with a1111(controlnets=(CANNY,)) as double:
        canvas = reach(double.url).paint(work(controlnet=ControlNet("canny", asked, 0.6)), LIMIT_S)
        (body,) = double.asked(IMG2IMG)
    assert canvas.notes == ()
    (unit,) = body["alwayson_scripts"]["ControlNet"]["args"]
    assert (unit["enabled"], unit["module"], unit["model"], unit["weight"]) == (True, "canny", CANNY, 0.6)
    assert None not in unit.values()
    assert double.works[0].controlnets == (CANNY,)
    with Image.open(BytesIO(canvas.picture)) as picture:
        red, _, blue = picture.convert("RGB").split()
        assert red.tobytes() != blue.tobytes(), "this is the sketch, which is grey"


def test_credentials_and_the_tunnels_pass_are_sent_at_once() -> None:
    with a1111(auth="staff:pässword", ngrok=True) as double:
        reach(double.url, Login("staff", "pässword")).paint(work(), LIMIT_S)
        (seen,) = double.requests
    assert base64.b64decode(seen.headers["authorization"].removeprefix("Basic ")).decode() == "staff:pässword"


@pytest.mark.parametrize("asked", ["DPM++ 2M", "DPM++ 2M Karras", "dpm++ 2m karras"])
def test_a_sampler_may_be_asked_for_with_its_schedule(server: Double, asked: str) -> None:
    assert reach(server.url).paint(work(sampler=asked), LIMIT_S).size == SIZE


def test_without_a_named_model_any_model_will_do(server: Double) -> None:
    server.behave(next_faults=["wrong-model"])
    assert reach(server.url).paint(work(), LIMIT_S).model == "another_model"


@pytest.mark.parametrize(
    ("told", "strokes"),
    [
        ({"progress": 0.0, "state": {"job": "", "job_count": 0}}, Strokes(busy=False)),
        ({"progress": 0.0, "state": {"job": "", "job_count": -1}}, Strokes(busy=True, share=0.0)),
        ({"progress": 0.2, "state": {"job": "scripts_img2img", "job_count": 0}}, Strokes(True, 0.2)),
        ({"progress": 7, "state": {"job": "x", "job_count": 1}}, Strokes(busy=True, share=1.0)),
        ({"progress": None, "state": {"job": "x"}}, Strokes(busy=True)),
        ({"progress": 0.5, "state": {"job": [1], "job_count": {}}}, Strokes(busy=True, share=0.5)),
        ({"progress": 0.5, "state": None}, Strokes(busy=None)),
        ({"detail": "Not Found"}, Strokes(busy=None)),
        ([], Strokes(busy=None)),
        (None, Strokes(busy=None)),
    ],
)
def test_progress_is_read_with_care(told: object, strokes: Strokes) -> None:
    page = (200, "application/json", json.dumps(told).encode())
    with pages({"/sdapi/v1/progress": page}) as server:
        assert reach(server.url).strokes(5.0) == strokes


def test_how_far_a_painting_is_can_be_read() -> None:
    with a1111(held_at=0.5) as double, ThreadPoolExecutor(1) as threads:
        canvas = threads.submit(reach(double.url).paint, work(), LIMIT_S)
        until(lambda: reach(double.url).strokes(5.0).share)
        strokes = reach(double.url).strokes(5.0)
        double.behave(held_at=None)
        canvas.result(LIMIT_S)
    assert strokes.busy is True
    assert strokes.share == pytest.approx(0.5, abs=0.1)


def test_a_look_tells_everything_there_is_to_know() -> None:
    with a1111(controlnets=(CANNY,)) as double:
        looked = reach(double.url).look(10.0)
    assert looked.software == "A1111"
    assert looked.family == "sdxl"
    assert looked.model == "sd_xl_base_1.0.safetensors [31e35c80fc]"
    assert "v1-5-pruned-emaonly.safetensors [6ce0161689]" in (looked.models or ())
    assert "articket-vangogh-xl" in (looked.loras or ())
    assert "DPM++ 2M" in (looked.samplers or ())
    assert looked.controlnets == (CANNY,)
    assert looked.memory_total_mb == 24 * 1024


def test_a_look_at_a_server_without_card_or_controlnet_knows_neither() -> None:
    with a1111(has_gpu=False, models=("dreamshaper_8",)) as double:
        looked = reach(double.url).look(10.0)
    assert (looked.memory_free_mb, looked.memory_total_mb) == (None, None)
    assert looked.controlnets == ()
    assert looked.family == "sd15"


@pytest.mark.parametrize(
    ("flavour", "software"), [("a1111", "A1111"), ("forge", "Forge"), ("reforge", "reForge")]
)
def test_a_look_names_the_fork(flavour: str, software: str) -> None:
    with a1111(flavour=flavour) as double:
        assert reach(double.url).look(10.0).software == software


def test_a_caption_is_what_is_seen_without_what_the_server_guesses_of_its_art(server: Double) -> None:
    server.behave(caption="a woman with glasses smiling, by Somebody, trending on somewhere")
    assert reach(server.url).caption(photo(), LIMIT_S) == "a woman with glasses smiling"


def test_a_caption_that_failed_is_none(server: Double) -> None:
    server.behave(caption_fails=True)
    assert reach(server.url).caption(photo(), LIMIT_S) is None
