"""The fleet's watch in each worker: hands out leases, looks at servers, clears away what the dead left."""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial
from threading import Event, Thread
from typing import Final

from articket.application.fleet.atelier import Atelier
from articket.application.fleet.ports import Attendance, ImageServers, Roster
from articket.application.fleet.progress import STROKES_S, Progress
from articket.application.ports import Clock, Visits
from articket.domain.experience import Experience
from articket.domain.faults import Fault, Gone, PermanentFault, ServerRefused
from articket.domain.fleet.commission import Commission, Lease, Purpose
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.leasing import begin, forget_worker, heard, request, withdraw
from articket.domain.fleet.rules import FleetRules
from articket.domain.fleet.schedule import assign, limit_s
from articket.domain.fleet.server import Health, Kind, Server
from articket.domain.fleet.staffing import (
    add,
    add_laptop,
    due_for_a_look,
    due_for_warming,
    lease_for,
    look_begun,
    not_seen,
    rested,
    seen,
)
from articket.domain.fleet.urgency import likelihood, urgency_of
from articket.domain.visit import PaintingStatus, Visit

log = logging.getLogger(__name__)

BUSY_TICK_S: Final = 0.25
IDLE_TICK_S: Final = 2.0
BEAT_S: Final = 4.0
LOOK_S: Final = 12.0
STOP_S: Final = 2.0


