"""Desks that take tickets as fast as they can; also a program of its own: database, desk's name."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

from doubles.world import StillClock
from visits.contract import FAR, NOW, add, fresh
from visits.crowd import open_floor

from articket.adapters.database.engine import Database
from articket.adapters.database.visits import SqlVisits
from articket.application.floor import Floor
from articket.application.ports import Visits
from articket.domain.faults import PrintRefused
from articket.domain.print_commands import ClaimTicket
from articket.domain.visit import Decision, Ticket, TicketStatus, Visit


def ticket(number: int) -> Visit:
    """Return a visit whose ticket is ready to print."""
    made = Ticket(TicketStatus.READY, ready_at=NOW, edition=1)
    return fresh(f"v{number}", decision=Decision("t", "sea", number, NOW), ticket=made)


def fill(visits: SqlVisits, count: int) -> list[str]:
    """Put tickets into the queue and return their visits."""
    made = [ticket(number) for number in range(1, count + 1)]
    add(visits, *made)
    with visits.transaction() as transaction:
        for visit in made:
            transaction.save_visit(visit, FAR)
    return [visit.id for visit in made]


def floor_at(visits: Visits, now: float = NOW) -> Floor:
    """Open a floor of its own, with its own clock."""
    return replace(open_floor(visits), clock=StillClock(now))


def takes(floor: Floor, visit: str, by: str) -> bool:
    """Whether this desk got the ticket."""
    try:
        floor.apply("main", ClaimTicket(by), visit)
    except PrintRefused as refused:
        if refused.code != "ticket-claimed":
            raise
        return False
    return True


def haul(floor: Floor, visits: Sequence[str], by: str) -> Iterator[str]:
    """Try for every ticket in turn and yield those that were got."""
    return (visit for visit in visits if takes(floor, visit, by))


if __name__ == "__main__":
    database = Database(f"sqlite:///{sys.argv[1]}")
    kept = SqlVisits(database)
    waiting = [visit.id for visit in kept.to_print("main", 1000)]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write("".join(f"{visit}\n" for visit in haul(floor_at(kept), waiting, sys.argv[2])))
    database.close()
