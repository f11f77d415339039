"""Counting what staff look at twice a second: visits are counted in indexes alone, their rows stay unread."""

from sqlalchemy import ColumnElement, Connection, func, select

from articket.adapters.database import daybook
from articket.adapters.database.schema import visits
from articket.application.ports import Tally
from articket.domain.print_queue import PrintState
from articket.domain.visit import TicketStatus

WANTED = (PrintState.QUEUED, PrintState.CLAIMED, PrintState.FAILED)


def count(connection: Connection, booth: str, day_began: float) -> Tally:
    """Count the booth's visits by what staff have to do with them, and what happened since then."""
    state, ready = visits.c.print_state, visits.c.ticket == TicketStatus.READY.value
    tickets = select(state, func.count(), func.min(visits.c.wanted_at)).where(of_booth(booth) & ready)
    found = {
        PrintState(name): (number, since)
        for name, number, since in connection.execute(tickets.group_by(state))
    }
    waits = [since for each, (_, since) in found.items() if each in WANTED and since is not None]
    stuck = visits.c.ticket == TicketStatus.TROUBLE.value
    return Tally(
        painting=_how_many(connection, of_booth(booth) & visits.c.at_easels),
        paper={each: number for each, (number, _) in found.items()},
        stuck=_how_many(connection, of_booth(booth) & stuck),
        waits_since=min(waits, default=None),
        day=daybook.since(connection, booth, day_began),
    )


def of_booth(booth: str) -> ColumnElement[bool]:
    """Return what picks the booth's visits that are not erased."""
    return (visits.c.booth == booth) & ~visits.c.erased


def _how_many(connection: Connection, those: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.count()).select_from(visits).where(those)).scalar_one())
