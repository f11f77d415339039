"""The earlier visits of a phone that friends share: their secrets wait in a cookie of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Request, Response

from articket.domain.booth import Booth
from articket.domain.visit import Visit
from articket.web.callers import Callers
from articket.web.cookies import BEFORE, VISIT, give
from articket.web.snapshots.house import Json
from articket.web.snapshots.stages import phone_stage

MOST: Final = 3
BETWEEN: Final = "."


@dataclass(frozen=True, slots=True)
class Shelved:
    """An earlier visit and its secret."""

    secret: str
    visit: Visit


def shelved(callers: Callers, of: Request, present: Visit | None) -> list[Shelved]:
    """Return this phone's earlier visits but for the present one, the newest first."""
    found: list[Shelved] = []
    seen = {present.id} if present else set()
    for secret in of.cookies.get(BEFORE, "").split(BETWEEN)[:MOST]:
        visit = callers.by_secret(secret)
        if visit is not None and visit.receipt is None and visit.id not in seen:
            seen.add(visit.id)
            found.append(Shelved(secret, visit))
    return found


def shelve(response: Response, callers: Callers, of: Request, present: Visit, seconds: int) -> None:
    """Keep the secret of the visit that this phone showed until now, beside those before it."""
    secret = of.cookies.get(VISIT, "")
    last = callers.by_secret(secret)
    kept = [each.secret for each in shelved(callers, of, last) if each.visit.id != present.id]
    if last is not None and last.receipt is None and last.id != present.id:
        kept.insert(0, secret)
    give(response, BEFORE, BETWEEN.join(kept[:MOST]), seconds)


def named(booth: Booth, others: Sequence[Shelved]) -> list[Json]:
    """Return how pages name earlier visits."""
    return [
        {
            "name": each.visit.name,
            "number": each.visit.decision.number if each.visit.decision else None,
            "stage": phone_stage(booth, each.visit),
            "index": index,
        }
        for index, each in enumerate(others)
    ]
