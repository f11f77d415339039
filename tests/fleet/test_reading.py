"""Which painting server may put a photo into words, and what becomes of it by that."""

from dataclasses import replace
from typing import Any

import pytest
from fleet.atelier import RULES, WORKER, fleet_of

from articket.domain.fleet.commission import Lease, Purpose
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.leasing import fail, finish
from articket.domain.fleet.reading import idle_readers
from articket.domain.fleet.server import Address, Health, Kind, Mode, Server, Try
from articket.domain.fleet.staffing import lease_for


def ready(**more: Any) -> Server:
    row = Server("s", Address("http://10.0.0.1:7860", Kind.A1111), health=Health.READY, warm=True)
    return replace(row, **more)


@pytest.mark.parametrize(
    "server",
    [
        ready(mode=Mode.DRAINING),
        ready(health=Health.RESTING),
        ready(warm=False),
        ready(trial=True),
        ready(address=Address("http://10.0.0.1:8188", Kind.COMFYUI)),
        ready(address=Address("", Kind.LAPTOP)),
    ],
)
def test_only_servers_ready_to_paint_may_read(server: Server) -> None:
    assert idle_readers(Fleet((ready(id="other"), server)), 0.0) == (ready(id="other"),)


def test_the_slowest_painter_reads_first() -> None:
    fast, slow = ready(id="fast", speeds=(0.1,)), ready(id="slow", speeds=(2.0,))
    assert idle_readers(Fleet((fast, slow)), 0.0) == (slow, fast)
    busy = Fleet((fast, slow), leases=(Lease("l", "slow", WORKER, 0.0, 1.0, 1.0),))
    assert idle_readers(busy, 0.0) == (fast,)


def reading(**more: Any) -> Fleet:
    """A fleet of one server that reads a photo."""
    fleet = fleet_of(30.0)
    [row] = [each for each in fleet.servers if not each.is_laptop]
    fleet = fleet.with_server(replace(row, **more))
    return lease_for(fleet, row.id, WORKER, Purpose.CAPTION, 10.0, 4.0)


@pytest.mark.parametrize(
    "state", [{}, {"fails": 1, "trial": True, "trouble": "painter-crashed", "warm": False}]
)
def test_a_caption_says_nothing_about_a_painter(state: dict[str, Any]) -> None:
    fleet = reading(**state)
    done = finish(fleet, "lease-1", 2.0, 12.0, RULES)
    assert done == fleet.without_lease("lease-1")
    for code in ("painter-crashed", "painter-out-of-memory", "painter-locked", "painter-order-refused"):
        assert fail(fleet, "lease-1", Try(12.0, 2.0, code), RULES) == fleet.without_lease("lease-1")


@pytest.mark.parametrize("code", ["painter-slow", "painter-unreachable"])
def test_a_server_that_may_still_have_the_photo_in_hand_rests_and_suffers_no_more(code: str) -> None:
    fleet = reading()
    failed = fail(fleet, "lease-1", Try(14.0, 4.0, code), RULES)
    [before] = [each for each in fleet.servers if not each.is_laptop]
    resting = replace(before, health=Health.RESTING, again_at=29.0)
    assert failed == fleet.without_lease("lease-1").with_server(resting)
