"""Painting servers that are asked what is on a photo: over HTTP, with the fleet in a real database."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from doubles.a1111 import Double, a1111
from doubles.world import StillClock
from fleet.atelier import RULES, STYLES, WORKER
from tickets.samples import jpeg

from articket.adapters.captions.photo import shrink
from articket.adapters.database.engine import Database
from articket.adapters.database.roster import SqlRoster
from articket.adapters.servers.servers import HttpImageServers
from articket.application.fleet.interrogation import LONGEST_PAUSE_S, Interrogation
from articket.application.fleet.ports import ImageServer, RosterPage
from articket.application.ports import CaptionHealth
from articket.domain.faults import StoreUnwritable
from articket.domain.fleet.commission import Commission, Purpose
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.leasing import request
from articket.domain.fleet.server import Address, Health, Kind, Login, Looked, Server
from articket.domain.fleet.staffing import add, add_laptop, lease_for, rested

PHOTO = jpeg((1200, 1600), 5)
SAID = "a woman with glasses smiling"
SOON_S = 0.6
LOGIN = Login("staff", "vermilion-secret")


@pytest.fixture
def roster(tmp_path: Path) -> Iterator[SqlRoster]:
    database = Database(f"sqlite:///{tmp_path / 'articket.db'}")
    yield SqlRoster(database)
    database.close()


@pytest.fixture
def double() -> Iterator[Double]:
    with a1111(caption=f"{SAID}, by Somebody, trending on somewhere") as double:
        yield double


@dataclass
class Set:
    """One worker's readers, with the wall clock in hand."""

    readers: Interrogation
    roster: SqlRoster
    clock: StillClock

    @property
    def fleet(self) -> Fleet:
        return self.roster.fleet()

    @property
    def server(self) -> Server:
        found = self.fleet.server("server-1")
        assert found is not None
        return found

    def change(self, change: Callable[[Fleet], Fleet]) -> None:
        with self.roster.transaction() as page:
            page.save(change(page.fleet))


def open_set(roster: Any, *urls: str, needed: Callable[[], bool] = lambda: True, **more: Any) -> Set:
    """Let servers join that are ready and warm."""
    clock = StillClock()
    with roster.transaction() as page:
        fleet = add_laptop(page.fleet, WORKER, 1)
        for url in urls:
            fleet = add(fleet, Address(url, Kind.A1111))
            row = replace(
                fleet.servers[-1],
                health=Health.READY,
                warm=True,
                looked=Looked("A1111", "sdxl", "m"),
                fails=1,
            )
            fleet = fleet.with_server(row)
        page.save(fleet)
    parts: dict[str, Any] = {
        "worker": WORKER, "roster": roster, "servers": HttpImageServers(), "rules": RULES, "clock": clock,
        "monotonic": time.monotonic, "sample": lambda: PHOTO, "shrink": shrink, "needed": needed,
        "told": lambda: None, "budget_s": SOON_S,
    }  # fmt: skip
    return Set(Interrogation(**parts | more), roster, clock)


def waiting(fleet: Fleet, now: float, hold_until: float = 0.0) -> Fleet:
    return request(fleet, Commission("c", "v", 1, STYLES[0], WORKER, now, hold_until=hold_until), now)


def asked(double: Double) -> int:
    return len(double.asked("/sdapi/v1/interrogate"))


def test_a_server_that_was_tried_out_reads_and_is_given_back_as_it_was(
    roster: SqlRoster, double: Double
) -> None:
    booth = open_set(roster, double.url)
    before = booth.server
    assert not booth.readers.is_ready
    booth.readers.try_out()
    assert booth.readers.is_ready
    assert booth.readers.caption(PHOTO, 4.0) == SAID
    assert (booth.fleet.leases, booth.server) == ((), before)
    assert booth.readers.held == set()
    [health] = booth.readers.health()
    assert (health.label, health.trouble) == ("127.0.0.1", None)
    assert health.last_s is not None


def test_no_visitor_waits_for_a_server_that_nobody_tried_out(roster: SqlRoster, double: Double) -> None:
    booth = open_set(roster, double.url)
    assert booth.readers.caption(PHOTO, 4.0) is None
    assert asked(double) == 0
    assert booth.readers.health() == []


