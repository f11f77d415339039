"""What only a database has to promise of the fleet."""

import json
import logging
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from doubles.sqlite import database_path, opened_database
from fleet_roster.contract import EACH, HELD, RosterContract, keep
from fleet_roster.fleets import atelier, commission
from sqlalchemy import event

from articket.adapters.database.engine import Database
from articket.adapters.database.roster import SqlRoster
from articket.adapters.database.visits import SqlVisits
from articket.domain.fleet.fleet import Fleet

PROCESS_S = 60
SECRET = "vermilion-secret"  # noqa: S105 - nobody's

path = pytest.fixture(database_path)
database = pytest.fixture(opened_database)


@pytest.fixture
def roster(database: Database) -> SqlRoster:
    return SqlRoster(database)


class TestSqlRoster(RosterContract):
    @pytest.fixture
    def roster(self, database: Database) -> SqlRoster:
        return SqlRoster(database)


def written(database: Database, roster: SqlRoster, fleet: Fleet) -> list[tuple[str, list[str]]]:
    """Save a fleet and return which rows that wrote or deleted."""
    seen: list[tuple[str, list[str]]] = []

    def note(_: object, __: object, statement: str, rows: object, ___: object, many: object) -> None:
        if not statement.startswith(("SELECT", "BEGIN")):
            ids = [each[1] for each in rows] if many else [rows[1]]  # type: ignore[attr-defined,index]
            seen.append((statement.split(maxsplit=1)[0], sorted(ids)))

    event.listen(database.engine, "before_cursor_execute", note)
    keep(roster, fleet)
    event.remove(database.engine, "before_cursor_execute", note)
    return seen


def test_a_save_writes_what_changed_and_nothing_else(database: Database, roster: SqlRoster) -> None:
    keep(roster, HELD)
    assert written(database, roster, HELD) == []
    x, y, z = HELD.commissions
    changed = replace(HELD, commissions=(x, replace(y, hedged=True), z))
    assert written(database, roster, changed) == [("INSERT", ["y"])], "one commission, one row"
    beaten = replace(changed, workers=(("w", 2.0),))
    assert written(database, roster, beaten) == [("INSERT", ["workers"])]
    fewer = replace(beaten, commissions=beaten.commissions[1:])
    assert written(database, roster, fewer) == [("DELETE", ["x"])]
    more = replace(fewer, commissions=(*fewer.commissions, commission("new")))
    assert written(database, roster, more) == [("INSERT", ["new"])]
    assert roster.fleet() == more


def test_two_processes_that_count_lose_nothing(roster: SqlRoster, path: Path) -> None:
    counting = [
        subprocess.Popen(
            [sys.executable, "-m", "fleet_roster.counting", str(path), str(EACH)],
            cwd=Path(__file__).parent.parent, env={"PYTHONPATH": ":".join(sys.path)},
        )
        for _ in range(2)
    ]  # fmt: skip
    assert [each.wait(PROCESS_S) for each in counting] == [0, 0]
    assert roster.fleet().finished == 2 * EACH


def test_workers_may_all_be_the_first_to_open_the_database(path: Path) -> None:
    start = Barrier(4)

    def open_it(name: str) -> None:
        start.wait()
        database = Database(f"sqlite:///{path}")
        with SqlRoster(database).transaction() as page:
            page.save(replace(page.fleet, servers=(*page.fleet.servers, atelier(name))))
        SqlVisits(database).choose("network", name)
        database.close()

    with ThreadPoolExecutor(4) as threads:
        for opened in [threads.submit(open_it, name) for name in "abcd"]:
            opened.result()
    database = Database(f"sqlite:///{path}")
    assert {server.id for server in SqlRoster(database).fleet().servers} == set("abcd")
    database.close()


def test_everything_is_still_there_after_a_restart(path: Path, database: Database, roster: SqlRoster) -> None:
    keep(roster, HELD)
    database.close()
    second = Database(f"sqlite:///{path}")
    assert SqlRoster(second).fleet() == HELD
    second.close()


def test_credentials_stand_in_a_column_of_their_own_and_nowhere_else(roster: SqlRoster, path: Path) -> None:
    keep(roster, HELD)
    with sqlite3.connect(path) as file:
        rows = file.execute("SELECT id, state, login FROM fleet WHERE part = 'servers'").fetchall()
    file.close()
    assert len(rows) == 2
    assert all(SECRET in login and SECRET not in state for _, state, login in rows)


def test_credentials_of_a_removed_server_leave_no_bytes(
    database: Database, roster: SqlRoster, path: Path
) -> None:
    keep(roster, HELD)
    keep(roster, Fleet())
    database.scrub()
    assert not any(SECRET.encode() in each.read_bytes() for each in path.parent.iterdir())


class TestOtherVersions:
    @pytest.fixture
    def file(self, roster: SqlRoster, path: Path) -> Iterator[sqlite3.Connection]:
        keep(roster, HELD)
        file = sqlite3.connect(path, isolation_level=None)
        yield file
        file.close()

    def change(self, file: sqlite3.Connection, row: str, **fields: object) -> None:
        [[state]] = file.execute("SELECT state FROM fleet WHERE id = ?", (row,))
        file.execute("UPDATE fleet SET state = ? WHERE id = ?", (json.dumps(json.loads(state) | fields), row))

    def test_unknown_fields_and_rows_are_ignored(self, roster: SqlRoster, file: sqlite3.Connection) -> None:
        self.change(file, "a", colour="red")
        self.change(file, "x", colour="red")
        file.execute(
            "INSERT INTO fleet VALUES ('fleet', 'colours', 0, '{}', NULL), ('tubes', 't', 0, '{}', NULL)"
        )
        assert roster.fleet() == HELD
        keep(roster, replace(HELD, finished=1))
        assert roster.fleet() == replace(HELD, finished=1)

    def test_missing_fields_and_rows_are_as_in_a_new_fleet(
        self, roster: SqlRoster, file: sqlite3.Connection
    ) -> None:
        [[state]] = file.execute("SELECT state FROM fleet WHERE id = 'x'")
        older = json.dumps({name: value for name, value in json.loads(state).items() if name != "urgency"})
        file.execute("UPDATE fleet SET state = ? WHERE id = 'x'", (older,))
        file.execute("DELETE FROM fleet WHERE id = 'workers'")
        found = roster.fleet()
        assert found.workers == ()
        assert found.commissions[0] == replace(
            HELD.commissions[0], urgency=type(HELD.commissions[0].urgency)()
        )

    def test_what_cannot_be_read_is_told_without_its_values_and_goes_with_the_next_save(
        self, roster: SqlRoster, file: sqlite3.Connection, caplog: pytest.LogCaptureFixture
    ) -> None:
        self.change(file, "b", mode="on-strike-" + SECRET)
        file.execute("UPDATE fleet SET state = '[[' WHERE id = 'workers'")
        left = replace(HELD, servers=HELD.servers[:1], workers=())
        with caplog.at_level(logging.WARNING):
            assert roster.fleet() == left
        assert len(caplog.records) == 2
        assert SECRET not in caplog.text
        with roster.transaction() as page:
            page.save(page.fleet)
        caplog.clear()
        assert roster.fleet() == left
        assert caplog.records == []
