"""What PostgreSQL keeps of an erased visit: nothing in its tables once they were tidied."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from doubles.postgres import Cluster, lent
from erasure.search import Needles
from sqlalchemy.exc import OperationalError

from articket.adapters.database.engine import Database
from articket.adapters.database.visits import SqlVisits
from articket.application.ports import Keys
from articket.domain.visit import Receipt, Visit

FAR = 4_000_000_000.0
NAME = "하린하린"
VISITS = 20

cluster = pytest.fixture(scope="session")(lent)


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    opened = Database(cluster.fresh())
    yield opened
    opened.close()


def test_tables_hold_nothing_of_erased_visits(database: Database) -> None:
    visits = SqlVisits(database)
    for number in range(VISITS):
        visit = Visit(f"{number:016}", "main", "ko", 1.0, name=NAME)
        hashes = [f"{kind}{number}".encode().ljust(32) for kind in "abc"]
        with visits.transaction() as transaction:
            transaction.add_visit(visit, Keys(*hashes), FAR)
        with visits.transaction() as transaction:
            transaction.save_visit(replace(visit, uploads=1), FAR)
    home = on_disk(database)
    assert held(database, home)["tables"] > 0, "the search finds what is there"
    for number in range(VISITS):
        erased = Visit(f"{number:016}", "main", "ko", 1.0, receipt=Receipt("r", 1.0, ()))
        with visits.transaction() as transaction:
            transaction.save_visit(erased, FAR)
    visits.scrub()
    database.tidy()
    assert held(database, home)["tables"] == 0


def tidied(database: Database) -> int:
    """How often the table of visits was."""
    with database.reading() as connection:
        connection.exec_driver_sql("SELECT pg_stat_clear_snapshot()")
        return int(
            connection.exec_driver_sql(
                "SELECT vacuum_count FROM pg_stat_user_tables WHERE relname = 'visits'"
            ).scalar_one()
        )


def test_tables_are_tidied_once_for_many_erasures_and_after_a_start(database: Database) -> None:
    visits = SqlVisits(database)
    database.tidy()
    assert tidied(database) == 1, "a process that was killed may have left something"
    for _ in range(50):
        visits.scrub()
    assert tidied(database) == 1, "no erasure waits for it"
    database.tidy()
    database.tidy()
    assert tidied(database) == 2


def test_tidying_that_is_held_up_ends_and_is_done_the_next_time(database: Database) -> None:
    SqlVisits(database)
    with database.engine.begin() as somebody:
        somebody.exec_driver_sql("LOCK TABLE visits IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(OperationalError):
            database.tidy(0.1)
    database.tidy()
    assert tidied(database) == 1
    with database.reading() as connection:
        assert connection.exec_driver_sql("SHOW statement_timeout").scalar_one() == "0"


def on_disk(database: Database) -> Path:
    with database.reading() as connection:
        return Path(connection.exec_driver_sql("SHOW data_directory").scalar_one())


def held(database: Database, home: Path) -> Counter[str]:
    """Write everything to disk and count where the name stands, in tables and elsewhere."""
    url = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute("CHECKPOINT")
    needles, found = Needles(), Counter({"tables": 0})
    needles.add_text("name", NAME)
    for path in home.rglob("*"):
        if path.is_file() and needles.inside(path.read_bytes()):
            found["tables" if "base" in path.parts else "logs"] += 1
    return found
