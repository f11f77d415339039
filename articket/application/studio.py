"""Who is painting what right now, for those who watch; nothing depends on it, a restart forgets it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from time import time

from articket.domain.faults import Fault
from articket.domain.jobs import EraseJob, Job


@dataclass(slots=True)
class Bench:
    """One painter's place in the studio."""

    busy: list[tuple[str, str]] = field(default_factory=list)
    last_s: float | None = None
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """A job that failed and is tried again, or was given up."""

    job: Job
    code: str
    since: float


@dataclass(slots=True)
class Studio:
    """The painters at work; every method may be called from any thread."""

    benches: dict[str, Bench] = field(default_factory=dict)
    troubles: dict[str, Trouble] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    @contextmanager
    def painting(self, painter: str, visit: str, style: str) -> Iterator[None]:
        """Note that a painter works on a visit's commission, and how it ended."""
        job = (visit, style)
        with self.lock:
            bench = self.benches.setdefault(painter, Bench())
            bench.busy.append(job)
        try:
            yield
        except Fault as fault:
            bench.trouble = fault.code
            raise
        else:
            bench.trouble = None
        finally:
            with self.lock:
                bench.busy.remove(job)

    def now(self) -> list[tuple[str, Bench]]:
        """Return the painters by name, each with a copy of its bench."""
        with self.lock:
            return [
                (name, Bench(list(bench.busy), bench.last_s, bench.trouble))
                for name, bench in sorted(self.benches.items())
            ]

    def heard(self, job: Job, fault: Fault | None) -> None:
        """Note that a job failed, or that it went well after all."""
        with self.lock:
            before = self.troubles.pop(job.id, None)
            if isinstance(job, EraseJob):
                self._forget(job.visit)
            if fault is not None:
                since = before.since if before else time()
                self.troubles[job.id] = Trouble(job, fault.code, since)

    def in_trouble(self) -> list[Trouble]:
        """Return the jobs that failed last time, the longest in trouble first."""
        with self.lock:
            return sorted(self.troubles.values(), key=lambda trouble: trouble.since)

    def took(self, painter: str, seconds: float, trouble: str | None = None) -> None:
        """Note how long the painter's last painting took, and what it stumbled over."""
        with self.lock:
            bench = self.benches.setdefault(painter, Bench())
            bench.last_s, bench.trouble = seconds, trouble

    def _forget(self, visit: str) -> None:
        self.troubles = {id_: each for id_, each in self.troubles.items() if each.job.visit != visit}
