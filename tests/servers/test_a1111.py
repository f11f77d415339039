"""Painting with A1111 and its forks."""

import base64
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from time import monotonic
from typing import Any

import pytest
from doubles.a1111 import Double, a1111
from PIL import Image
from servers.contract import LIMIT_S, SIZE, ImageServerContract, Spoilt, photo, until, work
from servers.raw import pages

from articket.adapters.servers.servers import HttpImageServers
from articket.application.fleet.ports import ImageServer, Strokes
from articket.domain.experience import ControlNet, Lora
from articket.domain.faults import PainterFault, PainterFaultPermanent, PainterFaultTransient
from articket.domain.fleet.server import Kind, Login

IMG2IMG = "/sdapi/v1/img2img"
CANNY = "diffusers_xl_canny_full [2b69fca4]"
SPOILT: dict[Spoilt, str] = {
    "black": "black",
    "uniform": "uniform",
    "nothing": "empty",
    "unreadable": "truncated",
    "wrong-size": "wrong-size",
}


class A1111Stage:
    """The double as the contract wants it."""

    has_lora = "articket-vangogh-xl"
    has_checkpoint = "v1-5-pruned-emaonly"

    def __init__(self, double: Double) -> None:
        self.double = double

    def spoil(self, how: Spoilt) -> None:
        self.double.behave(always=SPOILT[how])

    def exhaust(self) -> None:
        self.double.behave(memory_pixels=1)

    def crash(self) -> None:
        self.double.behave(always="crash")

    def hold(self) -> None:
        self.double.behave(held_at=0.5)

    def release(self) -> None:
        self.double.behave(held_at=None)

    def lock(self) -> None:
        self.double.behave(auth="staff:secret")

    def die(self) -> None:
        self.double.behave(dead=True)

    def painted(self) -> int:
        return len(self.double.works)


def reach(url: str, login: Login | None = None) -> ImageServer:
    servers = HttpImageServers()
    return servers.reach(replace(servers.resolve(url), kind=Kind.A1111, login=login))


@pytest.fixture
def server() -> Iterator[Double]:
    with a1111() as double:
        yield double


def fault_of(double: Double, **behaviour: Any) -> PainterFault:
    double.behave(**behaviour)
    with pytest.raises(PainterFault) as fault:
        reach(double.url).paint(work(), 10.0)
    return fault.value


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


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("not-base64", "painter-answer-broken"),
        ("not-a-picture", "painter-answer-broken"),
        ("wrong-sampler", "painter-answer-broken"),
        ("interstitial", "painter-answer-broken"),
        ("broken-json", "painter-answer-broken"),
        ("nan", "painter-crashed"),
        ("too-many", "painter-busy"),
        ("gateway-502", "painter-unreachable"),
        ("gateway-503", "painter-unreachable"),
        ("gateway-504", "painter-unreachable"),
        ("gateway-524", "painter-unreachable"),
        ("cut-short", "painter-unreachable"),
        ("reset", "painter-unreachable"),
        ("reset-early", "painter-unreachable"),
    ],
)
def test_each_misfortune_of_the_field_may_be_tried_elsewhere(server: Double, fault: str, code: str) -> None:
    met = fault_of(server, next_faults=[fault])
    assert isinstance(met, PainterFaultTransient)
    assert met.code == code


def test_another_model_than_the_named_one_is_not_believed(server: Double) -> None:
    server.behave(next_faults=["wrong-model"])
    with pytest.raises(PainterFaultTransient, match="another_model instead of sd_xl_base") as fault:
        reach(server.url).paint(work(checkpoint="sd_xl_base_1.0"), LIMIT_S)
    assert fault.value.code == "painter-answer-broken"


def test_without_a_named_model_any_model_will_do(server: Double) -> None:
    server.behave(next_faults=["wrong-model"])
    assert reach(server.url).paint(work(), LIMIT_S).model == "another_model"


def test_an_unknown_sampler_that_the_server_replaced_is_not_believed(server: Double) -> None:
    with pytest.raises(PainterFaultTransient, match="instead of Nobodys Sampler"):
        reach(server.url).paint(work(sampler="Nobodys Sampler"), LIMIT_S)


