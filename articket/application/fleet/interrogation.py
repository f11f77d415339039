"""The second choice for captions: servers that otherwise paint, asked while they stand idle."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import ClassVar, Final
from urllib.parse import urlsplit

from articket.application.fleet.ports import ImageServers, Roster
from articket.application.ports import CaptionHealth, Clock
from articket.domain.faults import Fault, PainterFault
from articket.domain.fleet.commission import Lease, Purpose
from articket.domain.fleet.leasing import SLOW, fail, finish
from articket.domain.fleet.reading import idle_readers
from articket.domain.fleet.rules import FleetRules
from articket.domain.fleet.server import Server, Try
from articket.domain.fleet.staffing import lease_for, settle
from articket.domain.visit import Reader

log = logging.getLogger(__name__)

LEAST_S: Final = 0.3
TRIAL_S: Final = 60.0
"""The first question makes a server load a model, which takes up to a minute."""
TRY_EVERY_S: Final = 10.0
STOP_S: Final = 2.0
FIRST_PAUSE_S: Final = 60.0
LONGEST_PAUSE_S: Final = 1800.0
WORDLESS: Final = "painter-wordless"
UNEXPECTED: Final = "painter-crashed"
LACKING: Final = frozenset({"painter-no-api", "painter-order-refused", "painter-unsupported", WORDLESS})
TROUBLES: Final = {
    SLOW: "caption-slow",
    "painter-unreachable": "caption-unreachable",
    "painter-busy": "caption-busy",
    "painter-locked": "caption-locked",
    "painter-answer-broken": "caption-answer-broken",
    UNEXPECTED: "caption-crashed",
    "painter-out-of-memory": "caption-crashed",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a server as a reader; only one that `reads` is asked while a visitor waits."""

    host: str
    reads: bool = False
    trouble: str | None = None
    last_s: float | None = None
    failures: int = 0
    again_at: float = 0.0


