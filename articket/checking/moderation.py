"""Whether somebody looks at photos before everybody sees them."""

from collections.abc import Iterator
from time import monotonic
from typing import Final

from articket.adapters.moderation.nsfw import NsfwLooker
from articket.application.checkup.line import Line, bad, ok, warn
from articket.application.looking import Looker
from articket.domain.faults import LookerFault
from articket.domain.moderation import Policy

IN_PUBLIC: Final = "Photos in public"
LOOKING_S: Final = 75.0
MEND: Final = "Run `make setup` once more; until then staff have to look at every photo."


def check_looking(policy: Policy, photo: bytes, looker: Looker | None = None) -> Iterator[Line]:
    """Let the model look at a harmless picture, where the policy wants it to."""
    match policy:
        case Policy.OFF:
            yield warn(
                IN_PUBLIC,
                "ARTICKET_MODERATION is off: the monitor shows every photo at once.",
                "Unset it, unless staff see the monitor all day; they can hide a photo at any time.",
            )
        case Policy.ASK:
            yield ok(IN_PUBLIC, "The monitor shows no photo before staff say that it is all right.")
        case Policy.FLAG:
            yield from _look(photo, looker)


def _look(photo: bytes, looker: Looker | None) -> Iterator[Line]:
    model = NsfwLooker()
    try:
        (looker or model).look(photo)  # with loading it
        began = monotonic()
        (looker or model).look(photo)
        took = monotonic() - began
    except LookerFault as fault:
        yield bad(IN_PUBLIC, fault.sentence, MEND)
        return
    finally:
        model.close()
    yield ok(
        IN_PUBLIC, f"A model looks at each photo first; one took {took:.2f} s. Staff see what it doubts."
    )
