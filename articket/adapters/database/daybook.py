"""What happened when, counted by the quarter of an hour: it names nobody and outlives visits."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects import postgresql, sqlite

from articket.adapters.database.schema import daybook
from articket.domain.day import Happening

# Every time zone's days begin at one of these.
QUARTER_S: Final = 900
KNOWN: Final = frozenset(Happening)


def note(connection: Connection, booth: str, happened: Sequence[Happening], at: float) -> None:
    """Add one to each count."""
    insert: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    for kind, times in Counter(happened).items():
        row = {"booth": booth, "quarter": _quarter(at), "kind": kind.value, "count": times}
        more = {"count": daybook.c.count + times}
        put = insert(daybook).values(row)
        connection.execute(put.on_conflict_do_update(index_elements=["booth", "quarter", "kind"], set_=more))


def since(connection: Connection, booth: str, began: float) -> dict[Happening, int]:
    """Return how often each kind happened since then, which is a moment at which a quarter begins.

    Kinds that only another version knows are left out.
    """
    those = (daybook.c.booth == booth) & (daybook.c.quarter >= _quarter(began))
    counted = select(daybook.c.kind, func.sum(daybook.c.count)).where(those).group_by(daybook.c.kind)
    return {Happening(kind): int(total) for kind, total in connection.execute(counted) if kind in KNOWN}


def _quarter(at: float) -> int:
    return int(at // QUARTER_S) * QUARTER_S
