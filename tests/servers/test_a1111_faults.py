"""What goes wrong while A1111 or one of its forks paints, and what is told of it."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import monotonic

import pytest
from doubles.a1111 import Double, a1111
from servers.a1111_stage import fault_of, reach, served
from servers.contract import LIMIT_S, SIZE, photo, work

from articket.adapters.servers.servers import HttpImageServers
from articket.application.fleet.ports import Strokes
from articket.domain.faults import PainterFaultPermanent, PainterFaultTransient
from articket.domain.fleet.server import Kind, Login

server = pytest.fixture(served)


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
