"""The laptop's own painters and its eye, who need no server, no network and no model."""

import logging
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from articket.adapters.painters.pool import PaintPool
from articket.adapters.painters.studio_work import PaintOrder
from articket.application.fleet.ports import Finished
from articket.application.ports import FRAME_SIZE, Order, Painted
from articket.domain.faults import PainterFaultPermanent, PainterFaultTransient
from articket.domain.visit import Sight

log = logging.getLogger(__name__)
STUMBLED = "painter-crashed"


class LaptopPainter:
    """A Painter, Captioner, Framer and Finisher: hand-written recipes and eyes in a pool of processes."""

    name = "laptop"

    def __init__(self, pool: PaintPool) -> None:
        """Work in this pool; looking is best done in one of its own, since nobody at a phone waits."""
        self._pool = pool

    def paint(self, order: Order) -> Painted:
        """Paint at print size and derive the screen sizes; a recipe that fails leaves it to the plain one."""
        with _told_as_fault():
            done = self._pool.paint(PaintOrder(order.photo, order.recipe, order.seed, order.focus))
        if done.fault is not None:
            log.warning("The recipe %s failed, the plain one painted: %s", order.recipe, done.fault)
        trouble = None if done.fault is None else STUMBLED
        return Painted(done.print, done.large, done.small, done.veil, self.name, done.seconds, trouble)

    def see(self, photo: bytes, focus: tuple[float, float] | None) -> Sight:
        """Return how many faces there are, the main colours, and where the main face is."""
        with _told_as_fault():
            return self._pool.see(photo, focus)

    def frame(
        self, photo: bytes, focus: tuple[float, float] | None, size: tuple[int, int] = FRAME_SIZE
    ) -> bytes:
        """Return the photo's portrait cut as a JPEG of 600 x 872 px, or of another size."""
        with _told_as_fault():
            return self._pool.frame(photo, focus, size)

    def finish(self, picture: bytes) -> Finished:
        """Cut a server's picture to the ticket's shape, enlarge it for print and derive the screen sizes."""
        with _told_as_fault():
            return self._pool.finish(picture)


@contextmanager
def _told_as_fault() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as broken:
        raise PainterFaultTransient("painter-crashed", "A painting process died twice.") from broken
    except TimeoutError as late:
        raise PainterFaultTransient("painter-slow", "A painting took far too long.") from late
    except ValueError as refused:
        raise PainterFaultPermanent("painter-order-refused", str(refused)) from refused
