from collections.abc import Callable, Sequence
from threading import Condition
from typing import Any

from PIL import Image

from articket.caption_server.model import Blip

WITHIN_S = 20


class Gate:
    """A real model whose runs can be held up, counted, and made to fail."""

    def __init__(self, blip: Blip) -> None:
        self._blip = blip
        self._changed = Condition()
        self._is_open = True
        self._arrived = 0
        self.sizes: list[int] = []
        self.fails: Callable[[Sequence[Any]], bool] = lambda _: False

    @property
    def device(self) -> str:
        return self._blip.device

    def prepare(self, picture: Image.Image) -> Any:
        return self._blip.prepare(picture)

    def caption(self, prepared: Sequence[Any]) -> list[str]:
        with self._changed:
            self._arrived += 1
            self.sizes.append(len(prepared))
            self._changed.notify_all()
            assert self._changed.wait_for(lambda: self._is_open, WITHIN_S)
        if self.fails(prepared):
            raise RuntimeError("out of memory")
        return self._blip.caption(prepared)

    def shut(self) -> None:
        with self._changed:
            self._is_open = False

    def open(self) -> None:
        with self._changed:
            self._is_open = True
            self._changed.notify_all()

    def wait_for_runs(self, count: int) -> None:
        """Wait until so many runs have begun."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._arrived >= count, WITHIN_S)
