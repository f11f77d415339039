"""Which servers belong to the fleet, and what staff and looks make of them."""

from dataclasses import replace
from typing import Final

from articket.domain.experience import ModelFamily
from articket.domain.faults import ServerRefused
from articket.domain.fleet.commission import Lease, Purpose
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.leasing import SHUT_PAUSE_S, broken
from articket.domain.fleet.server import Address, Health, Kind, Looked, Mode, Server

LONGEST_NAME: Final = 24
LOOK_EVERY_S: Final = 60.0
REST_LOOK_EVERY_S: Final = 2.0
LOOK_LIMIT_S: Final = 20.0


def add(fleet: Fleet, address: Address, *, name: str = "", limit: int = 1) -> Fleet:
    """Let a server join; ServerRefused where its address is in the fleet already."""
    if any(each.address.url == address.url for each in fleet.servers if not each.is_laptop):
        raise ServerRefused("server-known", "A server of that address is in the fleet.")
    number = fleet.ateliers + 1
    server = Server(f"server-{number}", address, number, _proper(name), limit=max(1, limit))
    return replace(fleet, servers=(*fleet.servers, server), ateliers=number)


def add_laptop(fleet: Fleet, worker: str, limit: int) -> Fleet:
    """Let a worker's own painters stand by; another row of the same worker is replaced."""
    address = Address("", Kind.LAPTOP)
    row = Server(f"laptop-{worker}", address, health=Health.READY, limit=limit, worker=worker, warm=True)
    return replace(fleet, servers=(*(each for each in fleet.servers if each.id != row.id), row))


def drain(fleet: Fleet, server: str) -> Fleet:
    """Let a server finish what it has in hand and give it nothing more."""
    return _settled(fleet.with_server(replace(known(fleet, server), mode=Mode.DRAINING)))


def resume(fleet: Fleet, server: str) -> Fleet:
    """Let a server paint again, after a fresh look at it."""
    row = known(fleet, server)
    health = row.health if row.is_laptop or row.health is Health.RESTING else Health.NEW
    return fleet.with_server(replace(row, mode=Mode.ON, health=health, fails=0))


def remove(fleet: Fleet, server: str) -> Fleet:
    """Take a server out; what it paints right now is still accepted when it comes in time."""
    row = known(fleet, server)
    if row.is_laptop:
        raise ServerRefused("server-gone", "The laptop's painters cannot be removed.")
    return replace(fleet, servers=tuple(each for each in fleet.servers if each.id != server))


def change(fleet: Fleet, server: str, name: str, family: ModelFamily | None) -> Fleet:
    """Call a server by another name, or say which family of models it paints with."""
    return fleet.with_server(replace(known(fleet, server), name=_proper(name), wished_family=family))


def call_again(fleet: Fleet, server: str, now: float) -> Fleet:
    """Have a server looked at and tried out as soon as possible, because staff asked."""
    row = known(fleet, server)
    if row.is_laptop or row.health is Health.RESTING:
        return fleet
    return fleet.with_server(replace(row, health=Health.NEW, again_at=now, looking_until=None, warm=False))


def known(fleet: Fleet, server: str) -> Server:
    """Return the server, or raise ServerRefused."""
    row = fleet.server(server)
    if row is None:
        raise ServerRefused("server-gone", "The fleet has no such server.")
    return row


def due_for_a_look(fleet: Fleet, now: float) -> tuple[Server, ...]:
    """Return the servers that some worker should look at now."""
    return tuple(each for each in fleet.servers if _is_due(each, now))


def look_begun(fleet: Fleet, server: str, now: float) -> Fleet:
    """Keep other workers from looking at the same server meanwhile."""
    return fleet.with_server(replace(known(fleet, server), looking_until=now + LOOK_LIMIT_S))


def seen(fleet: Fleet, server: str, address: Address, looked: Looked, now: float) -> Fleet:
    """Note what a look found; a server that was out of service may prove itself by one painting."""
    row = fleet.server(server)
    if row is None:
        return fleet
    was_broken = row.health in (Health.BROKEN, Health.SHUT)
    back = row.health is not Health.RESTING
    row = replace(row, address=address, looked=looked, looked_at=now, looking_until=None)
    if back:
        fine = replace(row, health=Health.READY, again_at=None, trial=was_broken or row.trial)
        row = fine if was_broken else replace(fine, trouble=None, trouble_since=None, trouble_params=())
    return fleet.with_server(row)


def not_seen(  # noqa: PLR0913 - a trouble is made of all of them
    fleet: Fleet,
    server: str,
    code: str,
    now: float,
    *,
    for_a_person: bool,
    params: tuple[tuple[str, str | int], ...] = (),
) -> Fleet:
    """Note that a look failed: the server is called again later, or waits for somebody to mend it."""
    row = fleet.server(server)
    if row is None:
        return fleet
    since = row.trouble_since if row.trouble == code else now
    row = replace(
        row, looking_until=None, looked_at=now, trouble=code, trouble_since=since, trouble_params=params,
        fails=row.fails + 1,
    )  # fmt: skip
    if for_a_person:
        row = replace(row, health=Health.SHUT, again_at=now + SHUT_PAUSE_S)
    elif row.health is not Health.RESTING:
        row = broken(row, now)
    return fleet.with_server(row)


def rested(fleet: Fleet, server: str, now: float, *, busy: bool | None) -> Fleet:
    """End a rest when the server says that it is idle, or cannot say and its time is up."""
    row = fleet.server(server)
    if row is None or row.health is not Health.RESTING:
        return fleet
    up = row.again_at is None or now >= row.again_at
    row = replace(row, looking_until=None, looked_at=now)
    if busy is False or (busy is None and up):
        row = replace(row, health=Health.READY, again_at=None)
    return fleet.with_server(row)


def due_for_warming(fleet: Fleet) -> tuple[Server, ...]:
    """Return servers that should paint a tiny picture first, so that no visitor waits for their model."""
    return tuple(
        each
        for each in fleet.servers
        if not each.warm
        and each.mode is Mode.ON
        and each.health is Health.READY
        and not fleet.leases_on(each.id)
    )


def lease_for(  # noqa: PLR0913, PLR0917 - a lease is made of all of them
    fleet: Fleet, server: str, worker: str, purpose: Purpose, now: float, limit_s: float
) -> Fleet:
    """Take a server for something other than a painting; the lease is the last of the fleet's."""
    lease = Lease(f"lease-{fleet.counted + 1}", server, worker, now, limit_s, limit_s, purpose, begun=True)
    return replace(fleet, leases=(*fleet.leases, lease), counted=fleet.counted + 1)


def _is_due(server: Server, now: float) -> bool:
    if server.is_laptop or server.mode is Mode.OFF or (server.looking_until or 0.0) > now:
        return False
    if server.health is Health.RESTING:
        return now >= (server.looked_at or 0.0) + REST_LOOK_EVERY_S
    if server.health in (Health.BROKEN, Health.SHUT):
        return now >= (server.again_at or 0.0)
    return server.health is Health.NEW or now >= (server.looked_at or 0.0) + LOOK_EVERY_S


def settle(fleet: Fleet) -> Fleet:
    """Let drained servers without work be off."""
    return _settled(fleet)


def _settled(fleet: Fleet) -> Fleet:
    for server in fleet.servers:
        if server.mode is Mode.DRAINING and not fleet.leases_on(server.id):
            fleet = fleet.with_server(replace(server, mode=Mode.OFF))
    return fleet


def _proper(name: str) -> str:
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise ServerRefused("server-name", "A server's name is too long.", limit=LONGEST_NAME)
    return name
