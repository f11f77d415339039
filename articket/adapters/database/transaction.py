from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from articket.adapters.database import daybook, rows
from articket.adapters.database.schema import answered, booths, counters, keys, outbox, visits
from articket.adapters.database.uploads import follow
from articket.application.ports import Ack, Keys
from articket.domain.booth import Booth
from articket.domain.day import Happening
from articket.domain.jobs import Job
from articket.domain.visit import Visit

TICKET_NUMBERS = "ticket-numbers"


class SqlTransaction:
    """One command's rows; PostgreSQL locks the booth's row, SQLite the whole file."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection, whose transaction somebody else ends."""
        self._connection = connection
        self._insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert

    def booth(self, booth: str) -> Booth:
        """Return the booth, a new one where none was saved."""
        fresh = Booth(booth)
        self._run(
            self._insert(booths)
            .values(id=booth, revision=0, deadline=None, state=rows.booth_state(fresh))
            .on_conflict_do_nothing()
        )
        found = self._run(select(booths.c.state).where(booths.c.id == booth).with_for_update()).scalar_one()
        return rows.booth_of(found)

    def visit(self, visit: str) -> Visit | None:
        """Return the visit, if there is one."""
        state = self._run(select(visits.c.state).where(visits.c.id == visit)).scalar()
        return rows.visit_of(state) if state else None

    def visit_by_entry(self, entry: bytes) -> Visit | None:
        """Return the visit that was opened from this entry."""
        found = self._run(select(keys.c.visit).where(keys.c.entry == entry)).scalar()
        return self.visit(found) if found else None

    def save_booth(self, booth: Booth) -> None:
        """Keep the booth."""
        values = {"revision": booth.revision, "deadline": booth.deadline, "state": rows.booth_state(booth)}
        self._run(update(booths).where(booths.c.id == booth.id).values(values))

    def save_visit(self, visit: Visit, expires_at: float) -> None:
        """Keep the visit until then."""
        values = rows.visit_columns(visit) | {"expires_at": expires_at}
        self._run(update(visits).where(visits.c.id == visit.id).values(values))
        follow(self._connection, visit)

    def add_visit(self, visit: Visit, keys_: Keys, expires_at: float) -> None:
        """Keep a new visit with the hashes it is found by."""
        self._run(insert(visits).values(rows.visit_columns(visit) | {"expires_at": expires_at}))
        hashes = {"token": keys_.token, "keep": keys_.keep, "entry": keys_.entry}
        self._run(insert(keys).values(visit=visit.id, **hashes))

    def next_number(self) -> int:
        """Draw the installation's next ticket number, starting at 1."""
        drawn = self._insert(counters).values(name=TICKET_NUMBERS, value=1)
        statement = drawn.on_conflict_do_update(
            index_elements=["name"], set_={"value": counters.c.value + 1}
        ).returning(counters.c.value)
        return int(self._run(statement).scalar_one())

    def note(self, booth: str, happened: Sequence[Happening], at: float) -> None:
        """Let the day's counts grow; they name nobody."""
        daybook.note(self._connection, booth, happened, at)

    def order(self, jobs: Sequence[Job]) -> None:
        """Put jobs into the outbox; one that was ordered before is ignored."""
        for job in jobs:
            self._run(self._insert(outbox).values(rows.job_columns(job)).on_conflict_do_nothing())

    def answered(self, owner: str, cmd_id: str) -> Ack | None:
        """Return what was answered to this command before."""
        asked = (answered.c.owner == owner) & (answered.c.cmd_id == cmd_id)
        state = self._run(select(answered.c.ack).where(asked)).scalar()
        return rows.ack_of(state) if state else None

    def remember(self, owner: str, cmd_id: str, ack: Ack, at: float) -> None:
        """Keep the answer for a repetition."""
        values = {"owner": owner, "cmd_id": cmd_id, "at": at, "ack": rows.ack_state(ack)}
        self._run(insert(answered).values(values))

    def forget(self, visit: str) -> None:
        """Drop answers and waiting jobs of an erased visit; its phone still finds the receipt."""
        self._run(delete(answered).where(answered.c.owner == visit))
        self._run(delete(outbox).where(outbox.c.visit == visit))

    def _run(self, statement: Any) -> Any:
        return self._connection.execute(statement)
