"""How soon a press is seen: milliseconds from a command's departure until phone and monitor show it.

The real server (`articket serve`, loopback, SQLite, every command committed to disk) has 50, 100 or 200
phones in one line, each with an open WebSocket that compresses and pings as a browser's does, and a monitor.
For some 20 s they send 10 commands a second in all, at random times: 3 answers of the controller and ways
back, 1 change of a name that the monitor shows, 2 visits leaving the line near its front and lining up again
at its end, so that everybody behind is told a new place every second, and 4 changes of names further back.

A command is seen when the phone that sent it has a snapshot whose revision is at least the one its ack
named, and, but for names further back, which no monitor shows, when the monitor has one too. Phones are in
two processes of their own, the monitor in a third; all read the same monotonic clock.

Run as `python bench/live.py [--json] [--phones 100 …]`; with --json the last line is one JSON object.
"""

import argparse
import json
import multiprocessing
import os
import random
import selectors
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.hall.page import Heard, Page
from bench.hall.server import BoothServer, wait_until
from bench.hall.visitor import WITHIN_S, Visitor, get_snapshot, join, version_of

SIZES = (50, 100, 200)
LASTS_S = 20.0
SETTLES_S = 3.0  # after the last command, for its effects to arrive
PROCESSES = 2
MIX = {"controller": 3.0, "shown": 1.0, "mover": 2.0, "others": 4.0}  # commands a second
SHOWN = 5  # of the line, on the monitor
MOVERS = 25
PING_EVERY_S = 10.0
THREADS_BESIDE_SOCKETS = 24
STYLES = ("vangogh", "renoir", "picasso", "lichtenstein")
PAINTED_WITHIN_S = 90.0
READY_WITHIN_S = 120.0
BREATH_S = 3.0  # after everybody connected

Casts = list[tuple[str, dict[str, str]]]  # each phone's part and its cookies


@dataclass(slots=True)
class Press:
    """A command under way: when it left, whether the monitor shows it, and the revision of its ack."""

    sent: float
    monitor: bool
    rev: int | None = None
    seen: float | None = None


@dataclass(slots=True)
class Phone:
    """An open phone and its part in the play."""

    page: Page
    part: str
    snapshots: list[tuple[int, float]] = field(default_factory=list)
    presses: dict[int, Press] = field(default_factory=dict)
    pressed: Iterator[int] = field(default_factory=lambda: count(1))
    question: dict[str, Any] | None = None
    in_line: bool = True

    def press(self, kind: str, *, monitor: bool, **fields: object) -> None:
        """Send a command and note when."""
        cmd_id = f"bench-{os.getpid()}-{next(self.pressed)}"
        sent = time.monotonic()
        number = self.page.ask("cmd", {"cmd_id": cmd_id, "type": kind, **fields})
        self.presses[number] = Press(sent, monitor)

    @property
    def waits(self) -> bool:
        """Whether a command is not answered or not seen yet."""
        return any(press.seen is None for press in self.presses.values())

    def hear(self, heard: Heard) -> None:
        """Note a snapshot or an ack, and which command is seen now."""
        if heard.name == "closed":
            raise ConnectionError(f"a phone ({self.part}) lost its socket")
        if heard.name == "snapshot":
            self.snapshots.append((heard.payload["rev"], time.monotonic()))
            self.question = heard.payload["view"].get("question")
        elif heard.name == "ack" and heard.ack in self.presses:
            if not heard.payload.get("ok"):
                raise RuntimeError(f"a command was refused: {heard.payload}")
            self.presses[heard.ack].rev = heard.payload["rev"]
        else:
            return
        for press in self.presses.values():
            if press.rev is not None and press.seen is None:
                later = (at for rev, at in self.snapshots if rev >= press.rev)
                press.seen = next(later, None)


