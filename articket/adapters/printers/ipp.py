"""A printer, or a CUPS queue, asked by the Internet Printing Protocol (RFC 8011)."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Event
from typing import Final

from articket.adapters.printers import ipp_reasons
from articket.adapters.printers.ipp_abilities import PDF, Abilities, TicketPaper, abilities, job_attributes
from articket.adapters.printers.ipp_message import (
    Answer,
    Attribute,
    Group,
    Operation,
    Said,
    Tag,
    number,
    request,
    words,
)
from articket.adapters.printers.ipp_wire import PrinterAddress, call
from articket.application.printing_spooler import ENDED, JobState, PrinterLook, SpooledJob
from articket.domain.faults import PrinterFault, PrintFailed

ASK_LIMIT_S: Final = 10.0
SUBMIT_LIMIT_S: Final = 60.0
CANCELS_WITHIN_S: Final = 3.0
LOOK_EVERY_S: Final = 0.1
JOBS_LISTED: Final = 500
WE: Final = "articket"
WORKING: Final = 4
WELL: Final = 0x00FF
NOT_POSSIBLE: Final = 0x0404
FORBIDDEN: Final = (0x0401, 0x0402, 0x0403)
NOT_FOUND: Final = (0x0406, 0x0407)
# It will not take this ticket, today or tomorrow: too large, a format or an attribute that it does not know.
NEVER: Final = (0x0400, 0x0408, 0x0409, 0x040A, 0x040B, 0x040E, 0x040F, 0x0410, 0x0411, 0x0412)
NOT_ACCEPTING: Final = 0x0506
BUSY: Final = 0x0507
JOB_STATES: Final[Mapping[int, JobState]] = {
    3: JobState.WAITING,
    4: JobState.WAITING,
    5: JobState.PRINTING,
    6: JobState.PRINTING,
    7: JobState.CANCELED,
    8: JobState.ABORTED,
    9: JobState.DONE,
}
ABOUT_JOBS: Final = ("job-id", "job-name", "job-state", "job-state-reasons")
HOW_IT_IS: Final = (
    *("printer-name", "printer-state", "printer-state-reasons", "printer-state-message"),
    "printer-is-accepting-jobs",
)
PAPERS: Final = ("media-supported", "media-ready", "media-col-database")
WHAT_IT_CAN: Final = (
    *("printer-info", "printer-make-and-model", *PAPERS),
    *(f"media-{side}-margin-supported" for side in ("top", "bottom", "left", "right")),
    *("sides-supported", "print-scaling-supported", "document-format-supported"),
)
# The list of papers is long, and some printers take a second to write it down.
ABILITIES_EVERY_S: Final = 60.0

log = logging.getLogger(__name__)

Papers = tuple[Attribute | None, ...]


class IppPrinter:
    """A Spooler over IPP; safe to call from several threads, and every call ends in time."""

    def __init__(
        self,
        address: str,
        paper: TicketPaper,
        media: str | None = None,
        *,
        submit_limit_s: float = SUBMIT_LIMIT_S,
        ask_limit_s: float = ASK_LIMIT_S,
    ) -> None:
        """Ask nothing yet; ValueError where the address is none."""
        self._address: Final = PrinterAddress.read(address)
        self._paper: Final = paper
        self._media: Final = media
        self._submit_limit_s: Final = submit_limit_s
        self._ask_limit_s: Final = ask_limit_s
        self._found: tuple[Abilities, float] | None = None  # and when
        self._offered: Papers = ()
        self._in_vain: Papers | None = None  # the offer of which it did not keep the ticket's paper

    def look(self) -> PrinterLook:
        """Ask the printer how it is, and now and then what it can do; every time where it has no paper."""
        can, found_at = self._found or (None, 0.0)
        if can is None or can.medium is None or time.monotonic() - found_at >= ABILITIES_EVERY_S:
            return self.examine()[0]
        return self._looked(self._printer(HOW_IT_IS), can)

    def examine(self) -> tuple[PrinterLook, Abilities]:
        """Return how the printer is and what it can do for a ticket."""
        printer = self._printer((*HOW_IT_IS, *WHAT_IT_CAN))
        can = abilities(printer, self._paper, self._media, self._address.host)
        self._offered = tuple(printer.get(key) for key in PAPERS)
        if self._offered == self._in_vain:
            can = replace(can, medium=None)
        self._found = (can, time.monotonic())
        return self._looked(printer, can), can

    def _looked(self, printer: Group, can: Abilities) -> PrinterLook:
        state, reasons = number(printer, "printer-state"), words(printer, "printer-state-reasons")
        trouble = ipp_reasons.trouble(state, reasons, accepting=_is_accepting(printer))
        if not can.takes_pdf:
            trouble = "printer-no-pdf"
        elif can.medium is None:
            trouble = "printer-no-media"
        one_sided = ("printer-one-sided",) if self._paper.pages > 1 and not can.both_sides else ()
        soon = (*ipp_reasons.warnings(reasons), *one_sided)
        message = next(iter(words(printer, "printer-state-message")), "")
        doubt = ipp_reasons.doubt(reasons, message)
        return PrinterLook(can.name, trouble, soon, state == WORKING, doubt)

    def submit(self, name: str, document: bytes, copies: int) -> int:
        """Hand over a PDF and return the printer's number for it."""
        can = self._found[0] if self._found else self.examine()[1]
        if can.medium is None:
            raise PrinterFault("printer-no-media", "The printer has no paper of the ticket's size.")
        message = request(
            Operation.PRINT_JOB,
            self._about(
                **{"job-name": Said.of(Tag.NAME, name), "document-format": Said.of(Tag.MIME_TYPE, PDF)}
            ),
            job_attributes(can, self._paper, copies),
        )
        answer = self._handed_over(message, document)
        if answer.status in NEVER:
            raise PrintFailed("print-refused", f"The printer does not take it (status {answer.status:#06x}).")
        _refuse(answer)
        ref = next((number(job, "job-id") for job in answer.of(Tag.JOB)), 0)
        if not ref:
            raise PrinterFault("printer-silent", "The printer took a job without giving it a number.")
        if any(key in group for group in answer.of(Tag.UNSUPPORTED) for key in ("media", "media-col")):
            # It would take the paper that it thinks best.
            self.cancel(ref)
            self._in_vain, self._found = self._offered, None
            raise PrintFailed("print-no-media", "The printer took the job, and not onto the ticket's paper.")
        return ref

    def job(self, ref: int) -> SpooledJob | None:
        """Return a job, None where the printer does not know it, or no longer."""
        wanted = Said.of(Tag.KEYWORD, *ABOUT_JOBS)
        about = self._about(**{"job-id": Said.of(Tag.INTEGER, ref), "requested-attributes": wanted})
        answer = self._ask(Operation.GET_JOB_ATTRIBUTES, about)
        if answer.status in NOT_FOUND:
            return None
        _refuse(answer)
        return next((job for group in answer.of(Tag.JOB) if (job := _job(group, ref))), None)

    def jobs(self, *, ended: bool) -> list[SpooledJob]:
        """Return the jobs that were handed over under our name."""
        about = self._about(**{
            "limit": Said.of(Tag.INTEGER, JOBS_LISTED),
            "requested-attributes": Said.of(Tag.KEYWORD, *ABOUT_JOBS),
            "which-jobs": Said.of(Tag.KEYWORD, "completed" if ended else "not-completed"),
            "my-jobs": Said.of(Tag.BOOLEAN, True),
        })  # fmt: skip
        answer = self._ask(Operation.GET_JOBS, about)
        _refuse(answer)
        return [job for group in answer.of(Tag.JOB) if (job := _job(group, 0))]

    def cancel(self, ref: int) -> None:
        """Cancel a job; CUPS forgets its files and its history as well, others know no such wish."""
        job = self.job(ref)
        if job is None:
            return
        if job.state not in ENDED:
            self._cancel(ref, purge=False)
            # CUPS writes down what it was told to forget where the job was under way at that moment.
            self._wait_for_the_end_of(ref)
        self._cancel(ref, purge=True)

    def _wait_for_the_end_of(self, ref: int) -> None:
        ends = time.monotonic() + CANCELS_WITHIN_S
        while (job := self.job(ref)) and job.state not in ENDED and time.monotonic() < ends:
            Event().wait(LOOK_EVERY_S)

    def _cancel(self, ref: int, *, purge: bool) -> None:
        wish = {"purge-job": Said.of(Tag.BOOLEAN, True)} if purge else {}
        about = self._about(**{"job-id": Said.of(Tag.INTEGER, ref)}, **wish)
        answer = self._ask(Operation.CANCEL_JOB, about)
        if answer.status in (NOT_POSSIBLE, *NOT_FOUND):
            return  # it has ended, or the printer has forgotten it already
        if answer.status in FORBIDDEN:
            log.warning("The printer does not let jobs be taken back; docs/printing.md says how it would.")
            return
        _refuse(answer)

    def _printer(self, wanted: Sequence[str]) -> Group:
        about = self._about(**{"requested-attributes": Said.of(Tag.KEYWORD, *wanted)})
        answer = self._ask(Operation.GET_PRINTER_ATTRIBUTES, about)
        _refuse(answer)
        return next(iter(answer.of(Tag.PRINTER)), {})

    def _about(self, **more: Said) -> Mapping[str, Said]:
        who = {
            "printer-uri": Said.of(Tag.URI, self._address.uri),
            "requesting-user-name": Said.of(Tag.NAME, WE),
        }
        # The protocol wants these right behind the printer's address.
        first = {key: more[key] for key in ("job-id",) if key in more}
        return {"printer-uri": who["printer-uri"], **first, **who, **more}

    def _handed_over(self, message: bytes, document: bytes) -> Answer:
        """Hand over a document; whatever cannot be understood afterwards may mean that the printer has it."""
        try:
            return call(self._address, message, document, self._submit_limit_s)
        except PrinterFault as fault:
            if fault.code == "printer-answer-broken":
                raise PrinterFault("printer-silent", fault.sentence) from fault
            raise

    def _ask(self, operation: Operation, about: Mapping[str, Said]) -> Answer:
        """Ask something that hands nothing over: a printer that does not answer is away."""
        try:
            return call(self._address, request(operation, about), b"", self._ask_limit_s)
        except PrinterFault as fault:
            if fault.code == "printer-silent":
                raise PrinterFault("printer-offline", "The printer does not answer.") from fault
            raise


