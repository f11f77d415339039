"""What the use cases need from the world. Every port has a fake in tests/doubles that passes its contract."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from articket.domain.booth import Booth
from articket.domain.day import Happening
from articket.domain.jobs import Job
from articket.domain.print_queue import WAITING, PrintState
from articket.domain.ticket import RenderedTicket, TicketContent
from articket.domain.visit import Reader, Sight, TicketStatus, Visit


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


class Outbox(Protocol):
    """Jobs that were committed with a command and wait to be handed to the engine."""

    def pending(self, limit: int) -> list[Job]:
        """Return the oldest jobs that were not handed over yet."""

    def handed_over(self, jobs: Sequence[Job]) -> None:
        """Forget jobs that the engine has."""


class Jobs(Protocol):
    """The engine that runs jobs durably."""

    def wake(self) -> None:
        """Say that the outbox has something new."""

    def forget(self, visit: str) -> None:
        """Delete what the engine keeps of this visit's finished and waiting jobs; what runs ends first."""


class Store(Protocol):
    """Files under names that sort; what is there once is never overwritten."""

    def put(self, name: str, data: bytes) -> bool:
        """Keep the bytes unless the name is taken by the same bytes; True when written now."""

    def get(self, name: str) -> bytes:
        """Return the bytes, or raise Gone."""

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""

    def list(self, prefix: str = "") -> list[str]:
        """Return the names that begin with the prefix, sorted."""

    def delete(self, name: str) -> bool:
        """Remove a file; False when there was none."""

    def delete_tree(self, prefix: str) -> int:
        """Remove everything below a folder and return how many files that were."""


class LocalStore(Store, Protocol):
    """A store whose files have paths on this machine."""

    def path(self, name: str) -> Path:
        """Return where the file lies."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a painter needs for one painting; the photo is an upright sRGB JPEG."""

    photo: bytes
    focus: tuple[float, float] | None
    style: str
    recipe: str
    caption: str | None
    seed: int


@dataclass(frozen=True, slots=True)
class Painted:
    """A painting at print size (1,252 x 1,819 px), and its screen sizes, as JPEG.

    `trouble` is the code of what went wrong where the painter had to help itself; `pixels_wide` is the
    width that was painted, before it was enlarged for print.
    """

    print: bytes
    large: bytes
    small: bytes
    veil: bytes
    painter: str
    seconds: float
    trouble: str | None = None
    pixels_wide: int = 1252


# The recipe that every painter knows, for when the ordered one is of no avail.
PLAIN: Final = "plain"


class Painter(Protocol):
    """Something that can paint."""

    name: str

    def paint(self, order: Order) -> Painted:
        """Paint, or raise a PainterFault."""


class Captioner(Protocol):
    """Something that says what is on a photo."""

    def see(self, photo: bytes, focus: tuple[float, float] | None) -> Sight:
        """Return what it saw."""


@dataclass(frozen=True, slots=True)
class CaptionHealth:
    """How a server that writes captions is: its host, its trouble's code, its last caption's seconds."""

    label: str
    trouble: str | None = None
    last_s: float | None = None


class CaptionSource(Protocol):
    """Something that says in a sentence what is on a photo, or does not."""

    @property
    def reader(self) -> Reader:
        """Return what kind of machine says it."""

    def health(self) -> Sequence[CaptionHealth]:
        """Return how each server behind it is."""

    def caption(self, photo: bytes, limit_s: float) -> str | None:
        """Return an English caption within the time, or None; never raises."""


FRAME_SIZE: Final = (600, 872)


class Framer(Protocol):
    """Something that finds the portrait in a photo."""

    def frame(
        self, photo: bytes, focus: tuple[float, float] | None, size: tuple[int, int] = FRAME_SIZE
    ) -> bytes:
        """Return the portrait cut of the photo, as pages show it or at another size, as a JPEG."""


class TicketRenderer(Protocol):
    """Something that makes a ticket of its content."""

    def render(self, content: TicketContent) -> RenderedTicket:
        """Return the ticket, or raise TicketFailed or TemplateBroken."""


class KeepsakePictures(Protocol):
    """Something that makes pictures for a visitor's own phone."""

    def within(self, picture: bytes, width: int, limit_bytes: int) -> bytes:
        """Return a JPEG at most so wide and so many bytes long, or raise Gone for what is no picture."""

    def story(self, content: TicketContent) -> bytes:
        """Return the ticket as a tall JPEG, or raise TicketFailed; Gone where the painting is not there."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a command changed for those who look: the booth's revision, and the views concerned."""

    booth: str
    rev: int
    phones: frozenset[str]
    monitor: bool
    line: bool


class Live(Protocol):
    """The connection to the pages that are open."""

    def publish(self, change: Change) -> None:
        """Tell the views that changed, and the staff."""


class Clock(Protocol):
    """The time."""

    def now(self) -> float:
        """Return seconds since the epoch."""


class Dice(Protocol):
    """Chance."""

    def roll(self) -> float:
        """Return a number in [0, 1)."""

    def secret(self) -> str:
        """Return a fresh unguessable identifier of 128 bits, URL-safe."""


class Barriers(Protocol):
    """Places at which a test may stop the world; in production nothing happens there."""

    def reach(self, place: str) -> None:
        """Arrive at a named place."""
