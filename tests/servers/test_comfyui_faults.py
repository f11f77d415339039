"""What goes wrong while ComfyUI paints, and what is told of it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import monotonic

import pytest
from doubles.comfyui import ComfyUi, comfyui
from servers.comfy_stage import WORKFLOWS, fault_of, reach, workflow_with
from servers.contract import LIMIT_S, SIZE, photo, work

from articket.adapters.servers.servers import HttpImageServers
from articket.adapters.servers.workflows import Workflows
from articket.domain.faults import PainterFaultPermanent, PainterFaultTransient
from articket.domain.fleet.server import Kind


@pytest.fixture
def server() -> Iterator[ComfyUi]:
    with comfyui(loras=("oil/articket-vangogh-xl.safetensors",)) as double:
        yield double


def test_after_a_failure_nothing_of_a_visitor_is_left_either(server: ComfyUi) -> None:
    fault_of(server, memory_pixels=1)
    server.machine.wait_for(lambda: not server.machine.history)
    (data,) = server.machine.files.values()
    assert data != photo()


def test_a_painting_that_is_given_up_is_interrupted(server: ComfyUi) -> None:
    assert fault_of(server, 0.8, held=True).code == "painter-slow"
    server.wait_for("interrupted")


@pytest.mark.parametrize("targets_interrupts", [True, False])
def test_a_painting_that_still_waits_is_taken_back_and_nobody_elses_stopped(
    *, targets_interrupts: bool
) -> None:
    with comfyui(held=True, targets_interrupts=targets_interrupts) as double:
        with ThreadPoolExecutor(1) as threads:
            others = threads.submit(reach(double.url).paint, work(), LIMIT_S)
            double.machine.wait_for(lambda: double.works and double.works[0].state == "running")
            assert fault_of(double, 0.8).code == "painter-slow"
            double.machine.wait_for(lambda: double.works[1].state == "removed")
            double.behave(held=False)
            assert others.result(LIMIT_S).size == SIZE
        assert "/interrupt" not in double.paths("POST")


def test_a_server_without_any_model_is_no_use() -> None:
    with comfyui(checkpoints=()) as double:
        assert fault_of(double).code == "painter-model-missing"
        looked = reach(double.url).look(10.0)
    assert (looked.models, looked.model, looked.family) == ((), None, None)


def test_a_server_that_does_not_tell_its_models_is_told_the_workflows(server: ComfyUi) -> None:
    server.behave(broken={"/object_info/CheckpointLoaderSimple": "500"})
    assert reach(server.url).paint(work(), LIMIT_S).model == "sd_xl_base_1.0.safetensors"


def test_a_model_that_goes_missing_between_list_and_order_is_missing_too(server: ComfyUi) -> None:
    server.behave(broken={"/object_info/CheckpointLoaderSimple": "500"})
    assert fault_of(server, checkpoints=("other.ckpt",)).code == "painter-model-missing"


def test_a_sampler_nobody_knows_is_refused_for_good_in_the_servers_words(server: ComfyUi) -> None:
    with pytest.raises(PainterFaultPermanent) as fault:
        reach(server.url).paint(work(sampler="Nobodys Sampler"), LIMIT_S)
    assert fault.value.code == "painter-order-refused"
    assert "node 9 (KSampler): Value not in list sampler_name: 'Nobodys Sampler'" in fault.value.sentence


def test_a_node_that_the_server_lacks_is_named() -> None:
    graph = WORKFLOWS.usual.fill({})
    graph["9"]["class_type"] = "FancySampler"
    fancy = Workflows({"portrait": workflow_with(graph=graph, controlled=None)})
    with comfyui() as double, pytest.raises(PainterFaultPermanent, match="FancySampler") as fault:
        reach(double.url, workflows=fancy).paint(work(), LIMIT_S)
    assert fault.value.code == "painter-order-refused"


def test_an_order_that_is_taken_with_objections_is_refused_and_taken_back(server: ComfyUi) -> None:
    assert fault_of(server, complains=True, held=True).code == "painter-order-refused"
    server.wait_for("interrupted")


def test_a_photo_that_was_lost_on_the_server_may_be_sent_to_another(server: ComfyUi) -> None:
    assert fault_of(server, uploads="lost").code == "painter-crashed"


@pytest.mark.parametrize(
    ("kind", "message", "code"),
    [
        ("torch.OutOfMemoryError", "Allocation on device ", "painter-out-of-memory"),
        ("torch.cuda.OutOfMemoryError", "Allocation on device 0 would exceed", "painter-out-of-memory"),
        ("RuntimeError", "CUDA error: out of memory", "painter-out-of-memory"),
        ("RuntimeError", "MPS backend out of memory (MPS allocated: 9 GB)", "painter-out-of-memory"),
        ("RuntimeError", "expected a float, got a secret caption", "painter-crashed"),
    ],
)
def test_an_exception_of_the_server_may_be_tried_elsewhere(
    server: ComfyUi, kind: str, message: str, code: str
) -> None:
    fault = fault_of(server, exception=(kind, message))
    assert isinstance(fault, PainterFaultTransient)
    assert fault.code == code


def test_a_painting_that_somebody_interrupted_may_be_tried_elsewhere(server: ComfyUi) -> None:
    server.behave(held=True)
    with ThreadPoolExecutor(1) as threads:
        canvas = threads.submit(reach(server.url).paint, work(), LIMIT_S)
        server.machine.wait_for(lambda: server.works)
        server.wait_for("running")
        server.machine.interrupt(None)
        with pytest.raises(PainterFaultTransient, match="interrupted") as fault:
            canvas.result(LIMIT_S)
    assert fault.value.code == "painter-crashed"


def test_a_restart_that_forgets_the_painting_is_noticed_before_the_limit(server: ComfyUi) -> None:
    server.behave(held=True)
    begun = monotonic()
    with ThreadPoolExecutor(1) as threads:
        canvas = threads.submit(reach(server.url).paint, work(), 60.0)
        server.machine.wait_for(lambda: server.works)
        server.wait_for("running")
        server.machine.restart()
        with pytest.raises(PainterFaultTransient, match="forgot") as fault:
            canvas.result(LIMIT_S)
    assert fault.value.code == "painter-crashed"
    assert monotonic() - begun < 10


@pytest.mark.parametrize(
    ("route", "kind", "code"),
    [
        ("/upload", "524", "painter-unreachable"),
        ("/upload", "reset", "painter-unreachable"),
        ("/upload", "html", "painter-answer-broken"),
        ("/upload", "list", "painter-answer-broken"),
        ("/upload", "413", "painter-order-refused"),
        ("/upload", "403", "painter-locked"),
        ("POST /prompt", "502", "painter-unreachable"),
        ("POST /prompt", "504", "painter-unreachable"),
        ("POST /prompt", "reset", "painter-unreachable"),
        ("POST /prompt", "half", "painter-unreachable"),
        ("POST /prompt", "429", "painter-busy"),
        ("POST /prompt", "500", "painter-crashed"),
        ("POST /prompt", "404", "painter-no-api"),
        ("POST /prompt", "html", "painter-answer-broken"),
        ("POST /prompt", "empty", "painter-answer-broken"),
        ("POST /prompt", "list", "painter-answer-broken"),
        ("GET /history", "524", "painter-unreachable"),
        ("GET /history", "reset", "painter-unreachable"),
        ("GET /history", "html", "painter-answer-broken"),
        ("GET /history", "list", "painter-answer-broken"),
        ("/view", "404", "painter-answer-broken"),
        ("/view", "html", "painter-answer-broken"),
        ("/view", "502", "painter-unreachable"),
        ("/view", "half", "painter-unreachable"),
    ],
)
def test_each_misfortune_on_the_way_has_its_code(server: ComfyUi, route: str, kind: str, code: str) -> None:
    assert fault_of(server, broken={route: kind}).code == code


@pytest.mark.parametrize("route", ["GET /history", "GET /queue", "/view"])
@pytest.mark.parametrize("kind", ["524", "reset", "half"])
def test_a_question_that_fails_twice_loses_no_painting(server: ComfyUi, route: str, kind: str) -> None:
    server.behave(broken={route: (kind, kind)}, seconds=0.6)
    assert reach(server.url).paint(work(), LIMIT_S).size == SIZE
    assert len(server.works) == 1


def test_a_proxy_that_cuts_long_answers_does_not_matter(server: ComfyUi) -> None:
    server.behave(seconds=1.2)
    address = replace(HttpImageServers().resolve(server.url), kind=Kind.COMFYUI, limit_s=0.5)
    assert HttpImageServers(WORKFLOWS).reach(address).paint(work(), LIMIT_S).size == SIZE


def test_a_history_that_hangs_is_given_up_in_time(server: ComfyUi) -> None:
    begun = monotonic()
    assert fault_of(server, 1.0, broken={"GET /history": "hang"}).code == "painter-slow"
    assert monotonic() - begun < 4


def test_an_order_whose_answer_was_lost_is_taken_back(server: ComfyUi) -> None:
    assert fault_of(server, held=True, broken={"POST /prompt": "lost"}).code == "painter-unreachable"
    server.wait_for("interrupted")