def test_a_server_is_tried_out_only_while_nobody_is_being_painted(roster: SqlRoster, double: Double) -> None:
    booth = open_set(roster, double.url)
    booth.change(lambda fleet: waiting(fleet, booth.clock.now(), hold_until=booth.clock.now() + 4))
    booth.readers.try_out()
    assert asked(double) == 0


def test_a_server_that_a_painting_waits_for_is_not_asked(roster: SqlRoster, double: Double) -> None:
    booth = open_set(roster, double.url)
    booth.readers.try_out()
    tried = asked(double)
    booth.change(lambda fleet: waiting(fleet, booth.clock.now()))
    assert booth.readers.caption(PHOTO, 4.0) is None
    assert asked(double) == tried
    booth.change(lambda fleet: replace(fleet, commissions=()))
    booth.change(lambda fleet: waiting(fleet, booth.clock.now(), hold_until=booth.clock.now() + 4))
    assert booth.readers.caption(PHOTO, 4.0) == SAID, "its paintings wait for just this caption"


def test_a_server_at_work_is_not_asked(roster: SqlRoster, double: Double) -> None:
    booth = open_set(roster, double.url)
    booth.readers.try_out()
    tried = asked(double)
    booth.change(lambda fleet: lease_for(fleet, "server-1", "w2", Purpose.PAINT, booth.clock.now(), 9.0))
    assert booth.readers.caption(PHOTO, 4.0) is None
    assert asked(double) == tried
    assert len(booth.fleet.leases) == 1


def test_one_server_reads_one_photo_at_a_time(roster: SqlRoster, double: Double) -> None:
    booth = open_set(roster, double.url)
    booth.readers.try_out()
    tried = asked(double)
    double.behave(hang=True)
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(booth.readers.caption, PHOTO, 10.0)
        double.until(lambda: asked(double) == tried + 1)
        assert booth.readers.caption(PHOTO, 10.0) is None
        assert [each.purpose for each in booth.fleet.leases] == [Purpose.CAPTION]
        double.behave(hang=False)
        assert first.result(10) == SAID
    assert asked(double) == tried + 1


def test_as_many_photos_are_read_at_once_as_servers_are_idle(roster: SqlRoster, double: Double) -> None:
    with a1111(caption="a man in a red hat") as second:
        booth = open_set(roster, double.url, second.url)
        booth.readers.try_out()
        booth.readers.try_out()
        double.behave(caption_s=0.3)
        second.behave(caption_s=0.3)
        with ThreadPoolExecutor(3) as threads:
            said = list(threads.map(lambda _: booth.readers.caption(PHOTO, 8.0), range(3)))
        assert {each for each in said if each} <= {SAID, "a man in a red hat"}
        assert sum(each is not None for each in said) >= 2
        assert booth.fleet.leases == ()


def test_a_server_too_slow_for_a_visitor_is_left_in_peace_until_it_is_idle(
    roster: SqlRoster, double: Double
) -> None:
    booth = open_set(roster, double.url)
    before = booth.server
    booth.readers.try_out()
    tried = asked(double)
    double.behave(hang=True)
    began = time.monotonic()
    assert booth.readers.caption(PHOTO, SOON_S) is None
    assert time.monotonic() - began < SOON_S + 1
    assert booth.server == replace(before, health=Health.RESTING, again_at=booth.server.again_at)
    assert booth.readers.health()[0].trouble == "caption-slow"
    double.behave(hang=False)
    booth.change(lambda fleet: rested(fleet, "server-1", booth.clock.now(), busy=False))
    assert booth.readers.caption(PHOTO, 4.0) is None, "it is let alone for a while"
    booth.readers.try_out()
    assert asked(double) == tried + 1
    booth.clock.wait(61)
    booth.readers.try_out()
    assert booth.readers.caption(PHOTO, 4.0) == SAID
    assert booth.readers.health()[0].trouble is None


def test_a_server_that_is_slow_again_and_again_is_tried_out_less_and_less(
    roster: SqlRoster, double: Double
) -> None:
    booth = open_set(roster, double.url)
    booth.readers.try_out()
    for pause_s in (60, 120, 240):
        double.behave(hang=True)
        assert booth.readers.caption(PHOTO, SOON_S) is None
        double.behave(hang=False)
        booth.change(lambda fleet: rested(fleet, "server-1", booth.clock.now(), busy=False))
        booth.clock.wait(pause_s - 1)
        booth.readers.try_out()
        assert not booth.readers.is_ready
        booth.clock.wait(2)
        booth.readers.try_out()
        assert booth.readers.is_ready


