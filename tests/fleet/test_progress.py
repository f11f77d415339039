"""How far a painting is, as a real server on a loopback port says while it paints."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from math import inf
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from application.kit import painters_pack
from doubles.a1111 import Double, a1111
from doubles.roster import MemoryRoster
from doubles.studio import CannedPainter, SameFinish, SameFrame
from doubles.visits import MemoryVisits
from doubles.world import StillClock
from fleet.atelier import RULES, WORKER, fleet_of, wanted
from painters.pictures import jpeg_of, portrait

from articket.adapters.attendance import FolderAttendance
from articket.adapters.servers.servers import HttpImageServers
from articket.application.fleet.atelier import Atelier
from articket.application.fleet.keeper import Keeper
from articket.application.fleet.ports import Brushwork
from articket.application.fleet.progress import ASK_EVERY_S, STROKES_S, Progress
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.leasing import begin
from articket.domain.fleet.schedule import assign
from articket.domain.fleet.server import Address, Kind

SIZE = (64, 96)
LIMIT_S = 30.0
ORDER = Brushwork(b"", "vangogh", "a sea", "", SIZE, "Euler a", "Automatic", 20, 7.0, 0.5, 1)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


def at_work(server: Double, clock: StillClock, *, limit: int = 1, commissions: int = 1) -> Fleet:
    """Return a fleet whose only server has begun with so many paintings."""
    fleet = fleet_of(9.0, limit=limit)
    row = fleet.servers[1]
    fleet = fleet.with_server(replace(row, address=Address(server.url, Kind.A1111)))
    fleet = wanted(fleet, *(f"visit-{each}" for each in range(commissions)), now=clock.now())
    fleet = assign(fleet, RULES, clock.now())
    for lease in fleet.leases:
        fleet = begin(fleet, lease.id)
    return fleet


@contextmanager
def painting(server: Double, held_at: float) -> Iterator[None]:
    """Have the server stand still in the midst of a painting."""
    server.behave(held_at=held_at, seconds=0.1)
    hand = HttpImageServers().reach(Address(server.url, Kind.A1111))
    order = replace(ORDER, photo=jpeg_of(portrait()))
    with ThreadPoolExecutor(1) as easel:
        canvas = easel.submit(hand.paint, order, LIMIT_S)
        server.until(lambda: (hand.strokes(LIMIT_S).share or 0.0) >= held_at - 0.1)
        try:
            yield
        finally:
            server.behave(held_at=None)
            canvas.result(LIMIT_S)


def test_a_server_at_work_is_asked_every_two_seconds_and_its_share_kept(clock: StillClock) -> None:
    with a1111() as server, painting(server, 0.5):
        progress, fleet = Progress(HttpImageServers(), clock), at_work(server, clock)
        lease = fleet.leases[0].id
        assert progress.due(fleet, WORKER, clock.now()) == []  # nobody has anything to tell at once
        clock.wait(ASK_EVERY_S)
        ((asked, row),) = progress.due(fleet, WORKER, clock.now())
        assert progress.share(lease) is None
        assert progress.ask(asked, row)
        assert progress.share(lease) == pytest.approx(0.5, abs=0.1)
        assert progress.due(fleet, WORKER, clock.now()) == []
        clock.wait(ASK_EVERY_S)
        assert progress.due(fleet, WORKER, clock.now()) == [(asked, row)]
        assert not progress.ask(asked, row), "what is known already is no news"


def test_nobody_is_asked_again_before_the_answer(clock: StillClock) -> None:
    with a1111() as server:
        progress, fleet = Progress(HttpImageServers(), clock), at_work(server, clock)
        progress.due(fleet, WORKER, clock.now())
        clock.wait(ASK_EVERY_S)
        ((lease, row),) = progress.due(fleet, WORKER, clock.now())
        clock.wait(60)
        assert progress.due(fleet, WORKER, clock.now()) == []
        progress.ask(lease, row)
        clock.wait(ASK_EVERY_S)
        assert progress.due(fleet, WORKER, clock.now()) == [(lease, row)]


def test_a_share_goes_with_its_lease_even_where_the_answer_comes_late(clock: StillClock) -> None:
    with a1111() as server, painting(server, 0.5):
        progress, fleet = Progress(HttpImageServers(), clock), at_work(server, clock)
        progress.due(fleet, WORKER, clock.now())
        clock.wait(ASK_EVERY_S)
        ((lease, row),) = progress.due(fleet, WORKER, clock.now())
        progress.ask(lease, row)
        progress.due(replace(fleet, leases=()), WORKER, clock.now())
        assert progress.share(lease.id) is None
        assert not progress.ask(lease, row)
        assert progress.share(lease.id) is None


def test_a_server_that_cannot_tell_leaves_its_share_unknown(clock: StillClock) -> None:
    with a1111() as server:
        progress, fleet = Progress(HttpImageServers(), clock), at_work(server, clock)
        progress.due(fleet, WORKER, clock.now())
        clock.wait(ASK_EVERY_S)
        ((lease, row),) = progress.due(fleet, WORKER, clock.now())
        server.behave(dead=True)
        assert not progress.ask(lease, row)
        assert progress.share(lease.id) is None


def test_only_ones_own_leases_on_servers_with_one_painting_are_asked_for(clock: StillClock) -> None:
    with a1111() as server:
        progress = Progress(HttpImageServers(), clock)
        two, one = at_work(server, clock, limit=2, commissions=2), at_work(server, clock)
        not_begun = replace(one, leases=tuple(replace(each, begun=False) for each in one.leases))
        for fleet, worker in ((two, WORKER), (one, "another"), (not_begun, WORKER)):
            progress.due(fleet, worker, clock.now())
            clock.wait(ASK_EVERY_S)
            assert progress.due(fleet, worker, clock.now()) == []


def test_a_server_that_does_not_answer_holds_up_neither_the_watch_nor_a_look(
    clock: StillClock, tmp_path: Path
) -> None:
    with a1111() as server:
        servers, experience, roster = (
            HttpImageServers(),
            painters_pack(),
            MemoryRoster(at_work(server, clock)),
        )
        atelier = Atelier(
            WORKER, roster, servers, SameFrame(), SameFinish(), CannedPainter(), experience, RULES, clock,
            lambda: b"", lambda: 0.0,
        )  # fmt: skip
        progress, told = Progress(servers, clock), Event()
        keeper = Keeper(
            WORKER, 1, roster, servers, atelier, MemoryVisits(), experience, RULES, clock, told.set, progress,
            FolderAttendance(tmp_path),
        )  # fmt: skip
        (lease,) = roster.fleet().leases
        server.behave(hang=True)
        keeper.tick()
        clock.wait(ASK_EVERY_S)
        begun = monotonic()
        keeper.tick()
        assert monotonic() - begun < STROKES_S / 2
        assert progress.next_ask[lease.id] == inf, "it is being asked"
        server.behave(hang=False)
        server.until(lambda: progress.next_ask[lease.id] < inf)
        server.until(lambda: {each.looked_at for each in roster.fleet().servers} == {clock.now(), None})
