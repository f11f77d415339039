"""What a command carries: one shape of fields for each, checked as they come in."""

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from articket.domain.moderation import Part

DESK: Final = "desk:"  # what a desk's id stands behind in the print queue

Text = Annotated[str, Meta(max_length=1_000)]
Word = Annotated[str, Meta(min_length=1, max_length=64)]
Count = Annotated[int, Meta(ge=0, le=1_000)]
Fraction = Annotated[float, Meta(ge=0, le=1)]


class Empty(Struct, frozen=True, forbid_unknown_fields=True):
    """No fields."""


class Consent(Struct, frozen=True, forbid_unknown_fields=True):
    """What was agreed to."""

    version: Word
    gallery: bool
    guardian: bool


class Name(Struct, frozen=True, forbid_unknown_fields=True):
    """A name; the domain says how long it may be."""

    name: Text


class Crop(Struct, frozen=True, forbid_unknown_fields=True):
    """A photo's focus, as fractions."""

    photo: Count
    x: Fraction
    y: Fraction


class Picture(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the pictures offered."""

    picture: Word


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    """An option at a question."""

    step: Count
    option: Word


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """A question."""

    step: Count


class Review(Struct, frozen=True, forbid_unknown_fields=True):
    """Stars, and a comment if there is one."""

    stars: Count
    comment: Text = ""


class MaybeVisit(Struct, frozen=True, forbid_unknown_fields=True):
    """A visit, or whichever is next."""

    visit: Word | None = None


class OfVisit(Struct, frozen=True, forbid_unknown_fields=True):
    """A visit."""

    visit: Word


class AtDesk(Struct, frozen=True, forbid_unknown_fields=True):
    """A visit whose ticket a desk has in hand, or wants to; the desk is known by the id it gave itself."""

    visit: Word
    desk: Word

    @property
    def by(self) -> str:
        """Return the desk as the print queue knows it."""
        return f"{DESK}{self.desk}"


class Handing(AtDesk, frozen=True, forbid_unknown_fields=True):
    """A visit whose ticket goes from one desk's hand to another's."""

    to: Word

    @property
    def to_by(self) -> str:
        """Return the other desk as the print queue knows it."""
        return f"{DESK}{self.to}"


class OfDesk(Struct, frozen=True, forbid_unknown_fields=True):
    """A desk, and what it is called where that is said."""

    desk: Word
    name: Annotated[str, Meta(max_length=60)] | None = None


class OfVisitBecause(Struct, frozen=True, forbid_unknown_fields=True):
    """A visit, a reason, and how many copies."""

    visit: Word
    reason: Text = ""
    copies: Count = 1


class Hidden(Struct, frozen=True, forbid_unknown_fields=True):
    """A visit, and what of it nobody is to see."""

    visit: Word
    part: Part = Part.PHOTO


class Shown(Struct, frozen=True, forbid_unknown_fields=True):
    """A visit, what of it everybody may see, and which photo staff looked at."""

    visit: Word
    part: Part = Part.PHOTO
    photo: Count | None = None


class Language(Struct, frozen=True, forbid_unknown_fields=True):
    """A language."""

    locale: Word


class Pasted(Struct, frozen=True, forbid_unknown_fields=True):
    """The address of a server, as somebody pasted it."""

    url: Text
    name: Text = ""


class OfServer(Struct, frozen=True, forbid_unknown_fields=True):
    """A server of the fleet."""

    server: Word


class ServerNamed(Struct, frozen=True, forbid_unknown_fields=True):
    """A server's name, and the family of its models."""

    server: Word
    name: Text
    family: Literal["auto", "sdxl", "sd15"] = "auto"


class Address(Struct, frozen=True, forbid_unknown_fields=True):
    """One of this machine's addresses."""

    ip: Word
