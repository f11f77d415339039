"""What a ticket's job is called at a printer: its number and marks that say nothing of the visitor."""

import re
from dataclasses import dataclass
from typing import Final, Self

from articket.application.printing_hand import PRINTER, ticket_number
from articket.domain.visit import TicketStatus, Visit

_NAMED: Final = re.compile(r"(\d{4,})-(\d+)-(\d+)-([a-z2-7]{16})")


@dataclass(frozen=True, slots=True)
class Slip:
    """One round of one edition of a ticket; no two are called alike, so a job is known again by its name."""

    number: int
    edition: int
    round: int
    visit: str

    @classmethod
    def of(cls, visit: Visit) -> Self:
        """Return the slip of the paper that is wanted now."""
        return cls(ticket_number(visit), visit.ticket.edition, visit.ticket.print_job.round, visit.id)

    @classmethod
    def read(cls, name: str) -> Self | None:
        """Return the slip that a job's name says, None for a job that is not ours."""
        found = _NAMED.fullmatch(name)
        return cls(int(found[1]), int(found[2]), int(found[3]), found[4]) if found else None

    @property
    def name(self) -> str:
        """What the job is called."""
        return f"{self.number:04d}-{self.edition}-{self.round}-{self.visit}"

    def is_wanted(self, visit: Visit, ref: int) -> bool:
        """Whether the visit still wants this paper of the printer, from the job with this number.

        A ticket that is only claimed wants any: the number of its job is not known yet.
        """
        ready = visit.receipt is None and visit.ticket.status is TicketStatus.READY
        job = visit.ticket.print_job
        wanted = ready and Slip.of(visit) == self and job.is_at(PRINTER, self.round)
        return wanted and job.ref in (None, ref)
