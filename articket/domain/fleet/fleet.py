"""The aggregate: everything that workers must agree on before one of them talks to a server."""

from dataclasses import dataclass, replace
from typing import Self

from articket.domain.fleet.commission import Commission, Lease
from articket.domain.fleet.server import Server


@dataclass(frozen=True, slots=True)
class Fleet:
    """All servers, open commissions, leases, and when each worker was last heard of.

    `counted` names leases, `ateliers` servers; `finished`, `hedges` and `repainted` count paintings.
    """

    servers: tuple[Server, ...] = ()
    commissions: tuple[Commission, ...] = ()
    leases: tuple[Lease, ...] = ()
    workers: tuple[tuple[str, float], ...] = ()
    counted: int = 0
    ateliers: int = 0
    finished: int = 0
    hedges: int = 0
    repainted: int = 0

    def server(self, server: str) -> Server | None:
        """Return the server of that id, if there is one."""
        return next((each for each in self.servers if each.id == server), None)

    def commission(self, commission: str | None) -> Commission | None:
        """Return the commission of that id, if it is still open."""
        return next((each for each in self.commissions if each.id == commission), None)

    def lease(self, lease: str) -> Lease | None:
        """Return the lease of that id, if it still runs."""
        return next((each for each in self.leases if each.id == lease), None)

    def leases_on(self, server: str) -> tuple[Lease, ...]:
        """Return what a server is leased for now."""
        return tuple(each for each in self.leases if each.server == server)

    def leases_for(self, commission: str) -> tuple[Lease, ...]:
        """Return who works on a commission now."""
        return tuple(each for each in self.leases if each.commission == commission)

    def with_server(self, server: Server) -> Self:
        """Return the fleet with this server in the place of the one with its id."""
        return replace(self, servers=tuple(server if each.id == server.id else each for each in self.servers))

    def with_commission(self, commission: Commission) -> Self:
        """Return the fleet with this commission in the place of the one with its id."""
        changed = tuple(commission if each.id == commission.id else each for each in self.commissions)
        return replace(self, commissions=changed)

    def without_lease(self, lease: str) -> Self:
        """Return the fleet with this lease given back."""
        return replace(self, leases=tuple(each for each in self.leases if each.id != lease))
