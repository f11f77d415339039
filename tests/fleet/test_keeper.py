"""Two workers' watches over one roster, driven tick by tick on a clock of the test's own."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from application.kit import painters_pack
from doubles.roster import MemoryRoster
from doubles.studio import CannedPainter, SameFinish, SameFrame
from doubles.visits import MemoryVisits
from doubles.world import StillClock

from articket.adapters.attendance import FolderAttendance
from articket.adapters.servers.servers import HttpImageServers
from articket.application.fleet.atelier import Atelier
from articket.application.fleet.keeper import Keeper
from articket.application.fleet.progress import Progress
from articket.application.ports import Keys, Order, Painted
from articket.domain.faults import Gone
from articket.domain.fleet.leasing import SILENCE_S
from articket.domain.fleet.rules import FleetRules
from articket.domain.jobs import PaintJob
from articket.domain.visit import Easel, Photo, Visit

WITHIN_S = 20.0
ORDER = Order(photo=b"photo", focus=None, style="vangogh", recipe="vangogh", caption=None, seed=1)


@dataclass
class Watch:
    """A worker without servers: its own hand paints, once it may."""

    keeper: Keeper
    threads: ThreadPoolExecutor
    may_paint: Event

    def ask(self, job: PaintJob) -> "Future[Painted]":
        """Let somebody wait for a painting."""
        waiting = self.threads.submit(self.keeper.atelier.paint, job, lambda: ORDER, lambda _: nullcontext())
        until(lambda: job.id in {each.id for each in self.keeper.roster.fleet().commissions})
        return waiting


@dataclass
class World:
    folder: Path
    clock: StillClock = field(default_factory=StillClock)
    roster: MemoryRoster = field(default_factory=MemoryRoster)
    visits: MemoryVisits = field(default_factory=MemoryVisits)
    watches: list[Watch] = field(default_factory=list)

    def watch(self, worker: str) -> Watch:
        experience, rules, servers = painters_pack(), FleetRules(), HttpImageServers()
        may_paint = Event()
        atelier = Atelier(
            worker, self.roster, servers, SameFrame(), SameFinish(),
            CannedPainter(meanwhile=lambda: may_paint.wait(WITHIN_S)),
            experience, rules, self.clock, lambda: b"", lambda: 0.0,
        )  # fmt: skip
        keeper = Keeper(
            worker, 1, self.roster, servers, atelier, self.visits, experience, rules, self.clock,
            lambda: None, Progress(servers, self.clock), FolderAttendance(self.folder),
        )  # fmt: skip
        self.watches.append(Watch(keeper, ThreadPoolExecutor(4), may_paint))
        return self.watches[-1]

    def visit(self, name: str) -> PaintJob:
        """Let somebody wait for a painting, and return its job."""
        visit = Visit(name, "main", "ko", 0.0, photo=Photo(1, 1), easels=(Easel("vangogh"),))
        with self.visits.transaction() as transaction:
            transaction.add_visit(visit, Keys(name.encode(), name.encode(), name.encode()), 1e12)
        return PaintJob(name, 1, "vangogh")

    def wanted(self) -> set[tuple[str, str]]:
        return {(each.visit, each.worker) for each in self.roster.fleet().commissions}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    for watch in world.watches:
        watch.may_paint.set()
        watch.keeper.close()
        watch.threads.shutdown()


def until(what: Callable[[], object]) -> None:
    deadline, pause = monotonic() + WITHIN_S, Event()
    while not what():
        assert monotonic() < deadline, "it never happened"
        pause.wait(0.01)


def test_whoever_waits_hears_from_their_own_worker_that_nobody_wants_a_painting_any_more(
    world: World,
) -> None:
    one, two = world.watch("one"), world.watch("two")
    waiting = two.ask(PaintJob("nobody", 1, "vangogh"))
    one.keeper.tick()
    assert world.wanted() == {("nobody", "two")}
    assert not waiting.done()
    two.keeper.tick()
    assert isinstance(waiting.exception(WITHIN_S), Gone)
    assert world.wanted() == set()


def test_a_worker_that_was_taken_for_dead_asks_again_for_what_somebody_waits_for(world: World) -> None:
    one, two = world.watch("one"), world.watch("two")
    two.keeper.tick()
    waiting = two.ask(world.visit("minsu"))
    two.keeper.tick()
    world.clock.wait(SILENCE_S + 1)
    one.keeper.tick()
    assert world.wanted() == set()
    assert set(dict(world.roster.fleet().workers)) == {"one"}
    two.keeper.tick()
    assert world.wanted() == {("minsu", "two")}
    assert set(dict(world.roster.fleet().workers)) == {"one", "two"}
    two.may_paint.set()
    assert waiting.result(WITHIN_S).painter == "canned"
    until(lambda: world.wanted() == set())


def test_a_clock_that_is_put_back_silences_nobody(world: World) -> None:
    one, two = world.watch("one"), world.watch("two")
    for watch in (one, two):
        watch.keeper.tick()
    world.clock.wait(-3600.0)
    for _ in range(8):
        world.clock.wait(SILENCE_S / 3)
        for watch in (one, two):
            watch.keeper.tick()
        assert set(dict(world.roster.fleet().workers)) == {"one", "two"}


def test_what_is_painted_is_not_painted_for_again(world: World) -> None:
    one = world.watch("one")
    job = world.visit("minsu")
    waiting = one.ask(job)
    one.may_paint.set()
    one.keeper.tick()
    assert waiting.result(WITHIN_S).painter == "canned"
    one.keeper.tick()
    assert world.wanted() == set()
    assert world.roster.fleet().finished == 1
