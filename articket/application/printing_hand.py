"""What every way to the printer does alike: take tickets in hand, pause while it is away, and say so."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from articket.application.backoff import Backoff
from articket.application.floor import Floor
from articket.domain.faults import Fault, PermanentFault
from articket.domain.print_commands import ClaimTicket, FailPrint, LetTicketGo, PrintCommand
from articket.domain.print_queue import WAITING, PrintState
from articket.domain.visit import Visit

PRINTER: Final = "printer"  # as whom it claims
BATCH: Final = 50
TOLD: Final = 500

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PrinterHealth:
    """What is in the printer's way by its code, and since when; nothing where tickets flow.

    `kind` is the way there, "folder" or "ipp"; `name` is the printer's own, where it says one; `warnings`
    are the codes of what will soon be in the way.
    """

    trouble: str | None = None
    since: float | None = None
    kind: str = "folder"
    name: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class Hand:
    """The printer's hand among those of the desks.

    `told` hears of every change that staff see, with the visits whose own pages show it too.
    """

    floor: Floor
    booth: str
    told: Callable[[frozenset[str]], None]
    health: PrinterHealth
    _backoff: Backoff = field(init=False)

    def __post_init__(self) -> None:
        """Try at once."""
        self._backoff = Backoff(self.floor.clock)

    @property
    def is_rested(self) -> bool:
        """Whether it may be tried now: the last try did not fail a moment ago."""
        return self._backoff.is_over

    def waiting(self) -> list[Visit]:
        """Return the visits whose tickets wait for paper, or are in somebody's hand for it."""
        return self.floor.visits.to_print(self.booth, BATCH)

    def free(self) -> list[Visit]:
        """Return the visits whose tickets nobody has in hand."""
        now, claim_s = self.floor.clock.now(), self.floor.rules.durations.print_claim_s
        return [visit for visit in self.waiting() if visit.ticket.print_job.is_free(now, claim_s)]

    def ours(self) -> list[Visit]:
        """Return the visits whose tickets are in this hand."""
        return [visit for visit in self.waiting() if visit.ticket.print_job.is_with(PRINTER)]

    def at_printer(self) -> list[Visit]:
        """Return the visits whose tickets the printer has; of what went into a folder only staff know."""
        return self.floor.visits.at_printer(self.booth, BATCH)

    def do(self, command: PrintCommand, visit: Visit) -> bool:
        """Perform a command; False where somebody else was quicker, or the visit is gone."""
        try:
            self.floor.apply(visit.booth, command, visit.id)
        except PermanentFault as fault:
            log.info("Ticket %s: %s", ticket_number(visit), fault.sentence)
            return False
        return True

    def take(self, visit: Visit) -> bool:
        """Claim a ticket as it was read; False where somebody was quicker, or it was made anew since."""
        if not self.do(ClaimTicket(PRINTER), visit):
            return False
        now = self.floor.visits.visit(visit.id)
        if now is not None and _paper(now) == _paper(visit):
            return True
        self.do(LetTicketGo(PRINTER), visit)
        return False

    def give_up(self, visit: Visit, fault: Fault) -> None:
        """Tell the desk that this ticket cannot be printed, and why."""
        log.warning("Ticket %s cannot be printed: %s", ticket_number(visit), fault.sentence)
        if self.do(ClaimTicket(PRINTER), visit):
            self.do(FailPrint(PRINTER, fault.code), visit)

    def pause(self, fault: Fault) -> None:
        """Leave the printer alone for a while, longer with every time in a row."""
        self._backoff.failed()
        if self.health.trouble != fault.code:
            log.warning("Tickets wait for the printer: %s It is tried again and again.", fault.sentence)
        self.say(replace(self.health, trouble=fault.code))

    def go_on(self) -> None:
        """Note that the printer can be reached."""
        self._backoff.worked()

    def say(self, health: PrinterHealth) -> None:
        """Tell the pages how the printer is; a trouble that stays keeps its beginning."""
        before = self.health
        if health.trouble != before.trouble:
            since = self.floor.clock.now() if health.trouble else None
            if health.trouble is None:
                log.info("The printer takes tickets again.")
            health = replace(health, since=since)
        else:
            health = replace(health, since=before.since)
        if health != before:
            self.health = health
            begins_or_ends = (health.trouble is None) != (before.trouble is None)
            self.told(self._affected() if begins_or_ends else frozenset())

    def _affected(self) -> frozenset[str]:
        on_the_way = (*WAITING, PrintState.SENT)
        return frozenset(visit.id for visit in self.floor.visits.to_print(self.booth, TOLD, on_the_way))


def ticket_number(visit: Visit) -> int:
    """Return a ticket's number."""
    return visit.decision.number if visit.decision else 0


def _paper(visit: Visit) -> tuple[int, str | None, int, int]:
    """Return what decides which paper comes out, and how often."""
    ticket, job = visit.ticket, visit.ticket.print_job
    return ticket.edition, ticket.file, job.round, job.copies
