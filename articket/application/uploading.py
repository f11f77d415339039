"""Tickets on their way to the cloud folder that staff print from; they wait while it is out of reach."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event
from typing import Final, Protocol

from articket.application import files
from articket.application.backoff import Backoff
from articket.application.keeping import Keeping, findings
from articket.application.ports import Barriers, Clock, Store
from articket.domain.faults import Fault, Gone, StoreRefused, TransientFault

# Written at every start: whether it can be says whether tickets can.
NOTE: Final = "articket.txt"
NOTE_TEXT: Final = (
    b"Tickets of an Articket booth. The booth adds and removes them; please leave them to it.\n"
)

log = logging.getLogger(__name__)


class Parked(StrEnum):
    """Why a ticket does not go up, whatever comes."""

    REFUSED = "refused"  # something else has its name there
    LOST = "lost"  # its file is not here any more


# An upload that was given up here may still arrive there, so what was taken away is looked at again.
LOOK_AGAIN_S: Final = 120.0
LAST_LOOK_S: Final = 3600.0
KEPT_AGAIN_S: Final = 600.0
KEEPING_EVERY_S: Final = 3600.0
REFUSED: Final = "store-keeps"
PARKED_CODES: Final = {Parked.REFUSED: "store-name-taken", Parked.LOST: "file-gone"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A ticket by its name here and its name there; an unwanted one is to be taken away."""

    file: str
    name: str
    unwanted: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A visit's ticket that was to go from the cloud: since when it is gone, None while it is not."""

    visit: str
    gone_at: float | None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many tickets wait to go up, since when, and the code of why, where there is a reason."""

    waiting: int = 0
    since: float | None = None
    trouble: str | None = None


class CloudStore(Store, Protocol):
    """A store of others."""

    def keeping(self) -> Keeping:
        """Return what it keeps of files that are deleted."""


class Uploads(Protocol):
    """What is to go up and to be taken away, written in one transaction with the visits themselves."""

    def next(self, now: float, last_look_s: float) -> Upload | None:
        """Return what comes first: what is to go or to be looked at once more, then the oldest ticket."""

    def begin(self, upload: Upload) -> bool:
        """Note that the ticket may be up there from now on; False where it is not wanted any more."""

    def done(self, upload: Upload) -> None:
        """Note that the ticket is up."""

    def park(self, upload: Upload, why: Parked) -> None:
        """Note that the ticket does not go up; the others go on."""

    def removed(self, upload: Upload, now: float, *, was_there: bool) -> None:
        """Note that it was taken away; what stays away is forgotten after the last look."""

    def kept(self, upload: Upload, now: float) -> None:
        """Note that it cannot be taken away for now; the others go on."""

    def backlog(self) -> Backlog:
        """Return what waits."""


@dataclass(slots=True)
class Uploader:
    """Sends tickets up one by one in their order; repeating anything is harmless.

    `gone` hears of each visit whose ticket was taken away: its phone may say so.
    """

    uploads: Uploads
    here: Store
    there: CloudStore
    clock: Clock
    told: Callable[[], None]
    barriers: Barriers
    gone: Callable[[str], None] = lambda _: None
    trouble: str | None = None
    keeping: Keeping | None = None
    _asked_at: float = 0.0
    _greeted: bool = False
    _backoff: Backoff = field(init=False)
    _closing: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        """Try at once."""
        self._backoff = Backoff(self.clock)

    def run(self) -> None:
        """Send and take away whatever waits, unless the last try failed a moment ago."""
        if not self._backoff.is_over:
            return
        try:
            self._greet()
            while not self._closing.is_set() and (upload := self._next()) is not None:
                self._carry(upload)
        except TransientFault as fault:
            self._pause(fault)
        else:
            self._go_on()

    def close(self) -> None:
        """Begin nothing new."""
        self._closing.set()

    def backlog(self) -> Backlog:
        """Return what waits, and what is in its way."""
        found = self.uploads.backlog()
        return Backlog(found.waiting, found.since, self.trouble or found.trouble)

    def _greet(self) -> None:
        """See once whether the folder takes anything: whoever set it up is still near at the start."""
        if not self._greeted:
            try:
                self.there.put(NOTE, NOTE_TEXT)
            except StoreRefused:
                log.debug("Another version's note lies in the cloud folder.")
            self._greeted = True
        self._ask_what_it_keeps()

    def _ask_what_it_keeps(self) -> None:
        """Learn what stays there of deleted files: visitors are told, and the settings may be changed."""
        now = self.clock.now()
        if self.keeping is not None and now < self._asked_at + KEEPING_EVERY_S:
            return
        found = self.there.keeping()
        if found != self.keeping:
            for finding in findings(found, "gs://bucket"):
                log.warning("%s `articket check` says how to end it.", finding.found)
        self.keeping, self._asked_at = found, now

    def _next(self) -> Upload | None:
        hidden_s = (self.keeping or Keeping()).longest_hidden_s
        return self.uploads.next(self.clock.now(), max(LAST_LOOK_S, hidden_s))

    def _take_away(self, upload: Upload) -> None:
        try:
            was_there = self.there.delete(upload.name)
        except TransientFault as fault:
            if fault.code != REFUSED:
                raise
            self.uploads.kept(upload, self.clock.now())
            self.told()
        else:
            self.uploads.removed(upload, self.clock.now(), was_there=was_there)
            if (visit := files.owner(upload.file)) is not None:
                self.gone(visit)

    def _carry(self, upload: Upload) -> None:
        if upload.unwanted:
            self._take_away(upload)
            return
        if not self.uploads.begin(upload):
            return
        try:
            self.there.put(upload.name, self.here.get(upload.file))
        except Gone:
            self._park(upload, Parked.LOST)
        except StoreRefused:
            self._park(upload, Parked.REFUSED)
        else:
            self.barriers.reach("uploaded-not-marked")
            self.uploads.done(upload)
        self._go_on()
        self.told()

    def _park(self, upload: Upload, why: Parked) -> None:
        log.warning("%s does not go up: %s.", upload.name, PARKED_CODES[why])
        self.uploads.park(upload, why)

    def _pause(self, fault: Fault) -> None:
        self._backoff.failed()
        if self.trouble != fault.code:
            log.warning("Tickets wait for the cloud folder: %s It is tried again and again.", fault.sentence)
            self.trouble = fault.code
            self.told()

    def _go_on(self) -> None:
        self._backoff.worked()
        if self.trouble is not None:
            log.info("The cloud folder takes tickets again.")
            self.trouble = None
            self.told()
