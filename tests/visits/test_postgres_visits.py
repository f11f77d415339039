"""The same promises on PostgreSQL."""

from collections.abc import Iterator

import pytest
from doubles.postgres import Cluster, lent
from sqlalchemy import inspect
from visits.contract import VisitsContract

from articket.adapters.database.engine import Database
from articket.adapters.database.visits import SqlVisits

cluster = pytest.fixture(scope="session")(lent)


class TestPostgresVisits(VisitsContract):
    @pytest.fixture
    def kept(self, cluster: Cluster) -> Iterator[SqlVisits]:
        database = Database(cluster.fresh())
        yield SqlVisits(database)
        database.close()


def test_indexes_of_an_older_version_become_those_of_this(cluster: Cluster) -> None:
    database = Database(cluster.fresh())
    SqlVisits(database)
    new = indexes(database)
    with database.writing() as connection:
        connection.exec_driver_sql("DROP INDEX visits_under_way")
        connection.exec_driver_sql("CREATE INDEX visits_under_way ON visits (booth, erased)")
        connection.exec_driver_sql("CREATE INDEX visits_by_ticket ON visits (booth, erased, ticket)")
    assert indexes(database) != new
    SqlVisits(database)
    assert indexes(database) == new
    database.close()


def indexes(database: Database) -> dict[str, list[str | None]]:
    with database.reading() as connection:
        found = inspect(connection).get_indexes("visits")
    return {str(each["name"]): each["column_names"] for each in found}
