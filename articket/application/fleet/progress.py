"""How far paintings are, as the servers that have them in hand say; kept in memory, for whoever looks."""

from dataclasses import dataclass, field
from math import inf
from threading import Lock
from typing import Final

from articket.application.fleet.ports import ImageServers
from articket.application.ports import Clock
from articket.domain.fleet.commission import Lease, Purpose
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.server import Server

ASK_EVERY_S: Final = 2.0
STROKES_S: Final = 4.0
PAINTS: Final = (Purpose.PAINT, Purpose.HEDGE)


@dataclass(slots=True)
class Progress:
    """Shares by lease; `next_ask` is endless while a server is being asked, so that nobody asks it twice."""

    servers: ImageServers
    clock: Clock
    shares: dict[str, float] = field(default_factory=dict)
    next_ask: dict[str, float] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def share(self, lease: str) -> float | None:
        """Return how much of a lease's painting is done, 0 to 1, or None where its server did not say."""
        return self.shares.get(lease)

    def due(self, fleet: Fleet, worker: str, now: float) -> list[tuple[Lease, Server]]:
        """Return whom to ask now, and forget the leases that have ended."""
        at_work = [(lease, row) for lease in fleet.leases if (row := _teller(fleet, lease, worker))]
        with self.lock:
            self.next_ask = {lease.id: self.next_ask.get(lease.id, now + ASK_EVERY_S) for lease, _ in at_work}
            self.shares = {lease: share for lease, share in self.shares.items() if lease in self.next_ask}
            due = [(lease, row) for lease, row in at_work if now >= self.next_ask[lease.id]]
            self.next_ask |= {lease.id: inf for lease, _ in due}
        return due

    def ask(self, lease: Lease, server: Server) -> bool:
        """Ask a server how far it is, and return whether that is news; it may take seconds."""
        found = self.servers.reach(server.address).strokes(STROKES_S).share
        with self.lock:
            if lease.id not in self.next_ask:
                return False
            self.next_ask[lease.id] = self.clock.now() + ASK_EVERY_S
            if found is None or found == self.shares.get(lease.id):
                return False
            self.shares[lease.id] = found
            return True


def _teller(fleet: Fleet, lease: Lease, worker: str) -> Server | None:
    """Return the server that can tell of this lease: one that has several in hand tells of any of them."""
    if lease.worker != worker or not lease.begun or lease.purpose not in PAINTS:
        return None
    server = fleet.server(lease.server)
    if server is None or server.is_laptop or len(fleet.leases_on(server.id)) > 1:
        return None
    return server
