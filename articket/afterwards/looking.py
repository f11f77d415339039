"""What the commands after an event read: settings, database, pack; nothing here is changed."""

import sys
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from articket.adapters.database.archive import Archive, read_archive
from articket.adapters.experiences import load_experience
from articket.domain.event.journey import journey_of
from articket.domain.event.retrospect import Record
from articket.domain.experience import Experience
from articket.domain.faults import Fault
from articket.settings import Settings

DONE: Final = 0
REFUSED: Final = 1
SETTINGS_UNREADABLE: Final = 2


class NotPossibleError(Exception):
    """The command cannot do it; the sentence says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event as its database tells of it at one moment, and its pack where that can be read."""

    archive: Archive
    record: Record
    experience: Experience | None

    @property
    def styles(self) -> tuple[str, ...]:
        """Return the pack's styles in its order."""
        return tuple(style.id for style in self.experience.styles) if self.experience else ()


def look(settings: Settings, now: float) -> Event:
    """Read an event; DatabaseUnusableError where that cannot be."""
    archive = read_archive(settings.database)
    booths = {booth.id: booth for booth in archive.booths}
    journeys = tuple(journey_of(each.visit, each.expires_at, booths, now) for each in archive.visits)
    record = Record(journeys, archive.fleet, archive.numbers, archive.forgotten)
    try:
        experience = load_experience(settings.experience)
    except Fault:
        # The figures stand without the pack; styles are then called by their ids.
        experience = None
    return Event(archive, record, experience)


def zone_of(name: str | None) -> ZoneInfo | None:
    """Return the time zone of that name, None for this machine's own."""
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as reason:
        raise NotPossibleError(f"There is no time zone {name}. They look like Asia/Seoul.") from reason


def tell(sentence: str) -> None:
    """Say something to whoever started the command."""
    print(sentence, flush=True)  # noqa: T201 - it is for people


def refuse(sentence: str, code: int = REFUSED) -> int:
    """Say why the command did nothing, and return its exit code."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - it is for people
    return code
