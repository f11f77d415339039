"""Which desks there are: each says every half minute that somebody sits at it."""

import json
from dataclasses import asdict, dataclass, fields, replace
from threading import Lock
from typing import Any, Final

from articket.application.ports import Clock, Visits

KEPT: Final = "desks"  # under this name their numbers and names outlive a restart
SILENT_S: Final = 100.0  # a page in the background says so once a minute
LISTED_S: Final = 15 * 60.0
FORGOTTEN_S: Final = 18 * 3_600.0
NOTED_EVERY_S: Final = 10 * 60.0
NAME_LENGTH: Final = 20


@dataclass(frozen=True, slots=True)
class SeenDesk:
    """A desk by the id it gave itself: its number, the name staff gave it, when it was heard of last."""

    id: str
    number: int
    name: str
    seen_at: float

    def is_there(self, now: float) -> bool:
        """Whether somebody sits at it."""
        return now - self.seen_at < SILENT_S


class Desks:
    """Numbers desks as they come, and knows who is still there."""

    def __init__(self, visits: Visits, clock: Clock) -> None:
        """Read nothing yet."""
        self._visits = visits
        self._clock = clock
        self._lock = Lock()
        self._known: dict[str, SeenDesk] | None = None
        self._noted_at = 0.0
        self._told: frozenset[str] = frozenset()

    def here(self, desk: str, name: str | None = None) -> bool:
        """Note that somebody sits at this desk, and what it is called now; whether others see a change."""
        now = self._clock.now()
        with self._lock:
            known = self._fresh(now)
            before = known.get(desk)
            seen = replace(before, seen_at=now) if before else SeenDesk(desk, _free(known), "", now)
            if name is not None:
                seen = replace(seen, name=name.strip()[:NAME_LENGTH])
            known[desk] = seen
            is_new = before is None or before.name != seen.name
            if is_new or now - self._noted_at >= NOTED_EVERY_S:
                self._note(now)
            there = frozenset(each.id for each in known.values() if each.is_there(now))
            changed, self._told = is_new or there != self._told, there
            return changed

    def leave(self, desk: str) -> None:
        """Forget a desk that staff closed."""
        now = self._clock.now()
        with self._lock:
            if self._fresh(now).pop(desk, None) is not None:
                self._note(now)

    def is_there(self, desk: str) -> bool:
        """Whether somebody sits at it."""
        now = self._clock.now()
        with self._lock:
            seen = self._fresh(now).get(desk)
        return seen is not None and seen.is_there(now)

    def listed(self) -> list[SeenDesk]:
        """Return the desks that were heard of lately, by number."""
        now = self._clock.now()
        with self._lock:
            lately = [each for each in self._fresh(now).values() if now - each.seen_at < LISTED_S]
        return sorted(lately, key=lambda each: each.number)

    def _fresh(self, now: float) -> dict[str, SeenDesk]:
        if self._known is None:
            kept = json.loads(self._visits.choice(KEPT) or "[]")
            self._known = {desk.id: desk for each in kept if (desk := _read(each)) is not None}
        self._known = {each.id: each for each in self._known.values() if now - each.seen_at < FORGOTTEN_S}
        return self._known

    def _note(self, now: float) -> None:
        self._noted_at = now
        self._visits.choose(KEPT, json.dumps([asdict(each) for each in (self._known or {}).values()]))


def _read(kept: dict[str, Any]) -> SeenDesk | None:
    """Return what is known here of a desk; another version may have written more of it, or less."""
    try:
        return SeenDesk(**{each.name: kept[each.name] for each in fields(SeenDesk)})
    except KeyError:
        return None


def _free(known: dict[str, SeenDesk]) -> int:
    taken = {each.number for each in known.values()}
    return next(number for number in range(1, len(taken) + 2) if number not in taken)
