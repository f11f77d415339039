"""The laptop's painters and its eye, as the application asks for them."""

from concurrent.futures.process import BrokenProcessPool

from articket.adapters.painters.laptop import LaptopPainter
from articket.adapters.painters.pool import PaintPool
from articket.application.ports import Order, Painted
from articket.domain.faults import PainterFaultPermanent, PainterFaultTransient
from articket.domain.visit import Sight


class HandPainter:
    """A Painter: the hand-written recipes in their processes."""

    name = LaptopPainter.name

    def __init__(self, pool: PaintPool) -> None:
        """Paint in this pool."""
        self._laptop = LaptopPainter(pool)

    def paint(self, order: Order) -> Painted:
        """Paint at print size and derive the screen sizes."""
        try:
            done = self._laptop.paint(order.photo, order.recipe, order.seed, order.focus)
        except BrokenProcessPool as broken:
            raise PainterFaultTransient("painter-crashed", "A painting process died twice.") from broken
        except TimeoutError as late:
            raise PainterFaultTransient("painter-slow", "A painting took far too long.") from late
        except ValueError as refused:
            raise PainterFaultPermanent("painter-order-refused", str(refused)) from refused
        return Painted(done.print, done.large, done.small, done.veil, self.name, done.seconds)


class LaptopEye:
    """A Captioner, and what cuts a photo's portrait frame."""

    def __init__(self, pool: PaintPool) -> None:
        """Look in this pool, best one of its own: nobody at a phone waits for a painting."""
        self._laptop = LaptopPainter(pool)

    def see(self, photo: bytes, focus: tuple[float, float] | None) -> Sight:
        """Return how many faces there are and the main colours."""
        seen = self._laptop.see(photo, focus)
        return Sight(faces=seen.faces, colours=tuple(seen.colours))

    def frame(self, photo: bytes, focus: tuple[float, float] | None) -> bytes:
        """Return the portrait cut of the photo."""
        return self._laptop.frame(photo, focus)
