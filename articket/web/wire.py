"""Commands as they come over the wire: an explicit table per role, decoded strictly."""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from msgspec import Struct

from articket.domain import commands, print_commands
from articket.domain.commands import Command
from articket.domain.faults import UnknownCommand
from articket.web.payloads import (
    Address,
    AtDesk,
    Choice,
    Consent,
    Crop,
    Empty,
    Handing,
    Hidden,
    Language,
    MaybeVisit,
    Name,
    OfDesk,
    OfServer,
    OfVisit,
    OfVisitBecause,
    Pasted,
    Picture,
    Review,
    ServerNamed,
    Shown,
    Step,
)

LIMIT_BYTES: Final = 16 * 1024
CMD_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
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
