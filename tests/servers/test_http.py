"""Calls end in time and in size, whatever a server does."""

import gzip
import json
from collections.abc import Callable
from time import monotonic

import pytest
from requests import Session
from requests.exceptions import ConnectionError  # noqa: A004 - its name
from servers.raw import Asked, pages, raw

from articket.adapters.servers.http import LIST_LIMIT_BYTES, get, post_form, post_json
from articket.adapters.servers.wire import Wire
from articket.domain.faults import PainterFaultTransient
from articket.domain.fleet.server import Address

DRIPS: dict[str, Callable[[Asked], None]] = {
    "headers": lambda asked: asked.drip(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 100_000),
    "body": lambda asked: asked.drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + b"x" * 100_000),
    "chunks": lambda asked: asked.drip(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 100_000
    ),
}


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(PainterFaultTransient) as fault:
        call()
    return fault.value.code


@pytest.mark.parametrize("what", sorted(DRIPS))
def test_a_server_that_drips_is_cut_off_at_the_limit(what: str) -> None:
    with raw(DRIPS[what]) as server:
        begun = monotonic()
        assert code_of(lambda: get(Address(server.url), "/", 0.5)) == "painter-slow"
        assert monotonic() - begun < 4.0
        assert server.ended.wait(10), "the connection was left open"


def test_time_that_is_used_up_asks_nobody() -> None:
    with pages({}) as server:
        assert code_of(lambda: get(Address(server.url), "/", 0.0)) == "painter-slow"
        assert server.paths == []


def test_a_connection_that_came_too_late_sends_nothing() -> None:
    wire = Wire()
    wire.cut()
    with pages({}) as server, Session() as session:
        session.mount("http://", wire)
        with pytest.raises(ConnectionError):
            session.post(server.url, data=b"photo", timeout=5)
        assert server.paths == []


def test_proxies_of_the_machines_environment_see_no_photo(monkeypatch: pytest.MonkeyPatch) -> None:
    with pages({}) as proxy, pages({"/": (200, "text/plain", b"")}) as server:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "")
        assert get(Address(server.url), "/", 5).status == 200
        assert proxy.paths == []


def test_an_answer_may_not_be_larger_than_its_limit() -> None:
    large = (200, "application/json", b"x" * (LIST_LIMIT_BYTES + 1))
    with pages({"/": large}) as server:
        assert code_of(lambda: get(Address(server.url), "/", 10)) == "painter-answer-broken"


def test_what_is_packed_small_may_not_unfold_beyond_the_limit() -> None:
    packed = gzip.compress(b"0" * (LIST_LIMIT_BYTES + 1))
    with raw(lambda asked: asked.send((200, "text/plain", packed), Content_Encoding="gzip")) as server:
        assert code_of(lambda: get(Address(server.url), "/", 10)) == "painter-answer-broken"


def test_a_photo_is_sent_on_to_nobody_else() -> None:
    with pages({}) as elsewhere:

        def send_on(asked: Asked) -> None:
            asked.send((307, "text/plain", b""), Location=f"{elsewhere.url}/sdapi")

        with raw(send_on) as server:
            assert post_json(Address(server.url), "/sdapi", {"image": "photo"}, 10).status == 307
        assert elsewhere.paths == []


@pytest.mark.parametrize(
    ("kind", "body", "found"),
    [
        ("application/json", b'{"a": 1}', {"a": 1}),
        ("application/json; charset=utf-8", b'{"a": 1}', {"a": 1}),
        ("text/html", b'{"a": 1}', None),
        ("application/json", b"<html>", None),
        ("application/json", b"[" * 100_000, None),
        ("application/json", b"\xff\xfe", None),
    ],
)
def test_only_what_says_it_is_json_is_read_as_json(kind: str, body: bytes, found: object) -> None:
    with pages({"/": (200, kind, body)}) as server:
        assert get(Address(server.url), "/", 10).json() == found


def test_a_large_photo_arrives_whole() -> None:
    sent = "x" * 3_000_000
    lengths: list[int] = []

    def measure(asked: Asked) -> None:
        lengths.append(int(asked.headers["Content-Length"]))
        asked.send((200, "application/json", b"{}"))

    with raw(measure) as server:
        assert post_json(Address(server.url), "/", sent, 20).json() == {}
        form = post_form(
            Address(server.url), "/", {"image": ("a.jpg", b"jpeg", "image/jpeg")}, {"a": "b"}, 20
        )
    assert form.json() == {}
    assert lengths[0] == len(json.dumps(sent))


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://127.0.0.1:1/a b", "https://127.0.0.1:1"])
def test_where_nobody_listens_nobody_is_reached(url: str) -> None:
    assert code_of(lambda: get(Address(url), "/", 5)) == "painter-unreachable"


def test_a_server_without_certificates_cannot_be_spoken_to_securely() -> None:
    with pages({}) as server:
        address = Address(server.url.replace("http:", "https:"))
        assert code_of(lambda: get(address, "/", 5)) == "painter-unreachable"
