"""The real server in a process group of its own, on the loopback, with a data folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
LOOK_EVERY_S = 0.02
START_S = 90.0
STOP_S = 15.0
JOIN = re.compile(r"http://\S+(/j/\w+)")


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def wait_until(holds: Callable[[], bool], within_s: float) -> bool:
    """Look again and again whether something holds; return whether it did before the time was up."""
    until = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(LOOK_EVERY_S)
    return True


@dataclass
class BoothServer:
    """`python -m articket serve` with these settings over the usual ones, its output in files in `home`.

    `root` is the tree whose code, pack and templates it runs with.
    """

    home: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    root: Path = ROOT

    def __post_init__(self) -> None:
        """Start the process without waiting for it."""
        self.home.mkdir(parents=True, exist_ok=True)
        own = {
            "ARTICKET_HOST": "127.0.0.1",
            "ARTICKET_PORT": str(self.port),
            "ARTICKET_PUBLIC_URL": "http://booth.test",  # so that a server on the loopback prints a code
            "ARTICKET_DATA_DIR": str(self.home / "data"),
            "ARTICKET_EXPERIENCE": str(self.root / "experiences/painters"),
            "PYTHONPATH": str(self.root),
        }
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("ARTICKET_")}
        with (self.home / "out").open("wb") as out, (self.home / "err").open("wb") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "articket", "serve"],
                cwd=self.home,
                env={**inherited, **own, **self.settings},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )

    @property
    def address(self) -> str:
        """Return the server's address on this machine."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def out(self) -> str:
        """Return what was printed so far."""
        return (self.home / "out").read_text("utf-8")

    @property
    def err(self) -> str:
        """Return what was complained about so far."""
        return (self.home / "err").read_text("utf-8")

    @property
    def join_path(self) -> str:
        """Return the path in the printed QR code, which admits for at least one minute."""
        found = JOIN.search(self.out)
        if found is None:
            raise RuntimeError(f"No address for phones was printed:\n{self.out}\n{self.err}")
        return found[1]

    def wait_open(self) -> None:
        """Wait until the server serves; RuntimeError with what it said when it does not."""
        if not wait_until(lambda: self._is_healthy() or not self._runs(), START_S) or not self._runs():
            self.stop()
            raise RuntimeError(f"The server did not open:\n{self.out}\n{self.err}")

    def wait_ended(self, within_s: float = START_S) -> int:
        """Wait until the server ends by itself and return its exit code."""
        return self.process.wait(within_s)

    def processes(self) -> list[int]:
        """Return the ids of all living processes that the server started, itself included."""
        return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if self._is_ours(pid)]  # noqa: PTH208 - names suffice

    def own_processes(self) -> list[int]:
        """Return the first process and its direct children: the worker, and nothing that paints."""
        known = {pid: _fields(pid) for pid in self.processes()}
        return [pid for pid, its in known.items() if its and self.process.pid in (pid, int(its[1]))]

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the server's first process alone, as a service manager does."""
        self.process.send_signal(number)

    def wait_gone(self, within_s: float) -> bool:
        """Wait until no process is left, reaping the first; return whether that was in time."""
        return wait_until(lambda: self.process.poll() is not None and not self.processes(), within_s)

    def stop(self) -> None:
        """End everything, politely first."""
        if self._runs():
            self.signal(signal.SIGTERM)
        if not self.wait_gone(STOP_S):
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(STOP_S)

    def _runs(self) -> bool:
        return self.process.poll() is None

    def _is_healthy(self) -> bool:
        try:
            return requests.get(f"{self.address}/healthz", timeout=5).ok
        except requests.RequestException:
            return False

    def _is_ours(self, pid: int) -> bool:
        state, _, _, session = _fields(pid) or ("Z", "", "", "0")
        return int(session) == self.process.pid and state != "Z"


def _fields(pid: int) -> tuple[str, str, str, str] | None:
    """Return a process's state, parent, group and session, or None where it ended meanwhile."""
    try:
        state, parent, group, session = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:4]
    except OSError:
        return None
    return state, parent, group, session
