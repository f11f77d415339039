from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, delete, func, insert, select, union_all

from articket.adapters.database import footfall, rows
from articket.adapters.database.engine import Database
from articket.adapters.database.schema import (
    answered,
    booths,
    choices,
    counters,
    keys,
    metadata,
    outbox,
    visits,
)
from articket.adapters.database.tally import count, of_booth
from articket.adapters.database.transaction import TICKET_NUMBERS, SqlTransaction
from articket.adapters.database.upgrade import add_missing_columns, queue_tickets
from articket.application.ports import Tally
from articket.domain.booth import Booth
from articket.domain.jobs import Job
from articket.domain.print_queue import WAITING, PrintState
from articket.domain.visit import TicketStatus, Visit

AT_ONCE = 200


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
                queue_tickets(connection)

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
        those = of_booth(booth) & (visits.c.ticket == status.value)
        order = visits.c.printed_at.desc() if status is TicketStatus.PRINTED else visits.c.number
        return self._visits(select(visits.c.state).where(those).order_by(order).limit(limit))

    def to_print(self, booth: str, limit: int, states: Collection[PrintState] = WAITING) -> list[Visit]:
        """Return visits whose tickets wait for paper or are in a hand, or are that far, by number."""
        ready = of_booth(booth) & (visits.c.ticket == TicketStatus.READY.value)
        piles = [ready & (visits.c.print_state == state.value) for state in states]
        return self._merged(piles, visits.c.number, limit)

    def at_printer(self, booth: str, limit: int) -> list[Visit]:
        """Return visits whose tickets a printer has under a number of its own."""
        those = of_booth(booth) & visits.c.print_ref.is_not(None)
        return self._visits(select(visits.c.state).where(those).limit(limit))

    def last_number(self) -> int:
        """Return the ticket number that was drawn last, 0 before the first."""
        return int(self._one(select(counters.c.value).where(counters.c.name == TICKET_NUMBERS)) or 0)

    def named(self, booth: str, part: str, limit: int) -> list[Visit]:
        """Return visits in whose name this stands, whatever its case; the latest first."""
        latest_first = select(visits.c.state).where(of_booth(booth)).order_by(visits.c.joined_at.desc())
        statement = latest_first.execution_options(stream_results=True)
        found: list[Visit] = []
        # Who stops half way closes what PostgreSQL keeps open for them.
        with self._database.reading() as connection, connection.execute(statement) as states:
            for state in states.yield_per(AT_ONCE).scalars():
                if rows.is_named(state, part):
                    found.append(rows.visit_of(state))
                if len(found) == limit:
                    break
        return found

    def under_way(self, booth: str, joined_since: float, limit: int) -> list[Visit]:
        """Return visits without a ticket that sent a photo or joined since then, the latest first."""
        without = of_booth(booth) & (visits.c.ticket == TicketStatus.NONE.value)
        came = without & ~visits.c.has_photo & (visits.c.joined_at >= joined_since)
        return self._merged([without & visits.c.has_photo, came], visits.c.joined_at, limit, latest=True)

    def tally(self, booth: str, day_began: float) -> Tally:
        """Count the booth's visits by what staff have to do with them, and what happened since then."""
        with self._database.reading() as connection:
            return count(connection, booth, day_began)

    def gallery(self, booth: str, limit: int) -> list[Visit]:
        """Return the latest revealed visits whose owners allowed the wall and staff did not hide."""
        hung = of_booth(booth) & visits.c.on_wall
        return self._visits(
            select(visits.c.state).where(hung).order_by(visits.c.revealed_at.desc()).limit(limit)
        )

    def to_look_at(self, booth: str, now: float, limit: int) -> list[Visit]:
        """Return visits whose photos wait for staff to look at them, the earliest first."""
        waiting = of_booth(booth) & (visits.c.look_due <= now)
        return self._visits(select(visits.c.state).where(waiting).order_by(visits.c.look_due).limit(limit))

    def looks_due(self, booth: str, now: float) -> int:
        """Count the photos that wait for staff to look at them."""
        waiting = of_booth(booth) & (visits.c.look_due <= now)
        return int(self._one(select(func.count()).select_from(visits).where(waiting)))

    def expired(self, now: float, limit: int) -> list[Visit]:
        """Return visits whose retention is over and that still hold something."""
        due = ~visits.c.erased & (visits.c.expires_at <= now)
        return self._visits(select(visits.c.state).where(due).order_by(visits.c.expires_at).limit(limit))

    def due(self, now: float) -> list[Booth]:
        """Return the booths whose deadline has passed."""
        states = self._all(select(booths.c.state).where(booths.c.deadline <= now))
        return [rows.booth_of(state) for state in states]

    def forget_receipts(self, before: float, *, with_tickets: bool = True) -> None:
        """Drop receipts and remembered answers from before that time, but for how many joined when.

        Receipts of visits that had a ticket go only `with_tickets`.
        """
        old = visits.c.erased & (visits.c.expires_at < before)
        receipts = select(visits.c.id, visits.c.joined_at, visits.c.state).where(old)
        with self._database.writing() as connection:
            connection.execute(delete(answered).where(answered.c.at < before))
            found = connection.execute(receipts).all()
            gone = [row for row in found if with_tickets or not rows.had_ticket(row.state)]
            footfall.remember(connection, (row.joined_at for row in gone))
            for start in range(0, len(gone), AT_ONCE):
                ids = [row.id for row in gone[start : start + AT_ONCE]]
                connection.execute(delete(keys).where(keys.c.visit.in_(ids)))
                connection.execute(delete(visits).where(visits.c.id.in_(ids)))

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
        """Have overwritten, within a minute, what deleted rows left in free pages and the write-ahead log."""
        self._database.scrub()

    def _visit(self, statement: Select[Any]) -> Visit | None:
        state = self._one(statement)
        return rows.visit_of(state) if state else None

    def _visits(self, statement: Select[Any]) -> list[Visit]:
        return [rows.visit_of(state) for state in self._all(statement)]

    def _merged(
        self, piles: Sequence[ColumnElement[bool]], order: Column[Any], limit: int, *, latest: bool = False
    ) -> list[Visit]:
        """Return the first of all piles: each has its order in an index, which a single OR would not use."""
        merged = union_all(*(select(visits.c.state, order).where(pile) for pile in piles)).subquery()
        by = merged.c[order.name]
        return self._visits(select(merged.c.state).order_by(by.desc() if latest else by).limit(limit))

    def _one(self, statement: Select[Any]) -> Any:
        with self._database.reading() as connection:
            return connection.execute(statement).scalar()

    def _all(self, statement: Select[Any]) -> Sequence[Any]:
        with self._database.reading() as connection:
            return connection.execute(statement).scalars().all()


def _with_key() -> Select[Any]:
    return select(visits.c.state).join(keys, keys.c.visit == visits.c.id)
