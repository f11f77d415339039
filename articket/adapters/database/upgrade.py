"""Columns that an older version's tables lack, filled from the aggregates beside them."""

from sqlalchemy import Connection, bindparam, inspect, select, text, update
from sqlalchemy.schema import CreateColumn

from articket.adapters.database import rows
from articket.adapters.database.schema import visits


def add_missing_columns(connection: Connection) -> None:
    """Bring the table of visits up to this version; does nothing where it is."""
    present = {column["name"] for column in inspect(connection).get_columns(visits.name)}
    missing = [column for column in visits.columns if column.name not in present]
    for column in missing:
        definition = CreateColumn(column).compile(dialect=connection.dialect)
        connection.execute(text(f"ALTER TABLE {visits.name} ADD COLUMN {definition}"))
    if not missing:
        return
    found = [rows.visit_columns(rows.visit_of(state)) for state in connection.scalars(select(visits.c.state))]
    names = [column.name for column in missing]
    filled = [{"this": row["id"], **{name: row[name] for name in names}} for row in found]
    if filled:
        connection.execute(update(visits).where(visits.c.id == bindparam("this")), filled)
