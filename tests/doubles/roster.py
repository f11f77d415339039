"""The fleet in memory; passes the same contract as the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from articket.domain.fleet.fleet import Fleet


@dataclass
class MemoryPage:
    fleet: Fleet

    def save(self, fleet: Fleet) -> None:
        self.fleet = fleet


class MemoryRoster:
    """A Roster without a disk."""

    def __init__(self, fleet: Fleet | None = None) -> None:
        self._fleet = fleet or Fleet()
        self._lock = Lock()

    @contextmanager
    def transaction(self) -> Iterator[MemoryPage]:
        with self._lock:
            page = MemoryPage(self._fleet)
            yield page
            self._fleet = page.fleet

    def fleet(self) -> Fleet:
        return self._fleet
