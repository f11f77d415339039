"""A printer in memory; passes the same contract as the real one."""

from dataclasses import dataclass, field, replace

from articket.application.printing_spooler import ENDED, JobState, PrinterLook, SpooledJob
from articket.domain.faults import PrinterFault


@dataclass
class MemorySpooler:
    """Prints whatever it has as soon as somebody asks, unless something hinders it."""

    hindrance: str | None = None
    doubt: str | None = None
    halted: bool = False  # without a word
    fault: PrinterFault | None = None  # of every call
    refusal: Exception | None = None  # of the next job
    swallows: bool = False  # takes the next job and never answers
    breaks_off: bool = False  # takes the next job, and the connection breaks
    lists_late: int = 0  # how often it is looked at before a job is listed, or begun
    known: list[SpooledJob] = field(default_factory=list)
    papers: list[bytes] = field(default_factory=list)
    canceled: list[int] = field(default_factory=list)
    copies: list[int] = field(default_factory=list)
    looked: int = 0
    _documents: dict[int, tuple[bytes, int]] = field(default_factory=dict)
    _arriving: list[tuple[int, SpooledJob]] = field(default_factory=list)  # and at which look it is there

    def look(self) -> PrinterLook:
        self._answer()
        self.looked += 1
        self._let_in()
        working = any(job.state is JobState.PRINTING for job in self.known)
        return PrinterLook("Memory", self.hindrance, is_working=working, doubt=self.doubt)

    def submit(self, name: str, document: bytes, copies: int) -> int:
        self._answer()
        if self.refusal:
            refusal, self.refusal = self.refusal, None
            raise refusal
        ref = len(self._documents) + 1
        self._documents[ref] = (document, copies)
        self.copies.append(copies)
        self._arriving.append((self.looked + self.lists_late, SpooledJob(ref, name, JobState.PRINTING)))
        self._let_in()
        if self.swallows:
            self.swallows = False
            raise PrinterFault("printer-silent", "It had all of it.")
        if self.breaks_off:
            self.breaks_off = False
            raise PrinterFault("printer-offline", "The connection broke.")
        return ref

    def job(self, ref: int) -> SpooledJob | None:
        self._answer()
        return next((job for job in self.known if job.ref == ref), None)

    def jobs(self, *, ended: bool) -> list[SpooledJob]:
        self._answer()
        return [job for job in self.known if (job.state in ENDED) == ended]

    def cancel(self, ref: int) -> None:
        self._answer()
        self.canceled.append(ref)
        self.end(ref, JobState.CANCELED)

    def end(self, ref: int, state: JobState) -> None:
        """Let a job that has not ended come to this end."""
        self.known = [
            replace(job, state=state) if job.ref == ref and job.state not in ENDED else job
            for job in self.known
        ]

    def forget(self) -> None:
        """Know nothing any more, as a printer that was switched off."""
        self.known, self._arriving = [], []

    def _let_in(self) -> None:
        here = [job for at, job in self._arriving if at <= self.looked]
        self._arriving = [(at, job) for at, job in self._arriving if at > self.looked]
        self.known += here

    def _answer(self) -> None:
        if self.fault:
            raise self.fault
        if self.hindrance or self.doubt or self.halted:
            return
        for job in self.known:
            if job.state is JobState.PRINTING:
                document, copies = self._documents[job.ref]
                self.papers += [document] * copies
                self.end(job.ref, JobState.DONE)
