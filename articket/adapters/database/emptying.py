"""Emptying a database for the next event; what staff set up stays."""

from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, delete, inspect, select

from articket.adapters.database.engine import Database
from articket.adapters.database.inspection import file_of
from articket.adapters.database.roster import SqlRosterPage
from articket.adapters.database.schema import choices, fleet_rows, metadata

# The network that staff chose and the mark that ties database and files together; servers are emptied apart.
STAYS: Final = frozenset({choices.name, fleet_rows.name})


def empty(url: str) -> None:
    """Delete every booth, visit, key, number and job in one transaction, and what was in their place on disk.

    Staff's choices stay, and the fleet's servers without their history. Raises DatabaseUnusableError.
    """
    file = file_of(url)
    if file is not None and not file.exists():
        return
    database = Database(url)
    try:
        with database.unusable():
            with database.writing() as connection:
                present = set(inspect(connection).get_table_names())
                for table in reversed(metadata.sorted_tables):
                    if table.name in present and table.name not in STAYS:
                        connection.execute(delete(table))
                if fleet_rows.name in present:
                    _rest(connection)
            database.scrub()
            database.tidy()
    finally:
        database.close()


def _rest(connection: Connection) -> None:
    """Let the servers begin anew, with how fast they are."""
    connection.execute(select(fleet_rows.c.id).with_for_update())
    page = SqlRosterPage(connection)
    servers = tuple(replace(each, painted=0, lost=0, tries=()) for each in page.fleet.servers)
    fleet = replace(page.fleet, commissions=(), leases=(), servers=servers)
    page.save(replace(fleet, finished=0, hedges=0, repainted=0))
