"""The laptop's own painters, who need no server, no network and no model."""

from articket.adapters.painters.pool import PaintPool, Progress
from articket.adapters.painters.sight import Sight
from articket.adapters.painters.studio_work import Focus, Painted, PaintOrder


class LaptopPainter:
    """Paints with the hand-written recipes in a pool of processes."""

    name = "laptop"

    def __init__(self, pool: PaintPool) -> None:
        self._pool = pool

    def paint(
        self, photo_jpeg: bytes, recipe: str, seed: int, focus: Focus, on_progress: Progress | None = None
    ) -> Painted:
        """Return the photo painted at print and screen sizes; ValueError for an unknown recipe."""
        return self._pool.paint(PaintOrder(photo_jpeg, recipe, seed, focus), on_progress)

    def see(self, photo_jpeg: bytes, focus: Focus) -> Sight:
        """Return what a first look at the photo shows: how many faces, which colours."""
        return self._pool.see(photo_jpeg, focus)

    def frame(self, photo_jpeg: bytes, focus: Focus) -> bytes:
        """Return the photo's portrait cut as a JPEG of 600 x 872 px."""
        return self._pool.frame(photo_jpeg, focus)
