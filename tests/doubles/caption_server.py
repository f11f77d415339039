"""A stand-in caption server on a port of its own, which answers as it is told to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

WITHIN_S: Final = 10.0
DRIP_S: Final = 0.02
SEEN: Final = "a man with glasses and a blue coat"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the next requests are answered.

    `body` counts instead of the caption. `held`: nothing is answered before `release()`. `drips`: the
    "head" or the "body" comes in single bytes and never ends. `resets`: the connection ends
    without an answer.
    """

    caption: str = SEEN
    status: int = 200
    kind: str = "application/json"
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    held: bool = False
    drips: str | None = None
    resets: bool = False
    path: str = "/generate_caption"
    login: str | None = None


BEHAVIOURS: Final = {
    "html": Behaviour(kind="text/html", body=b"<html>Before you visit this tunnel</html>"),
    "json in HTML": Behaviour(kind="text/html", body=b'{"caption": "a man in a coat"}'),
    "busy": Behaviour(status=503, body=b'{"error": "busy"}'),
    "tunnel away": Behaviour(status=502, kind="text/html", body=b"<h1>Bad gateway</h1>"),
    "other routes": Behaviour(status=404, body=b'{"detail": "Not Found"}'),
    "elsewhere": Behaviour(status=307, body=b"", headers=(("Location", "/elsewhere"),)),
    "crash": Behaviour(status=500, kind="text/plain", body=b"Internal Server Error"),
    "no json": Behaviour(body=b"a man in a coat"),
    "no text": Behaviour(body=b'\xff\xfe{"caption"'),
    "list": Behaviour(body=b'["a man in a coat"]'),
    "deep": Behaviour(body=b"[" * 30_000),
    "other key": Behaviour(body=b'{"text": "a man in a coat"}'),
    "number": Behaviour(body=b'{"caption": 7}'),
    "huge": Behaviour(caption="a man in a coat " * 100_000),
    "profane": Behaviour(caption="a fucking man in a coat"),
    "nonsense": Behaviour(caption="the the the the"),
    "nothing": Behaviour(caption=" "),
}


@dataclass(frozen=True, slots=True)
class Received:
    """A request; `picture` is the form's file, `headers` have their names in small letters."""

    path: str
    headers: dict[str, str]
    picture: bytes


class CaptionServer:
    """What a test sees of the server: `url`, `requests`, and `behaviour`, to be changed at any time."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.requests: list[Received] = []
        self._changed = threading.Condition()
        self._released = threading.Event()
        self._closing = threading.Event()
        self._in_hand = 0
        handler = type("Handler", (_Handler,), {"double": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def behave(self, **changes: Any) -> None:
        self.behaviour = replace(self.behaviour, **changes)

    def release(self) -> None:
        self._released.set()

    def until_asked(self, times: int) -> None:
        """Wait until that many requests have come."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.requests) >= times, WITHIN_S)

    def until_idle(self) -> None:
        """Wait until no client is connected any more."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._in_hand == 0, WITHIN_S)

    def close(self) -> None:
        self._closing.set()
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(WITHIN_S)

    def begin(self) -> None:
        with self._changed:
            self._in_hand += 1

    def note(self, request: Received) -> None:
        with self._changed:
            self.requests.append(request)
            self._changed.notify_all()

    def end(self) -> None:
        with self._changed:
            self._in_hand -= 1
            self._changed.notify_all()

    def wait_for_release(self) -> None:
        self._released.wait(WITHIN_S)

    def drip(self) -> bool:
        """Pause; False when the server closes."""
        return not self._closing.wait(DRIP_S)


@contextmanager
def caption_server(behaviour: Behaviour | None = None) -> Iterator[CaptionServer]:
    """Serve on a free port of 127.0.0.1 until the end of the block."""
    double = CaptionServer(behaviour or Behaviour())
    try:
        yield double
    finally:
        double.close()


class _Server(ThreadingHTTPServer):
    block_on_close = False  # a dripping answer ends by itself when the double closes

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up are what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    double: CaptionServer

    def do_POST(self) -> None:
        self.double.begin()
        try:
            self._answer()
        except ConnectionError:
            self.close_connection = True
        finally:
            self.double.end()

    def log_message(self, *_: object) -> None:
        """Keep the tests' output quiet."""

    def _answer(self) -> None:
        self._take_in()
        behaviour = self.double.behaviour
        if behaviour.resets:
            self.close_connection = True
            return
        if behaviour.held:
            self.double.wait_for_release()
        if self.path != behaviour.path:
            behaviour = BEHAVIOURS["other routes"]
        elif behaviour.login and self.headers["Authorization"] != behaviour.login:
            behaviour = Behaviour(status=401, body=b'{"detail": "Who are you?"}')
        body = behaviour.body
        if body is None:
            body = json.dumps({"caption": behaviour.caption}).encode()
        head = [f"HTTP/1.1 {behaviour.status} Told", f"Content-Type: {behaviour.kind}", "Connection: close"]
        head += [f"{name}: {value}" for name, value in behaviour.headers]
        self.close_connection = True
        match behaviour.drips:
            case "head":
                self._drip("\r\n".join([*head, "X-Slow: "]), "a")
            case "body":
                self._drip("\r\n".join([*head, "Content-Length: 9999", "", ""]), " ")
            case _:
                head += [f"Content-Length: {len(body)}", "", ""]
                self.wfile.write("\r\n".join(head).encode() + body)

    def _take_in(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        form = message_from_bytes(f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode() + body)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.double.note(Received(self.path, headers, _file_of(form)))

    def _drip(self, begun: str, drop: str) -> None:
        self.wfile.write(begun.encode())
        while self.double.drip():
            self.wfile.write(drop.encode())


def _file_of(form: Message) -> bytes:
    """Return the file of a form, or nothing where it has none."""
    for part in form.walk():
        if part.get_param("name", header="content-disposition") == "file":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else b""
    return b""
