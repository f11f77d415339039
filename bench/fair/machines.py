"""The fair's servers in a process of their own: they speak HTTP, and are as slow and faulty as fate says."""

import multiprocessing
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from PIL import Image

from articket.fake_sd.answers import CrashedError
from articket.fake_sd.behaviour import Behaviour
from articket.fake_sd.pictures import Sketch, tint
from articket.fake_sd.stand_in import StandIn
from bench.fair.world import Fate, Scenario, painting_of

STARTS_S = 60.0
ENDS_S = 60.0
WORDS = re.compile(r"visitor (\d+) by (\w+)")
FAULTS = {
    "painter-out-of-memory": CrashedError("OutOfMemoryError", "CUDA out of memory."),
    "painter-crashed": CrashedError("RuntimeError", "CUDA error: an illegal memory access was encountered"),
}


def caption_for(guest: int, style: str) -> str:
    """Return the words in a prompt by which a stand-in knows what it paints."""
    return f"visitor {guest} by {style}"


@dataclass(frozen=True, slots=True)
class PacedClock:
    """The time at the fair: seconds since the doors opened, so many times as fast as real ones."""

    pace: float
    opened_at: float

    def now(self) -> float:
        """Return the seconds at the fair."""
        return (time.monotonic() - self.opened_at) * self.pace

    def real(self, when: float) -> float:
        """Return the real seconds from now until then, none where it has been."""
        return max(0.0, (when - self.now()) / self.pace)


@dataclass(frozen=True, slots=True)
class Report:
    """Seconds at the fair in which the servers painted, and by how many they came too late in all of them.

    `cpu_s` are the real seconds of a processor that the stand-ins took.
    """

    busy_s: float
    late_s: float
    cpu_s: float


@dataclass(slots=True)
class Card:
    """One server's pretended graphics card."""

    machine: int
    fate: Fate
    clock: PacedClock
    busy_s: float = 0.0
    late_s: float = 0.0

    def paint(self, sketch: Sketch) -> Image.Image:
        """Take as long as fate says, then return a painting or fail."""
        words = WORDS.search(sketch.prompt)
        assert words is not None, "a prompt without its words"
        began = self.clock.now()
        attempt = self.fate.attempt(self.machine, painting_of(int(words[1]), words[2]), began)
        time.sleep(self.clock.real(began + attempt.seconds))
        took = self.clock.now() - began
        self.busy_s += took
        self.late_s += took - attempt.seconds
        if attempt.code:
            raise FAULTS[attempt.code]
        return tint(sketch)


@dataclass(slots=True)
class Street:
    """The running servers, seen from the fair."""

    line: Connection
    urls: list[str] = field(default_factory=list)
    report: Report = field(default_factory=lambda: Report(0.0, 0.0, 0.0))

    def open(self, pace: float) -> PacedClock:
        """Let the fair's time begin for the servers, and return its clock."""
        clock = PacedClock(pace, time.monotonic())
        self.line.send(clock)
        self.line.recv()
        return clock


@contextmanager
def street(scenario: Scenario, seed: int) -> Iterator[Street]:
    """Have the scenario's servers on the loopback; their report is there after the block."""
    ours, theirs = multiprocessing.Pipe()
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_serve, args=(scenario, seed, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        assert ours.poll(STARTS_S), "The stand-ins did not start."
        found = Street(ours, ours.recv())
        yield found
        ours.send(None)
        assert ours.poll(ENDS_S), "The stand-ins did not end."
        found.report = ours.recv()
        process.join(ENDS_S)
    finally:
        process.kill()
        ours.close()


def _serve(scenario: Scenario, seed: int, line: Connection) -> None:
    fate = Fate(scenario, seed)
    clocks = PacedClock(1.0, time.monotonic())
    cards = [Card(number, fate, clocks) for number in range(len(scenario.machines))]
    servers = [StandIn(Behaviour(), paint=card.paint) for card in cards]
    line.send([each.url for each in servers])
    clock = line.recv()
    for card in cards:
        card.clock = clock
    line.send(None)
    before = time.process_time()
    line.recv()
    busy_s, late_s = sum(card.busy_s for card in cards), sum(card.late_s for card in cards)
    line.send(Report(busy_s, late_s, time.process_time() - before))
    line.close()
    os._exit(0)  # nothing in here is worth waiting for
