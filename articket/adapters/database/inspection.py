"""Looking at a database without making or changing anything in it."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, inspect, select
from sqlalchemy.engine import make_url

from articket.adapters.database.engine import Database
from articket.adapters.database.roster import SqlRoster
from articket.adapters.database.schema import fleet_rows, visits
from articket.domain.fleet.fleet import Fleet


@dataclass(frozen=True, slots=True)
class Condition:
    """How much a database holds: its visits, and its size in bytes where it is a file."""

    visits: int
    size_bytes: int | None


def condition(url: str) -> Condition | None:
    """Return what the database holds, having begun to write in it; None where there is none yet.

    Raises DatabaseUnusableError where it cannot be worked with, StoreFull without room on its disk and
    StoreUnwritable where its file cannot be written.
    """
    file = file_of(url)
    if file is not None and not file.exists():
        return None
    database = Database(url)
    try:
        with database.unusable(), database.writing() as connection:
            if not inspect(connection).has_table(visits.name):
                return None
            count = connection.execute(select(func.count()).select_from(visits)).scalar_one()
        return Condition(count, file.stat().st_size if file else None)
    finally:
        database.close()


def fleet_in(url: str) -> Fleet:
    """Return the fleet that the database holds, an empty one where it holds none; raises as `condition`."""
    file = file_of(url)
    if file is not None and not file.exists():
        return Fleet()
    database = Database(url)
    try:
        with database.unusable(), database.reading() as connection:
            known = inspect(connection).has_table(fleet_rows.name)
        return SqlRoster(database).fleet() if known else Fleet()
    finally:
        database.close()


def file_of(url: str) -> Path | None:
    """Return where an SQLite database lies, None for others and for one in memory."""
    parts = make_url(url)
    if parts.get_backend_name() != "sqlite" or not parts.database:
        return None
    return Path(parts.database)
