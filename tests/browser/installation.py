"""The real server in a process group of its own, on a free port, with a data folder that is thrown away."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import requests

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "pinacoteca"  # noqa: S105 - opens a booth that lives for one test
START_S = 60.0
STOP_S = 10.0
CALM_S = 30.0


def until(holds: Callable[[], Any], within_s: float, what: str) -> Any:
    """Return the first true answer; asked anew until the time is up."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if answer := holds():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"not within {within_s:.0f} s: {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Installation:
    """One `articket serve` and what its desk may do over plain HTTP."""

    folder: Path
    settings: dict[str, str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    desk: requests.Session = field(default_factory=requests.Session)
    pressed: int = 0

    @property
    def here(self) -> str:
        """The address on the machine itself, which is trusted as the monitor."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def public(self) -> str:
        """The address of phones: plain http, so nothing there may need a secure context."""
        return f"http://booth.test:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text("utf-8", "replace")

    def start(self) -> None:
        """Serve, and return when the server says that it can do its work."""
        self.folder.mkdir(parents=True, exist_ok=True)
        environment = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ} | {
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "ARTICKET_HOST": "127.0.0.1",
            "ARTICKET_PORT": str(self.port),
            "ARTICKET_PUBLIC_URL": self.public,
            "ARTICKET_DATA_DIR": str(self.folder / "data"),
            "ARTICKET_EXPERIENCE": str(ROOT / "experiences" / "painters"),
            "ARTICKET_STAFF_PASSWORD": PASSWORD,
        }
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "articket", "serve"],
                cwd=self.folder,
                env=environment
                | {f"ARTICKET_{name.upper()}": value for name, value in self.settings.items()},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(self._is_ready, START_S, "the server is ready")

    def _is_ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log
        try:
            return requests.get(f"{self.here}/healthz", timeout=2).ok
        except requests.RequestException:
            return False

    def kill(self) -> None:
        """End it as a power cut does: every process of it, with no time to tidy up."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(STOP_S)

    def stop(self) -> None:
        """End it as an organiser does."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_S)
        finally:
            self.kill_rest()

    def kill_rest(self) -> None:
        assert self.process is not None
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def sign_in(self) -> None:
        """Open the desk."""
        page = self.desk.get(f"{self.here}/staff", timeout=10).text
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        assert found is not None
        form = {"csrf": found[1], "password": PASSWORD}
        answer = self.desk.post(f"{self.here}/staff/login", data=form, timeout=10)
        assert answer.ok, answer.status_code

    def seen(self) -> dict[str, Any]:
        """What staff see."""
        answer = self.desk.get(f"{self.here}/api/v1/snapshot?role=staff", timeout=10)
        view: dict[str, Any] = answer.json()["view"]
        return view

    def press(self, command: str, **fields: str) -> dict[str, Any]:
        """Do something at the desk."""
        self.pressed += 1
        body = {"role": "staff", "cmd_id": f"t{time.time_ns()}-{self.pressed}", "type": command} | fields
        answer = self.desk.post(
            f"{self.here}/api/v1/commands", json=body, headers={"Origin": self.here}, timeout=10
        )
        ack: dict[str, Any] = answer.json()
        return ack

    def tidy(self) -> None:
        """Lead everybody out, light the monitor, open the door."""
        if not self.desk.cookies:
            self.sign_in()
        for command in ("unblank", "open"):
            assert self.press(command)["ok"]

        def empty() -> bool:
            view = self.seen()
            if view["booth"]["visit"] is not None:
                self.press("skip")
            elif view["counts"]["line"]:
                self.press("call")
            else:
                return True
            return False

        until(empty, CALM_S, "the booth is empty")
