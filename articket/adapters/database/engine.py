"""Opening a database so that commands on a booth never interleave and erased rows leave nothing behind."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from threading import Event, Lock
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError

from articket.adapters.database.schema import metadata
from articket.domain.faults import StoreFull, StoreUnwritable

BUSY_TIMEOUT_MS = 30_000
POOL_SIZE = 24
POOL_WAIT_S = 30.0
CHECKPOINT_TRIES = 5
CHECKPOINT_WAIT_MS = 400
MODE_WAIT_S = 0.01
VACUUM_WITHIN_S = 20.0
NO_ROOM = ("SQLITE_FULL",)
NO_USE = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM")


class DatabaseUnusableError(Exception):
    """The database cannot be worked with; the sentence says which and why, without its password."""


class Database:
    """An engine, and for SQLite the lock that lets this process's writers queue fairly.

    SQLite's own waiting is a poll with growing pauses: writers that queue here first wait less.
    """

    def __init__(self, url: str) -> None:
        """Open the database; nothing is created yet."""
        self.sqlite = url.startswith("sqlite")
        self.engine = create_engine(
            url,
            pool_size=POOL_SIZE,
            max_overflow=POOL_SIZE,
            pool_timeout=POOL_WAIT_S,
            hide_parameters=True,  # rows hold names, and errors go to the log
        )
        self._reader = self.engine.execution_options(reading=True)
        self._writing = Lock()
        self._untidy = Event()
        self._untidy.set()  # whoever was killed may have left something
        if self.sqlite:
            event.listen(self.engine, "connect", _prepare)
            event.listen(self.engine, "begin", _begin_at_once)

    def writer(self) -> AbstractContextManager[Any]:
        """Return what a writing transaction holds while it runs."""
        return self._writing if self.sqlite else nullcontext()

    @contextmanager
    def unusable(self) -> Iterator[None]:
        """Say in a DatabaseUnusableError what the driver refuses to do in the block."""
        try:
            yield
        except DBAPIError as reason:
            url = self.engine.url
            place = url.database if self.sqlite else url.render_as_string(hide_password=True)
            raise DatabaseUnusableError(f"The database {place} cannot be used: {reason.orig}.") from reason

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction for writing; it commits at the end and rolls back on an exception.

        Raises StoreFull without room on the disk, StoreUnwritable where the file cannot be used.
        """
        with self._said_as_fault(), self.writer(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that only reads; the faults are those of `writing`."""
        with self._said_as_fault(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def _said_as_fault(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as reason:
            said = getattr(reason.orig, "sqlite_errorname", "")
            if said.startswith(NO_ROOM):
                raise StoreFull("store-full", "The database's disk has no room left.") from reason
            if said.startswith(NO_USE):
                raise StoreUnwritable("store-unwritable", "The database cannot be used.") from reason
            raise

    def scrub(self) -> None:
        """Overwrite what deleted rows left: SQLite's write-ahead log at once, PostgreSQL's pages at `tidy`.

        Raises TimeoutError when somebody keeps reading from SQLite's log. PostgreSQL's own log keeps it until
        its segments are used again.
        """
        if not self.sqlite:
            self._untidy.set()
        elif not any(self._checkpoint() for _ in range(CHECKPOINT_TRIES)):
            raise TimeoutError("The write-ahead log could not be emptied: somebody reads from it.")

    def tidy(self, within_s: float = VACUUM_WITHIN_S) -> None:
        """Clear PostgreSQL's pages, once for all erasures since the last time, and at first.

        Raises DBAPIError where it takes longer; the next call begins again.
        """
        if self.sqlite or not self._untidy.is_set():
            return
        self._untidy.clear()
        try:
            self._vacuum(within_s)
        except DBAPIError:
            self._untidy.set()
            raise

    def _vacuum(self, within_s: float) -> None:
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.detach()  # the limit is this connection's, and no other's
            connection.execute(text(f"SET statement_timeout = {round(within_s * 1000)}"))
            ours = sorted(set(metadata.tables) & set(inspect(connection).get_table_names()))
            if ours:
                connection.execute(text(f"VACUUM {', '.join(ours)}"))

    def _checkpoint(self) -> bool:
        # Commands wait meanwhile, so it is patient in small portions.
        with self._writing, closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout={CHECKPOINT_WAIT_MS}")
            busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
            return not busy

    def answers(self) -> bool:
        """Whether the database answers; raises what it raises when it does not."""
        with self.engine.connect() as connection:
            return connection.execute(text("SELECT 1")).scalar() == 1

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def engine_for_jobs(url: str) -> Engine:
    """Open an engine for DBOS on the same database, which wipes what it deletes as ours does."""
    engine = create_engine(url, hide_parameters=True)
    if url.startswith("sqlite"):

        @event.listens_for(engine, "connect")
        def prepare(connection: Any, _: object) -> None:
            _pragmas(connection)
            connection.isolation_level = "IMMEDIATE"

    return engine


def _prepare(connection: Any, _: object) -> None:
    # The driver must not open transactions by itself: "begin" below opens them for writing.
    connection.isolation_level = None
    _pragmas(connection)


def _pragmas(connection: Any) -> None:
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    _log_ahead(connection)
    for pragma in ("synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _log_ahead(connection: Any) -> None:
    # Where several open a new file at once, SQLite lets one change its mode and refuses the others at once,
    # whatever the busy time-out says.
    ends = monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as refused:
            if refused.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > ends:
                raise
            Event().wait(MODE_WAIT_S)
        else:
            return


def _begin_at_once(connection: Any) -> None:
    # Only transactions opened for writing take the lock: readers say so by an execution option.
    if connection.get_execution_options().get("reading"):
        connection.exec_driver_sql("BEGIN")
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