@pytest.mark.parametrize("behaviour", [{"flavour": "sdcpp"}, {"caption_fails": True}, {"auth": "a:b"}])
def test_a_server_that_cannot_read_still_paints_and_is_not_asked_again(
    roster: SqlRoster, behaviour: dict[str, Any]
) -> None:
    with a1111(**behaviour) as double:
        booth = open_set(roster, double.url)
        before = booth.server
        booth.readers.try_out()
        requests = len(double.requests)
        booth.readers.try_out()
        booth.clock.wait(50)
        booth.readers.try_out()
        assert len(double.requests) == requests
        assert booth.readers.caption(PHOTO, 4.0) is None
        assert (booth.server, booth.fleet.leases) == (before, ())
        assert booth.readers.health() == []
        booth.clock.wait(LONGEST_PAUSE_S)
        booth.readers.try_out()
        assert len(double.requests) == requests + 1


def test_a_server_that_is_gone_rests_and_counts_no_fault(roster: SqlRoster) -> None:
    with a1111(dead=True) as double:
        booth = open_set(roster, double.url)
        booth.readers.try_out()
        assert (booth.server.health, booth.server.fails, booth.server.tries) == (Health.RESTING, 1, ())
        assert booth.fleet.leases == ()


def test_a_server_is_kept_no_longer_than_the_budget_that_is_left(roster: SqlRoster, double: Double) -> None:
    booth = open_set(roster, double.url)
    booth.readers.try_out()
    tried = asked(double)
    assert booth.readers.caption(PHOTO, 0.0) is None
    assert asked(double) == tried
    assert (booth.fleet.leases, booth.server.health) == ((), Health.READY)


def test_where_somebody_better_writes_captions_no_server_is_bothered(
    roster: SqlRoster, double: Double
) -> None:
    needed = [False]
    booth = open_set(roster, double.url, needed=lambda: needed[0])
    booth.readers.try_out()
    assert asked(double) == 0
    needed[0] = True
    booth.readers.try_out()
    needed[0] = False
    tried = asked(double)
    assert not booth.readers.is_ready
    assert booth.readers.caption(PHOTO, 4.0) is None
    assert asked(double) == tried


class Stumbling(HttpImageServers):
    def reach(self, address: Address) -> ImageServer:
        raise ZeroDivisionError(address.url)


def test_whatever_happens_the_server_is_given_back(roster: SqlRoster, double: Double) -> None:
    booth = open_set(roster, double.url, servers=Stumbling())
    with pytest.raises(ZeroDivisionError):
        booth.readers.try_out()
    assert (booth.fleet.leases, booth.readers.held) == ((), set())


@dataclass
class Away:
    """A database that is away when the second transaction from now begins."""

    roster: SqlRoster
    left: int = 99

    def fleet(self) -> Fleet:
        return self.roster.fleet()

    def transaction(self) -> AbstractContextManager[RosterPage]:
        self.left -= 1
        if self.left == 0:
            raise StoreUnwritable("store-unwritable", "It is away.")
        return self.roster.transaction()


def test_a_server_that_could_not_be_given_back_is_given_back_later(roster: SqlRoster, double: Double) -> None:
    away = Away(roster)
    booth = open_set(away, double.url)
    booth.readers.try_out()
    away.left = 2
    assert booth.readers.caption(PHOTO, 4.0) is None
    assert len(roster.fleet().leases) == 1
    booth.readers.try_out()
    assert roster.fleet().leases == ()
    assert roster.fleet().servers[1].health is Health.RESTING, "nobody knows what it has in hand"


def test_a_photo_that_is_none_is_no_reason_to_ask(roster: SqlRoster, double: Double) -> None:
    booth = open_set(roster, double.url)
    booth.readers.try_out()
    assert booth.readers.caption(b"no photo", 4.0) is None
    assert booth.fleet.leases == ()


def test_no_credentials_are_told_of_a_reader(roster: SqlRoster) -> None:
    with a1111(auth=f"{LOGIN.user}:{LOGIN.password}", caption=SAID) as double:
        booth = open_set(roster, double.url)
        booth.change(
            lambda f: f.with_server(replace(booth.server, address=replace(booth.server.address, login=LOGIN)))
        )
        booth.readers.try_out()
        assert [each.label for each in booth.readers.health()] == ["127.0.0.1"]
        assert isinstance(booth.readers.health()[0], CaptionHealth)
