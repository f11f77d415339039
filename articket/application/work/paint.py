import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from articket.application import files
from articket.application.fleet.atelier import Atelier
from articket.application.floor import Floor
from articket.application.ports import PLAIN, Barriers, Order, Painted, Painter, Store
from articket.application.seals import Seals
from articket.application.studio import Studio
from articket.application.work.leftovers import nothing_outlives
from articket.domain.commands import FailPainting, FinishPainting, StartPainting
from articket.domain.experience import Experience
from articket.domain.faults import Fault, PainterFault, PainterFaultPermanent
from articket.domain.jobs import PaintJob
from articket.domain.visit import PaintingStatus, Visit

log = logging.getLogger(__name__)

ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Paint:
    """Carries out a commission: what is finished is never painted again."""

    floor: Floor
    experience: Experience
    painter: Painter
    store: Store
    seals: Seals
    studio: Studio
    barriers: Barriers
    atelier: Atelier | None = None

    def run(self, job: PaintJob) -> None:
        """Paint, keep the files, and hang the painting in its visit; an outdated commission is dropped."""
        with nothing_outlives(self.floor, self.store, job.visit):
            self._carry_out(job)

    def _carry_out(self, job: PaintJob) -> None:
        visit = self.floor.visits.visit(job.visit)
        if visit is None or not _wanted(visit, job):
            return
        name = files.painting(job.visit, job.photo, job.style, "print")
        if not self.store.exists(name):
            self._keep(job, self._paint(visit, job))
            self.barriers.reach("painting-without-row")
        self._hang(visit, job)

    def give_up(self, job: PaintJob, fault: Fault) -> None:
        """Paint plainly what could not be painted as ordered; where that fails too, tell the desk."""
        with nothing_outlives(self.floor, self.store, job.visit):
            visit = self.floor.visits.visit(job.visit)
            if visit is None or not _wanted(visit, job):
                return
            try:
                plain = replace(self._order(visit, job), recipe=PLAIN)
                self._keep(job, self._signed(self.painter.paint(plain)))
                self._hang(visit, job)
            except Fault as last:
                log.warning("The last resort failed as well: %s", last)
                failed = FailPainting(job.photo, job.style, fault.code, job.round)
                self.floor.apply(visit.booth, failed, visit.id)

    def _hang(self, visit: Visit, job: PaintJob) -> None:
        # An older version signed with painter and seconds only.
        signed = json.loads(self.store.get(files.signature(job.visit, job.photo, job.style)))
        done = FinishPainting(job.photo, job.style, *signed)
        self.floor.apply(visit.booth, done, visit.id)

    def _paint(self, visit: Visit, job: PaintJob) -> Painted:
        last: PainterFault | None = None
        for _ in range(ATTEMPTS):
            try:
                if self.atelier is not None:
                    return self._signed(self._commissioned(self.atelier, visit, job))
                with self._at_work(visit, job, self.painter.name):
                    painted = self.painter.paint(self._order(visit, job))
            except PainterFaultPermanent:
                raise
            except PainterFault as fault:
                last = fault
            else:
                return self._signed(painted)
        raise last or ValueError("No attempt was made.")

    def _commissioned(self, atelier: Atelier, visit: Visit, job: PaintJob) -> Painted:
        return atelier.paint(
            job,
            lambda: self._order(self.floor.visits.visit(job.visit) or visit, job),
            lambda painter: self._at_work(visit, job, painter),
        )

    @contextmanager
    def _at_work(self, visit: Visit, job: PaintJob, painter: str) -> Iterator[None]:
        self.floor.apply(visit.booth, StartPainting(job.photo, job.style, painter), visit.id)
        self.barriers.reach("commission-running")
        with self.studio.painting(painter, job.visit, job.style):
            yield

    def _signed(self, painted: Painted) -> Painted:
        self.studio.took(painted.painter, painted.seconds, painted.trouble)
        return painted

    def _order(self, visit: Visit, job: PaintJob) -> Order:
        style = self.experience.style(job.style)
        photo = visit.photo
        if photo is None:
            raise ValueError("A commission needs a photo.")
        return Order(
            photo=self.store.get(files.source(job.visit, photo.source)),
            focus=photo.focus,
            style=style.id,
            recipe=style.recipe,
            caption=visit.sight.sentence if visit.sight else None,
            seed=self.seals.seed(job.visit, job.photo, job.style),
        )

    def _keep(self, job: PaintJob, painted: Painted) -> None:
        signed = [painted.painter, round(painted.seconds, 2), painted.pixels_wide]
        signature = json.dumps(signed).encode()
        self._replace(files.signature(job.visit, job.photo, job.style), signature)
        # The print size comes last: where it lies, the others lie too.
        for size, data in (
            ("veil", painted.veil),
            ("small", painted.small),
            ("large", painted.large),
            ("print", painted.print),
        ):
            self._replace(files.painting(job.visit, job.photo, job.style, size), data)

    def _replace(self, name: str, data: bytes) -> None:
        # What a killed attempt left half done may differ: a painter need not paint the same twice.
        self.store.delete(name)
        self.store.put(name, data)


def _wanted(visit: Visit, job: PaintJob) -> bool:
    if visit.photo is None or visit.photo.number != job.photo:
        return False
    return any(
        easel.style == job.style and easel.round == job.round and easel.status is not PaintingStatus.DONE
        for easel in visit.easels
    )
