"""Painting with ComfyUI."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pytest
from doubles.comfyui import ComfyUi, comfyui
from PIL import Image
from servers.comfy_stage import WORKFLOWS, ComfyStage, reach, without, workflow_with
from servers.contract import LIMIT_S, SIZE, ImageServerContract, photo, until, work

from articket.adapters.servers.servers import HttpImageServers
from articket.adapters.servers.workflows import Workflows
from articket.application.fleet.ports import ImageServer, Strokes
from articket.domain.experience import ControlNet, Lora
from articket.domain.faults import PainterFaultTransient
from articket.domain.fleet.server import Kind, Login


@pytest.fixture
def server() -> Iterator[ComfyUi]:
    with comfyui(loras=("oil/articket-vangogh-xl.safetensors",)) as double:
        yield double


class TestComfyUi(ImageServerContract):
    @pytest.fixture
    def double(self, server: ComfyUi) -> ComfyStage:
        return ComfyStage(server)

    @pytest.fixture
    def image_server(self, server: ComfyUi) -> ImageServer:
        return reach(server.url)


class TestComfyUiWithNewLists(TestComfyUi):
    @pytest.fixture
    def server(self) -> Iterator[ComfyUi]:
        with comfyui(loras=("articket-vangogh-xl.safetensors",), new_lists=True) as double:
            yield double


def test_the_sampler_is_told_everything_in_comfyuis_words(server: ComfyUi) -> None:
    order = work(
        sampler="Euler a",
        scheduler="SGM Uniform",
        cfg_scale=5.5,
        seed=7,
        loras=(Lora("articket-vangogh-xl", 0.8, "sdxl"),),
    )
    reach(server.url).paint(order, LIMIT_S)
    (told,) = server.samplings
    assert (told.positive, told.negative) == ("a portrait in oil", "blurry")
    assert (told.sampler, told.scheduler) == ("euler_ancestral", "sgm_uniform")
    assert (told.seed, told.cfg, told.denoise, told.size) == (7, 5.5, 0.6, SIZE)
    assert told.loras == (("oil/articket-vangogh-xl.safetensors", 0.8),)
    assert told.checkpoint == "sd_xl_base_1.0.safetensors"
    assert told.controlnets == ()


@pytest.mark.parametrize(
    ("steps", "denoise", "done"), [(30, 0.6, 19), (12, 0.5, 7), (20, 1.0, 20), (1, 0.1, 1)]
)
def test_as_many_steps_are_done_as_an_a1111_would_do(
    server: ComfyUi, steps: int, denoise: float, done: int
) -> None:
    reach(server.url).paint(work(steps=steps, denoising_strength=denoise), LIMIT_S)
    assert server.samplings[0].steps == done


def test_the_photo_that_was_sent_is_what_is_painted_over(server: ComfyUi) -> None:
    reach(server.url).paint(work(), LIMIT_S)
    sent = server.requests[[seen.path for seen in server.requests].index("/upload/image")]
    assert sent.body["image"] == photo()
    loading = server.works[0].graph["2"]["inputs"]["image"]
    assert loading.endswith(".jpg [temp]")


def test_the_name_that_the_server_gave_the_photo_is_used(server: ComfyUi) -> None:
    server.behave(uploads="renamed")
    reach(server.url).paint(work(), LIMIT_S)
    assert server.works[0].graph["2"]["inputs"]["image"].startswith("booth/xarticket-")


def test_the_same_order_is_painted_again_and_again(server: ComfyUi) -> None:
    pictures = [reach(server.url).paint(work(), LIMIT_S).picture for _ in range(2)]
    assert pictures[0] == pictures[1]
    assert len(server.samplings) == 2


def test_nothing_of_a_visitor_is_left_on_the_server(server: ComfyUi) -> None:
    reach(server.url).paint(work(), LIMIT_S)
    server.machine.wait_for(lambda: not server.machine.history)
    assert len(server.machine.files) == 2
    for data in server.machine.files.values():
        with Image.open(BytesIO(data)) as left:
            assert left.size == (1, 1)


def test_a_named_controlnet_is_used_where_the_server_has_it() -> None:
    wanted = ControlNet("canny", "diffusers_xl_canny_full [2b69fca4]", 0.4)
    with comfyui(controlnets=("control/diffusers_xl_canny_full.safetensors",)) as double:
        canvas = reach(double.url).paint(work(controlnet=wanted), LIMIT_S)
    assert canvas.notes == ()
    assert double.samplings[0].controlnets == (("control/diffusers_xl_canny_full.safetensors", 0.4),)


def test_a_workflow_without_a_place_for_it_leaves_controlnet_and_loras_out_and_says_so() -> None:
    bare = workflow_with(places=without("controlnet", "controlnet_weight"), graph=WORKFLOWS.usual.fill({}))
    bare = replace(bare, loras=None, controlled=None)
    wanted = ControlNet("canny", "canny", 0.4)
    with comfyui(controlnets=("canny.pth",), loras=("a.pt",)) as double:
        server = reach(double.url, workflows=Workflows({"portrait": bare}))
        canvas = server.paint(work(controlnet=wanted, loras=(Lora("a", 1.0, "sdxl"),)), LIMIT_S)
    assert canvas.notes == ("lora-missing", "controlnet-missing")


def test_a_style_is_painted_by_its_own_workflow(server: ComfyUi) -> None:
    own = workflow_with(places=without("steps"))
    workflows = Workflows({**WORKFLOWS.by_name, "vangogh": own})
    for style in ("vangogh", "renoir"):
        reach(server.url, workflows=workflows).paint(work(style=style), LIMIT_S)
    assert [told.steps for told in server.samplings] == [19, 8]


def test_a_server_without_the_workflows_model_uses_the_first_it_has() -> None:
    with comfyui(checkpoints=("dreamshaper_8.safetensors", "other.safetensors")) as double:
        assert reach(double.url).look(10.0).model == "dreamshaper_8.safetensors"
        assert reach(double.url).look(10.0).family == "sd15"
        assert reach(double.url).paint(work(), LIMIT_S).model == "dreamshaper_8.safetensors"


def test_a_look_tells_everything_there_is_to_know() -> None:
    with comfyui(controlnets=("canny.pth",), loras=("a.pt",)) as double:
        looked = reach(double.url).look(10.0)
    assert looked.software == "ComfyUI 0.3.64"
    assert looked.gpu == "NVIDIA GeForce RTX 4090"
    assert (looked.memory_free_mb, looked.memory_total_mb) == (20_000, 24_000)
    assert (looked.model, looked.family) == ("sd_xl_base_1.0.safetensors", "sdxl")
    assert looked.models == ("sd_xl_base_1.0.safetensors", "v1-5-pruned-emaonly.safetensors")
    assert (looked.loras, looked.controlnets) == (("a.pt",), ("canny.pth",))
    assert {"DPM++ 2M", "dpmpp_2m", "Euler a"} <= set(looked.samplers or ())


@pytest.mark.parametrize("kind", ["html", "empty", "list"])
def test_what_answers_otherwise_is_not_taken_for_comfyui(server: ComfyUi, kind: str) -> None:
    server.behave(broken={"/system_stats": kind, "/queue": kind})
    with pytest.raises(PainterFaultTransient) as fault:
        reach(server.url).look(10.0)
    assert fault.value.code == "painter-answer-broken"
    assert reach(server.url).strokes(5.0) == Strokes(busy=None)


def test_a_waiting_prompt_of_anybody_makes_the_server_busy(server: ComfyUi) -> None:
    server.behave(held=True)
    with ThreadPoolExecutor(1) as threads:
        canvas = threads.submit(reach(server.url).paint, work(), LIMIT_S)
        until(lambda: reach(server.url).strokes(5.0).busy)
        server.behave(held=False)
        canvas.result(LIMIT_S)


def test_a_proxys_password_is_sent_with_every_question(server: ComfyUi) -> None:
    server.behave(login=("staff", "sesame"))
    reach(server.url, Login("staff", "sesame")).paint(work(), LIMIT_S)
    server.machine.wait_for(lambda: not server.machine.history)
    assert {seen.login for seen in server.requests} == {("staff", "sesame")}
    assert {seen.headers["Ngrok-Skip-Browser-Warning"] for seen in server.requests} == {"1"}


def test_nobody_talks_to_comfyui_without_workflows(server: ComfyUi) -> None:
    address = replace(HttpImageServers().resolve(server.url), kind=Kind.COMFYUI)
    with pytest.raises(ValueError, match="comfyui"):
        HttpImageServers().reach(address)


def test_a_comfyui_is_known_by_a_look_at_its_door(server: ComfyUi) -> None:
    servers = HttpImageServers(WORKFLOWS)
    assert servers.identify(servers.resolve(server.url), 10.0).kind is Kind.COMFYUI
