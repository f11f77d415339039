from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from threading import Lock
from typing import Final

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from articket.adapters.database.engine import Database
from articket.adapters.database.fleet_rows import Row, fleet_of, rows_of
from articket.adapters.database.schema import fleet_rows, metadata
from articket.domain.fleet.fleet import Fleet

DOOR: Final = {"part": "", "id": "door", "place": 0, "state": "null"}
"""The row that PostgreSQL locks; SQLite locks the whole file."""


class SqlRosterPage:
    """The fleet within one transaction, whose end is somebody else's."""

    def __init__(self, connection: Connection) -> None:
        """Read the fleet through this connection."""
        self._connection = connection
        self._held = {row.key: row for row in _read(connection)}
        self.fleet = fleet_of(self._held.values())

    def save(self, fleet: Fleet) -> None:
        """Write what differs from what is held."""
        wanted = rows_of(fleet, self._held)
        gone = [{"old_part": part, "old_id": id_} for part, id_ in self._held.keys() - wanted.keys()]
        changed = [asdict(row) for key, row in wanted.items() if self._held.get(key) != row]
        if gone:
            this = (fleet_rows.c.part == bindparam("old_part")) & (fleet_rows.c.id == bindparam("old_id"))
            self._connection.execute(delete(fleet_rows).where(this), gone)
        if changed:
            put = _insert(self._connection)
            new = {name: put.excluded[name] for name in ("place", "state", "login")}
            self._connection.execute(
                put.on_conflict_do_update(index_elements=["part", "id"], set_=new), changed
            )
        self._held, self.fleet = wanted, fleet


class SqlRoster:
    """The fleet in a relational database, for all workers alike."""

    def __init__(self, database: Database) -> None:
        """Use this database; its tables are created where they are missing.

        Raises DatabaseUnusableError when it is none, or does not let us in.
        """
        self._database = database
        self._page = Lock()
        with database.writer(), database.unusable():
            metadata.create_all(database.engine)
            with database.engine.begin() as connection:
                connection.execute(_insert(connection).values(DOOR).on_conflict_do_nothing())

    @contextmanager
    def transaction(self) -> Iterator[SqlRosterPage]:
        """Open the fleet for writing, alone; it commits at the end of the block, an exception rolls back."""
        # Whoever waits for the fleet waits here, without a connection that its writer may need to get on.
        with self._page, self._database.writing() as connection:
            is_door = fleet_rows.c.part == DOOR["part"]
            connection.execute(select(fleet_rows.c.id).where(is_door).with_for_update())
            yield SqlRosterPage(connection)

    def fleet(self) -> Fleet:
        """Return the fleet as last committed."""
        with self._database.reading() as connection:
            return fleet_of(_read(connection))


def _read(connection: Connection) -> list[Row]:
    of_the_fleet = fleet_rows.c.part != DOOR["part"]
    return [Row(*each) for each in connection.execute(select(fleet_rows).where(of_the_fleet))]


def _insert(connection: Connection) -> postgresql.Insert | sqlite.Insert:
    if connection.dialect.name == "postgresql":
        return postgresql.insert(fleet_rows)
    return sqlite.insert(fleet_rows)
