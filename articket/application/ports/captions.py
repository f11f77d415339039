"""Who says what is on a photo."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from articket.domain.visit import Reader, Sight


class Captioner(Protocol):
    """Something that says what is on a photo."""

    def see(self, photo: bytes, focus: tuple[float, float] | None) -> Sight:
        """Return what it saw."""


@dataclass(frozen=True, slots=True)
class CaptionHealth:
    """How a server that writes captions is: its host, its trouble's code, its last caption's seconds."""

    label: str
    trouble: str | None = None
    last_s: float | None = None


class CaptionSource(Protocol):
    """Something that says in a sentence what is on a photo, or does not."""

    @property
    def reader(self) -> Reader:
        """Return what kind of machine says it."""

    def health(self) -> Sequence[CaptionHealth]:
        """Return how each server behind it is."""

    def caption(self, photo: bytes, limit_s: float) -> str | None:
        """Return an English caption within the time, or None; never raises."""