@pytest.mark.parametrize("flavour", ["a1111", "forge"])
def test_an_order_that_is_refused_is_refused_for_good_in_the_servers_words(flavour: str) -> None:
    broken = replace(work(), steps="many")  # type: ignore[arg-type]  # so that the server refuses
    with a1111(flavour=flavour) as double, pytest.raises(PainterFaultPermanent) as fault:
        reach(double.url).paint(broken, LIMIT_S)
    assert fault.value.code == "painter-order-refused"
    assert "steps: " in fault.value.sentence
    assert "valid integer" in fault.value.sentence


def test_a_photo_the_server_cannot_read_is_refused_for_good(server: Double) -> None:
    with pytest.raises(PainterFaultPermanent, match="Invalid encoded image"):
        reach(server.url).paint(work(photo=b"no photo"), LIMIT_S)


def test_a_server_without_its_api_says_how_to_start_it() -> None:
    with a1111(api=False) as double, pytest.raises(PainterFaultPermanent, match="--api") as fault:
        reach(double.url).paint(work(), LIMIT_S)
    assert fault.value.code == "painter-no-api"


def test_a_forge_that_crashes_says_nothing_and_is_understood() -> None:
    with a1111(flavour="forge") as double:
        assert fault_of(double, next_faults=["crash"]).code == "painter-crashed"
        assert reach(double.url).paint(work(), LIMIT_S).size == SIZE


def test_sd_next_whose_memory_ran_out_sends_no_picture_and_is_not_believed() -> None:
    with a1111(flavour="sdnext", memory_pixels=1) as double:
        assert fault_of(double).code == "painter-answer-broken"


def test_a_silent_server_is_given_up_in_time(server: Double) -> None:
    server.behave(hang=True)
    image_server = reach(server.url)
    begun = monotonic()
    with pytest.raises(PainterFaultTransient) as fault:
        image_server.look(0.5)
    assert fault.value.code == "painter-slow"
    assert image_server.strokes(0.3) == Strokes(busy=None)
    with pytest.raises(PainterFaultTransient) as fault:
        image_server.caption(photo(), 0.3)
    assert fault.value.code == "painter-slow"
    assert monotonic() - begun < 6
    server.behave(hang=False)


def test_the_limit_of_a_proxy_on_the_way_holds_before_the_callers(server: Double) -> None:
    server.behave(held_at=0.5)
    address = replace(HttpImageServers().resolve(server.url), kind=Kind.A1111, limit_s=0.5)
    with pytest.raises(PainterFaultTransient) as fault:
        HttpImageServers().reach(address).paint(work(), 60.0)
    assert fault.value.code == "painter-slow"
    server.behave(held_at=None)


def test_while_forty_threads_wait_for_the_card_a_look_is_given_up_in_time() -> None:
    with a1111(workers=1, held_at=0.5) as double, ThreadPoolExecutor(1) as threads:
        canvas = threads.submit(reach(double.url).paint, work(), LIMIT_S)
        double.until(lambda: double.in_hand)
        with pytest.raises(PainterFaultTransient):
            reach(double.url).look(0.5)
        assert reach(double.url).strokes(0.3) == Strokes(busy=None)
        double.behave(held_at=None)
        canvas.result(LIMIT_S)


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


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [({"auth": "staff:other"}, "painter-locked"), ({"flavour": "sdcpp"}, "painter-no-api")],
)
def test_a_server_that_cannot_be_asked_for_a_caption_says_why(behaviour: dict[str, str], code: str) -> None:
    with a1111(**behaviour) as double, pytest.raises(PainterFaultPermanent) as fault:
        reach(double.url).caption(photo(), LIMIT_S)
    assert fault.value.code == code


def test_faults_name_no_credentials() -> None:
    with a1111(auth="staff:other") as double, pytest.raises(PainterFaultPermanent) as fault:
        reach(double.url, Login("staff", "sesame")).paint(work(), LIMIT_S)
    assert fault.value.code == "painter-locked"
    assert "sesame" not in json.dumps([fault.value.sentence, repr(fault.value)])
