"""Where booths and visits are kept, and a command's view of them."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from articket.domain.booth import Booth
from articket.domain.day import Happening
from articket.domain.jobs import Job
from articket.domain.print_queue import WAITING, PrintState
from articket.domain.visit import TicketStatus, Visit


@dataclass(frozen=True, slots=True)
class Keys:
    """The hashes under which a visit is found: phone's secret, ticket's code, landing page's entry."""

    token: bytes
    keep: bytes
    entry: bytes


@dataclass(frozen=True, slots=True)
class Ack:
    """The answer to a command: the revision after it, or the fault's code and parameters."""

    rev: int
    code: str | None = None
    params: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many visits are at the easels, where the finished tickets are, and what the day brought.

    `stuck` tickets could not be made; `waits_since` is when the one was wanted that waits longest for paper.
    """

    painting: int = 0
    paper: Mapping[PrintState, int] = field(default_factory=dict)
    stuck: int = 0
    waits_since: float | None = None
    day: Mapping[Happening, int] = field(default_factory=dict)


class Transaction(Protocol):
    """One command's view of the database: everything in it is committed together or not at all.

    It is opened for writing at once, so that two commands for a booth never interleave.
    """

    def booth(self, booth: str) -> Booth:
        """Return the booth, a new one where none was saved."""

    def visit(self, visit: str) -> Visit | None:
        """Return the visit, if there is one."""

    def visit_by_entry(self, entry: bytes) -> Visit | None:
        """Return the visit that was opened from this entry."""

    def save_booth(self, booth: Booth) -> None:
        """Keep the booth."""

    def save_visit(self, visit: Visit, expires_at: float) -> None:
        """Keep the visit until then."""

    def add_visit(self, visit: Visit, keys: Keys, expires_at: float) -> None:
        """Keep a new visit with the hashes it is found by."""

    def next_number(self) -> int:
        """Draw the installation's next ticket number, starting at 1."""

    def note(self, booth: str, happened: Sequence[Happening], at: float) -> None:
        """Let the day's counts grow; they name nobody."""

    def order(self, jobs: Sequence[Job]) -> None:
        """Put jobs into the outbox; one that was ordered before is ignored."""

    def answered(self, owner: str, cmd_id: str) -> Ack | None:
        """Return what was answered to this command before."""

    def remember(self, owner: str, cmd_id: str, ack: Ack, at: float) -> None:
        """Keep the answer for a repetition."""

    def forget(self, visit: str) -> None:
        """Drop answers and outbox entries of an erased visit; its keys still lead to the receipt."""


class Visits(Protocol):
    """Where booths and visits are kept."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Open a transaction; it commits at the end of the block and rolls back on an exception."""

    def booth(self, booth: str) -> Booth:
        """Return the booth as last committed."""

    def visit(self, visit: str) -> Visit | None:
        """Return the visit as last committed."""

    def many(self, visits: Sequence[str]) -> list[Visit]:
        """Return those of these visits that exist, in this order."""

    def by_token(self, token: bytes) -> Visit | None:
        """Return the visit whose phone holds the secret with this hash."""

    def by_keep(self, keep: bytes) -> Visit | None:
        """Return the visit whose ticket carries the code with this hash."""

    def by_number(self, number: int) -> Visit | None:
        """Return the visit with this ticket number."""

    def with_tickets(self, booth: str, status: TicketStatus, limit: int) -> list[Visit]:
        """Return visits whose tickets are that far, by number; printed ones the latest first."""

    def to_print(self, booth: str, limit: int, states: Collection[PrintState] = WAITING) -> list[Visit]:
        """Return visits whose tickets wait for paper or are in a hand, or are that far, by number."""

    def at_printer(self, booth: str, limit: int) -> list[Visit]:
        """Return visits whose tickets a printer has under a number of its own."""

    def last_number(self) -> int:
        """Return the ticket number that was drawn last, 0 before the first."""

    def named(self, booth: str, part: str, limit: int) -> list[Visit]:
        """Return visits in whose name this stands, whatever its case; the latest first."""

    def under_way(self, booth: str, joined_since: float, limit: int) -> list[Visit]:
        """Return visits without a ticket that sent a photo or joined since then, the latest first."""

    def tally(self, booth: str, day_began: float) -> Tally:
        """Count the booth's visits by what staff have to do with them, and what happened since then."""

    def gallery(self, booth: str, limit: int) -> list[Visit]:
        """Return the latest revealed visits whose owners allowed the wall and staff did not hide."""

    def to_look_at(self, booth: str, now: float, limit: int) -> list[Visit]:
        """Return visits whose photos wait for staff to look at them, the earliest first."""

    def looks_due(self, booth: str, now: float) -> int:
        """Count the photos that wait for staff to look at them."""

    def expired(self, now: float, limit: int) -> list[Visit]:
        """Return visits whose retention is over and that still hold something."""

    def due(self, now: float) -> list[Booth]:
        """Return the booths whose deadline has passed."""

    def forget_receipts(self, before: float, *, with_tickets: bool = True) -> None:
        """Drop what is left of visits that expired, and answers that were given, before that time.

        Of visits that had a ticket only where they are to go `with_tickets`.
        """

    def choice(self, name: str) -> str | None:
        """Return what staff chose under this name, if anything."""

    def choose(self, name: str, value: str) -> None:
        """Keep what staff chose."""

    def scrub(self) -> None:
        """Have overwritten, within a minute, what deleted rows left in free pages and the write-ahead log."""
