"""What staff count in a day: each of it happens once to a visit, or is asked for anew."""

from enum import StrEnum

from articket.domain.visit import PaintingStatus, TicketStatus, Visit


class Happening(StrEnum):
    """Something that a day's count grows by; it names nobody and outlives the visit."""

    JOINED = "joined"
    PAINTED = "painted"  # every painting of a photo is there
    PRINTED = "printed"  # a ticket was handed out for the first time
    REPRINTED = "reprinted"  # a handed out ticket was asked for once more
    DELETED = "deleted"  # the visitor or staff, not the end of the retention


def happenings(before: Visit, after: Visit, expires_at: float) -> tuple[Happening, ...]:
    """Return what a command did to a visit that a day counts."""
    if after.receipt is not None:
        is_new = before.receipt is None
        return (Happening.DELETED,) if is_new and after.receipt.at < expires_at else ()
    happened = []
    if _is_painted(after) and not _is_painted(before):
        happened.append(Happening.PAINTED)
    if _is_printed(after) and not _is_printed(before) and not after.ticket.reprints:
        happened.append(Happening.PRINTED)
    if len(after.ticket.reprints) > len(before.ticket.reprints):
        happened.append(Happening.REPRINTED)
    return tuple(happened)


def _is_painted(visit: Visit) -> bool:
    return bool(visit.easels) and all(easel.status is PaintingStatus.DONE for easel in visit.easels)


def _is_printed(visit: Visit) -> bool:
    return visit.ticket.status is TicketStatus.PRINTED