class Hall:
    """One process's phones, played until the time is over."""

    def __init__(self, address: str, casts: Casts) -> None:
        """Connect them all and give consent and a name on each."""
        self._selector = selectors.DefaultSelector()
        self._phones = []
        for part, cookies in casts:
            page = Page(address, "phone", cookies)
            page.wait_for("connected")
            page.ask("hello", {"role": "phone", "last_rev": 0})
            snapshot = page.wait_for("ack").payload
            phone = Phone(page, part, question=snapshot["view"].get("question"))
            if snapshot["stage"] == "consent":
                get_ready(page, version_of(snapshot))
            self._phones.append(phone)
            self._selector.register(page, selectors.EVENT_READ, phone)

    def play(self, starts: float, seed: int) -> list[Press]:
        """Send commands at their times, hear everything, and return what became of each command."""
        chance = random.Random(seed)  # noqa: S311 - it chooses who presses
        plan = sorted(
            (starts + chance.uniform(0, LASTS_S), part)
            for part, rate in MIX.items()
            if any(phone.part == part for phone in self._phones)
            for _ in range(round(rate * LASTS_S / self._share(part)))
        )
        pings = [
            (starts + turn * PING_EVERY_S + PING_EVERY_S * index / len(self._phones), phone)
            for turn in range(int(LASTS_S / PING_EVERY_S))
            for index, phone in enumerate(self._phones)
        ]
        ends = starts + LASTS_S + SETTLES_S
        while (now := time.monotonic()) < ends:
            while plan and plan[0][0] <= now:
                self._act(plan.pop(0)[1], chance)
            while pings and pings[0][0] <= now:
                pings.pop(0)[1].page.ask("ping", {})
            next_at = min(ends, plan[0][0] if plan else ends, pings[0][0] if pings else ends)
            for key, _ in self._selector.select(max(0.0, next_at - time.monotonic())):
                for heard in key.data.page.read():
                    key.data.hear(heard)
        return [press for phone in self._phones for press in phone.presses.values()]

    def _share(self, part: str) -> int:
        return 1 if part in ("controller", "mover") else PROCESSES

    def _act(self, part: str, chance: random.Random) -> None:
        free = [phone for phone in self._phones if phone.part == part and not phone.waits]
        if not free:
            return  # the controller waits for the next question, as its page does
        phone = chance.choice(free)
        if part == "controller" and phone.question is not None:
            step = phone.question["index"]
            if step:
                phone.press("back", monitor=True, step=step)
            else:
                phone.press("answer", monitor=True, step=0, option=phone.question["options"][0]["id"])
        elif part == "mover":
            away = [each for each in free if not each.in_line]
            phone = away[0] if away else free[0]
            phone.press("leave_line" if phone.in_line else "rejoin", monitor=True)
            phone.in_line = not phone.in_line
            if phone.in_line:  # now it stands at the end
                self._phones.remove(phone)
                self._phones.append(phone)
        elif part in ("shown", "others"):
            phone.press("name", monitor=part == "shown", name=f"Mocha {chance.randrange(10_000)}")


def get_ready(page: Page, version: str) -> None:
    """Agree and give a name, as everybody in line does."""
    agreed: dict[str, Any] = {"type": "consent", "version": version, "gallery": False, "guardian": False}
    named: dict[str, Any] = {"type": "name", "name": "Mocha"}
    for number, body in enumerate((agreed, named)):
        page.ask("cmd", {"cmd_id": f"setting-{number}", **body})
        page.wait_for("ack")


def phones_process(line: Connection, address: str, casts: Casts, seed: int) -> None:
    """Play a share of the phones when told when to begin."""
    hall = Hall(address, casts)
    line.send("ready")
    line.send(hall.play(line.recv(), seed))


def monitor_process(line: Connection, address: str) -> None:
    """Note when which revision was shown on the monitor."""
    page = Page(address, "monitor")
    page.wait_for("connected")
    line.send("ready")
    ends = line.recv() + LASTS_S + SETTLES_S
    shown: list[tuple[int, float]] = []
    with selectors.DefaultSelector() as selector:
        selector.register(page, selectors.EVENT_READ)
        while (left := ends - time.monotonic()) > 0:
            if selector.select(left):
                shown += [
                    (each.payload["rev"], time.monotonic()) for each in page.read() if each.name == "snapshot"
                ]
    line.send(shown)


def open_visits(server: BoothServer, phones: int) -> Casts:
    """Fill the line: the first visitor controls the monitor and is in the quiz, its paintings done."""
    path = server.join_path
    first = join(server.address, path)
    for ack in (first.confirm(), first.agree(), first.press("name", name="Mocha")):
        expect(ack["ok"], ack)
    expect(first.send_photo() == requests.codes.ok, "the photo was refused")
    expect(first.press("ready")["ok"], "the photo was not sent")
    others = [join(server.address, path) for _ in range(phones - 1)]
    expect(wait_until(lambda: is_painted(first), PAINTED_WITHIN_S), "the paintings did not come")
    expect(get_snapshot(server.address, "monitor")["stage"] == "quiz", "the quiz did not begin")
    parts = ["controller"] + ["shown"] * SHOWN + ["mover"] * MOVERS
    parts += ["others"] * (phones - len(parts))
    return [(part, each.cookies) for part, each in zip(parts, [first, *others], strict=True)]


