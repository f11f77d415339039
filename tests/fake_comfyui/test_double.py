"""The double does what ComfyUI 0.3.64 does, read at its source."""

import copy
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from doubles.comfyui import ComfyUi, comfyui
from fake_comfyui.client import HOUSE, ask, graph, order, past, photo, refused, tell, upload
from PIL import Image


@pytest.fixture
def double() -> Iterator[ComfyUi]:
    with comfyui() as running:
        yield running


def test_an_uploaded_photo_is_painted_at_its_size_and_can_be_fetched(double: ComfyUi) -> None:
    assert upload(double) == {"name": "photo.jpg", "subfolder": "", "type": "input"}
    entry = past(double, order(double))
    assert entry["status"]["status_str"] == "success"
    assert entry["status"]["completed"] is True
    image = entry["outputs"]["11"]["images"][0]
    assert image["type"] == "temp"
    answer = ask(double, "/view", **image)
    assert answer.headers["Content-Type"] == "image/png"
    painted = Image.open(io.BytesIO(answer.content))
    assert painted.size == (96, 144)
    assert painted.convert("RGB").tobytes() != Image.open(io.BytesIO(photo())).tobytes()


def test_a_painting_depends_on_photo_seed_and_prompt(double: ComfyUi) -> None:
    upload(double)
    upload(double, photo(colour="#a03030"), "other.jpg")
    changes: list[dict[str, Any]] = [{}, {"n9_seed": 2}, {"n3_text": "a cat"}, {"n2_image": "other.jpg"}]
    seen = set()
    for change in changes:
        entry = past(double, order(double, graph(**change)))
        seen.add(ask(double, "/view", **entry["outputs"]["11"]["images"][0]).content)
    assert len(seen) == len(changes)


def test_sizes_are_cut_down_to_multiples_of_eight(double: ComfyUi) -> None:
    upload(double, photo((100, 70)))
    past(double, order(double))
    assert double.samplings[0].size == (96, 64)


def test_what_the_sampler_was_told_is_kept_with_its_loras_and_controlnet() -> None:
    with comfyui(loras=("a.safetensors",), controlnets=("canny.pth",)) as double:
        upload(double)
        made = json.loads(HOUSE.read_text())
        made["6"]["inputs"]["control_net_name"] = "canny.pth"
        weights = {"strength_model": 0.5, "strength_clip": 0.5}
        made["20"] = {
            "class_type": "LoraLoader",
            "inputs": {"lora_name": "a.safetensors", **weights, "model": ["1", 0], "clip": ["1", 1]},
        }
        made["9"]["inputs"]["model"] = ["20", 0]
        past(double, order(double, made))
        told = double.samplings[0]
    assert told.checkpoint == "sd_xl_base_1.0.safetensors"
    assert told.loras == (("a.safetensors", 0.5),)
    assert told.controlnets == (("canny.pth", 0.5),)
    assert (told.sampler, told.scheduler, told.steps, told.cfg) == ("dpmpp_2m", "karras", 19, 6.5)


def test_history_is_empty_until_the_painting_is_done_and_the_queue_tells_where_it_is(double: ComfyUi) -> None:
    double.behave(held=True)
    upload(double)
    first, second = order(double), order(double, graph(n9_seed=2))
    double.machine.wait_for(lambda: double.works[0].state == "running")
    queue = ask(double, "/queue").json()
    assert [item[1] for item in queue["queue_running"]] == [first]
    assert [item[1] for item in queue["queue_pending"]] == [second]
    assert ask(double, f"/history/{first}").json() == {}
    assert ask(double, "/prompt").json() == {"exec_info": {"queue_remaining": 2}}
    assert double.most_at_once == 2
    double.behave(held=False)
    assert past(double, second)["status"]["completed"]
    assert ask(double, "/queue").json() == {"queue_running": [], "queue_pending": []}


def test_an_upload_never_replaces_other_bytes_unless_told_to(double: ComfyUi) -> None:
    upload(double)
    other = photo(colour="#a03030")
    assert upload(double)["name"] == "photo.jpg"
    assert upload(double, other)["name"] == "photo (1).jpg"
    assert upload(double, other, overwrite="true")["name"] == "photo.jpg"
    assert ask(double, "/view", filename="photo.jpg", type="input").content == other


def test_a_temporary_upload_is_named_with_its_folder_in_the_graph(double: ComfyUi) -> None:
    upload(double, type="temp", subfolder="booth")
    assert refused(double, graph(n2_image="photo.jpg"))["node_errors"].keys() == {"2"}
    assert past(double, order(double, graph(n2_image="booth/photo.jpg [temp]")))["status"]["completed"]


