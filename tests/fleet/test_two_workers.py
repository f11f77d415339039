"""Whole workers as processes of their own share one fleet, and outlive each other."""

import os
import queue
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest
from doubles.a1111 import Double, a1111
from doubles.postgres import Cluster, lent
from durability.booth import Phone
from durability.killing import portrait
from fleet.worker import open_house

from articket.bootstrap import House
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.leasing import SILENCE_S
from articket.domain.fleet.server import Health, Server
from articket.domain.jobs import PaintJob
from articket.domain.visit import PaintingStatus

TESTS = Path(__file__).parents[1]
WITHIN_S = 100.0
# Before the heartbeat, of which the last may be 4 seconds old, could have told.
SOON_S = SILENCE_S - 5.0


cluster = pytest.fixture(scope="session")(lent)


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'articket.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, sqlite: str) -> str:
    if request.param == "sqlite":
        return sqlite
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.fresh()


@dataclass
class Worker:
    """A worker's process, what it is called, and what it says."""

    process: subprocess.Popen[str]
    name: str = ""
    said: "queue.Queue[list[str]]" = field(default_factory=queue.Queue)

    def listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.put(line.split())

    def paint(self, *jobs: PaintJob) -> None:
        assert self.process.stdin is not None
        for job in jobs:
            self.process.stdin.write(f"{job.visit} {job.photo} {job.style}\n")
        self.process.stdin.flush()

    def hear(self, count: int) -> list[list[str]]:
        """Wait for so many more jobs to end and return what became of them."""
        return [self.said.get(timeout=WITHIN_S) for _ in range(count)]

    def signal(self, number: signal.Signals) -> None:
        os.killpg(self.process.pid, number)


