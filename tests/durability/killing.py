"""Starting the booth as a process group of its own, killing it, and looking at what is left."""

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from durability.booth import PHOTO, wait_for
from PIL import Image
from skimage.data import astronaut

TESTS = Path(__file__).parents[1]
NOWHERE = "-"
ENDS_WITHIN_S = 120


@dataclass
class Booth:
    """A booth's process and its data folder."""

    process: subprocess.Popen[str]
    data: Path

    def run_to_the_end(self) -> dict[str, Any]:
        """Wait until its visitor has a ticket; return what it says."""
        out, _ = self.process.communicate(timeout=ENDS_WITHIN_S)
        assert self.process.returncode == 0
        told: dict[str, Any] = json.loads(out.splitlines()[-1])
        return told

    def kill_when(self, moment: Callable[[], bool], *, parent_only: bool = False) -> None:
        """Kill with SIGKILL as soon as it is time, or the process ended; see that nobody survives.

        The whole group dies at once, or the parent only, whose children must then end by themselves.
        """
        try:
            wait_for(lambda: moment() or self.process.poll() is not None)
            if parent_only:
                assert len(members(self.process.pid)) > 1, "the painters are there"
                self.process.kill()
                self.process.wait()
                wait_for(lambda: not members(self.process.pid))
        finally:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.communicate()
        wait_for(lambda: not members(self.process.pid))


def start(data: Path, place: str = NOWHERE) -> Booth:
    """Start a booth that stops at a place."""
    data.mkdir(exist_ok=True)
    (data / PHOTO).write_bytes(portrait())
    (data / "reached").unlink(missing_ok=True)
    process = subprocess.Popen(
        # Not -m: painting processes would import the whole booth again.
        [sys.executable, "-c", "from durability.booth import main; main()", str(data), place],
        cwd=TESTS,
        env={"PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent))), "PATH": os.environ["PATH"]},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    return Booth(process, data)


@cache
def portrait() -> bytes:
    """Return a portrait as a phone would send it."""
    out = io.BytesIO()
    picture: Any = astronaut()  # type: ignore[no-untyped-call]
    Image.fromarray(picture).save(out, "JPEG", quality=90)
    return out.getvalue()


def members(group: int) -> set[int]:
    """Return the living processes of a group, as /proc knows them."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name in brackets may hold anything; state, parent and group follow it.
            state, _, pgrp, *_ = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(pgrp) == group and state not in "ZX":
            found.add(int(stat.parent.name))
    return found


def ask(data: Path, statement: str) -> list[Any]:
    """Return the first column of what the database answers; nothing where it has no such table yet."""
    path = data / "articket.db"
    if not path.exists():
        return []
    with closing(sqlite3.connect(path, timeout=30)) as connection:
        try:
            return [row[0] for row in connection.execute(statement)]
        except sqlite3.OperationalError as fault:
            if "no such table" in str(fault):
                return []
            raise


def revision(data: Path) -> int:
    """Return the booth's revision."""
    return next(iter(ask(data, "SELECT revision FROM booths")), 0)


def check_the_end(data: Path, told: dict[str, Any]) -> None:
    """One ticket, one number, everything once, a sound database."""
    assert told["status"] == "ready"
    assert told["number"] == 1
    assert len(told["tickets"]) == 1
    assert (data / "store" / told["tickets"][0]).read_bytes().startswith(b"%PDF")
    assert ask(data, "SELECT value FROM counters") == [1]
    assert ask(data, "PRAGMA integrity_check") == ["ok"]
    assert ask(data, "SELECT count(*) FROM outbox") == [0]
    finished = Counter(
        line.split()[2] for line in (data / "painted.log").read_text().splitlines() if "finished" in line
    )
    kept = {str(seed): finished[str(seed)] for seed in told["seeds"].values()}
    assert set(finished) == set(kept), "nothing was painted that nobody ordered"
    assert all(times >= 1 for times in kept.values())


def finished_paintings(data: Path) -> set[str]:
    """Return the styles whose painting is on disk in full."""
    return {path.stem.removeprefix("print-") for path in (data / "store").rglob("print-*.jpg")}


def begun_paintings(data: Path) -> Counter[str]:
    """Return how often each style was begun."""
    log = data / "painted.log"
    lines = log.read_text().splitlines() if log.exists() else []
    return Counter(line.split()[1] for line in lines if line.startswith("began"))
