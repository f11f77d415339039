"""Reading a whole database without changing anything in it, whether a booth runs on it or not."""

import logging
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Engine, Table, column, create_engine, func, inspect, select, table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from articket.adapters.database import rows
from articket.adapters.database.engine import BUSY_TIMEOUT_MS, DatabaseUnusableError
from articket.adapters.database.fleet_rows import Row, fleet_of
from articket.adapters.database.footfall import remembered
from articket.adapters.database.inspection import file_of
from articket.adapters.database.roster import DOOR
from articket.adapters.database.schema import booths, counters, fleet_rows, outbox, uploads, visits
from articket.adapters.database.transaction import TICKET_NUMBERS
from articket.adapters.database.uploads import AWAY, BEGUN, DONE, KEPT, LEAVING, TO_GO, left_of
from articket.application.uploading import Left
from articket.domain.booth import Booth
from articket.domain.fleet.fleet import Fleet
from articket.domain.visit import Visit

log = logging.getLogger(__name__)

MS_A_SECOND: Final = 1000
ERASE: Final = "erase"
# Where DBOS keeps its jobs, in a schema where the database knows such.
ENGINE_TABLE: Final = "workflow_status"
ENGINE_SCHEMA: Final = "dbos"
UNDER_WAY: Final = ("PENDING", "ENQUEUED", "DELAYED")
MAY_BE_UP: Final = (BEGUN, DONE, LEAVING, KEPT)


@dataclass(frozen=True, slots=True)
class KeptVisit:
    """A visit and until when it may be kept."""

    visit: Visit
    expires_at: float


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything a database holds of an event.

    `up_there` are its tickets that may be in the cloud, `leaving` those that were to go from there, and
    `erasures` counts jobs that destroy what an erased visit left; `forgotten` counts visits that are not here
    any more.
    """

    visits: tuple[KeptVisit, ...] = ()
    booths: tuple[Booth, ...] = ()
    fleet: Fleet = field(default_factory=Fleet)
    numbers: int = 0
    up_there: tuple[str, ...] = ()
    leaving: tuple[Left, ...] = ()
    erasures: int = 0
    unreadable: int = 0
    forgotten: Mapping[float, int] = field(default_factory=dict)


def read_archive(url: str) -> Archive:
    """Return what a database holds at one moment, an empty archive where there is none.

    Raises DatabaseUnusableError where it cannot be read.
    """
    file = file_of(url)
    if file is not None and not file.exists():
        return Archive()
    engine = _engine(url, file)
    try:
        with _unusable(url, file), engine.connect() as connection:
            return _read(connection)
    finally:
        engine.dispose()


def _read(connection: Connection) -> Archive:
    tables = set(inspect(connection).get_table_names())

    def all_of(table: Table, *columns: str) -> list[Any]:
        if table.name not in tables:
            return []
        return list(connection.execute(select(*(table.c[name] for name in columns))))

    kept, unreadable = [], 0
    for state, expires_at in all_of(visits, "state", "expires_at"):
        try:
            kept.append(KeptVisit(rows.visit_of(state), expires_at))
        except msgspec.ValidationError:
            unreadable += 1
    if unreadable:
        log.warning("%d visits were written by another version and are left out.", unreadable)
    counted: dict[str, int] = dict(map(tuple, all_of(counters, "name", "value")))
    servers = [Row(*each) for each in all_of(fleet_rows, *(column.name for column in fleet_rows.columns))]
    return Archive(
        visits=tuple(sorted(kept, key=lambda each: each.visit.joined_at)),
        booths=tuple(rows.booth_of(state) for (state,) in all_of(booths, "state")),
        fleet=fleet_of(row for row in servers if row.part != DOOR["part"]),
        numbers=counted.get(TICKET_NUMBERS, 0),
        up_there=tuple(name for name, state in all_of(uploads, "name", "state") if state in MAY_BE_UP),
        leaving=tuple(
            left_of(*each)
            for each in all_of(uploads, "visit", "state", "since")
            if each[1] in (*TO_GO, *AWAY)
        ),
        erasures=_erasures(connection, tables),
        unreadable=unreadable,
        forgotten=remembered(counted),
    )


def _erasures(connection: Connection, tables: set[str]) -> int:
    """Count the erasures that are not done: those in the outbox, and those that the engine has."""
    waiting = 0
    if outbox.name in tables:
        waiting += connection.execute(
            select(func.count()).select_from(outbox).where(outbox.c.kind == ERASE)
        ).scalar_one()
    schema = None if connection.dialect.name == "sqlite" else ENGINE_SCHEMA
    if inspect(connection).has_table(ENGINE_TABLE, schema):
        jobs = table(ENGINE_TABLE, column("workflow_uuid"), column("status"), schema=schema)
        is_open = jobs.c.workflow_uuid.startswith(f"{ERASE}:") & jobs.c.status.in_(UNDER_WAY)
        waiting += connection.execute(select(func.count()).select_from(jobs).where(is_open)).scalar_one()
    return waiting


def _engine(url: str, file: Path | None) -> Engine:
    if file is None:
        reading = {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
        return create_engine(url, hide_parameters=True, poolclass=NullPool, execution_options=reading)

    def connect() -> sqlite3.Connection:
        return _connected(file)

    return create_engine("sqlite://", creator=connect, hide_parameters=True, poolclass=NullPool)


def _connected(file: Path) -> sqlite3.Connection:
    address = f"{file.resolve().as_uri()}?mode=ro"
    try:
        return _begun(address)
    except sqlite3.OperationalError:
        # A copy on a disk that nobody may write has no log beside it, and needs none.
        log_file = file.with_name(file.name + "-wal")
        if log_file.exists() and log_file.stat().st_size:
            raise
        return _begun(f"{address}&immutable=1")


def _begun(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT_MS / MS_A_SECOND)
    try:
        connection.isolation_level = None
        # One moment for all that is read: a booth may be writing meanwhile.
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def _unusable(url: str, file: Path | None) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.Error) as reason:
        place = file or url.rpartition("@")[2]
        told = reason.orig if isinstance(reason, DBAPIError) else reason
        raise DatabaseUnusableError(f"The database {place} cannot be read: {told}.") from reason