def expect(holds: object, what: object) -> None:
    """Raise RuntimeError unless it holds."""
    if not holds:
        raise RuntimeError(str(what))


def is_painted(visitor: Visitor) -> bool:
    """Whether all four veils of the first photo are there."""
    visit = visitor.snapshot()["view"]["visit"]["id"]
    urls = [f"{visitor.address}/pictures/{visit}/1/veil-{style}.jpg" for style in STYLES]
    return all(
        requests.get(url, cookies=visitor.cookies, timeout=WITHIN_S).status_code == requests.codes.ok
        for url in urls
    )


def measure(phones: int, folder: Path) -> dict[str, float]:
    """Return p50, p99 and what stood beside them for a line of so many phones."""
    server = BoothServer(folder, {
        "ARTICKET_THREADS": str(max(200, phones + THREADS_BESIDE_SOCKETS)),
        "ARTICKET_RELEASE_S": "600",
        "ARTICKET_VISIT_CAP_S": "1200",
    })  # fmt: skip
    try:
        server.wait_open()
        casts = open_visits(server, phones)
        shares = [share(casts, nth) for nth in range(PROCESSES)]
        presses, shown, load = played(server, shares)
    finally:
        server.stop()
    return numbers(presses, shown) | {"load": round(load, 2)}


def share(casts: Casts, nth: int) -> Casts:
    """Return one process's phones; all movers are the first one's, so that their order in line is known."""
    dealt = ((0 if cast[0] == "mover" else index % PROCESSES, cast) for index, cast in enumerate(casts))
    return [cast for process, cast in dealt if process == nth]


def played(server: BoothServer, shares: list[Casts]) -> tuple[list[Press], list[tuple[int, float]], float]:
    """Let all processes play together; return the commands, what the monitor showed, and the load average."""
    context = multiprocessing.get_context("spawn")
    lines = []
    processes = []
    for index in range(len(shares) + 1):
        mine, theirs = context.Pipe()
        last = index == len(shares)
        process = (
            context.Process(target=monitor_process, args=(theirs, server.address), daemon=True)
            if last
            else context.Process(
                target=phones_process, args=(theirs, server.address, shares[index], index), daemon=True
            )
        )
        process.start()
        lines.append(mine)
        processes.append(process)
    try:
        for line in lines:
            received(line, READY_WITHIN_S)
        starts = time.monotonic() + BREATH_S
        for line in lines:
            line.send(starts)
        *halls, shown = [received(line, LASTS_S + READY_WITHIN_S) for line in lines]
        return [press for hall in halls for press in hall], shown, os.getloadavg()[0]
    finally:
        for process in processes:
            process.kill()
            process.join()


def received(line: Connection, within_s: float) -> Any:
    """Return what a process says; RuntimeError when it says nothing in time."""
    expect(line.poll(within_s), "a process said nothing in time")
    return line.recv()


def numbers(presses: list[Press], shown: list[tuple[int, float]]) -> dict[str, float]:
    """Return the percentiles; RuntimeError when a command was never seen."""
    delays = []
    for press in presses:
        seen = press.seen
        rev = press.rev
        if seen is None or rev is None:
            raise RuntimeError("a command was never seen by its phone")
        if press.monitor:
            later = next((at for known, at in shown if known >= rev), None)
            if later is None:
                raise RuntimeError("a command was never seen on the monitor")
            seen = max(seen, later)
        delays.append((seen - press.sent) * 1000)
    delays.sort()
    return {
        "p50_ms": round(delays[len(delays) // 2], 1),
        "p99_ms": round(delays[min(len(delays) - 1, int(len(delays) * 0.99))], 1),
        "worst_ms": round(delays[-1], 1),
        "commands": len(delays),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print the numbers as JSON in the last line")
    parser.add_argument("--phones", type=int, nargs="+", default=SIZES, help="how many phones, one run each")
    wanted = parser.parse_args()
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for phones in wanted.phones:
            found[phones] = measure(phones, Path(folder) / str(phones))
            print(f"{phones} phones: {found[phones]}", flush=True)
    if wanted.json:
        print(json.dumps({
            str(phones): {name: each[name] for name in ("p50_ms", "p99_ms")} for phones, each in found.items()
        }))  # fmt: skip


if __name__ == "__main__":
    main()
