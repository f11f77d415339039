"""The same promises on PostgreSQL, where a crowd of writers is a crowd of connections."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from doubles.postgres import Cluster, lent
from fleet_roster.contract import RosterContract, count

from articket.adapters.database.engine import POOL_SIZE, Database
from articket.adapters.database.roster import SqlRoster
from articket.adapters.database.visits import SqlVisits

CROWD = 2 * POOL_SIZE + 4
WITHIN_S = 20.0


cluster = pytest.fixture(scope="session")(lent)


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    database = Database(cluster.fresh())
    yield database
    database.close()


class TestPostgresRoster(RosterContract):
    @pytest.fixture
    def roster(self, database: Database) -> SqlRoster:
        return SqlRoster(database)


def test_whoever_has_the_fleet_can_read_visits_however_many_wait_for_it(database: Database) -> None:
    roster, visits = SqlRoster(database), SqlVisits(database)
    crowd_is_there = Event()
    came: list[None] = []

    def come() -> None:
        came.append(None)
        if len(came) == CROWD:
            crowd_is_there.set()
        count(roster, 1)

    with ThreadPoolExecutor(CROWD) as crowd:
        with roster.transaction() as page:
            page.save(page.fleet)
            waiting = [crowd.submit(come) for _ in range(CROWD)]
            assert crowd_is_there.wait(WITHIN_S)
            with ThreadPoolExecutor(1) as reader:
                assert reader.submit(visits.many, ["nobody"]).result(WITHIN_S) == []
        for each in waiting:
            each.result(WITHIN_S)
    assert roster.fleet().finished == CROWD
