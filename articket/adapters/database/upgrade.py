"""What an older version's tables lack, filled from the aggregates that are there."""

from typing import Final

from sqlalchemy import Connection, bindparam, inspect, select, text, update
from sqlalchemy.schema import CreateColumn

from articket.adapters.database import rows
from articket.adapters.database.schema import uploads, visits
from articket.adapters.database.uploads import AT_THE_DESK, follow

FORMER_INDEXES: Final = ("visits_by_ticket", "visits_to_look_at")


def add_missing_columns(connection: Connection) -> None:
    """Bring the table of visits up to this version; does nothing where it is."""
    present = {column["name"] for column in inspect(connection).get_columns(visits.name)}
    missing = [column for column in visits.columns if column.name not in present]
    for column in missing:
        definition = CreateColumn(column).compile(dialect=connection.dialect)
        connection.execute(text(f"ALTER TABLE {visits.name} ADD COLUMN {definition}"))
    _drop_old_indexes(connection)
    for index in visits.indexes:
        index.create(connection, checkfirst=True)
    if not missing:
        return
    found = [rows.visit_columns(rows.visit_of(state)) for state in connection.scalars(select(visits.c.state))]
    names = [column.name for column in missing]
    filled = [{"this": row["id"], **{name: row[name] for name in names}} for row in found]
    if filled:
        connection.execute(update(visits).where(visits.c.id == bindparam("this")), filled)


def _drop_old_indexes(connection: Connection) -> None:
    """Drop what no list asks any more, and what has other columns now than under its old name."""
    wanted = {str(index.name): [column.name for column in index.columns] for index in visits.indexes}
    for found in inspect(connection).get_indexes(visits.name):
        name = str(found["name"])
        if name in FORMER_INDEXES or (name in wanted and found["column_names"] != wanted[name]):
            connection.execute(text(f"DROP INDEX IF EXISTS {name}"))


def queue_tickets(connection: Connection) -> None:
    """Let every ticket go up that was made before there was a queue for them."""
    ready = visits.c.ticket.in_([status.value for status in AT_THE_DESK])
    unknown = visits.c.id.not_in(select(uploads.c.visit))
    for state in connection.scalars(
        select(visits.c.state).where(ready & unknown).order_by(visits.c.number)
    ).all():
        follow(connection, rows.visit_of(state))
