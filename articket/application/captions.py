"""Who says what is on a photo: caption servers for the words, the laptop's eye for everything else."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

from articket.application.ports import Captioner, CaptionHealth, CaptionSource
from articket.domain.captions import tidy
from articket.domain.visit import Reader, Sight

log = logging.getLogger(__name__)

LEAST_S: Final = 0.3
"""In less time no server looks at a photo: asking would only cost it work."""


@dataclass(frozen=True, slots=True)
class Captions:
    """A Captioner: asks sources in order while the budget lasts, with the eye looking meanwhile.

    Any number of threads may ask. Where no source has a sentence that may be shown, there is none: a style
    has subject words of its own.
    """

    eye: Captioner
    sources: Sequence[CaptionSource]
    budget_s: float
    monotonic: Callable[[], float]

    def see(self, photo: bytes, focus: tuple[float, float] | None) -> Sight:
        """Return what the eye saw, with the first good sentence that came within the budget."""
        if not self.sources:
            return self.eye.see(photo, focus)
        with ThreadPoolExecutor(1, "eye") as beside:
            looking = beside.submit(self.eye.see, photo, focus)
            sentence, reader = self._sentence(photo)
            return replace(looking.result(), sentence=sentence, reader=reader)

    def health(self) -> tuple[CaptionHealth, ...]:
        """Return how the servers are that write captions."""
        return tuple(each for source in self.sources for each in source.health())

    def _sentence(self, photo: bytes) -> tuple[str, Reader] | tuple[None, None]:
        ends = self.monotonic() + self.budget_s
        for source in self.sources:
            left_s = ends - self.monotonic()
            if left_s < LEAST_S:
                break
            said = source.caption(photo, left_s)
            if said is None:
                continue
            if sentence := tidy(said):
                return sentence, source.reader
            # What it said is not logged: it may be about a visitor.
            log.info("A caption of %d characters was not fit to be shown.", len(said))
        return None, None