@dataclass
class Booth:
    """What the workers share, seen from the test's own process."""

    data: Path
    database: str
    house: House
    doubles: tuple[Double, ...]

    @property
    def fleet(self) -> Fleet:
        return self.house.ateliers.desk.fleet()

    def server(self) -> Server:
        """The only rented server."""
        (row,) = [each for each in self.fleet.servers if not each.is_laptop]
        return row

    def commissions(self, visits: int) -> list[PaintJob]:
        """Let visits send their photos, and return all that has to be painted for them."""
        for number in range(visits):
            Phone(self.house, f"phone-{number}").prepare(portrait())
        return [each for each in self.house.visits.pending(100) if isinstance(each, PaintJob)]

    def seed(self, job: PaintJob) -> int:
        return self.house.floor.seals.seed(job.visit, job.photo, job.style)

    def painter(self, job: PaintJob) -> str | None:
        """Who painted it, None until it hangs."""
        visit = self.house.visits.visit(job.visit)
        assert visit is not None
        (easel,) = [each for each in visit.easels if each.style == job.style]
        return easel.painter if easel.status is PaintingStatus.DONE else None

    @contextmanager
    def worker(self) -> Iterator[Worker]:
        """A worker that is here."""
        with self.workers(1) as (worker,):
            yield worker

    @contextmanager
    def workers(self, count: int) -> Iterator[list[Worker]]:
        """Workers that came at once and are all here."""
        with ExitStack() as stack:
            workers = [stack.enter_context(self._started()) for _ in range(count)]
            for worker in workers:
                here, worker.name = worker.said.get(timeout=WITHIN_S)
                assert here == "here"
            yield workers

    @contextmanager
    def _started(self) -> Iterator[Worker]:
        process = subprocess.Popen(
            # Not -m: painting processes would import the whole worker again.
            [
                sys.executable, "-c", "from fleet.worker import main; main()",
                str(self.data), self.database, *(each.url for each in self.doubles),
            ],
            cwd=TESTS,
            env={"PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent))), "PATH": os.environ["PATH"]},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        worker = Worker(process)
        listener = Thread(target=worker.listen)
        listener.start()
        try:
            yield worker
        finally:
            if process.poll() is None:
                worker.signal(signal.SIGKILL)
            process.wait()
            listener.join()
            for pipe in (process.stdin, process.stdout):
                assert pipe is not None
                with suppress(BrokenPipeError):
                    pipe.close()

    def warm(self) -> None:
        """Wait until every server was tried out."""
        until(lambda: self.fleet.servers and all(each.warm for each in self.fleet.servers))


@contextmanager
def booth(data: Path, database: str, *doubles: Double) -> Iterator[Booth]:
    house = open_house(data, database)
    try:
        yield Booth(data, database, house, doubles)
    finally:
        house.eye.close(at_once=True)
        house.paintings.close(at_once=True)
        house.database.close()


def until(
    what: Callable[[], object], limit_s: float = WITHIN_S, otherwise: Callable[[], object] = lambda: ""
) -> None:
    deadline, pause = monotonic() + limit_s, Event()
    while not what():
        assert monotonic() < deadline, f"it never happened {otherwise()}"
        pause.wait(0.05)


def busy_at_half(worker: Worker, booth: Booth, job: PaintJob) -> None:
    """Let a worker's painting stand still in the middle."""
    (double,) = booth.doubles
    double.behave(seconds=0.4, held_at=0.5)
    worker.paint(job)
    until(lambda: double.awaiting == 1, otherwise=lambda: f"{booth.fleet} {list(worker.said.queue)}")


def stop_between_writes(worker: Worker, file: Path) -> None:
    """Stop a process while it does not hold SQLite's only lock: nobody could do anything without it."""

    def has_stopped() -> bool:
        worker.signal(signal.SIGSTOP)
        with closing(sqlite3.connect(file, timeout=1.0, isolation_level=None)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
                other.execute("ROLLBACK")
            except sqlite3.OperationalError:
                worker.signal(signal.SIGCONT)
                return False
            return True

    until(has_stopped)


def test_two_busy_workers_give_each_server_one_painting_at_a_time_and_paint_everything_once(
    tmp_path: Path, database: str
) -> None:
    with (
        a1111(seconds=0.3) as one,
        a1111(seconds=0.5) as two,
        booth(tmp_path, database, one, two) as shared,
        shared.workers(2) as (first, second),
    ):
        jobs = shared.commissions(visits=3)
        shared.warm()
        tried_out = len(one.works) + len(two.works)
        assert tried_out == 2, "each server was tried out by one of the two"
        first.paint(*jobs[0::2])
        second.paint(*jobs[1::2])
        for worker, mine in ((first, jobs[0::2]), (second, jobs[1::2])):
            assert sorted(worker.hear(len(mine))) == sorted(["done", each.id] for each in mine)
        fleet = shared.fleet
        assert (one.most_at_once, two.most_at_once) == (1, 1)
        assert (fleet.commissions, fleet.finished) == ((), len(jobs))
        times = Counter(each.seed for each in (*one.works, *two.works))
        assert {times[shared.seed(job)] for job in jobs} <= {1, 2}
        assert sum(times[shared.seed(job)] - 1 for job in jobs) <= fleet.hedges
        assert {shared.painter(job) for job in jobs} == {"atelier-1", "atelier-2"}


def test_a_killed_workers_server_rests_until_it_is_idle_and_then_paints_for_the_other(
    tmp_path: Path, database: str
) -> None:
    with (
        a1111(seconds=0.2) as double,
        booth(tmp_path, database, double) as shared,
        shared.workers(2) as (living, dying),
    ):
        lost, waiting, after, *_ = shared.commissions(visits=1)
        shared.warm()
        busy_at_half(dying, shared, lost)
        dying.paint(waiting)
        until(lambda: len(shared.fleet.commissions) == 2)
        dying.signal(signal.SIGKILL)
        assert {each.worker for each in shared.fleet.leases} == {dying.name}
        until(lambda: dying.name not in dict(shared.fleet.workers))
        fleet = shared.fleet
        assert (fleet.commissions, fleet.leases) == ((), ())
        assert [each.worker for each in fleet.servers if each.is_laptop] == [living.name]
        assert double.in_hand == 1, "it goes on painting what nobody waits for"
        assert shared.server().health is Health.RESTING
        double.behave(held_at=None)
        until(lambda: shared.server().health is Health.READY)
        living.paint(after, lost)
        assert sorted(living.hear(2)) == sorted(["done", each.id] for each in (after, lost))
        assert {shared.painter(job) for job in (after, lost)} == {"atelier-1"}
        assert double.most_at_once == 1


def test_a_worker_that_starts_leaves_to_the_living_what_is_theirs(tmp_path: Path, sqlite: str) -> None:
    with (
        a1111(seconds=0.2) as double,
        booth(tmp_path, sqlite, double) as shared,
        shared.worker() as first,
    ):
        mine, others, *_ = shared.commissions(visits=1)
        shared.warm()
        busy_at_half(first, shared, mine)
        before = shared.fleet
        with shared.worker() as second:
            fleet = shared.fleet
            assert set(dict(fleet.workers)) == {first.name, second.name}
            assert (fleet.leases, fleet.commissions) == (before.leases, before.commissions)
            assert shared.server().health is Health.READY
            second.paint(others)
            until(lambda: len(shared.fleet.commissions) == 2)
            double.behave(held_at=None)
            assert first.hear(1) == [["done", mine.id]]
            assert second.hear(1) == [["done", others.id]]
        assert double.most_at_once == 1
        assert len([each for each in double.works if each.seed == shared.seed(mine)]) == 1


def test_a_start_after_the_power_went_waits_for_no_heartbeat(tmp_path: Path, sqlite: str) -> None:
    with a1111(seconds=0.2) as double, booth(tmp_path, sqlite, double) as shared:
        job, *_ = shared.commissions(visits=1)
        with shared.workers(2) as (first, second):
            shared.warm()
            busy_at_half(first, shared, job)
            first.signal(signal.SIGKILL)
            second.signal(signal.SIGKILL)
        with shared.worker() as third:
            fleet = shared.fleet
            assert set(dict(fleet.workers)) == {third.name}
            assert (fleet.leases, fleet.commissions) == ((), ())
            assert shared.server().health is Health.RESTING
            double.behave(held_at=None)
            until(lambda: shared.server().health is Health.READY)
            third.paint(job)
            assert third.hear(1) == [["done", job.id]]
            assert shared.painter(job) == "atelier-1"


def test_a_worker_that_was_taken_for_dead_goes_on_where_it_was(tmp_path: Path, sqlite: str) -> None:
    with (
        a1111(seconds=0.2) as double,
        booth(tmp_path, sqlite, double) as shared,
        shared.workers(2) as (asleep, awake),
    ):
        held, waiting, *_ = shared.commissions(visits=1)
        shared.warm()
        busy_at_half(asleep, shared, held)
        asleep.paint(waiting)
        until(lambda: len(shared.fleet.commissions) == 2)
        stop_between_writes(asleep, tmp_path / "articket.db")
        until(lambda: set(dict(shared.fleet.workers)) == {awake.name})
        assert shared.fleet.commissions == ()
        asleep.signal(signal.SIGCONT)
        double.behave(held_at=None)
        assert sorted(asleep.hear(2)) == sorted(["done", each.id] for each in (held, waiting))
        until(lambda: set(dict(shared.fleet.workers)) == {asleep.name, awake.name})
        assert (shared.fleet.commissions, shared.fleet.leases) == ((), ())
        assert double.most_at_once == 1
        assert len([each for each in shared.fleet.servers if each.is_laptop]) == 2


def test_a_worker_that_ends_in_peace_leaves_nothing_behind(tmp_path: Path, sqlite: str) -> None:
    with (
        a1111(seconds=0.2) as double,
        booth(tmp_path, sqlite, double) as shared,
        shared.workers(2) as (leaving, staying),
    ):
        job, *_ = shared.commissions(visits=1)
        shared.warm()
        busy_at_half(leaving, shared, job)
        assert leaving.process.stdin is not None
        leaving.process.stdin.close()
        until(lambda: set(dict(shared.fleet.workers)) == {staying.name}, SOON_S)
        assert (shared.fleet.commissions, shared.fleet.leases) == ((), ())
        assert shared.server().health is Health.RESTING
        assert leaving.process.wait(WITHIN_S) == 0
