"""What the desk counts: this moment, the piles that staff look at alone, and who has what in hand."""

from collections.abc import Sequence

from articket.application.desks import SeenDesk
from articket.application.ports import Tally
from articket.domain.booth import Booth
from articket.domain.day import Happening
from articket.domain.print_queue import WAITING, PrintState
from articket.domain.visit import PaintingStatus, TicketStatus, Visit
from articket.web.payloads import DESK
from articket.web.snapshots.house import Json


def counts(booth: Booth, tally: Tally, inside: Visit | None) -> Json:
    """Return the numbers of this moment, and how many tickets were handed out today."""
    number = inside.decision.number if inside and inside.decision else None
    return {
        "line": len(booth.line),
        "inside": number or (inside.name if inside else None),
        "painting": tally.painting,
        "to_print": _to_print(tally),
        "waits_since": tally.waits_since,
        "done_today": tally.day.get(Happening.PRINTED, 0),
    }


def _to_print(tally: Tally) -> int:
    return sum(tally.paper.get(state, 0) for state in (*WAITING, PrintState.FAILED))


def piles(booth: Booth, tally: Tally, rows: Sequence[Json]) -> Json:
    """Return how many there are of each kind that staff may look at alone, listed or not."""
    paper = tally.paper
    printed = sum(each["ticket"] == TicketStatus.PRINTED for each in rows)
    return {
        "to_print": _to_print(tally),
        "trouble": tally.stuck + paper.get(PrintState.FAILED, 0) + sum(map(_needs_a_hand, rows)),
        "sent": paper.get(PrintState.SENT, 0),
        "held": paper.get(PrintState.HELD, 0),
        "line": len({place.visit for place in booth.line} | ({booth.visit} if booth.visit else set())),
        "printed": max(tally.day.get(Happening.PRINTED, 0), printed),
    }


def _needs_a_hand(told: Json) -> bool:
    """Whether paintings or ticket come only if asked for anew, or staff are to look; SQL counts the rest."""
    if told["ticket"] == TicketStatus.TROUBLE or (told["print"] or {}).get("state") == PrintState.FAILED:
        return False
    is_open = told["ticket"] in (TicketStatus.NONE, TicketStatus.MAKING)
    is_stuck = is_open and (told["can_remake"] or PaintingStatus.FAILED in told["easels"])
    return bool(is_stuck or (told["moderation"] or {}).get("look") == "please")


def seat(seen: SeenDesk, visits: Sequence[Visit], now: float) -> Json:
    """Return a desk with the tickets that it has in hand."""
    by = f"{DESK}{seen.id}"
    return {
        "id": seen.id,
        "number": seen.number,
        "name": seen.name or None,
        "there": seen.is_there(now),
        "seen_at": seen.seen_at,
        "holds": [
            {"visit": visit.id, "number": visit.decision.number}
            for visit in visits
            if visit.decision
            and visit.ticket.status is TicketStatus.READY
            and visit.ticket.print_job.is_with(by)
        ],
    }
