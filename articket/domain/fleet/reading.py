"""Who may put a photo into words beside painting: a server that no painting could use at that moment."""

from articket.domain.fleet.commission import Commission
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.schedule import takes_work
from articket.domain.fleet.server import Kind, Server


def idle_readers(fleet: Fleet, now: float) -> tuple[Server, ...]:
    """Return the servers that stand idle while no painting waits for one, the slowest painters first."""
    if any(_waits(fleet, each, now) for each in fleet.commissions):
        return ()
    idle = [each for each in fleet.servers if _can_read(each) and not fleet.leases_on(each.id)]
    return tuple(sorted(idle, key=lambda each: (-each.speed, each.id)))


def _waits(fleet: Fleet, commission: Commission, now: float) -> bool:
    held = commission.hold_until > now
    return not held and not commission.hand and not fleet.leases_for(commission.id)


def _can_read(server: Server) -> bool:
    return takes_work(server) and server.kind is Kind.A1111 and server.warm and not server.trial
