"""What every place for the fleet promises; a test class inherits this and provides `roster`."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from fleet_roster.fleets import atelier, commission, fleets
from hypothesis import HealthCheck, given, settings

from articket.application.fleet.ports import Roster
from articket.domain.fleet.fleet import Fleet

THREADS, EACH = 2, 50
ROUND_TRIP = (
    HealthCheck.function_scoped_fixture,
    HealthCheck.differing_executors,
    HealthCheck.too_slow,
)
HELD = Fleet(
    (atelier("a"), atelier("b")), (commission("x"), commission("y"), commission("z")), workers=(("w", 1.0),)
)


class PulledPlugError(Exception):
    """Something broke in the middle."""


def keep(roster: Roster, fleet: Fleet) -> None:
    with roster.transaction() as page:
        page.save(fleet)


def count(roster: Roster, times: int) -> None:
    for _ in range(times):
        with roster.transaction() as page:
            page.save(replace(page.fleet, finished=page.fleet.finished + 1))


class RosterContract:
    def test_a_fleet_nobody_saved_is_empty(self, roster: Roster) -> None:
        assert roster.fleet() == Fleet()
        with roster.transaction() as page:
            assert page.fleet == Fleet()

    # Every example overwrites what the one before left, as one save does with another; both rosters share it.
    @settings(max_examples=60, suppress_health_check=ROUND_TRIP)
    @given(fleet=fleets)
    def test_whatever_is_saved_comes_back_as_it_was(self, roster: Roster, fleet: Fleet) -> None:
        keep(roster, fleet)
        assert roster.fleet() == fleet
        with roster.transaction() as page:
            assert page.fleet == fleet

    def test_order_is_kept_whoever_comes_goes_or_changes(self, roster: Roster) -> None:
        for ids in ("abc", "ac", "acd", "cad", "xcayd", "d", "", "dx"):
            keep(roster, Fleet(tuple(atelier(each) for each in ids)))
            assert "".join(each.id for each in roster.fleet().servers) == ids

    def test_a_page_shows_what_was_saved_on_it_and_others_only_see_it_at_the_end(
        self, roster: Roster
    ) -> None:
        keep(roster, HELD)
        with roster.transaction() as page:
            page.save(replace(page.fleet, servers=()))
            page.save(replace(page.fleet, finished=5))
            assert page.fleet == replace(HELD, servers=(), finished=5)
            with ThreadPoolExecutor(1) as other:
                assert other.submit(roster.fleet).result() == HELD
        assert roster.fleet() == replace(HELD, servers=(), finished=5)

    def test_a_block_that_saves_nothing_changes_nothing(self, roster: Roster) -> None:
        keep(roster, HELD)
        with roster.transaction():
            pass
        assert roster.fleet() == HELD

    def test_an_exception_takes_everything_back(self, roster: Roster) -> None:
        keep(roster, HELD)

        def pull() -> None:
            with roster.transaction() as page:
                page.save(Fleet((atelier("c"),), (commission("x", round=2),), finished=7))
                raise PulledPlugError

        with pytest.raises(PulledPlugError):
            pull()
        assert roster.fleet() == HELD
        count(roster, 1)
        assert roster.fleet() == replace(HELD, finished=1)

    def test_threads_that_count_lose_nothing(self, roster: Roster) -> None:
        start = Barrier(THREADS)

        def run() -> None:
            start.wait()
            count(roster, EACH)

        with ThreadPoolExecutor(THREADS) as threads:
            for each in [threads.submit(run) for _ in range(THREADS)]:
                each.result()
        assert roster.fleet().finished == THREADS * EACH
