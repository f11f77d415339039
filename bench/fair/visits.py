"""Visits and booths as the product's database would tell of them, and the rules of the fair's fleet."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from articket.adapters.experiences.loader import load_experience
from articket.domain.booth import Booth, BoothStage, Place
from articket.domain.experience import Experience
from articket.domain.fleet.commission import Work
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.rules import FleetRules
from articket.domain.fleet.server import Address, Health, Kind, Looked, Server
from articket.domain.fleet.staffing import add
from articket.domain.visit import Decision, Easel, Photo, Sight, Visit

PACK = Path(__file__).resolve().parents[2] / "experiences/painters"
STYLES = ("picasso", "renoir", "vangogh", "lichtenstein")
SEEN = Looked("A1111", "sdxl")
# Every style asks the same of a server, about what the pack's styles ask of one with SDXL.
RULES = FleetRules(menu={(style, "sdxl"): Work(1_000_000, 19) for style in STYLES})


@dataclass(frozen=True, slots=True)
class Guest:
    """A visit: when its photo is in, when the last answer is given, and the ticket's styles by need."""

    number: int
    booth: str
    photo_at: float
    decided_at: float
    needs: tuple[str, ...]


@cache
def pack() -> Experience:
    """Return the product's own pack."""
    return load_experience(PACK)


def visit_of(guest: Guest, *, decided: bool) -> Visit:
    """Return the visit with its photo, before or after the last answer."""
    decision = Decision("INFP", guest.needs[0], guest.number + 1, guest.decided_at) if decided else None
    return Visit(
        str(guest.number), guest.booth, "en", guest.photo_at, photo=Photo(1, 1),
        easels=tuple(Easel(style) for style in STYLES), sight=Sight(faces=1), decision=decision,
    )  # fmt: skip


def booth_of(booth: str, present: Sequence[Guest]) -> Booth:
    """Return the booth with those who have not decided yet, in the order in which they came."""
    places = tuple(Place(str(each.number), each.photo_at, ready=True) for each in present)
    if not places:
        return Booth(booth)
    return Booth(booth, stage=BoothStage.QUIZ, place=places[0], line=places[1:])


def with_server(fleet: Fleet, url: str) -> Fleet:
    """Return the fleet with a server that was looked at and is warm."""
    fleet = add(fleet, Address(url, Kind.A1111))
    return fleet.with_server(_ready(fleet.servers[-1]))


def _ready(server: Server) -> Server:
    return Server(
        server.id, server.address, server.number,
        health=Health.READY, looked=SEEN, looked_at=0.0, warm=True,
    )  # fmt: skip
