"""A served booth and the sockets of its pages."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import socketio
from doubles.web import BoothSet, Phone, log_in
from werkzeug.serving import make_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE_S = 5.0


def eventually(holds: Callable[[], bool], within: float = PATIENCE_S) -> bool:
    """Look again and again until it holds, or the time is over."""
    pause = threading.Event()
    deadline = time.monotonic() + within
    while not holds():
        if time.monotonic() > deadline:
            return False
        pause.wait(0.01)
    return True


@dataclass
class Page:
    """One open page: what its socket heard."""

    client: socketio.Client
    heard: list[tuple[float, str, Any]] = field(default_factory=list)

    def events(self, name: str) -> list[Any]:
        return [payload for _, each, payload in self.heard if each == name]

    def times(self, name: str) -> list[float]:
        return [at for at, each, _ in self.heard if each == name]

    def ask(self, event: str, payload: object) -> Any:
        return self.client.call(event, payload, timeout=PATIENCE_S)

    def hello(self) -> dict[str, Any]:
        return dict(self.ask("hello", {"role": "phone", "last_rev": 0}))

    def hang_up(self) -> None:
        """End the socket from this side, once the server has said goodbye."""
        eventually(lambda: not self.client.connected, 1.0)
        websocket = self.client.eio.ws
        if websocket is not None:
            websocket.shutdown()

    def stage(self) -> str | None:
        snapshots = self.events("snapshot")
        return snapshots[-1]["stage"] if snapshots else None


@dataclass
class Served:
    """A booth on a loopback port."""

    booth: BoothSet
    port: int
    pages: list[Page] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(
        self,
        role: str,
        headers: dict[str, str] | None = None,
        token: str | None = None,
        origin: str | None = None,
        *,
        keep: bool = False,
    ) -> Page:
        """Connect a page; raises ConnectionError where it is refused."""
        options = {"origin": origin or self.url, "timeout": PATIENCE_S}
        client = socketio.Client(reconnection=False, websocket_extra_options=options)
        page = Page(client)
        client.on("*", lambda event, payload=None: page.heard.append((time.monotonic(), event, payload)))
        auth = {"role": role} | ({"token": token} if token else {}) | ({"keep": True} if keep else {})
        self.pages.append(page)
        client.connect(
            self.url, headers=headers or {}, auth=auth, transports=["websocket"], wait_timeout=int(PATIENCE_S)
        )
        return page

    def phone(self, phone: Phone) -> Page:
        return self.open("phone", {"Cookie": f"articket_visit={phone.token}"})

    def staff(self) -> Page:
        client = self.booth.app.test_client()
        log_in(client)
        cookie = client.get_cookie("articket_staff")
        assert cookie is not None
        return self.open("staff", {"Cookie": f"articket_staff={cookie.value}"})

    def monitor(self) -> Page:
        return self.open("monitor")


@contextmanager
def serve(booth: BoothSet) -> Iterator[Served]:
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = make_server("127.0.0.1", 0, booth.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    booth.parts.live.start()
    served = Served(booth, server.server_port)
    try:
        yield served
    finally:
        booth.parts.live.close()
        for page in served.pages:
            page.hang_up()
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE_S)
