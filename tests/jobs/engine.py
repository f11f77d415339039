"""DBOS belongs to a whole process, so each life of the engine is one: database, notes, what to do."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock
from time import monotonic

from articket.adapters.database.engine import Database, engine_for_jobs
from articket.adapters.database.visits import SqlVisits
from articket.adapters.jobs.engine import DbosJobs
from articket.domain.faults import Fault, StoreFull, TemplateBroken
from articket.domain.jobs import EraseJob, Job, PaintJob, TicketJob

DEADLINE_S = 40.0


class Life:
    """One process's engine; jobs do what their style says, and all that is run or reported is noted."""

    def __init__(self, folder: Path) -> None:
        url = f"sqlite:///{folder / 'articket.db'}"
        self.database = Database(url)
        self.visits = SqlVisits(self.database)
        self.jobs = DbosJobs(engine_for_jobs(url), url, self.visits, 2)
        self.ran: list[str] = []
        self.heard: list[tuple[str, str | None]] = []
        self.given_up: list[tuple[str, str]] = []
        self.let_go = Event()
        self._lock = Lock()

    def run(self, job: Job) -> None:
        with self._lock:
            self.ran.append(job.id)
            times = self.ran.count(job.id)
        if isinstance(job, TicketJob):
            raise TemplateBroken("template-broken", "No box.")
        if isinstance(job, EraseJob):
            self.jobs.forget(job.visit)
        if isinstance(job, PaintJob):
            if job.style == "stuck":
                self.let_go.wait()
            if job.style == "full" and times == 1:
                raise StoreFull("store-full", "No room.")
            if job.style == "odd" and times == 1:
                raise ZeroDivisionError

    def report(self, job: Job, fault: Fault | None) -> None:
        with self._lock:
            self.heard.append((job.id, fault.code if fault else None))

    def give_up(self, job: Job, fault: Fault) -> None:
        with self._lock:
            self.given_up.append((job.id, fault.code))

    def start(self) -> None:
        self.jobs.start(self.run, self.report, self.give_up)

    def order(self, *jobs: Job) -> None:
        with self.visits.transaction() as transaction:
            transaction.order(jobs)
        self.jobs.wake()

    def until(self, what: Callable[[], bool]) -> None:
        deadline, pause = monotonic() + DEADLINE_S, Event()
        while not what():
            assert monotonic() < deadline, (self.ran, self.heard)
            pause.wait(0.02)

    def kept(self) -> list[str]:
        with self.database.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT workflow_uuid, status FROM workflow_status ORDER BY 1")
            return [" ".join(row) for row in rows]

    def until_kept(self, *rows: str) -> None:
        self.until(lambda: set(rows) <= set(self.kept()))


def once(life: Life) -> None:
    life.start()
    job = PaintJob("a", 1, "sea")
    life.order(job, job)
    life.order(job)
    life.until_kept("paint:a:1:sea SUCCESS")
    life.order(job, PaintJob("a", 2, "sea"))
    life.until_kept("paint:a:2:sea SUCCESS")
    life.until(lambda: not life.visits.pending(1))


def failing(life: Life) -> None:
    life.start()
    life.order(PaintJob("a", 1, "full"), PaintJob("a", 1, "odd"), TicketJob("a", 1))
    life.until_kept("paint:a:1:full~1 SUCCESS", "paint:a:1:odd~1 SUCCESS", "ticket:a:1 SUCCESS")


def forgetting(life: Life) -> None:
    life.start()
    life.order(PaintJob("a", 1, "sea"), PaintJob("b", 1, "sea"), TicketJob("a", 1), PaintJob("a", 1, "stuck"))
    life.until_kept("paint:a:1:sea SUCCESS", "ticket:a:1 SUCCESS", "paint:b:1:sea SUCCESS")
    life.until(lambda: "paint:a:1:stuck" in life.ran)
    life.order(EraseJob("a"))
    life.until_kept("erase:a SUCCESS")


def leaving(life: Life) -> None:
    """End in the middle of two jobs, with a third in the engine and a fourth in the outbox."""
    life.start()
    life.order(PaintJob("a", 1, "sea"))
    life.until_kept("paint:a:1:sea SUCCESS")
    life.order(*(PaintJob(visit, 1, "stuck") for visit in "abc"))
    life.until(lambda: life.ran.count("paint:a:1:stuck") + life.ran.count("paint:b:1:stuck") == 2)
    life.until_kept("paint:c:1:stuck ENQUEUED")


def returning(life: Life) -> None:
    with life.visits.transaction() as transaction:
        transaction.order([PaintJob("d", 1, "sea")])
    life.let_go.set()
    life.start()
    life.until_kept(*(f"paint:{visit}:1:stuck SUCCESS" for visit in "abc"), "paint:d:1:sea SUCCESS")


ACTS = {act.__name__: act for act in (once, failing, forgetting, leaving, returning)}


def main() -> None:
    life = Life(Path(sys.argv[1]))
    ACTS[sys.argv[2]](life)
    told = {"ran": life.ran, "heard": life.heard, "given_up": life.given_up, "kept": life.kept()}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    life.jobs.close()
    life.database.close()
    os._exit(0)  # jobs that are stuck would hold the interpreter


if __name__ == "__main__":
    main()