@dataclass(slots=True)
class Keeper:
    """Keeps one worker's part of the fleet going, and takes back what workers had that are no more."""

    worker: str
    hands: int
    roster: Roster
    servers: ImageServers
    atelier: Atelier
    visits: Visits
    experience: Experience
    rules: FleetRules
    clock: Clock
    told: Callable[[], None]
    progress: Progress
    attendance: Attendance
    woken: Event = field(default_factory=Event)
    stopping: Event = field(default_factory=Event)
    thread: Thread | None = None
    likely: Callable[[tuple[str, ...], str], float] = field(init=False)

    def __post_init__(self) -> None:
        """Count each way through the quiz once."""
        self.likely = cache(partial(likelihood, self.experience))

    def start(self, pasted: list[tuple[str, Kind | None]], limit: int) -> None:
        """Let this worker's own painters and the settings' servers join, and begin to watch."""
        self.attendance.enter(self.worker)
        ended = self.attendance.ended()
        with self.roster.transaction() as page:
            fleet, now = page.fleet, self.clock.now()
            for gone in sorted(ended):
                fleet = forget_worker(fleet, gone, now)
            fleet = self._arrived(fleet, now)
            for address, kind in pasted:
                fleet = self._joined(fleet, address, kind, limit)
            page.save(fleet)
        self.attendance.forget(ended)
        self.atelier.wake = self.woken.set
        self.thread = Thread(target=self._run, name="fleet", daemon=True)
        self.thread.start()

    def close(self) -> None:
        """Stop watching and leave; servers rest that have something of this worker's in hand."""
        self.stopping.set()
        self.woken.set()
        self.atelier.close()
        if self.thread is not None:
            self.thread.join(STOP_S)
            with suppress(Fault), self.roster.transaction() as page:
                page.save(forget_worker(page.fleet, self.worker, self.clock.now()))
        self.attendance.leave()

    def _arrived(self, fleet: Fleet, now: float) -> Fleet:
        return add_laptop(heard(fleet, self.worker, now), self.worker, self.hands)

    def _joined(self, fleet: Fleet, pasted: str, kind: Kind | None, limit: int) -> Fleet:
        try:
            address = self.servers.resolve(pasted)
            return add(fleet, replace(address, kind=kind), limit=limit)
        except ServerRefused as refused:
            if refused.code != "server-known":
                log.warning("A server in the settings is left out: %s", refused)
            return fleet

    def _run(self) -> None:
        while not self.stopping.is_set():
            self.woken.clear()
            busy = True
            try:
                busy = self.tick()
            except Exception:  # a thread's edge: without the watch nobody would ever paint again
                log.exception("The fleet's watch failed; it goes on.")
            self.woken.wait(BUSY_TICK_S if busy else IDLE_TICK_S)

    def tick(self) -> bool:
        """Do once what is to be done now; True while somebody waits for a painting."""
        # All that takes time is done before the roster is opened: while it is, nobody else can write.
        weighed, gone = self._weighed(self.roster.fleet())
        with self.roster.transaction() as page:
            before, now = page.fleet, self.clock.now()
            fleet = withdraw(self._beaten(before, now), lambda each: each.id in gone)
            fleet = _with_urgencies(fleet, weighed)
            fleet = assign(fleet, self.rules, now)
            leases = [each for each in fleet.leases if each.worker == self.worker and not each.begun]
            for lease in leases:
                fleet = begin(fleet, lease.id)
            looks = due_for_a_look(fleet, now)
            for server in looks:
                fleet = look_begun(fleet, server.id, now)
            fleet, warming = self._warmed(fleet, now)
            if fleet != before:
                page.save(fleet)
        for commission in gone:
            self.atelier.drop(commission, Gone("visit-gone", "Nobody wants this painting any more."))
        for lease in (*leases, *warming):
            server_row = fleet.server(lease.server)
            if server_row is not None:
                self._spawn(lambda lease=lease, row=server_row: self.atelier.carry_out(lease, row))  # type: ignore[misc]
        for server in looks:
            self._spawn(lambda server=server: self._look(server))  # type: ignore[misc]
        for lease, row in self.progress.due(fleet, self.worker, now):
            self._spawn(lambda lease=lease, row=row: self._ask(lease, row))  # type: ignore[misc]
        if fleet != before:
            self.told()
        return bool(fleet.commissions or fleet.leases)

    def _beaten(self, fleet: Fleet, now: float) -> Fleet:
        """Let the others hear of this worker, and ask again for what it lost while they took it for dead."""
        last = dict(fleet.workers).get(self.worker)
        if last is None:
            fleet = self._arrived(fleet, now)
        elif not last <= now < last + BEAT_S:
            fleet = heard(fleet, self.worker, now)
        for commission in self.atelier.awaited():
            if fleet.commission(commission.id) is None:
                fleet = request(fleet, commission, now)
        return fleet

    def _weighed(self, fleet: Fleet) -> tuple[dict[str, Commission], frozenset[str]]:
        """Return the commissions with their urgency said anew, and which of this worker's nobody wants."""
        weighed: dict[str, Commission] = {}
        unwanted = set()
        asked = sorted({each.visit for each in fleet.commissions})
        present = {visit.id: visit for visit in (self.visits.many(asked) if asked else ())}
        booths = {booth: self.visits.booth(booth) for booth in {visit.booth for visit in present.values()}}
        for commission in fleet.commissions:
            visit = present.get(commission.visit)
            if visit is not None and _is_wanted(visit, commission):
                booth, patience_s = booths[visit.booth], self.rules.patience_s
                urgency = urgency_of(visit, commission.style, booth, self.experience, patience_s, self.likely)
                hold = 0.0 if visit.sight else commission.hold_until
                weighed[commission.id] = replace(commission, urgency=urgency, hold_until=hold)
            elif commission.worker == self.worker:  # the others tell those who wait there
                unwanted.add(commission.id)
        return weighed, frozenset(unwanted)

    def _warmed(self, fleet: Fleet, now: float) -> tuple[Fleet, list[Lease]]:
        leases = []
        for server in due_for_warming(fleet):
            limit = limit_s(server, self.rules, 0.0, first=True)
            fleet = lease_for(fleet, server.id, self.worker, Purpose.WARM_UP, now, limit)
            leases.append(fleet.leases[-1])
        return fleet, leases

    def _look(self, server: Server) -> None:
        try:
            if server.health is Health.RESTING:
                busy = self.servers.reach(server.address).strokes(STROKES_S).busy
                self._note(lambda fleet, now: rested(fleet, server.id, now, busy=busy))
                return
            address = server.address
            if address.kind is None:
                address = self.servers.identify(address, LOOK_S)
            looked = self.servers.reach(address).look(LOOK_S)
            self._note(lambda fleet, now: seen(fleet, server.id, address, looked, now))
        except Fault as fault:
            code, lasting, params = fault.code, isinstance(fault, PermanentFault), tuple(fault.params.items())
            log.warning("%s cannot be used: %s", server.label, fault)
            self._note(
                lambda fleet, now: not_seen(fleet, server.id, code, now, for_a_person=lasting, params=params)
            )

    def _ask(self, lease: Lease, server: Server) -> None:
        if self.progress.ask(lease, server):
            self.told()

    def _note(self, change: Callable[[Fleet, float], Fleet]) -> None:
        with self.roster.transaction() as page:
            page.save(change(page.fleet, self.clock.now()))
        self.told()
        self.woken.set()

    def _spawn(self, work: Callable[[], None]) -> None:
        Thread(target=_guarded, args=(work,), name="lease", daemon=True).start()


def _with_urgencies(fleet: Fleet, weighed: Mapping[str, Commission]) -> Fleet:
    """Return the fleet with what was weighed; everything else about a commission may have changed since."""
    commissions = (
        replace(each, urgency=weighed[each.id].urgency, hold_until=weighed[each.id].hold_until)
        if each.id in weighed
        else each
        for each in fleet.commissions
    )
    return replace(fleet, commissions=tuple(commissions))


def _guarded(work: Callable[[], None]) -> None:
    try:
        work()
    except Exception:  # a thread's edge: the watch sees to what was left undone
        log.exception("Work for the fleet failed.")


def _is_wanted(visit: Visit, commission: Commission) -> bool:
    if visit.receipt is not None or visit.photo is None or visit.photo.number != commission.photo:
        return False
    return any(
        (easel.style, easel.round) == (commission.style, commission.round)
        and easel.status is not PaintingStatus.DONE
        for easel in visit.easels
    )
