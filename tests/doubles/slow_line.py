"""A slow line from one screen to a proxy: so many bytes a second get through, and sockets are cut by age."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK = 2048
WINDOW = 16 * 1024  # what the line holds on its own account: a sender soon notices how slow it is
REQUEST = 8192
WIDE = 100_000_000
UPGRADE = re.compile(rb"\r\nupgrade:\s*websocket\r\n", re.IGNORECASE)


class Pace:
    """Lets so many bytes a second through, whoever they belong to."""

    def __init__(self, rate: int, closed: threading.Event) -> None:
        self.let = 0
        self._rate = rate
        self._free = 0.0
        self._lock = threading.Lock()
        self._closed = closed

    def take(self, count: int) -> None:
        with self._lock:
            now = time.monotonic()
            self._free = max(self._free, now) + count / self._rate
            self.let += count
            wait = self._free - now
        self._closed.wait(wait)


@dataclass(slots=True)
class Line:
    """One screen's way to the proxy at `door`, at a port of its own; `up` and `down` count the bytes.

    All that leaves the screen shares `rate`, and if `shared` so does all that comes to it.
    """

    door: Path
    visitor: str
    rate: int
    shared: bool
    cut_s: float
    cuts: int = 0
    closed: threading.Event = field(default_factory=threading.Event)
    up: Pace = field(init=False)
    down: Pace = field(init=False)
    port: int = field(init=False)
    _listener: socket.socket = field(init=False)
    _ends: set[socket.socket] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def address(self) -> str:
        """Where phones come in: no loopback name, so plain http is as insecure as in a local network."""
        return f"http://booth.test:{self.port}"

    def __post_init__(self) -> None:
        self.up = Pace(self.rate, self.closed)
        self.down = Pace(self.rate if self.shared else WIDE, self.closed)
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WINDOW)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(64)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._welcome, daemon=True).start()

    def close(self) -> None:
        self.closed.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def cut(self) -> None:
        """Hang up on whoever is on the line."""
        with self._lock:
            ends = list(self._ends)
        for end in ends:
            hang_up(end)

    def _welcome(self) -> None:
        while not self.closed.is_set():
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        """Carry one connection until either side has enough of it."""
        far = socket.socket(socket.AF_UNIX)
        with near, far, self._known(near, far):
            try:
                first = near.recv(REQUEST)
                far.connect(str(self.door))
                far.sendall(f"PROXY TCP4 {self.visitor} 127.0.0.1 40000 {self.port}\r\n".encode())
            except OSError:
                return
            watch = self._watch(near, far) if UPGRADE.search(first) else None
            back = threading.Thread(target=pump, args=(far, near, self.down), daemon=True)
            back.start()
            pump(near, far, self.up, first)
            back.join()
            if watch is not None:
                watch.cancel()

    @contextlib.contextmanager
    def _known(self, *ends: socket.socket) -> Iterator[None]:
        with self._lock:
            self._ends.update(ends)
        try:
            yield
        finally:
            with self._lock:
                self._ends.difference_update(ends)

    def _watch(self, near: socket.socket, far: socket.socket) -> threading.Timer:
        def cut() -> None:
            self.cuts += 1
            hang_up(near)
            hang_up(far)

        timer = threading.Timer(self.cut_s, cut)
        timer.daemon = True
        timer.start()
        return timer


def pump(source: socket.socket, target: socket.socket, pace: Pace, first: bytes = b"") -> None:
    """Carry what one side says to the other at the line's pace, and its goodbye at last."""
    with contextlib.suppress(OSError):
        data = first or source.recv(CHUNK)
        while data:
            pace.take(len(data))
            target.sendall(data)
            data = source.recv(CHUNK)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def hang_up(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
