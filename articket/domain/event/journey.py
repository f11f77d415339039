"""One visit's way in numbers, without anything that says whose it was."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Final

from articket.domain.booth import Booth
from articket.domain.print_queue import PrintState
from articket.domain.visit import PaintingStatus, Receipt, TicketStatus, Visit

# Whoever did something so lately may still be choosing a photo somewhere near the booth.
PRESENT_S: Final = 900.0
# Why a ticket was printed again, as staff choose it; what else was written there might name somebody.
REASONS: Final = ("paper", "colour", "lost")
OTHER: Final = "other"


class Reached(IntEnum):
    """How far a visit came."""

    JOINED = 0
    AGREED = 1
    PHOTO = 2
    QUIZ = 3
    PAINTER = 4
    TICKET = 5
    PRINTED = 6


class Step(StrEnum):
    """A part of the way whose time is known."""

    CONSENT = "consent"  # joined -> agreed
    PHOTO = "photo"  # agreed -> the photo that was kept
    LINE = "line"  # joined -> first called
    MONITOR = "monitor"  # first called -> last answer
    REVEAL = "reveal"  # last answer -> reveal
    TICKET = "ticket"  # last answer -> first ticket
    PRINT = "print"  # ticket -> printed
    WHOLE = "whole"  # joined -> printed


@dataclass(frozen=True, slots=True)
class Painting:
    """A finished painting: in which style, by whom, in how many seconds."""

    style: str
    painter: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Journey:
    """A visit without its owner; of one that is erased, or should be, only how far it came is left.

    `room` is the question, from 1, before which a visit in the quiz stands; `failed` counts paintings that
    never came.
    """

    joined_at: float
    locale: str
    reached: Reached
    assisted: bool = False
    present: bool = False
    erased: bool = False
    expired: bool = False
    room: int | None = None
    style: str | None = None
    answers: tuple[str, ...] = ()
    took: Mapping[Step, float] = field(default_factory=dict)
    paintings: tuple[Painting, ...] = ()
    failed: int = 0
    ticket_at: float | None = None
    printed_at: tuple[float, ...] = ()
    reprints: tuple[str, ...] = ()
    print_faults: int = 0
    stars: int | None = None
    comment: str = ""

    @property
    def gone(self) -> bool:
        """Whether nothing but how far it came may be told."""
        return self.erased or self.expired


def journey_of(visit: Visit, expires_at: float, booths: Mapping[str, Booth], now: float) -> Journey:
    """Return a visit's way; one whose retention is over is told as an erased one."""
    if visit.receipt is not None:
        reached = _reached_by(visit.receipt)
        due = visit.receipt.at >= expires_at
        return Journey(visit.joined_at, visit.locale, reached, erased=not due, expired=due)
    reached = _reached(visit)
    if now >= expires_at:
        return Journey(visit.joined_at, visit.locale, reached, visit.assisted, expired=True)
    printed = tuple(moment.at for moment in visit.moments if moment.kind == "printed")
    return Journey(
        joined_at=visit.joined_at,
        locale=visit.locale,
        reached=reached,
        assisted=visit.assisted,
        present=_is_present(visit, booths.get(visit.booth), now),
        room=visit.at + 1 if reached in (Reached.PHOTO, Reached.QUIZ) and visit.sent else None,
        style=visit.decision.style if visit.decision else None,
        answers=visit.given_answers,
        took=_took(visit),
        paintings=tuple(
            Painting(easel.style, easel.painter, easel.seconds)
            for easel in visit.easels
            if easel.status is PaintingStatus.DONE and easel.painter and easel.seconds is not None
        ),
        failed=sum(easel.status is PaintingStatus.FAILED for easel in visit.easels),
        ticket_at=_first(visit, "ticket"),
        printed_at=printed or ((visit.ticket.printed_at,) if visit.ticket.printed_at else ()),
        reprints=tuple(why if why in REASONS else OTHER for why in visit.ticket.reprints),
        print_faults=sum(step.state is PrintState.FAILED for step in visit.ticket.print_job.steps),
        stars=visit.review.stars if visit.review else None,
        comment=visit.review.comment if visit.review else "",
    )


def _reached(visit: Visit) -> Reached:
    ticket = visit.ticket
    steps = (
        (Reached.PRINTED, ticket.status is TicketStatus.PRINTED or bool(ticket.reprints)),
        (Reached.TICKET, ticket.status is TicketStatus.READY or _first(visit, "ticket") is not None),
        (Reached.PAINTER, visit.decision is not None),
        (Reached.QUIZ, bool(visit.answers)),
        (Reached.PHOTO, visit.photo is not None),
        (Reached.AGREED, visit.consent is not None),
    )
    return next((reached for reached, held in steps if held), Reached.JOINED)


def _reached_by(receipt: Receipt) -> Reached:
    """Return how far an erased visit came, as far as its receipt tells: not whether it was printed."""
    items = dict(receipt.items)
    steps = (
        (Reached.TICKET, "ticket"),
        (Reached.QUIZ, "answers"),
        (Reached.PHOTO, "photo"),
        (Reached.AGREED, "name"),
    )
    found = next((reached for reached, item in steps if items.get(item)), Reached.JOINED)
    # The code of a visit whose painter was fixed begins with its number.
    is_decided = found is Reached.QUIZ and "-" in receipt.code
    return Reached.PAINTER if is_decided else found


def _is_present(visit: Visit, booth: Booth | None, now: float) -> bool:
    if booth is not None and (booth.visit == visit.id or booth.position(visit.id) is not None):
        return True
    known = (visit.joined_at, visit.called_at, visit.revealed_at, *(each.at for each in visit.moments))
    if visit.decision is not None:
        known = (*known, visit.decision.at)
    return now - max(at for at in known if at is not None) < PRESENT_S


def _took(visit: Visit) -> dict[Step, float]:
    agreed = visit.consent.at if visit.consent else None
    decided = visit.decision.at if visit.decision else None
    ticket, printed = _first(visit, "ticket"), _first(visit, "printed")
    # Whoever was called only after the last answer walked the rooms by phone.
    answered = decided if visit.called_at is not None and decided and decided >= visit.called_at else None
    spans = {
        Step.CONSENT: (visit.joined_at, agreed),
        Step.PHOTO: (agreed, _first(visit, "photo")),
        Step.LINE: (visit.joined_at, visit.called_at),
        Step.MONITOR: (visit.called_at, answered),
        Step.REVEAL: (decided, visit.revealed_at),
        Step.TICKET: (decided, ticket),
        Step.PRINT: (ticket, printed),
        Step.WHOLE: (visit.joined_at, printed),
    }
    # A clock that was put back makes no time negative.
    return {
        step: max(0.0, end - start)
        for step, (start, end) in spans.items()
        if start is not None and end is not None
    }


def _first(visit: Visit, kind: str) -> float | None:
    return next((moment.at for moment in visit.moments if moment.kind == kind), None)
