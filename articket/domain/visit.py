"""One visitor's way through, from joining to deletion."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self


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
    """A photo by its number within the visit; `source` is the upload it is cut from."""

    number: int
    source: int
    faces: int | None = None
    focus: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Easel:
    """One style's commission for the current photo; `trouble` is the code of why it failed."""

    style: str
    status: PaintingStatus = PaintingStatus.WAITING
    painter: str | None = None
    seconds: float | None = None
    trouble: str | None = None
    round: int = 0


@dataclass(frozen=True, slots=True)
class Sight:
    """What a captioner saw: a sentence of its own, or faces and colours to make one from.

    `face` is the main face's middle as shares of the frame's width and height.
    """

    sentence: str | None = None
    faces: int = 0
    colours: tuple[str, ...] = ()
    face: tuple[float, float] | None = None


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
    """The printed ticket's state; `file` is its name in the folder staff print from."""

    status: TicketStatus = TicketStatus.NONE
    ready_at: float | None = None
    printed_at: float | None = None
    pixels_per_inch: float | None = None
    reprints: tuple[str, ...] = ()
    trouble: str | None = None
    edition: int = 0
    ordered_at: float | None = None
    file: str | None = None


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
    hidden: bool = False
    moments: tuple[Moment, ...] = ()
    receipt: Receipt | None = None

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
        allowed = self.consent is not None and self.consent.gallery and not self.hidden
        return allowed and self.revealed_at is not None

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
