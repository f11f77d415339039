"""Commands as they come over the wire: an explicit table per role, decoded strictly."""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta, Struct

from articket.domain import commands, print_commands
from articket.domain.commands import Command
from articket.domain.faults import UnknownCommand
from articket.domain.moderation import Part

LIMIT_BYTES: Final = 16 * 1024
CMD_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")

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


DESK: Final = "desk:"  # what a desk's id stands behind in the print queue
PRINT_LOST: Final = "print-lost"  # staff saw no paper, or none that can be given away

# What the switchboard does with a command.
PERFORM: Final = "perform"  # the floor performs the domain's command
ERASE: Final = "erase"  # the floor makes the receipt's code
NETWORK: Final = "network"  # the join code leads elsewhere
ASSIST: Final = "assist"  # a visit opens on staff's tablet
FLEET: Final = "fleet"  # staff change who paints
DESKS: Final = "desks"  # a desk says that it is there


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of command: the shape of its fields, who handles it, and what it asks of the domain."""

    shape: type[Struct]
    command: Callable[[Any], Command] | None = None
    handler: str = PERFORM


@dataclass(frozen=True, slots=True)
class Asked:
    """A decoded command: its id, who handles it, its fields, and the domain's command where there is one."""

    cmd_id: str
    handler: str
    fields: Any
    command: Command | None
    name: str = ""

    def order(self) -> Command:
        """Return the domain's command, or raise UnknownCommand where somebody else handles it."""
        if self.command is None:
            raise _unknown("The domain knows no such command.")
        return self.command


PHONE: Final[Mapping[str, Kind]] = {
    "consent": Kind(Consent, lambda it: commands.GiveConsent(it.version, it.gallery, it.guardian)),
    "name": Kind(Name, lambda it: commands.GiveName(it.name)),
    "frame": Kind(Crop, lambda it: commands.Frame(it.photo, it.x, it.y)),
    "ready": Kind(Empty, lambda _: commands.Ready()),
    "retake": Kind(Empty, lambda _: commands.Retake()),
    "leave_line": Kind(Empty, lambda _: commands.LeaveLine()),
    "rejoin": Kind(Empty, lambda _: commands.Rejoin()),
    "confirm": Kind(Picture, lambda it: commands.Confirm(it.picture)),
    "postpone": Kind(Empty, lambda _: commands.Postpone()),
    "answer": Kind(Choice, lambda it: commands.Answer(it.step, it.option)),
    "back": Kind(Step, lambda it: commands.Back(it.step)),
    "review": Kind(Review, lambda it: commands.GiveReview(it.stars, it.comment)),
    "erase": Kind(Empty, handler=ERASE),
}


STAFF: Final[Mapping[str, Kind]] = {
    "call": Kind(MaybeVisit, lambda _: commands.Call()),
    "skip": Kind(MaybeVisit, lambda it: commands.Skip(it.visit)),
    "pause": Kind(Empty, lambda _: commands.SetDoor("paused")),
    "open": Kind(Empty, lambda _: commands.SetDoor("open")),
    "close": Kind(Empty, lambda _: commands.SetDoor("closed")),
    "blank": Kind(Empty, lambda _: commands.Blank(on=True)),
    "unblank": Kind(Empty, lambda _: commands.Blank(on=False)),
    "reset": Kind(Empty, lambda _: commands.Reset()),
    "mark_printed": Kind(OfVisit, lambda _: commands.MarkPrinted()),
    "reprint": Kind(OfVisitBecause, lambda it: commands.Reprint(it.reason, it.copies)),
    "print_claim": Kind(AtDesk, lambda it: print_commands.ClaimTicket(it.by)),
    "print_keep": Kind(AtDesk, lambda it: print_commands.KeepTicket(it.by)),
    "print_let_go": Kind(AtDesk, lambda it: print_commands.LetTicketGo(it.by)),
    "print_hand": Kind(Handing, lambda it: print_commands.HandTicketOver(it.by, it.to_by)),
    "print_fail": Kind(AtDesk, lambda it: print_commands.FailPrint(it.by, PRINT_LOST)),
    "print_hold": Kind(OfVisit, lambda _: print_commands.HoldTicket()),
    "print_release": Kind(OfVisit, lambda _: print_commands.ReleaseTicket()),
    "remake": Kind(OfVisit, lambda _: commands.RemakeTicket()),
    "hide": Kind(Hidden, lambda it: commands.Hide(it.part)),
    "show": Kind(Shown, lambda it: commands.Show(it.part, it.photo)),
    "desk_here": Kind(OfDesk, handler=DESKS),
    "network": Kind(Address, handler=NETWORK),
    "assist": Kind(Language, handler=ASSIST),
    "server_add": Kind(Pasted, handler=FLEET),
    "server_test": Kind(OfServer, handler=FLEET),
    "server_drain": Kind(OfServer, handler=FLEET),
    "server_resume": Kind(OfServer, handler=FLEET),
    "server_remove": Kind(OfServer, handler=FLEET),
    "server_change": Kind(ServerNamed, handler=FLEET),
}


def decode(kinds: Mapping[str, Kind], payload: object) -> Asked:
    """Return what a payload asks, or raise UnknownCommand for whatever is not exactly one of these kinds."""
    fields = _checked(payload)
    cmd_id, name = fields.pop("cmd_id", None), fields.pop("type", None)
    for how in ("role", "keep"):  # how it came, which was heeded before
        fields.pop(how, None)
    if not isinstance(cmd_id, str) or not CMD_ID.fullmatch(cmd_id):
        raise _unknown("It has no proper cmd_id.")
    kind = kinds.get(name) if isinstance(name, str) else None
    if kind is None or not isinstance(name, str):
        raise _unknown("Nobody knows its type.")
    try:
        shaped = msgspec.convert(fields, kind.shape)
    except msgspec.ValidationError as reason:
        raise _unknown(f"Its {name} has another shape.") from reason
    return Asked(cmd_id, kind.handler, shaped, kind.command(shaped) if kind.command else None, name)


def _checked(payload: object) -> dict[str, Any]:
    """Return a copy of a small JSON object; no NaN, no lone surrogates, no binary attachments."""
    if not isinstance(payload, dict):
        raise _unknown("It is no object.")
    try:
        size = len(json.dumps(payload, ensure_ascii=False, allow_nan=False).encode())
    except (TypeError, ValueError, RecursionError) as reason:
        raise _unknown("It is no plain JSON.") from reason
    if size > LIMIT_BYTES:
        raise _unknown("It is too large.")
    return dict(payload)


def focus(x: str | None, y: str | None) -> tuple[float, float] | None:
    """Return the focus a photo's address names, or None where it names none or nonsense."""
    try:
        point = float(x or "nan"), float(y or "nan")
    except ValueError:
        return None
    return point if all(math.isfinite(each) and 0 <= each <= 1 for each in point) else None


def _unknown(why: str) -> UnknownCommand:
    return UnknownCommand("command-unknown", why)
