"""What the organiser's check says of the address in the QR code, asked of real servers on loopback ports."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from doubles.web import open_booth
from requests.exceptions import ConnectionError  # noqa: A004 - what requests raises, not Python
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection
from urllib3.exceptions import MaxRetryError, NameResolutionError
from werkzeug.serving import make_server

from articket.adapters.front_door import NobodyAnswersError, knock, nobody
from articket.application.checkup.line import Line, State
from articket.checking.address import check_public_url, without_login
from articket.checking.wiring import caption_ailment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOUSE = "abcdefghijkl"


@dataclass
class Door:
    """How the address answers, and what was asked."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"ok"
    url: str = ""
    agents: list[str] = field(default_factory=list)


@pytest.fixture
def door() -> Iterator[Door]:
    """Answer every request as told."""
    told = Door()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.agents.append(self.headers["User-Agent"])
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(told.body)))
            self.end_headers()
            self.wfile.write(told.body)

        def log_message(self, *_: object) -> None:
            """Keep the tests' output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield told
    server.shutdown()
    server.server_close()
    thread.join(10)


@dataclass
class Bare:
    """A proxy on the booth's machine that asks in its own name, as nginx does by HTTP/1.1 since 1.30."""

    app: WSGIApplication

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        own = {"HTTP_HOST": "127.0.0.1:8000", "REMOTE_ADDR": "127.0.0.1", "SERVER_PROTOCOL": "HTTP/1.1"}
        return self.app(environ | own, start_response)


def looked(url: str, *, running: bool = True, house: str | None = HOUSE) -> Line:
    """Return the last line; the one before says that the loopback is not https."""
    *before, line = check_public_url(url, 8000, house, running=running)
    assert [each.state for each in before] == [State.WARN]
    return line


def test_the_running_booth_itself_is_recognised(tmp_path: Path) -> None:
    booth = open_booth(tmp_path)
    server = make_server("127.0.0.1", 0, booth.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url, house = f"http://127.0.0.1:{server.server_port}", booth.parts.floor.seals.house()
    try:
        starting = looked(url, house=house)
        booth.parts.live.start()
        assert looked(url, house=house).state is State.OK
        assert "another Articket" in looked(url).found
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
        booth.parts.live.close()
    assert starting.state is State.WARN
    assert "starting" in starting.found


def test_a_proxy_whose_strangers_pass_for_the_monitor_is_told(tmp_path: Path) -> None:
    """One that passes neither their address nor the name they asked for; at 127.0.0.2 nobody is at home."""
    booth = open_booth(tmp_path)
    server = make_server("127.0.0.2", 0, Bare(booth.app), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    booth.parts.live.start()
    url, house = f"http://127.0.0.2:{server.server_port}", booth.parts.floor.seals.house()
    try:
        bare = looked(url, house=house)
        server.app = booth.app
        assert looked(url, house=house).state is State.OK
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
        booth.parts.live.close()
    assert bare.state is State.BAD
    assert "its own monitor" in bare.found


def test_an_address_that_is_not_https_is_a_warning_first(door: Door) -> None:
    first = next(check_public_url(door.url, 8000, HOUSE, running=True))
    assert first.state is State.WARN
    assert "not https" in first.found


@pytest.mark.parametrize(
    ("status", "headers", "body", "whose"),
    [
        (200, {"ngrok-error-code": "ERR_NGROK_6024"}, b"<html>You are about to visit</html>", "ngrok"),
        (200, {}, b"<p>Set a <code>ngrok-skip-browser-warning</code> request header</p>", "ngrok"),
        (511, {}, b'<a href="https://loca.lt/mytunnelpassword">Tunnel Password</a>', "localtunnel"),
    ],
)
def test_a_page_that_a_tunnel_puts_first_is_recognised(
    door: Door, status: int, headers: dict[str, str], body: bytes, whose: str
) -> None:
    door.status, door.headers, door.body = status, headers, body
    line = looked(door.url)
    assert line.state is State.BAD
    assert f"a page of {whose} first" in line.found


def test_it_knocks_as_a_phones_browser_does_because_tunnels_treat_others_otherwise(door: Door) -> None:
    looked(door.url)
    assert door.agents[0].startswith("Mozilla/5.0")


def test_an_address_that_sends_phones_elsewhere_is_told(door: Door) -> None:
    door.status, door.headers = 302, {"Location": "https://login.example.org/?token=secret-word"}
    line = looked(door.url)
    assert line.state is State.BAD
    assert "login.example.org" in line.found
    assert "secret-word" not in repr(line)


def test_something_else_behind_the_address_is_told(door: Door) -> None:
    line = looked(door.url)
    assert line.state is State.BAD
    assert "not as a booth does" in line.found


def test_a_tunnel_without_a_booth_behind_it_is_a_warning_only_until_the_booth_runs(door: Door) -> None:
    door.status = 502
    assert looked(door.url, running=False).state is State.WARN
    assert looked(door.url, running=True).state is State.BAD


def test_a_closed_port_is_a_warning_only_until_the_booth_runs() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        before, after = looked(url, running=False), looked(url, running=True)
    assert "Start the booth" in before.fix
    assert (before.state, after.state) == (State.WARN, State.BAD)


def test_whoever_says_nothing_is_not_waited_for() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(NobodyAnswersError, match=r"within 0\.2 s"),
    ):
        knock(f"http://127.0.0.1:{silent.getsockname()[1]}", 0.2)


def test_a_server_without_a_certificate_is_told(door: Door) -> None:
    with pytest.raises(NobodyAnswersError, match="no secure connection"):
        knock(door.url.replace("http://", "https://"))


def test_whoever_speaks_no_http_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            with server.accept()[0] as caller:
                caller.sendall(b"220 mail.example.org ready\r\n")
                caller.recv(1000)

        thread = Thread(target=greet, daemon=True)
        thread.start()
        with pytest.raises(NobodyAnswersError):
            knock(f"http://127.0.0.1:{server.getsockname()[1]}")
        thread.join(10)


def test_a_name_that_cannot_be_is_told() -> None:
    with pytest.raises(NobodyAnswersError, match="no such name"):
        knock(f"http://{'a' * 64}.invalid/")


def test_a_name_that_nobody_knows_is_told_apart_from_a_closed_port() -> None:
    unknown = NameResolutionError("booth.invalid", HTTPConnection("booth.invalid"), socket.gaierror())
    reason = nobody(ConnectionError(MaxRetryError(HTTPConnectionPool("booth.invalid"), "/", unknown)))
    assert "no such name" in str(reason)
    assert not reason.is_closed


@pytest.mark.parametrize(("status", "said"), [(503, "not ready (status 503)"), (404, None), (200, None)])
def test_a_caption_server_may_say_that_it_is_not_ready(door: Door, status: int, said: str | None) -> None:
    door.status = status
    ailment = caption_ailment(door.url)
    assert said in ailment if ailment and said else ailment is None and said is None


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://artist:sun@flower@booth.example.org", "https://booth.example.org"),
        ("http://192.0.2.4:3002/captions", "http://192.0.2.4:3002/captions"),
    ],
)
def test_an_address_is_shown_without_its_credentials(url: str, shown: str) -> None:
    assert without_login(url) == shown
