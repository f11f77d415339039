"""One visitor's way through, from joining to deletion."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from articket.domain.moderation import PUBLIC, STAFF_AFTER_S, Look
from articket.domain.print_queue import PrintJob, PrintState

PRINT_PIXELS_WIDE: Final = 1252
"""The width of a painting at print size: 106 mm at 300 dpi."""


class PaintingStatus(StrEnum):
    """How far one commission is."""

    WAITING = "waiting"
    PAINTING = "painting"
    DONE = "done"
    FAILED = "failed"


class TicketStatus(StrEnum):
    """How far the visit's ticket is."""

    NONE = "none"
    MAKING = "making"
    READY = "ready"
    PRINTED = "printed"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Consent:
    """What the visitor agreed to, in which version and when."""

    version: str
    at: float
    gallery: bool
    guardian: bool


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo by its number within the visit; `source` is the upload it is cut from.

    `look` says whether everybody may see it; a visit of an older version was asked nothing.
    """

    number: int
    source: int
    faces: int | None = None
    focus: tuple[float, float] | None = None
    look: Look = Look.NEEDLESS


@dataclass(frozen=True, slots=True)
class Easel:
    """One style's commission for the current photo; `trouble` is the code of why it failed.

    `pixels_wide` is the width that was painted, before it was enlarged for print.
    """

    style: str
    status: PaintingStatus = PaintingStatus.WAITING
    painter: str | None = None
    seconds: float | None = None
    trouble: str | None = None
    round: int = 0
    pixels_wide: int = PRINT_PIXELS_WIDE


class Reader(StrEnum):
    """Who put a photo into words: the caption server, or a server that otherwise paints."""

    CAPTION_SERVER = "caption-server"
    ATELIER = "atelier"


@dataclass(frozen=True, slots=True)
class Sight:
    """What a captioner saw: a sentence of its own, or faces and colours to make one from.

    `face` is the main face's middle as shares of the frame's width and height; `reader` wrote the sentence.
    """

    sentence: str | None = None
    faces: int = 0
    colours: tuple[str, ...] = ()
    face: tuple[float, float] | None = None
    reader: Reader | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that really happened to this visit's photo; the monitor replays it."""

    at: float
    kind: str
    style: str | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The painter who matches the visitor, fixed together with the ticket's number."""

    type: str
    style: str
    number: int
    at: float


@dataclass(frozen=True, slots=True)
class Ticket:
    """The printed ticket's state; `file` is its name in the folder staff print from.

    `job` is its way to paper, None as long as nobody did anything about that.
    """

    status: TicketStatus = TicketStatus.NONE
    ready_at: float | None = None
    printed_at: float | None = None
    pixels_per_inch: float | None = None
    reprints: tuple[str, ...] = ()
    trouble: str | None = None
    edition: int = 0
    ordered_at: float | None = None
    file: str | None = None
    job: PrintJob | None = None

    @property
    def print_job(self) -> PrintJob:
        """Return the way to paper, also of a ticket that nobody touched or an older version made."""
        if self.job is not None:
            return self.job
        if self.status is TicketStatus.PRINTED:
            return PrintJob(PrintState.PRINTED, self.printed_at or 0.0)
        return PrintJob(PrintState.QUEUED, self.ready_at or 0.0)

    @property
    def wanted_at(self) -> float | None:
        """Return since when somebody waits for the paper: since it was made, or asked for once more."""
        if self.status is not TicketStatus.READY:
            return None
        asked = [step.at for step in self.print_job.steps if step.state is PrintState.QUEUED and step.why]
        return max([self.ready_at or 0.0, *asked])


@dataclass(frozen=True, slots=True)
class Review:
    """What the visitor said afterwards."""

    stars: int
    comment: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof of an erasure; it names how many things of each kind are gone, none of them."""

    code: str
    at: float
    items: tuple[tuple[str, int], ...]

    @property
    def had_ticket(self) -> bool:
        """Whether the visit had a ticket, which may lie elsewhere too."""
        return bool(dict(self.items).get("ticket"))


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything known of one visit."""

    id: str
    booth: str
    locale: str
    joined_at: float
    assisted: bool = False
    consent: Consent | None = None
    name: str | None = None
    photo: Photo | None = None
    uploads: int = 0
    sent: bool = False
    easels: tuple[Easel, ...] = ()
    sight: Sight | None = None
    answers: tuple[str, ...] = ()
    at: int = 0
    decision: Decision | None = None
    revealed_at: float | None = None
    ticket: Ticket = Ticket()
    review: Review | None = None
    hidden: bool = False  # the photo and its paintings, by staff
    name_hidden: bool = False  # by staff
    moments: tuple[Moment, ...] = ()
    receipt: Receipt | None = None
    called_at: float | None = None  # when the monitor called it first, known once that call has ended

    @property
    def given_answers(self) -> tuple[str, ...]:
        """Return the answers up to where the visitor stands."""
        return self.answers[: self.at]

    @property
    def complete(self) -> bool:
        """Whether consent, name and photo are in."""
        return self.consent is not None and self.name is not None and self.photo is not None

    @property
    def on_the_wall(self) -> bool:
        """Whether the painting may hang on the idle monitor."""
        allowed = self.consent is not None and self.consent.gallery and self.is_public
        return allowed and self.revealed_at is not None

    @property
    def is_public(self) -> bool:
        """Whether everybody may see the photo and what was painted from it."""
        return not self.hidden and (self.photo is None or self.photo.look in PUBLIC)

    @property
    def public_name(self) -> str | None:
        """Return the name that everybody may read, None where there is none."""
        return None if self.name_hidden else self.name

    @property
    def look_due(self) -> float | None:
        """Return from when staff are to say if everybody may see the photo, None where they need not."""
        if self.hidden or self.photo is None or self.photo.look not in STAFF_AFTER_S:
            return None
        taken = self.moments[0].at if self.moments else self.joined_at
        return taken + STAFF_AFTER_S[self.photo.look]

    @property
    def at_easels(self) -> bool:
        """Whether any painting of the visit is still to be finished."""
        at_work = (PaintingStatus.WAITING, PaintingStatus.PAINTING)
        return any(easel.status in at_work for easel in self.easels)

    def done(self, styles: tuple[str, ...]) -> bool:
        """Whether the paintings in all these styles are finished for the current photo."""
        finished = {easel.style for easel in self.easels if easel.status is PaintingStatus.DONE}
        return set(styles) <= finished

    def remember(self, moment: Moment) -> Self:
        """Return the visit with one more moment."""
        return replace(self, moments=(*self.moments, moment))

    def with_easel(self, easel: Easel) -> Self:
        """Return the visit with this style's easel replaced."""
        return replace(
            self, easels=tuple(easel if each.style == easel.style else each for each in self.easels)
        )
