"""Whether the caption server says what is on a photo, and in time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from articket.application.checkup.line import Line, bad, ok, warn
from articket.application.ports import CaptionSource

SUBJECT: Final = "Caption server"
CAPTION_S: Final = 60.0
START: Final = (
    "Start it on its machine (make caption-server) and see that this one reaches it; without it paintings "
    "use each style's own words."
)


@dataclass(frozen=True, slots=True)
class CaptionCheck:
    """Asks for one caption.

    `where` is its address without credentials. `ailment` says in a sentence why the server is not well, or
    None; `trouble` says after a question in a clause why no caption came, or None where nothing was seen.
    `budget_s` is how long a painting waits for a caption, `watch` a clock in seconds.
    """

    where: str
    source: CaptionSource
    ailment: Callable[[], str | None]
    trouble: Callable[[], str | None]
    photo: bytes
    budget_s: float
    watch: Callable[[], float]

    def run(self) -> Iterator[Line]:
        """Say how the server is and how long a caption takes."""
        trouble = self.ailment()
        if trouble is not None:
            yield bad(SUBJECT, f"{self.where}: {trouble}", START)
            return
        began = self.watch()
        caption = self.source.caption(self.photo, CAPTION_S)
        took = self.watch() - began
        if not caption:
            why = self.trouble() or "it saw nothing on a picture that has something on it"
            yield bad(SUBJECT, f"{self.where} gave no caption after {took:.1f} s: {why}.", START)
        elif took > self.budget_s:
            yield warn(
                SUBJECT,
                f"{self.where} took {took:.1f} s for a caption; paintings wait {self.budget_s:g} s.",
                "Run it on a faster machine, or raise ARTICKET_CAPTION_BUDGET_S.",
            )
        else:
            yield ok(SUBJECT, f"{self.where} took {took:.1f} s for a caption.")
