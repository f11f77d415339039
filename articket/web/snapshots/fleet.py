"""The fleet as staff see it: who paints what, how fast, and what is wrong."""

from collections.abc import Mapping
from statistics import median
from typing import Final

from articket.domain.experience import Experience
from articket.domain.fleet.commission import Lease
from articket.domain.fleet.equipment import lacks
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.server import Health, Mode, Server
from articket.domain.visit import Visit
from articket.web.snapshots.house import Json

PAINTINGS: Final = 4


def fleet_view(
    fleet: Fleet, experience: Experience, visits: Mapping[str, Visit], shares: Mapping[str, float], now: float
) -> Json:
    """Return the counts and a row for each server; credentials are in neither.

    `shares` says by lease how much of its painting is done, where the server told.
    """
    rows = []
    for server in sorted(fleet.servers, key=lambda each: each.is_laptop):  # the last resort comes last
        leases = fleet.leases_on(server.id)
        busy = [_busy(fleet, lease, visits) | {"share": shares.get(lease.id)} for lease in leases]
        rows.append(_row(server, experience, now) | {"state": _state(server, leases), "busy_with": busy})
    working = [each for each in fleet.servers if each.mode is Mode.ON and each.health is Health.READY]
    took = [each.usual_s for each in working if each.usual_s is not None and not each.is_laptop]
    usual = median(took) if took else next((each.usual_s for each in working if each.usual_s), None)
    places = sum(each.limit for each in working if not each.is_laptop) or sum(each.limit for each in working)
    return {
        "summary": {
            "working": len(working),
            "servers": len(fleet.servers),
            "waiting": sum(not fleet.leases_for(each.id) for each in fleet.commissions),
            "usual_s": usual,
            "four_s": usual * -(-PAINTINGS // places) if usual and places else None,
            "repainted": fleet.repainted,
            "finished": fleet.finished,
        },
        "servers": rows,
    }


def _row(server: Server, experience: Experience, now: float) -> Json:
    looked = server.looked
    small = [each.until for each in server.too_large if each.until > now]
    return {
        "id": server.id,
        "label": server.label,
        "kind": server.kind.value if server.kind else None,
        "software": looked.software if looked else None,
        "address": server.address.url or None,
        "gpu": looked.gpu if looked else None,
        "memory_free_mb": looked.memory_free_mb if looked else None,
        "memory_total_mb": looked.memory_total_mb if looked else None,
        "mode": server.mode.value,
        "seconds": server.usual_s,
        "success": server.success,
        "painted": server.painted,
        "lost": server.lost,
        "tries": [{"seconds": each.seconds, "code": each.code} for each in server.tries],
        "model": looked.model if looked else None,
        "family": None if server.is_laptop else server.family,
        "wished_family": server.wished_family,
        "limit": server.limit,
        "trouble": server.trouble,
        "params": dict(server.trouble_params),
        "since": server.trouble_since,
        "again_at": server.again_at,
        "small_until": max(small, default=None),
        "lacks": _lacks(server, experience),
    }


def _state(server: Server, leases: tuple[Lease, ...]) -> str:
    if server.mode is Mode.OFF:
        return "off"
    if any(lease.purpose == "warm-up" for lease in leases):
        return "warming"
    if leases:
        return "busy"
    return "idle" if server.health is Health.READY else server.health.value


def _busy(fleet: Fleet, lease: Lease, visits: Mapping[str, Visit]) -> Json:
    commission = fleet.commission(lease.commission)
    visit = visits.get(commission.visit) if commission else None
    return {
        "name": visit.name if visit else None,
        "number": visit.decision.number if visit and visit.decision else None,
        "style": commission.style if commission else None,
        "purpose": lease.purpose.value,
        "since": lease.since,
        "expected_s": lease.expected_s,
    }


def _lacks(server: Server, experience: Experience) -> list[Json]:
    looked = server.looked
    if looked is None or server.is_laptop:
        return []
    return [
        {"kind": each.kind, "name": each.name} for each in lacks(looked, experience.styles, server.family)
    ]
