"""Where a commission waits for its painting: handed to the fleet, fetched when somebody has painted it."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Final

from articket.application.fleet.brushwork import WARM_UP_SIDE, brushwork_for, size_of
from articket.application.fleet.ports import Brushwork, Canvas, Finisher, ImageServers, Roster
from articket.application.ports import Clock, Framer, Order, Painted, Painter
from articket.domain.experience import Experience
from articket.domain.faults import Fault, PainterFault, PainterFaultTransient
from articket.domain.fleet.commission import Commission, Lease, Purpose
from articket.domain.fleet.leasing import fail, finish, request, withdraw
from articket.domain.fleet.rules import FleetRules
from articket.domain.fleet.server import Server, Try
from articket.domain.fleet.staffing import settle
from articket.domain.jobs import PaintJob

log = logging.getLogger(__name__)
UNEXPECTED: Final = "painter-crashed"

# The label of whoever takes a commission up, while they work on it.
AtWork = Callable[[str], AbstractContextManager[None]]


@dataclass(slots=True)
class Wish:
    """A commission whose worker waits here; the first painting counts."""

    commission: Commission
    order: Callable[[], Order]
    at_work: AtWork
    settled: Event = field(default_factory=Event)
    painted: Painted | None = None
    fault: Fault | None = None


@dataclass(slots=True)
class Atelier:
    """Paints commissions on the fleet's servers, or by hand; every method may be called from any thread.

    `caption_s` says how long a commission waits for its caption, `sample` a picture to try servers with.
    """

    worker: str
    roster: Roster
    servers: ImageServers
    framer: Framer
    finisher: Finisher
    hand: Painter
    experience: Experience
    rules: FleetRules
    clock: Clock
    sample: Callable[[], bytes]
    caption_s: Callable[[], float] = field(default=lambda: 0.0)
    wishes: dict[str, Wish] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    wake: Callable[[], None] = field(default=lambda: None)
    closed: bool = False

    def paint(self, job: PaintJob, order: Callable[[], Order], at_work: AtWork) -> Painted:
        """Wait until somebody has painted it, and return it; a Fault where nobody could, the hand included.

        `order` is asked for when the work begins, so that a caption that came meanwhile is in it.
        """
        now = self.clock.now()
        commission = Commission(
            job.id, job.visit, job.photo, job.style, self.worker, now, job.round, now + self.caption_s()
        )
        wish = Wish(commission, order, at_work)
        with self.lock:
            if self.closed:
                raise PainterFaultTransient(UNEXPECTED, "The atelier has closed.")
            self.wishes[job.id] = wish
        try:
            with self.roster.transaction() as page:
                page.save(request(page.fleet, commission, now))
            self.wake()
            wish.settled.wait()
        finally:
            with self.lock:
                self.wishes.pop(job.id, None)
        if wish.painted is None:
            raise wish.fault or PainterFaultTransient(UNEXPECTED, "Nobody painted it.")
        return wish.painted

    def awaited(self) -> list[Commission]:
        """Return the commissions that somebody waits for here and nobody has painted or given up."""
        with self.lock:
            wishes = list(self.wishes.values())
        return [each.commission for each in wishes if each.painted is None and each.fault is None]

    def close(self) -> None:
        """Let everybody go who waits; their jobs are taken up at the next start."""
        with self.lock:
            self.closed = True
            waiting = list(self.wishes.values())
        for wish in waiting:
            wish.fault = PainterFaultTransient(UNEXPECTED, "The atelier has closed.")
            wish.settled.set()

    def drop(self, commission: str, fault: Fault) -> None:
        """Tell whoever waits for a commission that nobody will paint it."""
        with self.lock:
            wish = self.wishes.get(commission)
        if wish is not None and not wish.settled.is_set():
            wish.fault = fault
            wish.settled.set()

    def carry_out(self, lease: Lease, server: Server) -> None:
        """Do what a server is leased for, and give it back."""
        with self.lock:
            wish = self.wishes.get(lease.commission or "")
        if wish is None and lease.commission is not None:
            self._give_back(lease)
            return
        began = self.clock.now()
        try:
            if lease.purpose is Purpose.WARM_UP:
                self._warm_up(lease, server)
            elif wish is not None:
                painted = self._paint(lease, server, wish)
                wish.painted = wish.painted or painted
        except Fault as fault:
            self._failed(lease, server, wish, fault, began)
        except Exception:  # a lease's edge: without an end its server would stay taken for ever
            log.exception("%s failed at something unforeseen.", server.label)
            self._failed(
                lease, server, wish, PainterFaultTransient(UNEXPECTED, "Something unforeseen."), began
            )
        else:
            now = self.clock.now()
            with self.roster.transaction() as page:
                fleet = settle(finish(page.fleet, lease.id, now - began, now, self.rules))
                # Also where another worker took this one for dead, and its lease with it.
                page.save(withdraw(fleet, lambda each: self._is_of(each, lease)))
            if wish is not None:
                wish.settled.set()
        self.wake()

    def _paint(self, lease: Lease, server: Server, wish: Wish) -> Painted:
        with wish.at_work(server.label):
            order = wish.order()
            if server.is_laptop:
                return self.hand.paint(order)
            style, family = self.experience.style(order.style), server.family
            size = size_of(style, family, lease.scale)
            photo = self.framer.frame(order.photo, order.focus, size)
            work = brushwork_for(style, family, photo, order.caption, order.seed, size)
            canvas = self._ask(lease, server, work)
            done = self.finisher.finish(canvas.picture)
            return Painted(
                done.print, done.large, done.small, done.veil, server.label, canvas.seconds,
                pixels_wide=done.pixels_wide,
            )  # fmt: skip

    def _warm_up(self, lease: Lease, server: Server) -> None:
        style, family = self.experience.styles[0], server.family
        full = size_of(style, family, 1.0)
        size = size_of(style, family, WARM_UP_SIDE / max(full))
        photo = self.framer.frame(self.sample(), None, size)
        work = brushwork_for(style, family, photo, None, 1, size)
        self._ask(lease, server, work)

    def _ask(self, lease: Lease, server: Server, work: Brushwork) -> Canvas:
        """Have a server paint, unless this worker was taken for dead and the server may be another's now."""
        if self.roster.fleet().lease(lease.id) is None:
            raise PainterFaultTransient(UNEXPECTED, "The server was given to somebody else.")
        return self.servers.reach(server.address).paint(work, lease.limit_s)

    def _give_back(self, lease: Lease) -> None:
        """End a lease for a commission that nobody waits for any more; nothing was done."""
        with self.roster.transaction() as page:
            fleet = withdraw(page.fleet, lambda each: self._is_of(each, lease))
            page.save(settle(fleet.without_lease(lease.id)))
        self.wake()

    def _is_of(self, commission: Commission, lease: Lease) -> bool:
        return (commission.id, commission.worker) == (lease.commission, self.worker)

    def _failed(self, lease: Lease, server: Server, wish: Wish | None, fault: Fault, began: float) -> None:
        now = self.clock.now()
        code = fault.code if isinstance(fault, PainterFault) else UNEXPECTED
        log.warning("%s failed after %.1f s: %s", server.label, now - began, fault)
        with self.roster.transaction() as page:
            fleet = fail(page.fleet, lease.id, Try(now, now - began, code), self.rules)
            others = fleet.leases_for(lease.commission or "")
            hopeless = server.is_laptop and not others
            if hopeless:
                fleet = withdraw(fleet, lambda each: each.id == lease.commission)
            if hopeless and wish is not None:
                wish.fault = fault  # before anybody can ask for it anew
            page.save(settle(fleet))
        if hopeless and wish is not None:
            wish.settled.set()
