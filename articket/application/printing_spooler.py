"""A printer that takes jobs and says what becomes of them, as the booth needs it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from articket.application.printing_slips import Slip


class JobState(StrEnum):
    """How far a printer is with a job."""

    WAITING = "waiting"
    PRINTING = "printing"
    DONE = "done"
    FLAWED = "flawed"  # it came to its end, and something was wrong on the way
    CANCELED = "canceled"
    ABORTED = "aborted"


ENDED: Final = (JobState.DONE, JobState.FLAWED, JobState.CANCELED, JobState.ABORTED)


@dataclass(frozen=True, slots=True)
class PrinterLook:
    """How a printer says it is: its name, what is in the way and what soon will be, by their codes.

    `doubt` is in the way only where a job does not come to its end.
    """

    name: str
    trouble: str | None = None
    warnings: tuple[str, ...] = ()
    is_working: bool = False
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class SpooledJob:
    """A job as the printer knows it, by its number and its name."""

    ref: int
    name: str
    state: JobState


class Spooler(Protocol):
    """A printer that takes jobs; every call may raise PrinterFault, and ends in time."""

    def look(self) -> PrinterLook:
        """Ask the printer how it is."""

    def submit(self, name: str, document: bytes, copies: int) -> int:
        """Hand over a PDF and return the printer's number for it.

        PrinterFault `printer-silent` where the printer may have it; any other, and it does not.
        PrintFailed where it will never take this one, or would put it onto other paper.
        """

    def job(self, ref: int) -> SpooledJob | None:
        """Return a job, None where the printer does not know it, or no longer."""

    def jobs(self, *, ended: bool) -> list[SpooledJob]:
        """Return our jobs that have ended, or have not."""

    def cancel(self, ref: int) -> None:
        """Let a job come to nothing and forget what can be forgotten of it; harmless where it has ended."""


@dataclass(frozen=True, slots=True)
class PrinterShelf:
    """What lies at the printer of visits that are erased."""

    spooler: Spooler

    def owners(self) -> list[str]:
        """Return the visits whose tickets the printer knows."""
        return sorted({slip.visit for _, slip in self._ours()})

    def forget(self, visit: str) -> None:
        """Cancel what waits of a visit and let the printer forget what was printed, as far as it can."""
        for ref, slip in self._ours():
            if slip.visit == visit:
                self.spooler.cancel(ref)

    def _ours(self) -> list[tuple[int, Slip]]:
        known = [*self.spooler.jobs(ended=False), *self.spooler.jobs(ended=True)]
        return [(job.ref, slip) for job in known if (slip := Slip.read(job.name))]
