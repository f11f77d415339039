"""Servers that do exactly what a test says, byte by byte."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Page = tuple[int, str, bytes]  # status, content type, body


class Raw:
    """A server: `.url`, `.paths` that were asked for, `.ended` once a dripping answer was cut off."""

    def __init__(self, answer: Callable[["Asked"], None]) -> None:
        self.paths: list[str] = []
        self.ended = Event()
        self.closing = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
        self._server.daemon_threads = True
        self._server.raw = self  # type: ignore[attr-defined]
        self._server.answer = answer  # type: ignore[attr-defined]
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()


class Asked(BaseHTTPRequestHandler):
    """One request, to be answered through `wfile`."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name
        """Say nothing."""

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    @property
    def raw(self) -> Raw:
        return self.server.raw  # type: ignore[attr-defined,no-any-return]

    def do_GET(self) -> None:
        self.raw.paths.append(self.path)
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.answer(self)  # type: ignore[attr-defined]

    do_POST = do_GET  # noqa: N815 - the library's names

    def send(self, page: Page, **headers: str) -> None:
        status, kind, body = page
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self, data: bytes) -> None:
        """Send a byte every hundredth of a second until the client hangs up."""
        try:
            for byte in data:
                self.wfile.write(bytes([byte]))
                if self.raw.closing.wait(0.01):
                    return
        except OSError:
            self.raw.ended.set()
            self.close_connection = True


@contextmanager
def raw(answer: Callable[[Asked], None]) -> Iterator[Raw]:
    server = Raw(answer)
    try:
        yield server
    finally:
        server.close()


@contextmanager
def pages(found: dict[str, Page], other: Page = (404, "text/plain", b"")) -> Iterator[Raw]:
    """Serve these pages at their paths."""
    with raw(lambda asked: asked.send(found.get(asked.path.partition("?")[0], other))) as server:
        yield server
