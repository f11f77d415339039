"""Who paints what next: the most urgent first, each by whoever will have finished it earliest.

Every commission is laid onto the server that finishes it first, behind what that server has in hand
already; only what falls onto a free server now is handed out. So a slow server stays idle where a fast
one, busy for another moment, would still be done sooner: at the end of a rush nobody waits for the slowest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Final

from articket.domain.fleet.commission import Commission, Lease, Purpose, Work
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.names import same_model
from articket.domain.fleet.rules import FleetRules
from articket.domain.fleet.server import Health, Mode, Server

SMALLER: Final = 0.75
SWAP_S: Final = 15.0
OUTAGE_S: Final = 20.0
LEAST_LIMIT_S: Final = 20.0
LIMIT_FACTOR: Final = 4.0
LATE_FACTOR: Final = 1.5
HEDGES_ALWAYS: Final = 2
HEDGED_SHARE: Final = 0.05
LAPTOP_S: Final = 5.0
LATE: Final = "painter-slow"


@dataclass(slots=True)
class _Place:
    """A server's place for one painting, and when it is free in the plan."""

    server: Server
    free_at: float
    idle: bool


@dataclass(frozen=True, slots=True)
class _Fit:
    place: _Place
    finish: float
    seconds: float
    scale: float


def assign(fleet: Fleet, rules: FleetRules, now: float) -> Fleet:
    """Return the fleet with a lease for all that can begin now, by servers or by hand."""
    places = _places(fleet, now)
    waiting = [each for each in fleet.commissions if not each.hand and not fleet.leases_for(each.id)]
    left_idle = True
    for commission in sorted(waiting, key=_by_urgency):
        if commission.hold_until > now:
            continue
        fit = _best(commission, places, rules, now)
        if _needs_the_hand(fleet, commission, fit, now):
            fleet = fleet.with_commission(replace(commission, hand=True, code=commission.code or LATE))
        elif fit is not None and fit.place.idle:
            fleet = _lease(fleet, commission, fit, rules, now)
        else:
            left_idle = False
        if fit is not None:
            fit.place.idle, fit.place.free_at = False, fit.finish
    fleet = _save_overdue(fleet, now)
    if left_idle:
        fleet = _hedge(fleet, places, rules, now)
    return _by_hand(fleet, now)


def _by_urgency(commission: Commission) -> tuple[tuple[float, ...], float, str]:
    return commission.urgency.rank, commission.asked_at, commission.id


def takes_work(server: Server) -> bool:
    """Whether a server may be given a painting as soon as it has a free place."""
    return server.mode is Mode.ON and server.health is Health.READY and not server.is_laptop


def _places(fleet: Fleet, now: float) -> list[_Place]:
    places: list[_Place] = []
    for server in fleet.servers:
        if not takes_work(server):
            continue
        leases = fleet.leases_on(server.id)
        places += [
            _Place(server, max(now + 1.0, lease.since + lease.expected_s), idle=False) for lease in leases
        ]
        spare = (1 if server.trial else server.limit) - len(leases)
        places += [_Place(server, now, idle=True) for _ in range(spare)]

    return places


def _best(commission: Commission, places: Sequence[_Place], rules: FleetRules, now: float) -> _Fit | None:
    fresh = [each for each in places if each.server.id not in commission.tried]
    for candidates, scale in ((fresh, 1.0), (places, 1.0), (fresh, SMALLER), (places, SMALLER)):
        fits = [fit for place in candidates if (fit := _fit(commission, place, rules, scale, now))]
        if fits:
            return min(fits, key=lambda fit: (fit.finish, fit.seconds, fit.place.server.id))
    return None


def _fit(commission: Commission, place: _Place, rules: FleetRules, scale: float, now: float) -> _Fit | None:
    work = rules.work(commission.style, place.server.family)
    if work is None or not place.server.bears(int(work.pixels * scale**2), now):
        return None
    seconds = expected_s(place.server, work, scale)
    return _Fit(place, max(now, place.free_at) + seconds, seconds, scale)


def expected_s(server: Server, work: Work, scale: float = 1.0) -> float:
    """Return the seconds a server will need, changing its model included."""
    return server.speed * work.megapixel_steps * scale**2 + (SWAP_S if swaps(server, work) else 0.0)


def swaps(server: Server, work: Work) -> bool:
    """Whether the server has to load another model first."""
    if work.checkpoint is None:
        return False
    return server.looked is None or not same_model(work.checkpoint, server.looked.model)


