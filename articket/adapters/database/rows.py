"""Aggregates and jobs to and from what a row holds."""

from typing import Any

import msgspec

from articket.application.ports import Ack
from articket.domain.booth import Booth
from articket.domain.jobs import DescribeJob, EraseJob, Job, LookJob, PaintJob, TicketJob
from articket.domain.name_search import has
from articket.domain.visit import TicketStatus, Visit

AT_THE_DESK = (TicketStatus.READY, TicketStatus.PRINTED)

KINDS: dict[str, type[Job]] = {
    "paint": PaintJob,
    "describe": DescribeJob,
    "look": LookJob,
    "ticket": TicketJob,
    "erase": EraseJob,
}
NAMES = {kind: name for name, kind in KINDS.items()}


def booth_state(booth: Booth) -> str:
    """Return the booth as JSON."""
    return msgspec.json.encode(booth).decode()


def booth_of(state: str) -> Booth:
    """Return the booth that JSON says."""
    return msgspec.json.decode(state, type=Booth)


def visit_columns(visit: Visit) -> dict[str, Any]:
    """Return the columns of a visit's row but for its expiry."""
    return {
        "id": visit.id,
        "booth": visit.booth,
        "joined_at": visit.joined_at,
        "erased": visit.receipt is not None,
        "number": visit.decision.number if visit.decision else None,
        "revealed_at": visit.revealed_at,
        "on_wall": visit.on_the_wall,
        "ticket": visit.ticket.status.value,
        "printed_at": visit.ticket.printed_at,
        "print_state": visit.ticket.print_job.state.value if visit.ticket.status in AT_THE_DESK else "none",
        "print_ref": visit.ticket.print_job.ref if visit.ticket.status is TicketStatus.READY else None,
        "has_photo": visit.photo is not None,
        "at_easels": visit.at_easels,
        "look_due": visit.look_due,
        "wanted_at": visit.ticket.wanted_at,
        "state": msgspec.json.encode(visit).decode(),
    }


def visit_of(state: str) -> Visit:
    """Return the visit that JSON says."""
    return msgspec.json.decode(state, type=Visit)


def had_ticket(state: str) -> bool:
    """Whether the visit that JSON says was erased and had a ticket before."""
    receipt = visit_of(state).receipt
    return receipt is not None and receipt.had_ticket


class Named(msgspec.Struct):
    """What is read of a visit to know its name."""

    name: str | None = None


def is_named(state: str, part: str) -> bool:
    """Whether this stands in the name of the visit that JSON says."""
    name = msgspec.json.decode(state, type=Named).name
    return name is not None and has(name, part)


def ack_state(ack: Ack) -> str:
    """Return an answer as JSON."""
    return msgspec.json.encode(ack).decode()


def ack_of(state: str) -> Ack:
    """Return the answer that JSON says."""
    return msgspec.json.decode(state, type=Ack)


def job_columns(job: Job) -> dict[str, Any]:
    """Return the outbox columns of a job."""
    return {
        "job": job.id,
        "visit": job.visit,
        "kind": NAMES[type(job)],
        "args": msgspec.json.encode(job).decode(),
    }


def job_of(kind: str, args: str) -> Job:
    """Return the job that an outbox row says."""
    return msgspec.json.decode(args, type=KINDS[kind])
