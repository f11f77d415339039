"""The road to a server, which a test may spoil: answers that get lost, refusals, silence, nobody there."""

import http.client
import json
import re
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import inf
from socket import SHUT_RDWR, SO_REUSEADDR, SOL_SOCKET, socket
from threading import Event, Lock, Thread
from typing import Any, Final

ANSWERS_WITHIN_S: Final = 30.0
BUCKET_RESOURCE: Final = re.compile(r"/storage/v1/b/[^/?]+(\?.*)?")
REFUSAL: Final = {"content-type": "application/json"}, b'{"error": {"message": "no"}}'
OURS: Final = {"connection", "transfer-encoding", "content-length", "keep-alive", "accept-encoding"}


@dataclass
class Weather:
    """How the road is now; tests change it at any time.

    `lost` answers of uploads go missing after the server has what it was sent; `status` answers writes
    (`everything`: all) in the server's stead; `held`: nothing is answered; `token` is what the token
    page answers with; `kept` refuses to delete; uploads go on once the `gate` is open; `bucket` is what
    the bucket's resource says besides, or the status in its stead; every request takes `delay_s`, and its
    body as long as `bits_a_second` let it.
    """

    lost: int = 0
    status: int | None = None
    everything: bool = False
    held: bool = False
    token: int = 200
    kept: bool = False
    gate: Event | None = None
    bucket: dict[str, Any] | int = field(default_factory=dict)
    delay_s: float = 0.0
    bits_a_second: float = inf
    uploads: list[str] = field(default_factory=list)


class Road:
    """A proxy of its own port; it can be closed and opened again at the same one."""

    def __init__(self) -> None:
        self.beyond = 0
        self.weather = Weather()
        self.lock = Lock()
        self.connections: set[socket] = set()
        self.cleared = Event()
        # Bound and not listening, it keeps the port for us and lets nobody in.
        self._barrier = bound(0)
        self.port = self._barrier.getsockname()[1]
        self.open()

    def open(self) -> None:
        self.cleared = Event()
        self._server = _Server(("127.0.0.1", self.port), _Handler, bind_and_activate=False)
        self._server.road = self
        self._server.socket.close()
        self._server.socket = self._barrier
        self._server.server_activate()
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.cleared.set()
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()
        self._barrier = bound(self.port)
        with self.lock:
            for connection in self.connections:
                with suppress(OSError):
                    connection.shutdown(SHUT_RDWR)

    def end(self) -> None:
        self.close()
        self._barrier.close()

    def lose(self) -> bool:
        with self.lock:
            if self.weather.lost == 0:
                return False
            self.weather.lost -= 1
            return True


def bound(port: int) -> socket:
    bound = socket()
    bound.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", port))
    return bound


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    road: Road

    def get_request(self) -> Any:
        accepted = super().get_request()
        with self.road.lock:
            self.road.connections.add(accepted[0])
        return accepted

    def shutdown_request(self, request: Any) -> None:
        with self.road.lock:
            self.road.connections.discard(request)
        super().shutdown_request(request)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name
        """Say nothing."""

    def handle_one_request(self) -> None:
        with suppress(OSError):
            super().handle_one_request()
            return
        self.close_connection = True

    def do_GET(self) -> None:
        road, weather = self.server.road, self.server.road.weather
        body = self._body()
        if self.path == "/token":
            self._answer(*_token(weather.token))
            return
        if self.path.startswith("/upload/"):
            weather.uploads.append(f"{self.command} {self.path}")
        Event().wait(weather.delay_s + 8 * len(body) / weather.bits_a_second)
        if weather.gate is not None and self.path.startswith("/upload/"):
            weather.gate.wait(ANSWERS_WITHIN_S)
        if weather.held:
            road.cleared.wait()
            self.close_connection = True
            return
        if weather.status and (weather.everything or self.command != "GET"):
            self._answer(weather.status, *REFUSAL)
            return
        if weather.kept and self.command == "DELETE":
            self._answer(http.HTTPStatus.FORBIDDEN, *REFUSAL)
            return
        answer = self._forward(body)
        if self.command == "GET" and BUCKET_RESOURCE.fullmatch(self.path):
            answer = _told_besides(answer, weather.bucket)
        if self.path.startswith("/upload/") and road.lose():
            self.close_connection = True
            return
        self._answer(*answer)

    do_POST = do_PUT = do_DELETE = do_PATCH = do_GET  # noqa: N815 - the library's names

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length")
        if length is not None:
            return self.rfile.read(int(length))
        body = b""
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        return body

    def _forward(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        headers = {name: value for name, value in self.headers.items() if name.lower() not in OURS}
        beyond = http.client.HTTPConnection("127.0.0.1", self.server.road.beyond, timeout=ANSWERS_WITHIN_S)
        with closing(beyond) as connection:
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in OURS:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _told_besides(
    answer: tuple[int, dict[str, str], bytes], besides: dict[str, Any] | int
) -> tuple[int, dict[str, str], bytes]:
    if isinstance(besides, int):
        return besides, *REFUSAL
    status, headers, body = answer
    return status, headers, json.dumps(json.loads(body) | besides).encode()


def _token(status: int) -> tuple[int, dict[str, str], bytes]:
    granted = {"access_token": "one", "expires_in": 3600, "token_type": "Bearer"}
    refused = {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
    told = granted if status == http.HTTPStatus.OK else refused
    return status, {"content-type": "application/json"}, json.dumps(told).encode()
