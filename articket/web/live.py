"""Tells the open pages what changed: one thread, the newest state only, each view at its own pace."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from threading import Condition, Thread
from typing import Final, Protocol

from articket.application.ports import Change
from articket.domain.booth import Booth
from articket.web.places import Places
from articket.web.seats import MONITOR, STAFF, Seats
from articket.web.snapshots.house import Json

STAFF_EVERY_S: Final = 0.5
LOOK_EVERY_S: Final = 5.0  # at the clock on the wall: after sleep or a step it shows another turn
REFRESH_EVERY_S: Final = 15.0  # estimates in line shrink while nobody does anything
PLACES_AT_ONCE: Final = 8
PLACES_EVERY_S: Final = 0.02  # a hundred phones hear of their place within a quarter of a second
STOP_S: Final = 2.0

log = logging.getLogger(__name__)


class Post(Protocol):
    """Sends an event to one socket."""

    def send(self, event: str, payload: Json, sid: str) -> None:
        """Put the event on its way; never waits for the socket."""

    def sweep(self) -> None:
        """Close sockets that never said who they are."""

    def close_all(self) -> None:
        """Close every socket."""


class Pages(Protocol):
    """Builds what is sent."""

    def phone(self, visit: str) -> Json:
        """Return a visit's snapshot."""

    def monitor(self) -> Json:
        """Return the monitor's."""

    def staff(self) -> Json:
        """Return the staff's."""

    def booth(self) -> Booth:
        """Return the booth."""

    def place(self, booth: Booth, visit: str) -> Json | None:
        """Return the message about a place in line."""

    def turn(self) -> int:
        """Return the number of the join code's turn."""

    def turn_ends_in(self) -> float:
        """Return the seconds until the join code changes."""


@dataclass(slots=True)
class Due:
    """What has to be told, gathered until the publisher takes it."""

    phones: set[str] = field(default_factory=set)
    monitor: bool = False
    staff: bool = False
    line: bool = False

    def merge(self, change: Change) -> None:
        """Add what a command changed."""
        self.phones |= change.phones
        self.monitor = self.monitor or change.monitor
        self.staff = True
        self.line = self.line or change.line


class LivePages:
    """The port Live; it may be published to before it is started, and after it is closed."""

    def __init__(self, line_every_s: float = 1.0) -> None:
        """Start nothing."""
        self.seats = Seats()
        self._line_every_s = line_every_s
        self._post: Post | None = None
        self._pages: Pages | None = None
        self._due = Due()
        self._wakes = Condition()
        self._closing = False
        self._thread: Thread | None = None
        self._staff_at = self._line_at = self._refresh_at = self._look_at = 0.0
        self._turned: int | None = None
        self._places = Places()
        self._places_at = 0.0

    @property
    def monitors(self) -> int:
        """Return how many monitors are connected."""
        return len(self.seats.of(MONITOR))

    @property
    def is_running(self) -> bool:
        """Whether pages are being told."""
        return self._thread is not None and self._thread.is_alive()

    def attach(self, post: Post, pages: Pages) -> None:
        """Give what sends and what is sent."""
        self._post, self._pages = post, pages

    def start(self) -> None:
        """Start the publisher."""
        self._thread = Thread(target=self._run, name="live", daemon=True)
        self._thread.start()

    def publish(self, change: Change) -> None:
        """Note what changed; the publisher tells the pages."""
        with self._wakes:
            self._due.merge(change)
            self._wakes.notify()

    def someone_came_or_went(self, role: str) -> None:
        """Note that staff see another number of connected monitors."""
        if role == MONITOR:
            with self._wakes:
                self._due.staff = True
                self._wakes.notify()

    def close(self) -> None:
        """Close all sockets and stop the publisher, within a second where nobody is in the way."""
        with self._wakes:
            self._closing = True
            self._wakes.notify()
        if self._post is not None:
            self._post.close_all()
        if self._thread is not None:
            self._thread.join(STOP_S)

    def _run(self) -> None:
        while True:
            with self._wakes:
                while not self._closing and (wait := self._rest(time.monotonic())) > 0:
                    self._wakes.wait(wait)
                if self._closing:
                    return
                now = time.monotonic()
                self._turn(now)
                due = self._take(now)
            try:
                self._tell(due)
            except Exception:  # the edge of the publisher's thread: the next change is told all the same
                log.exception("telling the pages failed")

    def _rest(self, now: float) -> float:
        """Return the seconds until something is due; none or less: now."""
        if self._due.phones or self._due.monitor:
            return 0.0
        times = [self._look_at, self._refresh_at]
        if self._due.staff:
            times.append(self._staff_at + STAFF_EVERY_S)
        if self._due.line:
            times.append(self._line_at + self._line_every_s)
        if self._places:
            times.append(self._places_at)
        return min(times) - now

    def _turn(self, now: float) -> None:
        """Let time itself be a change: the join code turns, and waiting gets shorter."""
        if self._pages is not None:
            self._look_at = now + min(LOOK_EVERY_S, self._pages.turn_ends_in() + 0.01)
            if (turn := self._pages.turn()) != self._turned:
                self._turned = turn
                self._due.monitor = self._due.staff = True
        if now >= self._refresh_at:
            self._refresh_at = now + REFRESH_EVERY_S
            self._due.line = True

    def _take(self, now: float) -> Due:
        """Take what is due now and leave the rest."""
        due, self._due = self._due, Due()
        if due.staff and now < self._staff_at + STAFF_EVERY_S:
            due.staff, self._due.staff = False, True
        if due.line and now < self._line_at + self._line_every_s:
            due.line, self._due.line = False, True
        self._staff_at = now if due.staff else self._staff_at
        self._line_at = now if due.line else self._line_at
        return due

    def _tell(self, due: Due) -> None:
        post, pages = self._post, self._pages
        if post is None or pages is None:
            return
        phones = self.seats.phones()
        for visit in due.phones & phones.keys():
            self._show(post, partial(pages.phone, visit), phones[visit])
        if due.monitor:
            self._show(post, pages.monitor, self.seats.of(MONITOR))
        if due.staff:
            self._show(post, pages.staff, self.seats.of(STAFF))
        if due.line:
            booth = pages.booth()
            self._places.renew({visit: place for visit in phones if (place := pages.place(booth, visit))})
            post.sweep()
        self._tell_places(post, phones)

    def _show(self, post: Post, view: Callable[[], Json], sids: Sequence[str]) -> None:
        """Send a view to those who look at it; one that cannot be built or sent stops no other."""
        if not sids:
            return
        try:
            snapshot = view()
        except Exception:  # what one page shows must not keep the others from hearing what is new
            log.exception("a view cannot be built")
            return
        for sid in sids:
            try:
                post.send("snapshot", snapshot, sid)
            except Exception:  # the edge to a socket: the page behind it says hello again by itself
                log.exception("telling a page failed")

    def _tell_places(self, post: Post, phones: dict[str, list[str]]) -> None:
        now = time.monotonic()
        if self._places and now >= self._places_at:
            self._places_at = now + PLACES_EVERY_S
            for visit, place in self._places.take(PLACES_AT_ONCE):
                for sid in phones.get(visit, ()):
                    post.send("place", place, sid)
