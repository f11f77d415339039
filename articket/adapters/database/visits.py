from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, insert, select

from articket.adapters.database import rows
from articket.adapters.database.engine import Database
from articket.adapters.database.schema import answered, booths, choices, keys, metadata, outbox, visits
from articket.adapters.database.transaction import SqlTransaction
from articket.adapters.database.upgrade import add_missing_columns
from articket.application.ports import Tally
from articket.domain.booth import Booth
from articket.domain.jobs import Job
from articket.domain.visit import TicketStatus, Visit


class SqlVisits:
    """Booths, visits and the outbox in a relational database."""

    def __init__(self, database: Database) -> None:
        """Use this database; its tables are created where they are missing.

        Raises DatabaseUnusableError when it is none, or does not let us in.
        """
        self._database = database
        with database.writer(), database.unusable():
            metadata.create_all(database.engine)
            with database.engine.begin() as connection:
                add_missing_columns(connection)

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Open a transaction; it commits at the end of the block and rolls back on an exception."""
        with self._database.writing() as connection:
            yield SqlTransaction(connection)

    def booth(self, booth: str) -> Booth:
        """Return the booth as last committed."""
        state = self._one(select(booths.c.state).where(booths.c.id == booth))
        return rows.booth_of(state) if state else Booth(booth)

    def visit(self, visit: str) -> Visit | None:
        """Return the visit as last committed."""
        return self._visit(select(visits.c.state).where(visits.c.id == visit))

    def many(self, wanted: Sequence[str]) -> list[Visit]:
        """Return those of these visits that exist, in this order."""
        found = {
            visit.id: visit for visit in self._visits(select(visits.c.state).where(visits.c.id.in_(wanted)))
        }
        return [found[visit] for visit in wanted if visit in found]

    def by_token(self, token: bytes) -> Visit | None:
        """Return the visit whose phone holds the secret with this hash."""
        return self._visit(_with_key().where(keys.c.token == token))

    def by_keep(self, keep: bytes) -> Visit | None:
        """Return the visit whose ticket carries the code with this hash."""
        return self._visit(_with_key().where(keys.c.keep == keep))

    def by_number(self, number: int) -> Visit | None:
        """Return the visit with this ticket number."""
        return self._visit(select(visits.c.state).where(visits.c.number == number))

    def with_tickets(self, booth: str, status: TicketStatus, limit: int) -> list[Visit]:
        """Return visits whose tickets are that far, by number; printed ones the latest first."""
        those = _of(booth) & (visits.c.ticket == status.value)
        order = visits.c.printed_at.desc() if status is TicketStatus.PRINTED else visits.c.number
        return self._visits(select(visits.c.state).where(those).order_by(order).limit(limit))

    def under_way(self, booth: str, joined_since: float, limit: int) -> list[Visit]:
        """Return visits without a ticket that sent a photo or joined since then, the latest first."""
        present = visits.c.has_photo | (visits.c.joined_at >= joined_since)
        those = _of(booth) & (visits.c.ticket == TicketStatus.NONE.value) & present
        return self._visits(
            select(visits.c.state).where(those).order_by(visits.c.joined_at.desc()).limit(limit)
        )

    def tally(self, booth: str, printed_since: float) -> Tally:
        """Count the booth's visits by what staff have to do with them."""
        printed = (visits.c.ticket == TicketStatus.PRINTED.value) & (visits.c.printed_at >= printed_since)
        kinds = (visits.c.at_easels, visits.c.ticket == TicketStatus.READY.value, printed)
        counts = select(*(func.count().filter(kind) for kind in kinds)).where(_of(booth))
        with self._database.reading() as connection:
            row = connection.execute(counts).one()
        return Tally(painting=row[0], to_print=row[1], printed=row[2])

    def gallery(self, booth: str, limit: int) -> list[Visit]:
        """Return the latest revealed visits whose owners allowed the wall and staff did not hide."""
        hung = _of(booth) & visits.c.on_wall
        return self._visits(
            select(visits.c.state).where(hung).order_by(visits.c.revealed_at.desc()).limit(limit)
        )

    def expired(self, now: float, limit: int) -> list[Visit]:
        """Return visits whose retention is over and that still hold something."""
        due = ~visits.c.erased & (visits.c.expires_at <= now)
        return self._visits(select(visits.c.state).where(due).order_by(visits.c.expires_at).limit(limit))

    def due(self, now: float) -> list[Booth]:
        """Return the booths whose deadline has passed."""
        states = self._all(select(booths.c.state).where(booths.c.deadline <= now))
        return [rows.booth_of(state) for state in states]

    def forget_receipts(self, before: float) -> None:
        """Drop receipts and remembered answers from before that time."""
        old = (visits.c.erased) & (visits.c.expires_at < before)
        with self._database.writing() as connection:
            connection.execute(delete(keys).where(keys.c.visit.in_(select(visits.c.id).where(old))))
            connection.execute(delete(visits).where(old))
            connection.execute(delete(answered).where(answered.c.at < before))

    def choice(self, name: str) -> str | None:
        """Return what staff chose under this name, if anything."""
        value = self._one(select(choices.c.value).where(choices.c.name == name))
        return str(value) if value is not None else None

    def choose(self, name: str, value: str) -> None:
        """Keep what staff chose."""
        with self._database.writing() as connection:
            connection.execute(delete(choices).where(choices.c.name == name))
            connection.execute(insert(choices).values(name=name, value=value))

    def pending(self, limit: int) -> list[Job]:
        """Return the oldest jobs that were not handed over yet."""
        statement = select(outbox.c.kind, outbox.c.args).order_by(outbox.c.seq).limit(limit)
        with self._database.reading() as connection:
            return [rows.job_of(kind, args) for kind, args in connection.execute(statement)]

    def handed_over(self, jobs: Sequence[Job]) -> None:
        """Forget jobs that the engine has."""
        done = delete(outbox).where(outbox.c.job.in_([job.id for job in jobs]))
        with self._database.writing() as connection:
            connection.execute(done)

    def scrub(self) -> None:
        """Overwrite what deleted rows left in free pages and in the write-ahead log."""
        self._database.scrub()

    def _visit(self, statement: Select[Any]) -> Visit | None:
        state = self._one(statement)
        return rows.visit_of(state) if state else None

    def _visits(self, statement: Select[Any]) -> list[Visit]:
        return [rows.visit_of(state) for state in self._all(statement)]

    def _one(self, statement: Select[Any]) -> Any:
        with self._database.reading() as connection:
            return connection.execute(statement).scalar()

    def _all(self, statement: Select[Any]) -> Sequence[Any]:
        with self._database.reading() as connection:
            return connection.execute(statement).scalars().all()


def _of(booth: str) -> ColumnElement[bool]:
    return (visits.c.booth == booth) & ~visits.c.erased


def _with_key() -> Select[Any]:
    return select(visits.c.state).join(keys, keys.c.visit == visits.c.id)
