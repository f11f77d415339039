"""Tickets on their way to a printer that takes jobs and says what becomes of them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Final

from articket.application.floor import Floor
from articket.application.ports import Barriers, Store
from articket.application.printing_hand import PRINTER, Hand, PrinterHealth, ticket_number
from articket.application.printing_slips import Slip
from articket.application.printing_spooler import ENDED, JobState, PrinterLook, Spooler
from articket.domain.faults import PermanentFault, PrinterFault, PrintFailed, TransientFault
from articket.domain.print_commands import ClaimTicket, ConfirmPrint, FailPrint, LetTicketGo, SendTicket
from articket.domain.print_queue import PrintState
from articket.domain.visit import Visit

IPP: Final = "ipp"
SILENT: Final = "printer-silent"
BUSY: Final = "printer-busy"
# An idle printer is asked how it is only now and then: some wake up for it.
LOOK_EVERY_S: Final = 10.0
# Printers keep ended jobs for a minute at the least: what is looked for that often cannot come and go unseen.
REMEMBERS_S: Final = 45.0
# A ticket takes some printers a minute; nothing is said so early without a reason beside it.
STUCK_S: Final = 10.0
SLOW_S: Final = 180.0  # a copy
# A printer lists a job some time after it was sent; one that hung may still take it from its network card.
COMES_LATE_S: Final = 90.0

log = logging.getLogger(__name__)


# Of several jobs of one ticket, the one that paper comes of.
LIKELIEST: Final = (
    *(JobState.DONE, JobState.FLAWED, JobState.PRINTING, JobState.WAITING),
    *(JobState.ABORTED, JobState.CANCELED),
)
WHY: Final = {
    JobState.CANCELED: "print-canceled",
    JobState.ABORTED: "print-aborted",
    JobState.FLAWED: "print-flawed",
}


@dataclass(slots=True)
class JobPrinting:
    """Hands tickets to the printer one by one and follows each until the printer says what became of it.

    One at a time: what waits stays here, where staff can hold it back, print it elsewhere or erase it, and
    lies in nobody's spool. A ticket is claimed before it is handed over, under a name of its own; killed
    between handing over and noting the printer's number, the next start finds the job by that name.
    """

    floor: Floor
    spooler: Spooler
    store: Store
    barriers: Barriers
    told: Callable[[frozenset[str]], None]
    booth: str
    _hand: Hand = field(init=False)
    _looked_at: float = field(init=False, default=float("-inf"))
    _crowded: bool = field(init=False, default=False)
    _doubted: set[str] = field(init=False, default_factory=set)
    _missed: dict[str, float] = field(init=False, default_factory=dict)  # when they were looked for in vain
    _closing: Event = field(init=False, default_factory=Event)

    def __post_init__(self) -> None:
        """Try at once."""
        self._hand = Hand(self.floor, self.booth, self.told, PrinterHealth(kind=IPP))

    def run(self) -> None:
        """Follow what is at the printer, and hand over what comes next where it takes one."""
        if not self._hand.is_rested:
            return
        claimed, sent, free = self._hand.ours(), self._hand.at_printer(), self._hand.free()
        if not (claimed or sent or free or self._is_time_to_look):
            return
        try:
            look = self.spooler.look()
            self._looked_at = self.floor.clock.now()
            self._settle(claimed, sent)
            sent = self._hand.at_printer() if claimed or sent else sent
            trouble = look.trouble or self._busy(look) or self._stuck(look, sent)
            if not trouble and not sent and not self._closing.is_set():
                self._print_next()
        except TransientFault as fault:
            self._crowded = fault.code == BUSY
            self._hand.pause(fault)
        else:
            self._hand.go_on()
            self._hand.say(PrinterHealth(trouble, kind=IPP, name=look.name, warnings=look.warnings))

    def close(self) -> None:
        """Begin nothing new."""
        self._closing.set()

    def health(self) -> PrinterHealth:
        """Return how the printer is."""
        return self._hand.health

    @property
    def _is_time_to_look(self) -> bool:
        return not 0 <= self.floor.clock.now() - self._looked_at < LOOK_EVERY_S

    def _busy(self, look: PrinterLook) -> str | None:
        """Remember that the printer refused for somebody else's job, until it has nothing to do."""
        self._crowded = self._crowded and look.is_working
        return BUSY if self._crowded else None

    def _stuck(self, look: PrinterLook, sent: list[Visit]) -> str | None:
        """Return why what is at the printer does not come out, where it says something of the kind."""
        long_ago = self.floor.clock.now() - STUCK_S
        jobs = [visit.ticket.print_job for visit in sent]
        stays = any(job.since <= long_ago for job in jobs)
        if look.doubt and stays:
            return look.doubt
        now = self.floor.clock.now()
        return "printer-stuck" if any(now - job.since >= SLOW_S * job.copies for job in jobs) else None

    def _settle(self, claimed: list[Visit], sent: list[Visit]) -> None:
        for visit in claimed:
            self._find(visit)
        for visit in sent:
            self._follow(visit)
        self._cancel_what_nobody_wants()

    def _find(self, visit: Visit) -> None:
        """See what became of a ticket that was claimed, and never noted as handed over."""
        slip, job = Slip.of(visit), visit.ticket.print_job
        known = [*self.spooler.jobs(ended=False), *self.spooler.jobs(ended=True)]
        same = [each for each in known if each.name == slip.name]
        found = min(same, key=lambda each: LIKELIEST.index(each.state), default=None)
        begun = next((step.at for step in reversed(job.steps) if step.state is PrintState.CLAIMED), job.since)
        now = self.floor.clock.now()
        never_came = now - self._missed.pop(slip.name, begun) < REMEMBERS_S and slip.name not in self._doubted
        if found is not None:
            self._doubted.discard(slip.name)
            self._hand.do(SendTicket(PRINTER, found.ref), visit)
        elif now - begun < COMES_LATE_S and (never_came or slip.name in self._doubted):
            self._missed[slip.name] = now
            self._hand.do(ClaimTicket(PRINTER), visit)
        elif never_came:
            self._hand.do(LetTicketGo(PRINTER), visit)
        else:
            self._doubted.discard(slip.name)
            self._hand.do(FailPrint(PRINTER, "print-unknown", slip.round), visit)

    def _follow(self, visit: Visit) -> None:
        """Take the printer's word for what became of a ticket it was given."""
        slip, ref = Slip.of(visit), visit.ticket.print_job.ref or 0
        job = self.spooler.job(ref)
        if job is None or job.name != slip.name:
            # A printer that was switched off forgets, and another printer counts anew.
            log.warning("The printer knows nothing of ticket %s any more.", ticket_number(visit))
            self._hand.do(FailPrint(PRINTER, "print-unknown", slip.round), visit)
            return
        if job.state not in ENDED:
            return
        if job.state is JobState.DONE:
            self._hand.do(ConfirmPrint(PRINTER, slip.round), visit)
        else:
            log.warning("Ticket %s did not come out well: %s.", ticket_number(visit), job.state)
            self._hand.do(FailPrint(PRINTER, WHY[job.state], slip.round), visit)
        self.barriers.reach("settled-not-purged")
        self.spooler.cancel(ref)

    def _cancel_what_nobody_wants(self) -> None:
        """Take back what staff printed otherwise or gave up, and what its visitor erased."""
        for job in self.spooler.jobs(ended=False):
            slip = Slip.read(job.name)
            if slip is None:
                continue
            for visit in self.floor.visits.many(
                [slip.visit]
            ):  # none where another booth's ticket waits there
                if not slip.is_wanted(visit, job.ref):
                    log.info("Ticket %s is taken back from the printer.", slip.number)
                    self.spooler.cancel(job.ref)

    def _print_next(self) -> None:
        if self._hand.ours():
            return
        for visit in self._hand.free()[:1]:
            self._print(visit)

    def _print(self, visit: Visit) -> None:
        try:
            document = self.store.get(visit.ticket.file or "")
        except PermanentFault as fault:
            self._hand.give_up(visit, fault)
            return
        if not self._hand.take(visit):
            return
        self.barriers.reach("claimed-not-submitted")
        slip = Slip.of(visit)
        try:
            ref = self.spooler.submit(slip.name, document, visit.ticket.print_job.copies)
        except PrintFailed as refused:
            log.warning("Ticket %s: %s", ticket_number(visit), refused.sentence)
            self._hand.do(FailPrint(PRINTER, refused.code, slip.round), visit)
            return
        except PrinterFault as fault:
            if fault.code == SILENT:
                self._doubted.add(slip.name)
            else:
                self._hand.do(LetTicketGo(PRINTER), visit)
            raise
        self.barriers.reach("submitted-not-noted")
        if not self._hand.do(SendTicket(PRINTER, ref), visit):
            log.info("Ticket %s was taken out of the printer's hand.", ticket_number(visit))
            self.spooler.cancel(ref)