def _refuse(answer: Answer) -> None:
    status = answer.status
    if 0 <= status <= WELL:
        return
    if status in FORBIDDEN:
        raise PrinterFault("printer-locked", "The printer asks for a password.")
    if status in NOT_FOUND:
        raise PrinterFault("printer-address", "There is no printer or queue of this name.")
    if status in NEVER:
        raise PrinterFault(
            "printer-answer-broken", f"The printer understands nothing (status {status:#06x})."
        )
    if status == BUSY:
        raise PrinterFault("printer-busy", "The printer is busy with somebody else's job.")
    if status == NOT_ACCEPTING:
        raise PrinterFault("printer-refuses", "The printer takes no jobs.")
    raise PrinterFault("printer-stopped", f"The printer cannot do it now (status {status:#06x}).")


def _job(group: Group, ref: int) -> SpooledJob | None:
    names, state = words(group, "job-name"), JOB_STATES.get(number(group, "job-state"))
    if state is JobState.DONE and "job-completed-with-errors" in words(group, "job-state-reasons"):
        state = JobState.FLAWED
    known = number(group, "job-id") or ref
    return SpooledJob(known, names[0] if names else "", state) if state and known else None


def _is_accepting(printer: Group) -> bool:
    return printer.get("printer-is-accepting-jobs", (True,)) != (False,)
