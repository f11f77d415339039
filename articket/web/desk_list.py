"""Whom staff deal with, by need; a day has more visits than a tablet can show."""

from typing import Final

from articket.application.ports import Visits
from articket.domain.booth import Booth
from articket.domain.transitions.line import next_in_line
from articket.domain.visit import PaintingStatus, TicketStatus, Visit

OPEN_SHOWN: Final = 100
PRINTED_SHOWN: Final = 20
LINE_SHOWN: Final = 60
ABANDONED_S: Final = 15 * 60.0  # without a photo and not in line: nobody comes back to that


def desk_list(visits: Visits, booth: Booth, now: float) -> list[Visit]:
    """Return troubles first, then what to print, the monitor, the line, the rest, and the latest printed."""
    in_line = {place.visit for place in booth.line}
    first = (booth.visit, next_in_line(booth))
    wanted = [*(visit for visit in first if visit), *(place.visit for place in booth.line[:LINE_SHOWN])]
    ready = visits.with_tickets(booth.id, TicketStatus.READY, OPEN_SHOWN)
    making = visits.with_tickets(booth.id, TicketStatus.MAKING, OPEN_SHOWN)
    under_way = visits.under_way(booth.id, now - ABANDONED_S, OPEN_SHOWN + len(booth.line))
    rest = [*making, *(visit for visit in under_way if visit.id not in in_line)]
    seated = sorted(visits.many(wanted), key=lambda visit: _order(booth, visit))
    trouble = [
        *reversed(visits.with_tickets(booth.id, TicketStatus.TROUBLE, OPEN_SHOWN)),
        *(visit for visit in (*rest, *seated) if _has_failed(visit)),
    ]
    open_ones = {visit.id: visit for visit in (*trouble, *ready, *seated, *rest)}
    printed = visits.with_tickets(booth.id, TicketStatus.PRINTED, PRINTED_SHOWN)
    shown = dict(list(open_ones.items())[:OPEN_SHOWN]) | {visit.id: visit for visit in printed}
    return [visit for visit in shown.values() if visit.receipt is None]


def _order(booth: Booth, visit: Visit) -> int:
    """Return the place in line; whoever is at the monitor comes before."""
    position = booth.position(visit.id)
    return -1 if position is None else position


def _has_failed(visit: Visit) -> bool:
    return any(easel.status is PaintingStatus.FAILED for easel in visit.easels)