@dataclass(slots=True)
class Interrogation:
    """A CaptionSource: leases an idle server for one question; any number of threads may ask.

    A server is tried out with the picture `sample` first, while no painting is wanted; one that fails is
    let alone for a while. `needed` says whether nobody better writes captions now, `shrink` makes a photo
    small, `budget_s` is how long a visitor's painting waits.
    """

    reader: ClassVar[Reader] = Reader.ATELIER

    worker: str
    roster: Roster
    servers: ImageServers
    rules: FleetRules
    clock: Clock
    monotonic: Callable[[], float]
    sample: Callable[[], bytes]
    shrink: Callable[[bytes], bytes]
    needed: Callable[[], bool]
    told: Callable[[], None]
    budget_s: float
    known: dict[str, Known] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)
    stopping: Event = field(default_factory=Event)
    thread: Thread | None = None

    def start(self) -> None:
        """Begin to try servers out."""
        self.thread = Thread(target=self._run, name="readers", daemon=True)
        self.thread.start()

    def close(self) -> None:
        """Stop; a server that is being asked rests at the next start."""
        self.stopping.set()
        if self.thread is not None:
            self.thread.join(STOP_S)

    @property
    def is_ready(self) -> bool:
        """Whether a painting should wait for a caption from here."""
        return any(each.reads for each in self._all_known()) and self.needed()

    def health(self) -> Sequence[CaptionHealth]:
        """Return how the servers are that have read something."""
        read = [each for each in self._all_known() if each.last_s is not None]
        return [CaptionHealth(each.host, each.trouble, each.last_s) for each in read]

    def caption(self, photo: bytes, limit_s: float) -> str | None:
        """Return what an idle server says within the time; None where none is idle or it does not."""
        ends = self.monotonic() + limit_s
        if not self.is_ready:
            return None
        try:
            small = self.shrink(photo)
            taken = self._take(lambda server: self._known(server).reads, limit_s)
            if taken is None:
                return None
            left_s = ends - self.monotonic()
            if left_s >= LEAST_S:
                return self._ask(*taken, small, left_s)
            self._give_back(taken[0], None, 0.0)
        except ValueError:
            log.warning("A photo could not be made small for a painter to read.")
        except Fault as fault:
            log.warning("No painter could be asked for a caption: %s", fault)
        return None

    def try_out(self) -> None:
        """Let one idle server that is not known to read find out whether it can, in its own time."""
        fleet, now = self.roster.fleet(), self.clock.now()
        with self.lock:
            self.known = {each: self.known[each] for each in self.known if fleet.server(each)}
        for lease in fleet.leases:
            if (lease.worker, lease.purpose) == (self.worker, Purpose.CAPTION) and lease.id not in self.held:
                self._give_back(lease, SLOW, 0.0)  # the database was away when it should have been
        if not fleet.commissions and self.needed() and any(map(self._is_due, idle_readers(fleet, now))):
            sample = self.shrink(self.sample())
            if taken := self._take(self._is_due, TRIAL_S, alone=True):
                # Only what it says with its model loaded tells how fast it is.
                self._ask(*taken, sample, TRIAL_S, self.budget_s)

    def _run(self) -> None:
        while not self.stopping.is_set():
            try:
                self.try_out()
            except Exception:  # a thread's edge: another day another server may read
                if not self.stopping.is_set():
                    log.exception("Trying out which painter can read failed; it goes on.")
            self.stopping.wait(TRY_EVERY_S)

    def _all_known(self) -> list[Known]:
        with self.lock:
            return list(self.known.values())

    def _known(self, server: Server) -> Known:
        with self.lock:
            return self.known.get(server.id) or Known(urlsplit(server.address.url).hostname or server.label)

    def _is_due(self, server: Server) -> bool:
        known = self._known(server)
        return not known.reads and self.clock.now() >= known.again_at

    def _take(
        self, wanted: Callable[[Server], bool], limit_s: float, *, alone: bool = False
    ) -> tuple[Lease, Server] | None:
        """Lease the first idle server that is wanted; `alone` says that no painting may be open at all."""
        with self.roster.transaction() as page:
            now = self.clock.now()
            idle = () if alone and page.fleet.commissions else idle_readers(page.fleet, now)
            server = next(filter(wanted, idle), None)
            if server is None:
                return None
            fleet = lease_for(page.fleet, server.id, self.worker, Purpose.CAPTION, now, limit_s)
            lease = fleet.leases[-1]
            self.held.add(lease.id)
            page.save(fleet)
        self.told()
        return lease, server

    def _ask(self, lease: Lease, server: Server, photo: bytes, *limits_s: float) -> str | None:
        """Ask as often as there are limits, give the server back, and return what it said at last."""
        code: str | None = UNEXPECTED
        took_s, said = 0.0, None
        try:
            for limit_s in limits_s:
                began = self.monotonic()
                said = self.servers.reach(server.address).caption(photo, limit_s)
                took_s = self.monotonic() - began
                code = None if said else WORDLESS
                if said is None:
                    break
        except PainterFault as fault:
            code, said = fault.code, None
        finally:
            self._note(server, code, took_s)
            self._give_back(lease, code, took_s)
        return said

    def _give_back(self, lease: Lease, code: str | None, seconds: float) -> None:
        try:
            with self.roster.transaction() as page:
                now = self.clock.now()
                if code is None:
                    fleet = finish(page.fleet, lease.id, seconds, now, self.rules)
                else:
                    fleet = fail(page.fleet, lease.id, Try(now, seconds, code), self.rules)
                page.save(settle(fleet))
        finally:
            self.held.discard(lease.id)
        self.told()

    def _note(self, server: Server, code: str | None, seconds: float) -> None:
        before = self._known(server)
        if code is None:
            # A trial forgives nothing: one that is too slow for every other visitor is tried less and less.
            failures = 0 if before.reads else before.failures
            after = Known(before.host, reads=True, last_s=seconds, failures=failures)
        else:
            lacks = code in LACKING and before.last_s is None
            pause_s = LONGEST_PAUSE_S if lacks else FIRST_PAUSE_S * 2.0 ** min(before.failures, 9)
            again_at = self.clock.now() + min(LONGEST_PAUSE_S, pause_s)
            after = Known(
                before.host,
                False,
                TROUBLES.get(code, "caption-refused"),
                before.last_s,
                before.failures + 1,
                again_at,
            )
        with self.lock:
            self.known[server.id] = after
        if after.reads and not before.reads:
            log.info("%s can read photos, in %.1f s.", server.label, seconds)
        if before.reads and not after.reads:
            log.warning("%s does not read photos for a while: %s.", server.label, code)
