"""A narrow way to a booth: Debian's nginx as a proxy, and before it slow lines that cut sockets."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from doubles.slow_line import Line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START_S = 10.0
STOP_S = 10.0
FRAME = """
daemon off;
master_process off;
pid nginx.pid;
error_log error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
{body}
}}
"""
# A Wi-Fi's portal, a tunnel that is away, a proxy whose booth is: they answer with pages of their own.
STRANGERS = (200, 404, 502)
PAGE = "<!doctype html><title>Wi-Fi</title><h1>Welcome to the hall's network</h1>"
SERVER = """
  map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
  proxy_read_timeout {patience_s}s;
  proxy_send_timeout {patience_s}s;
  proxy_http_version 1.1;
  proxy_set_header Host $http_host;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_set_header X-Forwarded-Host $http_host;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $connection_upgrade;
  server {{
    listen unix:{socket} proxy_protocol;
    set_real_ip_from unix:;
    real_ip_header proxy_protocol;
    client_max_body_size {body};
    client_body_timeout {patience_s}s;
    limit_rate {rate};
    default_type text/html;
    location / {{
      proxy_pass http://127.0.0.1:{beyond};
    }}
    location ~ ^/(api|join|socket.io) {{
{strangers}
      proxy_pass http://127.0.0.1:{beyond};
    }}
  }}
"""


@dataclass(frozen=True, slots=True)
class Narrowness:
    """Bytes a second of each answer and of all that a screen sends, the largest body, nginx's patience,
    and how long a socket lives.
    """

    rate: int = 25_000  # 200 kbit/s
    body: str = "1m"
    patience_s: int = 20
    cut_s: float = 15.0


def installed() -> str | None:
    """Return nginx's program, which Debian keeps where only root looks."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin")


class Nginx:
    """nginx as a child with everything of its own in `folder`; `inside` stands in its http block."""

    def __init__(self, folder: Path, inside: str) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "nginx.conf").write_text(FRAME.format(body=inside), "utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        log = self._folder / "error.log"
        return log.read_text("utf-8", "replace") if log.exists() else ""

    def start(self, door: Path | tuple[str, int]) -> None:
        """Start, and return once it listens at this socket or address."""
        program = installed()
        assert program is not None
        with (self._folder / "said.log").open("ab") as said:
            self._process = subprocess.Popen(  # noqa: S603 - Debian's own nginx
                [program, "-p", f"{self._folder}/", "-c", "nginx.conf", "-e", "error.log"],
                stdout=said,
                stderr=said,
            )
        deadline = time.monotonic() + START_S
        while not is_open(door):
            assert self._process.poll() is None, self.log + (self._folder / "said.log").read_text("utf-8")
            assert time.monotonic() < deadline, "nginx does not listen"

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(STOP_S)


def is_open(door: Path | tuple[str, int]) -> bool:
    family, address = (socket.AF_INET, door) if isinstance(door, tuple) else (socket.AF_UNIX, str(door))
    with socket.socket(family) as knock:
        try:
            knock.connect(address)
        except OSError:
            return False
    return True


class NarrowProxy:
    """nginx before the server at `beyond`, and as many narrow lines to it as there are screens."""

    def __init__(self, folder: Path, beyond: int, narrow: Narrowness | None = None) -> None:
        self.narrow = narrow or Narrowness()
        self._folder = folder
        self._door = folder / "nginx.sock"
        self._lines: list[Line] = []
        inside = SERVER.format(
            socket=self._door,
            beyond=beyond,
            body=self.narrow.body,
            patience_s=self.narrow.patience_s,
            rate=self.narrow.rate,
            strangers="\n".join(
                f'      if (-f {folder}/{each}) {{ return {each} "{PAGE}"; }}' for each in STRANGERS
            ),
        )
        self.nginx = Nginx(folder, inside)

    def __enter__(self) -> Self:
        self.nginx.start(self._door)
        return self

    def __exit__(self, *_: object) -> None:
        for line in self._lines:
            line.close()
        self.nginx.stop()

    @contextlib.contextmanager
    def stranger(self, status: int) -> Iterator[None]:
        """Let everything be answered by a page that is not the booth's, and hang up on every socket."""
        note = self._folder / str(status)
        note.touch()
        for line in self._lines:
            line.cut()
        yield
        note.unlink()

    def line(self, visitor: str = "203.0.113.7", *, shared: bool = False) -> Line:
        """Lay a line for the screen at this address; it may be laid before nginx runs."""
        laid = Line(self._door, visitor, self.narrow.rate, shared, self.narrow.cut_s)
        self._lines.append(laid)
        return laid
