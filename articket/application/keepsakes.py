"""What a visitor's own phone takes home: paintings in sizes for a slow line, the ticket as a tall picture.

They are made when they are first asked for, and kept among the visit's files, so that erasing takes them too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Final

from articket.application import files
from articket.application.floor import Floor
from articket.application.ports import KeepsakePictures, LocalStore
from articket.application.work.leftovers import nothing_outlives
from articket.domain.faults import Gone
from articket.domain.ticket import TicketContent
from articket.domain.visit import Visit

STORY: Final = "story"


@dataclass(frozen=True, slots=True)
class Shown:
    """How wide a picture is at most, and how many bytes long."""

    width: int
    limit_bytes: int


# A page of one large picture and four small ones stays well below 300 KB.
SHOWN: Final[Mapping[str, Shown]] = {"page": Shown(640, 84_000), "card": Shown(330, 24_000)}


@dataclass(frozen=True, slots=True)
class Keepsakes:
    """Makes each picture once; `content` says what stands on a visit's ticket."""

    floor: Floor
    store: LocalStore
    pictures: KeepsakePictures
    content: Callable[[Visit], TicketContent]
    _easel: RLock = field(default_factory=RLock)  # one at a time: the painters need the processor more

    def shown(self, visit: Visit, what: str, size: str) -> Path:
        """Return where a style's painting, or the story, lies in one of SHOWN; Gone for one not there."""
        photo = _photo(visit)
        limits = SHOWN[size]

        def smaller() -> bytes:
            whole = self.story(visit) if what == STORY else self._painting(visit, photo, what)
            return self.pictures.within(_read(whole), limits.width, limits.limit_bytes)

        return self._once(visit, files.shown(visit.id, photo, what, size), smaller)

    def story(self, visit: Visit) -> Path:
        """Return where the visit's ticket lies as a tall picture; raise Gone before its painting is there."""
        if visit.decision is None:
            raise Gone("file-gone", "A visit without a painter has no story.")
        name = files.story(visit.id, _photo(visit), visit.decision.style)
        return self._once(visit, name, lambda: self.pictures.story(self.content(visit)))

    def _painting(self, visit: Visit, photo: int, style: str) -> Path:
        return self.store.path(files.painting(visit.id, photo, style, "large"))

    def _once(self, visit: Visit, name: str, make: Callable[[], bytes]) -> Path:
        if not self.store.exists(name):
            with self._easel, nothing_outlives(self.floor, self.store, visit.id):
                if not self.store.exists(name):
                    self.store.put(name, make())
        return self.store.path(name)


def _photo(visit: Visit) -> int:
    if visit.photo is None:
        raise Gone("file-gone", "A visit without a photo has no pictures.")
    return visit.photo.number


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Gone("file-gone", "The picture is not painted yet.") from None
