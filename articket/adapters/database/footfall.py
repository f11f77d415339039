"""How many visits joined when, of those that are forgotten: all that stays of them, and it names nobody."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from articket.adapters.database.schema import counters

# Every time zone's hours begin at one of these.
QUARTER_S: Final = 900
NAME: Final = "came-"


def remember(connection: Connection, joined: Iterable[float]) -> None:
    """Count visits by the quarter of an hour in which they joined."""
    insert: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    for quarter, count in Counter(int(at // QUARTER_S) * QUARTER_S for at in joined).items():
        put = insert(counters).values(name=f"{NAME}{quarter}", value=count)
        more = {"value": counters.c.value + count}
        connection.execute(put.on_conflict_do_update(index_elements=["name"], set_=more))


def remembered(counted: Mapping[str, int]) -> dict[float, int]:
    """Return how many came from when on, of all counters by their names."""
    return {float(name.removeprefix(NAME)): count for name, count in counted.items() if name.startswith(NAME)}
