"""A day at the fair in real time: what happens in it happens on one thread, what takes time on others."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from threading import Condition, Thread

from articket.domain.faults import PainterFault
from articket.domain.fleet.server import Address, Kind
from bench.fair.easel import PacedServers, work_for
from bench.fair.machines import PacedClock
from bench.fair.visits import Guest

ATTEMPT_S = 300.0


@dataclass(slots=True)
class RealDay:
    """What happens when, until `closes_at`: what is not there by then is lost."""

    clock: PacedClock
    servers: PacedServers
    urls: list[str]
    closes_at: float
    bell: Condition = field(default_factory=Condition)
    entries: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    order: "count[int]" = field(default_factory=count)
    in_hand: int = 0

    @property
    def now(self) -> float:
        """Return the seconds since the doors opened."""
        return self.clock.now()

    def at(self, when: float, what: Callable[[], None]) -> None:
        """Have something happen then."""
        with self.bell:
            heapq.heappush(self.entries, (when, next(self.order), what))
            self.bell.notify_all()

    def paint(self, machine: int, guest: Guest, style: str, then: Callable[[str | None], None]) -> None:
        """Have a server try a painting, and say what became of it."""
        server = self.servers.reach(Address(self.urls[machine], Kind.A1111))

        def attempt() -> Callable[[], None]:
            code = None
            try:
                server.paint(work_for(guest.number, style), ATTEMPT_S)
            except PainterFault as fault:
                code = fault.code
            return lambda: then(code)

        self.meanwhile(attempt)

    def meanwhile(self, work: Callable[[], Callable[[], None]]) -> None:
        """Do what takes time, and have happen afterwards what it returns."""

        def run() -> None:
            then = work()
            with self.bell:
                self.in_hand -= 1
                self.at(self.now, then)

        with self.bell:
            self.in_hand += 1
        Thread(target=run, daemon=True).start()

    def run(self) -> None:
        """Let everything happen, until there is nothing more or the doors close."""
        while (what := self._next()) is not None:
            what()

    def _next(self) -> Callable[[], None] | None:
        with self.bell:
            while (self.entries or self.in_hand) and self.now < self.closes_at:
                due = self.entries[0][0] if self.entries else self.closes_at
                if due <= self.now:
                    return heapq.heappop(self.entries)[2]
                self.bell.wait(self.clock.real(min(due, self.closes_at)))
        return None
