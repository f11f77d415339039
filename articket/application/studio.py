"""Who is painting what right now, for those who watch; nothing depends on it, a restart forgets it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from articket.domain.faults import Fault


@dataclass(slots=True)
class Bench:
    """One painter's place in the studio."""

    busy: list[tuple[str, str]] = field(default_factory=list)
    last_s: float | None = None
    trouble: str | None = None


@dataclass(slots=True)
class Studio:
    """The painters at work; every method may be called from any thread."""

    benches: dict[str, Bench] = field(default_factory=dict)
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

    def took(self, painter: str, seconds: float) -> None:
        """Note how long the painter's last painting took."""
        with self.lock:
            self.benches.setdefault(painter, Bench()).last_s = seconds
