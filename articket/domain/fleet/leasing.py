"""How commissions come and go, how leases end, and what becomes of a server by it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from articket.domain.fleet.commission import Commission, Lease, Purpose
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.rules import FleetRules
from articket.domain.fleet.server import SPEEDS_KEPT, TRIES_KEPT, Health, Server, TooLarge, Try

ATTEMPTS: Final = 3
FAULTS_IN_A_ROW: Final = 2
FIRST_PAUSE_S: Final = 10.0
LONGEST_PAUSE_S: Final = 120.0
SHUT_PAUSE_S: Final = 30.0
REST_S: Final = 60.0
READING_REST_S: Final = 15.0
QUARANTINE_S: Final = 600.0
SILENCE_S: Final = 15.0

OUT_OF_MEMORY: Final = "painter-out-of-memory"
SLOW: Final = "painter-slow"
UNREACHABLE: Final = "painter-unreachable"
REFUSED: Final = "painter-order-refused"
NEEDS_A_PERSON: Final = frozenset(
    {"painter-locked", "painter-no-api", "painter-unsupported", "painter-model-missing"}
)


def request(fleet: Fleet, commission: Commission, now: float) -> Fleet:
    """Put a commission into the line; one that another worker left behind is taken over."""
    old = fleet.commission(commission.id)
    if old is None:
        return replace(fleet, commissions=(*fleet.commissions, commission))
    if old.worker == commission.worker:
        return fleet
    for lease in fleet.leases_for(old.id):
        fleet = _orphaned(fleet, lease, now)
    return fleet.with_commission(replace(commission, tried=old.tried, code=old.code))


def withdraw(fleet: Fleet, gone: Callable[[Commission], bool]) -> Fleet:
    """Drop commissions that nobody wants any more; what is being painted for them ends unseen."""
    return replace(fleet, commissions=tuple(each for each in fleet.commissions if not gone(each)))


def begin(fleet: Fleet, lease: str) -> Fleet:
    """Note that a worker took a lease up, so that it does so once."""
    begun = tuple(replace(each, begun=True) if each.id == lease else each for each in fleet.leases)
    return replace(fleet, leases=begun)


def finish(fleet: Fleet, lease_id: str, seconds: float, now: float, rules: FleetRules) -> Fleet:
    """Give a lease back with its work done; the first to finish a commission closes it."""
    lease = fleet.lease(lease_id)
    if lease is None:
        return fleet
    fleet = fleet.without_lease(lease_id)
    server, commission = fleet.server(lease.server), fleet.commission(lease.commission)
    if server is not None:
        fleet = fleet.with_server(_praised(server, lease, seconds, now, _size(lease, fleet, rules)))
    if commission is None:
        return fleet
    return replace(
        fleet,
        commissions=tuple(each for each in fleet.commissions if each.id != commission.id),
        finished=fleet.finished + 1,
        repainted=fleet.repainted + bool(commission.tried),
    )


def fail(fleet: Fleet, lease_id: str, attempt: Try, rules: FleetRules) -> Fleet:
    """Give a lease back with a fault: the server suffers for it, the commission goes to somebody else."""
    lease = fleet.lease(lease_id)
    if lease is None:
        return fleet
    server, commission = fleet.server(lease.server), fleet.commission(lease.commission)
    if server is not None and lease.purpose is Purpose.CAPTION:
        fleet = fleet.with_server(_read_in_vain(server, attempt))
    elif server is not None:
        pixels = _pixels(lease, commission, rules)
        fleet = fleet.with_server(_blamed(server, lease, attempt, pixels))
    fleet = fleet.without_lease(lease_id)
    if commission is None:
        return fleet
    tried = (*commission.tried, lease.server)
    hopeless = len(tried) >= ATTEMPTS or attempt.code == REFUSED
    return fleet.with_commission(
        replace(commission, tried=tried, code=attempt.code, hand=commission.hand or hopeless)
    )


def heard(fleet: Fleet, worker: str, now: float) -> Fleet:
    """Note that a worker is alive, and clear away what silent ones left.

    Whoever has something without ever having been heard of is silent from now on, and nobody was heard of
    later than now: a clock that was put back would let the dead live.
    """
    known = {each: min(at, now) for each, at in fleet.workers}
    workers = {**dict.fromkeys(_owners(fleet), now), **known, worker: now}
    silent = {each for each, at in workers.items() if now > at + SILENCE_S}
    for lost in silent:
        fleet = forget_worker(fleet, lost, now)
    return replace(fleet, workers=tuple((each, at) for each, at in workers.items() if each not in silent))


def forget_worker(fleet: Fleet, worker: str, now: float) -> Fleet:
    """Take back what a worker that is gone had: servers rest, its commissions wait for their new worker."""
    for lease in fleet.leases:
        if lease.worker == worker:
            fleet = _orphaned(fleet, lease, now)
    return replace(
        fleet,
        servers=tuple(each for each in fleet.servers if each.worker != worker),
        commissions=tuple(each for each in fleet.commissions if each.worker != worker),
        workers=tuple((each, at) for each, at in fleet.workers if each != worker),
    )


def _owners(fleet: Fleet) -> list[str]:
    at_work = {each.worker for each in fleet.leases} | {each.worker for each in fleet.commissions}
    return sorted(at_work | {each.worker for each in fleet.servers if each.worker})


def _orphaned(fleet: Fleet, lease: Lease, now: float) -> Fleet:
    server = fleet.server(lease.server)
    fleet = fleet.without_lease(lease.id)
    if server is None or server.is_laptop or not lease.begun:
        return fleet
    return fleet.with_server(_resting(server, now))


def _praised(server: Server, lease: Lease, seconds: float, now: float, size: float | None) -> Server:
    if lease.purpose is Purpose.CAPTION:
        return server  # who reads a photo proves nothing as a painter
    server = replace(server, fails=0, trial=False, trouble=None, trouble_since=None, warm=True)
    if server.health is not Health.RESTING:
        server = replace(server, health=Health.READY, again_at=None)
    if lease.purpose not in (Purpose.PAINT, Purpose.HEDGE):
        return server
    speeds = server.speeds
    if size and not lease.first_call:
        speeds = (*speeds, seconds / size)[-SPEEDS_KEPT:]
    tries = (*server.tries, Try(now, seconds))[-TRIES_KEPT:]
    return replace(server, tries=tries, speeds=speeds, painted=server.painted + 1)


def _read_in_vain(server: Server, attempt: Try) -> Server:
    """Return the server as it was, in peace where it may still have the photo in hand."""
    if attempt.code not in (SLOW, UNREACHABLE):
        return server
    return replace(server, health=Health.RESTING, again_at=attempt.at + READING_REST_S)


def _blamed(server: Server, lease: Lease, attempt: Try, pixels: int) -> Server:
    code, now = attempt.code or "", attempt.at
    fails = server.fails + 1
    server = replace(
        server,
        fails=fails,
        trial=False,
        trouble=code,
        trouble_since=server.trouble_since if server.trouble == code else now,
    )
    if lease.purpose in (Purpose.PAINT, Purpose.HEDGE):
        tries = (*server.tries, attempt)[-TRIES_KEPT:]
        server = replace(server, tries=tries, lost=server.lost + 1)
    if server.is_laptop or code == REFUSED:
        return replace(server, fails=0)
    if code in NEEDS_A_PERSON:
        return replace(server, health=Health.SHUT, again_at=now + SHUT_PAUSE_S)
    if code == OUT_OF_MEMORY:
        known = tuple(each for each in server.too_large if each.until > now and each.pixels < pixels)
        return replace(server, too_large=(*known, TooLarge(pixels, now + QUARANTINE_S)))
    if code == SLOW:
        return _resting(server, now)
    if code == UNREACHABLE or lease.purpose is Purpose.WARM_UP or fails >= FAULTS_IN_A_ROW:
        return broken(server, now)
    return server


def broken(server: Server, now: float) -> Server:
    """Return the server out of service, to be called again after a pause that grows with its faults."""
    pause = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** max(0, min(server.fails, 10) - FAULTS_IN_A_ROW))
    return replace(server, health=Health.BROKEN, again_at=now + pause)


def _resting(server: Server, now: float) -> Server:
    """Return the server left in peace: it may still paint what nobody waits for any more."""
    return replace(server, health=Health.RESTING, again_at=now + (server.late_s or REST_S))


def _pixels(lease: Lease, commission: Commission | None, rules: FleetRules) -> int:
    if commission is None or lease.family is None:
        return 0
    work = rules.work(commission.style, lease.family)
    return int(work.pixels * lease.scale**2) if work else 0


def _size(lease: Lease, fleet: Fleet, rules: FleetRules) -> float | None:
    commission = fleet.commission(lease.commission)
    work = rules.work(commission.style, lease.family) if commission and lease.family else None
    return work.megapixel_steps * lease.scale**2 if work else None
