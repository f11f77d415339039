"""What only a database has to promise: commands that never interleave, in one process and in two."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from visits.contract import FAR, VisitsContract, add, fresh, full, keys_of
from visits.crowd import COMMANDS_EACH, IN_EACH, crowd, open_floor

from articket.adapters.database.engine import Database, engine_for_jobs
from articket.adapters.database.visits import SqlVisits
from articket.domain.faults import StoreFull, StoreUnwritable
from articket.domain.visit import TicketStatus

THREADS = 8
PROCESS_S = 60


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "articket.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def kept(database: Database) -> SqlVisits:
    return SqlVisits(database)


class TestSqlVisits(VisitsContract):
    @pytest.fixture
    def kept(self, database: Database) -> SqlVisits:
        return SqlVisits(database)


def test_eight_threads_of_a_hundred_commands_lose_none(kept: SqlVisits) -> None:
    floor = open_floor(kept)
    with ThreadPoolExecutor(THREADS) as threads:
        crowds = [threads.submit(crowd, floor, f"visitor-{i}") for i in range(THREADS)]
        revisions = [revision for each in crowds for revision in each.result()]
    assert len(set(revisions)) == THREADS * COMMANDS_EACH == 800
    assert kept.booth("main").revision == 800 + THREADS, "joining counts, and nothing else"


def test_two_processes_lose_none_of_their_commands(kept: SqlVisits, path: Path) -> None:
    crowds = [
        subprocess.Popen(
            [sys.executable, "-m", "visits.crowd", str(path), f"process-{i}"],
            cwd=Path(__file__).parent.parent, stdout=subprocess.PIPE, text=True,
            env={"PYTHONPATH": ":".join(sys.path)},
        )
        for i in range(2)
    ]  # fmt: skip
    revisions = [int(line) for each in crowds for line in each.communicate(timeout=PROCESS_S)[0].split()]
    assert [each.returncode for each in crowds] == [0, 0]
    assert len(set(revisions)) == 2 * IN_EACH * COMMANDS_EACH
    assert kept.booth("main").revision == 2 * IN_EACH * (COMMANDS_EACH + 1)


def test_both_processes_may_be_the_first_to_open_the_database(path: Path) -> None:
    start = Barrier(4)

    def open_it() -> None:
        start.wait()
        database = Database(f"sqlite:///{path}")
        SqlVisits(database).choose("network", "wlan0")
        database.close()

    with ThreadPoolExecutor(4) as threads:
        for opened in [threads.submit(open_it) for _ in range(4)]:
            opened.result()


def test_everything_is_still_there_after_closing(path: Path) -> None:
    first = Database(f"sqlite:///{path}")
    add(SqlVisits(first), full("a"))
    first.close()
    second = Database(f"sqlite:///{path}")
    assert SqlVisits(second).by_token(keys_of("a").token) == full("a")
    second.close()


def test_the_database_keeps_every_commit_through_a_power_cut(database: Database, kept: SqlVisits) -> None:
    kept.choose("network", "wlan0")
    with database.engine.connect() as connection:
        read = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "secure_delete")
        }
    assert read == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 30_000, "secure_delete": 1}


def test_reading_goes_on_while_somebody_writes(kept: SqlVisits) -> None:
    with kept.transaction() as transaction:
        transaction.add_visit(fresh("a"), keys_of("a"), FAR)
        assert kept.visit("a") is None, "a reader neither waits nor sees it"


def test_scrubbing_says_so_when_somebody_keeps_reading(kept: SqlVisits, path: Path) -> None:
    add(kept, fresh("a"))
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM visits").fetchone()
    add(kept, fresh("b"))
    with pytest.raises(TimeoutError):
        kept.scrub()
    reader.close()
    kept.scrub()
    assert path.with_name(path.name + "-wal").stat().st_size == 0


def test_what_was_overwritten_or_deleted_leaves_no_bytes(kept: SqlVisits, path: Path) -> None:
    add(kept, full("visit-0"), *(fresh(f"visit-{i}") for i in range(1, 40)))
    with kept.transaction() as transaction:
        transaction.save_visit(fresh("visit-0"), FAR)
    kept.scrub()
    files = [each.read_bytes() for each in path.parent.iterdir()]
    assert not any("하린".encode() in data or "고마워요".encode() in data for data in files)


def with_pragma(path: Path, pragma: str) -> Database:
    """The same database, as a full or a locked disk would answer."""
    database = Database(f"sqlite:///{path}")
    event.listen(database.engine, "connect", lambda connection, _: connection.execute(f"PRAGMA {pragma}"))
    return database


def test_a_full_disk_is_a_fault_with_a_name(kept: SqlVisits, path: Path) -> None:
    kept.scrub()
    small = with_pragma(path, "max_page_count=1")
    with pytest.raises(StoreFull), small.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE more (a)")
    small.close()


def test_a_locked_or_lost_disk_is_a_fault_with_a_name(kept: SqlVisits, path: Path) -> None:
    locked = with_pragma(path, "query_only=ON")
    with pytest.raises(StoreUnwritable), locked.writing() as connection:
        connection.exec_driver_sql("DELETE FROM visits")
    locked.close()
    lost = Database(f"sqlite:///{path.parent / 'nowhere' / 'articket.db'}")
    with pytest.raises(StoreUnwritable), lost.reading():
        pass
    lost.close()
    kept.choose("network", "wlan0")


def test_an_error_never_says_what_a_row_holds(database: Database, kept: SqlVisits, path: Path) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE visits")
    with pytest.raises(OperationalError) as told:
        add(kept, full("visit-0"))
    assert "하린" not in str(told.value)
    assert "visit-0" not in str(told.value)
    engine = engine_for_jobs(f"sqlite:///{path}")
    with pytest.raises(OperationalError) as told, engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO visits VALUES (?)", ("하린",))
    assert "하린" not in str(told.value)
    engine.dispose()


def test_a_database_of_an_older_version_gets_its_columns(path: Path, database: Database) -> None:
    kept = SqlVisits(database)
    add(kept, full("a"), fresh("b"))
    database.close()
    with sqlite3.connect(path) as old:
        old.execute("DROP INDEX visits_by_ticket")
        for column in ("ticket", "printed_at", "has_photo", "at_easels"):
            old.execute(f"ALTER TABLE visits DROP COLUMN {column}")
    old.close()
    newer = Database(f"sqlite:///{path}")
    kept = SqlVisits(newer)
    assert [visit.id for visit in kept.with_tickets("main", TicketStatus.READY, 10)] == ["a"]
    assert kept.tally("main", 0).painting == 1
    add(kept, fresh("c"))
    newer.close()
