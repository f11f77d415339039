"""What only a database has to promise: commands that never interleave, in one process and in two."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from doubles.sqlite import database_path, opened_database
from doubles.visits import MemoryVisits
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from visits.contract import FAR, NOW, VisitsContract, add, fresh, full, keys_of
from visits.crowd import COMMANDS_EACH, IN_EACH, crowd, open_floor

from articket.adapters.database.engine import Database, engine_for_jobs
from articket.adapters.database.visits import SqlVisits
from articket.application.ports import Visits
from articket.domain.day import Happening
from articket.domain.faults import StoreFull, StoreUnwritable
from articket.domain.moderation import Look
from articket.domain.print_queue import PrintJob, PrintState
from articket.domain.visit import (
    Consent,
    Decision,
    Easel,
    PaintingStatus,
    Photo,
    Ticket,
    TicketStatus,
    Visit,
)

THREADS = 8
PROCESS_S = 60

path = pytest.fixture(database_path)
database = pytest.fixture(opened_database)


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


@pytest.mark.parametrize("again", range(20))
def test_several_may_be_the_first_to_open_the_database(path: Path, again: int) -> None:
    """They collide in about one of five tries, hence several."""
    start = Barrier(6)

    def open_it() -> None:
        start.wait()
        database = Database(f"sqlite:///{path}")
        SqlVisits(database).choose("network", f"wlan{again}")
        database.close()

    with ThreadPoolExecutor(6) as threads:
        for opened in [threads.submit(open_it) for _ in range(6)]:
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


def test_a_painting_of_an_older_version_was_painted_at_full_width(
    kept: SqlVisits, path: Path, database: Database
) -> None:
    add(kept, full("a"))
    database.close()
    with sqlite3.connect(path) as old:
        [[state]] = old.execute("SELECT state FROM visits")
        assert ',"pixels_wide":832' in state
        old.execute("UPDATE visits SET state = ?", (state.replace(',"pixels_wide":832', ""),))
    old.close()
    visit = kept.visit("a")
    assert visit is not None
    assert visit.easels[0] == Easel("sea", PaintingStatus.DONE, "laptop", 1.5)
    assert visit.easels[0].pixels_wide == 1252


def test_what_a_newer_version_counted_is_left_out_of_the_day(kept: SqlVisits, database: Database) -> None:
    with kept.transaction() as transaction:
        transaction.note("main", (Happening.JOINED,), NOW)
    with database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO daybook VALUES ('main', 0, 'danced', 1)")
    assert dict(kept.tally("main", 0).day) == {Happening.JOINED: 1}


NEWER = (
    "ticket",
    "printed_at",
    "print_state",
    "print_ref",
    "has_photo",
    "at_easels",
    "look_due",
    "wanted_at",
)


def shape(path: Path) -> dict[str, object]:
    """Every table's columns, and every index's, as SQLite has them."""
    with closing(sqlite3.connect(path)) as opened:
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE sql IS NOT NULL")]
        return {
            name: {row[1] for row in opened.execute(f"PRAGMA table_info({name})")}
            or [row[2] for row in opened.execute(f"PRAGMA index_info({name})")]
            for name in names
        }


def test_a_database_of_an_older_version_becomes_one_of_this(path: Path, database: Database) -> None:
    looked = Photo(1, 1, look=Look.FLAGGED)
    add(SqlVisits(database), full("a"), fresh("b", photo=looked))
    database.close()
    new = shape(path)
    with closing(sqlite3.connect(path)) as old:
        for (index,) in old.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = 'visits'"
        ).fetchall():
            old.execute(f"DROP INDEX {index}")
        for column in NEWER:
            old.execute(f"ALTER TABLE visits DROP COLUMN {column}")
        old.execute("CREATE INDEX visits_by_ticket ON visits (booth, erased, number)")
        old.execute("CREATE INDEX visits_under_way ON visits (booth, erased, joined_at)")
        old.execute("DROP TABLE daybook")
        old.commit()
    newer = Database(f"sqlite:///{path}")
    kept = SqlVisits(newer)
    assert [visit.id for visit in kept.with_tickets("main", TicketStatus.READY, 10)] == ["a"]
    assert [visit.id for visit in kept.to_look_at("main", FAR, 10)] == ["b"]
    assert kept.tally("main", 0).painting == 1
    with kept.transaction() as transaction:
        transaction.note("main", (Happening.JOINED,), NOW)
    assert dict(kept.tally("main", 0).day) == {Happening.JOINED: 1}
    add(kept, fresh("c"))
    newer.close()
    assert shape(path) == new


ALL = 1000
WALKS = 2  # what is asked for in two ways takes two
TICKETS = (
    *(Ticket(TicketStatus.READY, NOW, job=PrintJob(state)) for state in PrintState),
    *(Ticket(status, NOW) for status in TicketStatus),
    Ticket(TicketStatus.READY, NOW, job=PrintJob(PrintState.SENT, ref=1)),
)
Ask = Callable[[Visits], list[Visit]]
LISTS: dict[str, Ask] = {
    "under way": lambda kept: kept.under_way("main", FAR, ALL),
    "came": lambda kept: kept.under_way("main", NOW, ALL),
    "wall": lambda kept: kept.gallery("main", ALL),
    "to look at": lambda kept: kept.to_look_at("main", FAR, ALL),
    "at the printer": lambda kept: kept.at_printer("main", ALL),
    "to print": lambda kept: kept.to_print("main", ALL),
}
LISTS |= {
    f"paper {state}": lambda kept, state=state: kept.to_print("main", ALL, (state,))  # type: ignore[misc]
    for state in PrintState
}
LISTS |= {
    f"ticket {status}": lambda kept, status=status: kept.with_tickets("main", status, ALL)  # type: ignore[misc]
    for status in TicketStatus
}


def visitor(number: int) -> Visit:
    """One at any stage, with or without a photo, on the wall or not, to be looked at or not."""
    return fresh(
        f"visit-{number}",
        joined_at=NOW + number,
        ticket=replace(TICKETS[number % len(TICKETS)], printed_at=NOW + number),
        decision=Decision("X", "sea", number, NOW),
        consent=Consent("1", NOW, gallery=bool(number % 5), guardian=False),
        revealed_at=NOW + number if number % 3 else None,
        photo=Photo(1, 1, look=Look.CLEAR if number % 6 else Look.FLAGGED) if number % 7 else None,
    )


@pytest.mark.parametrize("ask", LISTS.values(), ids=LISTS)
def test_no_list_of_the_desk_walks_through_the_day(kept: SqlVisits, database: Database, ask: Ask) -> None:
    """Whom it shows costs SQLite as many steps alone as among all whom it does not show."""
    steps = [0]

    def count() -> int:
        steps[0] += 1
        return 0

    @event.listens_for(database.engine, "checkout")
    def watch(connection: Any, *_: object) -> None:
        connection.set_progress_handler(count, 1)

    def cost() -> int:
        steps[0] = 0
        assert [visit.id for visit in ask(kept)] == [visit.id for visit in ask(few)]
        return steps[0]

    day = [visitor(number) for number in range(300)]
    everybody, few = MemoryVisits(), MemoryVisits()
    add(everybody, *day)
    shown = ask(everybody)
    middle = shown[len(shown) // 2 :][:3]
    add(few, *middle)
    add(kept, *middle)
    cost()  # once before, so that it is only answered below, and not prepared
    alone = cost()
    ids = {visit.id for visit in shown}
    add(kept, *(visit for visit in day if visit.id not in ids))
    # A walk that meets somebody else ends there, a step later than one that meets nobody.
    assert 0 < cost() <= alone + WALKS


def test_every_count_of_visits_is_read_from_an_index_alone(kept: SqlVisits, database: Database) -> None:
    """What a day's quarters of an hour counted is not more for more visitors, so its table may be read."""
    asked: list[tuple[str, Any]] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def note(*told: Any) -> None:
        asked.append((told[2], told[3]))

    kept.tally("main", 0)
    kept.looks_due("main", FAR)
    event.remove(database.engine, "before_cursor_execute", note)
    counts = [each for each in asked if "FROM visits" in each[0]]
    assert len(counts) == 4
    with database.reading() as connection:
        plans = [
            row[3]
            for text, values in counts
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)
        ]
    assert len(plans) == len(counts), "each in one walk, without sorting"
    exact = re.compile(r"SEARCH visits USING COVERING INDEX \w+ \(booth=\? AND erased=\? AND \w+[=<]\?\)")
    assert [plan for plan in plans if not exact.fullmatch(plan)] == []
