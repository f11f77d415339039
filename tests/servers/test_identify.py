"""What answers at an address."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from doubles.a1111 import a1111
from doubles.comfyui import comfyui
from servers.comfy_stage import WORKFLOWS
from servers.raw import Page, pages, raw

from articket.adapters.servers.servers import HttpImageServers
from articket.domain.faults import PainterFaultPermanent, PainterFaultTransient
from articket.domain.fleet.server import Address, Kind, Login

servers = HttpImageServers()
LIMIT_S = 10.0


def html(title: str) -> Page:
    return 200, "text/html; charset=utf-8", f"<html><head><title>{title}</title></head></html>".encode()


def identify(url: str, login: Login | None = None) -> Address:
    return servers.identify(replace(servers.resolve(url), login=login), LIMIT_S)


def refused(url: str, login: Login | None = None) -> PainterFaultPermanent:
    with pytest.raises(PainterFaultPermanent) as fault:
        identify(url, login)
    return fault.value


@pytest.mark.parametrize("flavour", ["a1111", "forge", "reforge"])
def test_a1111_and_its_forks_are_one_kind(flavour: str) -> None:
    with a1111(flavour=flavour) as double:
        assert identify(double.url) == Address(double.url, Kind.A1111)


def test_an_api_without_its_pages_is_as_good() -> None:
    with a1111(webui=False, has_gpu=False) as double:
        assert identify(double.url).kind is Kind.A1111


def test_a_server_below_a_path_stays_there() -> None:
    with a1111(prefix="/painting") as double:
        assert identify(double.url + "/docs") == Address(double.url, Kind.A1111)


def test_comfyui_is_known_by_what_it_says_of_its_system() -> None:
    with comfyui() as double:
        address = HttpImageServers(WORKFLOWS).identify(Address(double.url), LIMIT_S)
    assert address == Address(double.url, Kind.COMFYUI)


def test_without_a_workflow_comfyui_is_no_painter() -> None:
    with comfyui() as double:
        fault = refused(double.url)
    assert (fault.code, fault.params) == ("painter-unsupported", {"software": "ComfyUI"})


@pytest.mark.parametrize(("flavour", "software"), [("sdnext", "SD.Next"), ("sdcpp", "stable-diffusion.cpp")])
def test_software_we_do_not_work_with_is_called_by_its_name(flavour: str, software: str) -> None:
    with a1111(flavour=flavour) as double:
        fault = refused(double.url)
    assert fault.code == "painter-unsupported"
    assert fault.params == {"software": software}
    assert software in fault.sentence


@pytest.mark.parametrize(("title", "software"), [("SwarmUI", "SwarmUI"), ("Invoke - Community", "InvokeAI")])
def test_other_painting_software_is_told_by_its_page(title: str, software: str) -> None:
    with pages({"/": html(title)}) as server:
        assert refused(server.url).params == {"software": software}


@contextmanager
def without_api() -> Iterator[Any]:
    with a1111(api=False) as double:
        yield double


@contextmanager
def blog() -> Iterator[Any]:
    with pages({}, html("My cat")) as server:
        yield server


@contextmanager
def something_in_json() -> Iterator[Any]:
    with pages({}, (200, "application/json", b'{"hello": "world"}')) as server:
        yield server


@contextmanager
def sending_away() -> Iterator[Any]:
    with raw(lambda asked: asked.send((302, "text/html", b""), Location="https://example.org/")) as server:
        yield server


@pytest.mark.parametrize("place", [without_api, blog, something_in_json, sending_away])
def test_where_something_else_answers_there_is_no_api(place: Callable[[], Any]) -> None:
    with place() as server:
        fault = refused(server.url)
    assert fault.code == "painter-no-api"
    assert "--api" in fault.sentence


@pytest.mark.parametrize("flavour", ["a1111", "forge"])
@pytest.mark.parametrize("login", [None, Login("staff", "wrong")])
def test_a_locked_server_is_locked(flavour: str, login: Login | None) -> None:
    with a1111(flavour=flavour, auth="staff:sesame") as double:
        assert refused(double.url, login).code == "painter-locked"


def test_with_its_password_a_locked_server_opens_and_the_address_keeps_it() -> None:
    login = Login("staff", "sesame")
    with a1111(auth="staff:sesame") as double:
        assert identify(double.url, login) == Address(double.url, Kind.A1111, login)


def test_a_server_is_looked_for_on_its_secure_side_but_nowhere_else() -> None:
    with raw(lambda asked: asked.send((308, "text/plain", b""), Location=asked.path)) as server:
        secure = server.url.replace("http:", "https:")
    with (
        raw(lambda asked: asked.send((308, "text/plain", b""), Location=secure + asked.path)) as server,
        pytest.raises(PainterFaultTransient) as fault,
    ):
        identify(server.url)
    # Nobody listens there, which proves that it was asked.
    assert fault.value.code == "painter-unreachable"


@pytest.mark.parametrize("status", [502, 503, 504, 524, 530])
def test_a_proxy_without_its_server_is_unreachable(status: int) -> None:
    with pages({}, (status, "text/html", b"<html>")) as server, pytest.raises(PainterFaultTransient) as fault:
        identify(server.url)
    assert fault.value.code == "painter-unreachable"


def test_a_tunnel_whose_server_is_gone_is_unreachable() -> None:
    def offline(asked: Any) -> None:
        asked.send((404, "text/html", b"<html>"), ngrok_error_code="ERR_NGROK_3200")

    with raw(offline) as server, pytest.raises(PainterFaultTransient) as fault:
        identify(server.url)
    assert fault.value.code == "painter-unreachable"


def test_where_nobody_answers_nobody_is_found() -> None:
    with a1111() as double:
        double.behave(dead=True)
        with pytest.raises(PainterFaultTransient) as fault:
            identify(double.url)
    assert fault.value.code == "painter-unreachable"


def test_a_silent_server_is_given_up_in_time() -> None:
    with a1111(hang=True) as double:
        with pytest.raises(PainterFaultTransient) as fault:
            servers.identify(servers.resolve(double.url), 0.5)
        double.behave(hang=False)
    assert fault.value.code == "painter-slow"


def test_only_a_known_kind_can_be_reached() -> None:
    with pytest.raises(ValueError, match="kind"):
        servers.reach(Address("http://127.0.0.1:7860"))