def _needs_the_hand(fleet: Fleet, commission: Commission, fit: _Fit | None, now: float) -> bool:
    deadline = commission.urgency.deadline
    if fit is not None:
        return deadline is not None and fit.finish > max(deadline, now + LAPTOP_S)
    if not any(_may_return(each, now) for each in fleet.servers):
        return True
    waited = now >= commission.asked_at + OUTAGE_S
    return waited or (deadline is not None and deadline < now + OUTAGE_S)


def _may_return(server: Server, now: float) -> bool:
    if server.is_laptop or server.mode is not Mode.ON:
        return False
    soon = server.again_at is None or server.again_at <= now + OUTAGE_S
    return server.health is not Health.SHUT and soon


def _lease(  # noqa: PLR0913 - a lease is made of all of them
    fleet: Fleet,
    commission: Commission,
    fit: _Fit,
    rules: FleetRules,
    now: float,
    *,
    purpose: Purpose = Purpose.PAINT,
) -> Fleet:
    server = fit.place.server
    work = rules.work(commission.style, server.family)
    first = not server.warm or (work is not None and swaps(server, work))
    lease = Lease(
        id=f"lease-{fleet.counted + 1}",
        server=server.id,
        worker=commission.worker,
        since=now,
        expected_s=fit.seconds,
        limit_s=limit_s(server, rules, fit.seconds, first=first),
        purpose=purpose,
        commission=commission.id,
        scale=fit.scale,
        family=server.family,
        first_call=first,
    )
    return replace(fleet, leases=(*fleet.leases, lease), counted=fleet.counted + 1)


def limit_s(server: Server, rules: FleetRules, expected: float, *, first: bool) -> float:
    """Return when an attempt is given up: below what a proxy allows, and soon after it should be done.

    Where nothing tells yet how long a server takes, or its last attempt was too slow for what was believed,
    it may take as long as any: else a slow server would be given up each time, and never be measured.
    """
    soon = max(LEAST_LIMIT_S, LIMIT_FACTOR * expected) if _is_measured(server) else inf
    most = rules.first_call_s if first else min(rules.attempt_s, soon)
    return min(most, server.address.limit_s or inf)


def _is_measured(server: Server) -> bool:
    """Whether paintings told how fast it is, and the last attempt did not prove it slower."""
    return bool(server.speeds) and all(each.code != LATE for each in server.tries[-1:])


def _save_overdue(fleet: Fleet, now: float) -> Fleet:
    """Let the hand begin what a server still has in work although it is wanted by now."""
    for commission in fleet.commissions:
        deadline = commission.urgency.deadline
        if not commission.hand and deadline is not None and now >= deadline:
            fleet = fleet.with_commission(replace(commission, hand=True, code=commission.code or LATE))
    return fleet


def _hedge(fleet: Fleet, places: Sequence[_Place], rules: FleetRules, now: float) -> Fleet:
    """Give what takes suspiciously long to an idle server as well, seldom enough to cost nothing."""
    for lease in fleet.leases:
        allowed = fleet.hedges < HEDGES_ALWAYS + HEDGED_SHARE * fleet.finished
        commission, server = fleet.commission(lease.commission), fleet.server(lease.server)
        if not allowed or commission is None or server is None or server.is_laptop or commission.hedged:
            continue
        late = max(LATE_FACTOR * lease.expected_s, server.late_s or 0.0)
        idle = [each for each in places if each.idle and each.server.id != lease.server]
        fit = _best(commission, idle, rules, now)
        if now < lease.since + late or fit is None:
            continue
        fit.place.idle = False
        fleet = _lease(fleet, commission, fit, rules, now, purpose=Purpose.HEDGE)
        fleet = replace(fleet, hedges=fleet.hedges + 1).with_commission(replace(commission, hedged=True))
    return fleet


def _by_hand(fleet: Fleet, now: float) -> Fleet:
    """Give what the fleet cannot do to the laptops, each to its own worker's."""
    hands = [each for each in fleet.servers if each.is_laptop and each.mode is not Mode.OFF]
    for commission in sorted((each for each in fleet.commissions if each.hand), key=_by_urgency):
        own = next((each for each in hands if each.worker == commission.worker), None)
        if own is None or len(fleet.leases_on(own.id)) >= own.limit:
            continue
        if any(lease.server == own.id for lease in fleet.leases_for(commission.id)):
            continue
        lease = Lease(
            f"lease-{fleet.counted + 1}", own.id, commission.worker, now, own.usual_s or LAPTOP_S, inf,
            commission=commission.id,
        )  # fmt: skip
        fleet = replace(fleet, leases=(*fleet.leases, lease), counted=fleet.counted + 1)
    return fleet
