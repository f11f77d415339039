"""A fleet on paper: servers that are ready, commissions that wait, and a little world to simulate both."""

from dataclasses import replace

from articket.domain.fleet.commission import Commission, Urgency, Work
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.leasing import request
from articket.domain.fleet.rules import FleetRules
from articket.domain.fleet.server import Address, Health, Kind, Looked
from articket.domain.fleet.staffing import add, add_laptop

WORKER = "w1"
WORK = Work(pixels=1_000_000, steps=10)
STYLES = ("picasso", "renoir", "vangogh", "lichtenstein")
RULES = FleetRules(menu={(style, "sdxl"): WORK for style in STYLES})


def fleet_of(*seconds: float, laptop: int = 1, limit: int = 1) -> Fleet:
    """Ready, warm servers that need so many seconds a painting, named server-1 and on."""
    fleet = add_laptop(Fleet(), WORKER, laptop) if laptop else Fleet()
    for number, each in enumerate(seconds, 1):
        fleet = add(fleet, Address(f"http://10.0.0.{number}:7860", Kind.A1111), limit=limit)
        row = fleet.server(f"server-{number}")
        assert row is not None
        looked = Looked("A1111", "sdxl", "model")
        fleet = fleet.with_server(
            replace(row, health=Health.READY, looked=looked, looked_at=0.0, warm=True, speeds=(each / 10,))
        )
    return fleet


def wanted(fleet: Fleet, *names: str, now: float = 0.0, worker: str = WORKER, **urgency: object) -> Fleet:
    for name in names:
        commission = Commission(
            id=name, visit=name, photo=1, style="vangogh", worker=worker, asked_at=now,
            urgency=Urgency(**urgency),  # type: ignore[arg-type]
        )  # fmt: skip
        fleet = request(fleet, commission, now)
    return fleet


def at_work(fleet: Fleet) -> dict[str, str]:
    """Which server works on which commission."""
    return {lease.server: lease.commission or "" for lease in fleet.leases}