def test_where_one_of_two_outputs_is_sound_it_is_painted_and_the_other_told(double: ComfyUi) -> None:
    upload(double)
    made = graph()
    made["12"] = {"class_type": "SaveImage", "inputs": {"images": ["10", 0]}}
    answer = tell(double, "/prompt", {"prompt": made})
    assert answer.status_code == 200
    assert answer.json()["node_errors"].keys() == {"12"}
    assert past(double, answer.json()["prompt_id"])["outputs"].keys() == {"11"}


def test_a_prompts_id_may_be_chosen_by_whoever_sends_it(double: ComfyUi) -> None:
    upload(double)
    answer = tell(double, "/prompt", {"prompt": graph(), "prompt_id": "mine"})
    assert answer.json()["prompt_id"] == "mine"


def test_an_interrupt_that_names_a_prompt_stops_no_other(double: ComfyUi) -> None:
    double.behave(held=True)
    upload(double)
    prompt_id = order(double)
    double.wait_for("running")
    tell(double, "/interrupt", {"prompt_id": "somebody else's"})
    assert not double.works[0].interrupted
    tell(double, "/interrupt", {"prompt_id": prompt_id})
    assert past(double, prompt_id)["status"]["messages"][-1][0] == "execution_interrupted"


def test_an_old_servers_interrupt_stops_whatever_runs(double: ComfyUi) -> None:
    double.behave(held=True, targets_interrupts=False)
    upload(double)
    order(double)
    double.wait_for("running")
    tell(double, "/interrupt", {"prompt_id": "somebody else's"})
    double.wait_for("interrupted")


def test_a_waiting_prompt_can_be_taken_back_and_a_running_one_cannot(double: ComfyUi) -> None:
    double.behave(held=True)
    upload(double)
    first, second = order(double), order(double, graph(n9_seed=2))
    double.machine.wait_for(lambda: double.works[0].state == "running")
    tell(double, "/queue", {"delete": [first, second]})
    assert [work.state for work in double.works] == ["running", "removed"]


@pytest.mark.parametrize("tells_cached", [False, True])
def test_the_same_prompt_again_is_not_painted_again(double: ComfyUi, *, tells_cached: bool) -> None:
    double.behave(tells_cached=tells_cached)
    upload(double)
    first = past(double, order(double))
    again = past(double, order(double))
    assert len(double.samplings) == 1
    assert again["status"]["status_str"] == "success"
    assert again["outputs"] == (first["outputs"] if tells_cached else {})
    assert "11" in again["status"]["messages"][1][1]["nodes"]


def test_another_file_under_the_same_name_is_painted_again(double: ComfyUi) -> None:
    upload(double)
    past(double, order(double))
    upload(double, photo(colour="#a03030"), overwrite="true")
    past(double, order(double))
    assert len(double.samplings) == 2


def test_an_entry_can_be_taken_out_of_the_history(double: ComfyUi) -> None:
    upload(double)
    prompt_id = order(double)
    past(double, prompt_id)
    tell(double, "/history", {"delete": [prompt_id]})
    assert ask(double, f"/history/{prompt_id}").json() == {}


def test_it_tells_its_version_and_memory(double: ComfyUi) -> None:
    told = ask(double, "/system_stats").json()
    assert told["system"]["comfyui_version"] == "0.3.64"
    assert told["devices"][0]["vram_total"] == 24_000 * 2**20


@pytest.mark.parametrize("new_lists", [False, True])
def test_it_tells_what_there_is_to_choose_from(double: ComfyUi, *, new_lists: bool) -> None:
    double.behave(new_lists=new_lists)
    told = ask(double, "/object_info/CheckpointLoaderSimple").json()
    spec = told["CheckpointLoaderSimple"]["input"]["required"]["ckpt_name"]
    assert (spec[1]["options"] if new_lists else spec[0]) == list(double.behaviour.checkpoints)
    assert ask(double, "/object_info/Nothing").json() == {}


def test_every_route_is_there_below_api_and_others_are_not(double: ComfyUi) -> None:
    assert ask(double, "/api/system_stats").status_code == 200
    assert ask(double, "/").headers["Content-Type"].startswith("text/html")
    answer = ask(double, "/sdapi/v1/sd-models")
    assert (answer.status_code, answer.text) == (404, "404: Not Found")
    assert ask(double, "/interrupt").status_code == 405
    assert ask(double, "/view", filename="../../etc/passwd").status_code == 400


def test_what_came_is_kept(double: ComfyUi) -> None:
    upload(double, name="one.jpg", type="temp")
    made = graph(n2_image="one.jpg [temp]")
    order(double, copy.deepcopy(made))
    assert double.paths() == ["/upload/image", "/prompt"]
    assert double.requests[0].body["type"] == "temp"
    assert double.requests[0].body["image"] == photo()
    assert double.requests[1].body["prompt"] == made
