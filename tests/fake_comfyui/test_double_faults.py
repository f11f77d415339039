"""The double fails as ComfyUI and the proxies before it do."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from doubles.comfyui import ComfyUi, comfyui
from fake_comfyui.client import LIMIT_S, ask, graph, order, past, photo, refused, tell, upload
from PIL import Image


@pytest.fixture
def double() -> Iterator[ComfyUi]:
    with comfyui() as running:
        yield running


@pytest.mark.parametrize("fields", [{"type": "elsewhere"}, {"subfolder": "../up"}])
def test_an_upload_to_nowhere_is_refused(double: ComfyUi, fields: dict[str, str]) -> None:
    files = {"image": ("photo.jpg", photo(), "image/jpeg")}
    answer = requests.post(double.url + "/upload/image", files=files, data=fields, timeout=LIMIT_S)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("change", "node", "kind", "details"),
    [
        ({"n1_ckpt_name": "x.ckpt"}, "1", "value_not_in_list", "ckpt_name: 'x.ckpt' not in ["),
        ({"n9_sampler_name": "Euler a"}, "9", "value_not_in_list", "(list of length 23)"),
        ({"n9_scheduler": "Karras"}, "9", "value_not_in_list", "scheduler: 'Karras' not in ["),
        ({"n9_steps": 0}, "9", "value_smaller_than_min", "steps"),
        ({"n9_denoise": 1.5}, "9", "value_bigger_than_max", "denoise"),
        ({"n9_steps": "many"}, "9", "invalid_input_type", "steps, many"),
        ({"n9_model": ["1", 1]}, "9", "return_type_mismatch", "received_type(CLIP)"),
        ({"n9_model": "1"}, "9", "bad_linked_input", "model"),
        ({"n9_model": ["1"]}, "9", "bad_linked_input", "model"),
        ({"n9_model": ["77", 0]}, "9", "exception_during_inner_validation", "'77'"),
        ({"n2_image": "gone.jpg"}, "2", "custom_validation_failed", "image - Invalid image file: gone.jpg"),
    ],
)
def test_a_graph_that_cannot_run_is_refused_with_its_node_and_reason(
    double: ComfyUi, change: dict[str, Any], node: str, kind: str, details: str
) -> None:
    upload(double)
    told = refused(double, graph(**change))
    assert told["error"]["type"] == "prompt_outputs_failed_validation"
    assert told["node_errors"].keys() == {node}
    wrong = told["node_errors"][node]
    assert wrong["class_type"] == graph()[node]["class_type"]
    assert wrong["dependent_outputs"] == ["11"]
    assert wrong["errors"][0]["type"] == kind
    assert details in wrong["errors"][0]["details"]


def test_a_missing_input_is_refused(double: ComfyUi) -> None:
    upload(double)
    made = graph()
    del made["9"]["inputs"]["seed"]
    errors = refused(double, made)["node_errors"]["9"]["errors"]
    assert errors[0]["type"] == "required_input_missing"


def test_an_unknown_node_is_refused_even_where_no_output_needs_it(double: ComfyUi) -> None:
    upload(double)
    made = graph()
    made["50"] = {"class_type": "FromSomePack", "inputs": {}}
    told = refused(double, made)
    assert told["error"]["type"] == "missing_node_type"
    assert told["node_errors"] == {}


def test_nothing_to_put_out_and_no_prompt_at_all_are_refused(double: ComfyUi) -> None:
    made = graph()
    del made["11"]
    assert refused(double, made)["error"]["type"] == "prompt_no_outputs"
    answer = tell(double, "/prompt", {"client_id": "test"})
    assert (answer.status_code, answer.json()["error"]["type"]) == (400, "no_prompt")


def test_an_image_too_large_for_the_memory_ends_in_torchs_exception(double: ComfyUi) -> None:
    double.behave(memory_pixels=1000)
    upload(double)
    entry = past(double, order(double))
    assert (entry["status"]["status_str"], entry["status"]["completed"]) == ("error", False)
    name, told = entry["status"]["messages"][-1]
    assert name == "execution_error"
    assert (told["exception_type"], told["node_id"], told["node_type"]) == (
        "torch.OutOfMemoryError",
        "9",
        "KSampler",
    )
    assert entry["outputs"] == {}


def test_an_exception_has_its_type_and_message(double: ComfyUi) -> None:
    double.behave(exception=("RuntimeError", "CUDA error: an illegal memory access was encountered"))
    upload(double)
    told = past(double, order(double))["status"]["messages"][-1][1]
    assert told["exception_type"] == "RuntimeError"
    assert "illegal memory" in told["exception_message"]


def test_a_client_that_hangs_up_does_not_stop_the_work(double: ComfyUi) -> None:
    double.behave(held=True)
    upload(double)
    order(double)  # the connection is closed by now
    double.behave(held=False)
    double.wait_for("success")


def test_a_restart_loses_queue_history_and_temporary_files_but_no_input(double: ComfyUi) -> None:
    upload(double)
    done = past(double, order(double))["outputs"]["11"]["images"][0]
    double.behave(held=True)
    order(double, graph(n9_seed=2))
    double.wait_for("running")
    double.machine.restart()
    assert ask(double, "/history").json() == {}
    assert ask(double, "/queue").json() == {"queue_running": [], "queue_pending": []}
    assert ask(double, "/view", **done).status_code == 404
    assert ask(double, "/view", filename="photo.jpg", type="input").status_code == 200
    double.behave(held=False)
    past(double, order(double, graph(n9_seed=3)))


def test_a_proxys_password_is_asked_for(double: ComfyUi) -> None:
    double.behave(login=("booth", "open sesame"))
    assert ask(double, "/queue").status_code == 401
    again = requests.get(double.url + "/queue", auth=("booth", "open sesame"), timeout=LIMIT_S)
    assert again.status_code == 200


@pytest.mark.parametrize(
    ("kind", "status"), [("524", 524), ("504", 504), ("502", 502), ("429", 429), ("html", 200)]
)
def test_a_proxys_page_comes_instead_of_the_answer(double: ComfyUi, kind: str, status: int) -> None:
    double.behave(broken={"/queue": kind})
    answer = ask(double, "/queue")
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")
    assert ask(double, "/system_stats").status_code == 200


@pytest.mark.parametrize("kind", ["reset", "half"])
def test_a_connection_breaks_where_it_is_told_to_and_as_often(double: ComfyUi, kind: str) -> None:
    double.behave(broken={"GET /queue": (kind,)})
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        ask(double, "/queue")
    assert ask(double, "/queue").status_code == 200


def test_an_answer_can_be_lost_after_the_work_was_taken(double: ComfyUi) -> None:
    upload(double)
    double.behave(broken={"POST /prompt": "lost"})
    with pytest.raises(requests.ConnectionError):
        order(double)
    double.wait_for("success")


def test_an_upload_can_be_renamed_or_lost(double: ComfyUi) -> None:
    double.behave(uploads="renamed")
    assert upload(double) == {"name": "xphoto.jpg", "subfolder": "booth", "type": "input"}
    double.behave(uploads="lost")
    assert upload(double, name="two.jpg")["name"] == "two.jpg"
    assert list(double.machine.files) == [("input", "booth", "xphoto.jpg")]


def test_a_server_that_hangs_answers_nobody(double: ComfyUi) -> None:
    double.behave(broken={"/queue": "hang"})
    with pytest.raises(requests.Timeout):
        requests.get(double.url + "/queue", timeout=0.2)


def test_a_dead_server_lets_nobody_connect(double: ComfyUi) -> None:
    double.die()
    with pytest.raises(requests.ConnectionError):
        ask(double, "/queue")


@pytest.mark.parametrize(("spoilt", "extrema"), [("black", [(0, 0)] * 3), ("grey", [(128, 128)] * 3)])
def test_a_painting_can_be_of_one_colour(double: ComfyUi, spoilt: str, extrema: list[Any]) -> None:
    double.behave(spoilt=spoilt)
    upload(double)
    image = past(double, order(double))["outputs"]["11"]["images"][0]
    assert Image.open(io.BytesIO(ask(double, "/view", **image).content)).getextrema() == tuple(extrema)
