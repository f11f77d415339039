"""Whom staff deal with, each need with a fair share: a day has more visits than a tablet can show."""

from collections.abc import Sequence
from typing import Final

from articket.application.ports import Visits
from articket.domain.booth import Booth
from articket.domain.print_queue import WAITING, PrintState
from articket.domain.transitions.line import next_in_line
from articket.domain.visit import PaintingStatus, TicketStatus, Visit

OPEN_SHOWN: Final = 100
PRINTED_SHOWN: Final = 20
LINE_SHOWN: Final = 60
LOOKS_SHOWN: Final = 15
ABANDONED_S: Final = 15 * 60.0  # without a photo and not in line: nobody comes back to that

Group = Sequence[Visit]


def desk_list(visits: Visits, booth: Booth, now: float) -> list[Visit]:
    """Return troubles first, then what to print, monitor and line, the rest, and the latest printed.

    The photos that wait longest for a look are among them, each where it belongs or before the printed ones.
    """
    in_line = {place.visit for place in booth.line}
    first = (booth.visit, next_in_line(booth))
    wanted = [*(visit for visit in first if visit), *(place.visit for place in booth.line[:LINE_SHOWN])]
    making = visits.with_tickets(booth.id, TicketStatus.MAKING, OPEN_SHOWN)
    under_way = visits.under_way(booth.id, now - ABANDONED_S, OPEN_SHOWN + len(booth.line))
    rest = [*making, *(visit for visit in under_way if visit.id not in in_line)]
    seated = sorted(visits.many(wanted), key=lambda visit: _order(booth, visit))
    trouble = [
        *reversed(visits.with_tickets(booth.id, TicketStatus.TROUBLE, OPEN_SHOWN)),
        *(visit for visit in (*rest, *seated) if _has_failed(visit)),
    ]
    # What a desk has in hand must be listed: its page keeps alive, and hands over, what it sees of that.
    in_hand = _on_paper(visits, booth, PrintState.CLAIMED)
    groups = (
        (trouble, 10),
        (_on_paper(visits, booth, PrintState.FAILED), 10),
        ([*_on_paper(visits, booth, *WAITING), *in_hand], 30),
        (_on_paper(visits, booth, PrintState.SENT), 5),
        (_on_paper(visits, booth, PrintState.HELD), 5),
        (seated, 10),
        (rest, 5),
    )
    looks = (visits.to_look_at(booth.id, now, LOOKS_SHOWN), LOOKS_SHOWN)
    chosen = {visit.id for visit in _fair(((in_hand, 10), looks, *groups))}
    printed = visits.with_tickets(booth.id, TicketStatus.PRINTED, PRINTED_SHOWN)
    listed = [visit for group, _ in (*groups, looks) for visit in group if visit.id in chosen]
    shown = {visit.id: visit for visit in (*listed, *printed)}
    return [visit for visit in shown.values() if visit.receipt is None]


def _on_paper(visits: Visits, booth: Booth, *states: PrintState) -> list[Visit]:
    return visits.to_print(booth.id, OPEN_SHOWN, states)


def _fair(groups: Sequence[tuple[Group, int]]) -> list[Visit]:
    """Return as many as are shown, by group: each its share, and what is left to the first in need."""
    seen: set[str] = set()
    own = []
    for group, share in groups:
        fresh = list({visit.id: visit for visit in group if visit.id not in seen}.values())
        seen |= {visit.id for visit in fresh}
        own.append((fresh, share))
    left = OPEN_SHOWN - sum(min(len(group), share) for group, share in own)
    shown: list[Visit] = []
    for group, share in own:
        more = min(left, max(0, len(group) - share))
        left -= more
        shown += group[: share + more]
    return shown


def _order(booth: Booth, visit: Visit) -> int:
    """Return the place in line; whoever is at the monitor comes before."""
    position = booth.position(visit.id)
    return -1 if position is None else position


def _has_failed(visit: Visit) -> bool:
    return any(easel.status is PaintingStatus.FAILED for easel in visit.easels)
