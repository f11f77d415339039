"""What the fleet needs from the world."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from articket.domain.experience import ControlNet, Lora
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.server import Address, Looked


@dataclass(frozen=True, slots=True)
class Finished:
    """A server's picture as JPEG at print size (1,252 x 1,819 px) and the screen sizes.

    `pixels_wide` is the width of the picture's part that was kept, before it was enlarged.
    """

    print: bytes
    large: bytes
    small: bytes
    veil: bytes
    pixels_wide: int


class Finisher(Protocol):
    """Something that makes a painting of what a server sent."""

    def finish(self, picture: bytes) -> Finished:
        """Return the sizes; PainterFaultTransient `painter-answer-broken` where it is no usable picture."""


@dataclass(frozen=True, slots=True)
class Brushwork:
    """Everything a server needs for one painting, nothing left to its defaults.

    `photo` is a JPEG of exactly `size` (width and height in pixels, multiples of 8); `steps` are as asked,
    of which a server really does about denoising_strength times as many. `style` chooses a workflow where
    a server has workflows. Without a checkpoint the server keeps the model it has.
    """

    photo: bytes
    style: str
    prompt: str
    negative_prompt: str
    size: tuple[int, int]
    sampler: str
    scheduler: str
    steps: int
    cfg_scale: float
    denoising_strength: float
    seed: int
    loras: tuple[Lora, ...] = ()
    checkpoint: str | None = None
    controlnet: ControlNet | None = None


@dataclass(frozen=True, slots=True)
class Canvas:
    """A server's picture as it came, verified: bytes of a PNG, JPEG or WebP.

    `model` is the checkpoint it says it used, `notes` are codes of what it lacked.
    """

    picture: bytes
    size: tuple[int, int]
    seconds: float
    model: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Strokes:
    """How far a server is with what it has in hand; `busy` is None where it cannot tell."""

    busy: bool | None
    share: float | None = None


class ImageServer(Protocol):
    """A rented server that paints; any thread may call it, every call has a time limit in seconds.

    Faults are PainterFaults; it keeps nothing that another worker would miss.
    """

    def look(self, limit_s: float) -> Looked:
        """Find out what is there, without waiting for the painting in hand."""

    def strokes(self, limit_s: float) -> Strokes:
        """Say how far the painting in hand is; never raises."""

    def paint(self, work: Brushwork, limit_s: float) -> Canvas:
        """Paint and verify what came back."""

    def caption(self, photo: bytes, limit_s: float) -> str | None:
        """Say what is on a JPEG, or None where the server has no words for it."""


class ImageServers(Protocol):
    """Where image servers are reached."""

    def resolve(self, pasted: str) -> Address:
        """Read what staff pasted; ServerRefused says what is wrong with it."""

    def identify(self, address: Address, limit_s: float) -> Address:
        """Return the address with the kind of server that answers there; PainterFaults say why none does."""

    def reach(self, address: Address) -> ImageServer:
        """Return the server at an address whose kind is known."""


class Roster(Protocol):
    """Where the fleet is kept, for all workers alike."""

    def transaction(self) -> AbstractContextManager["RosterPage"]:
        """Open the fleet for writing, alone; it commits at the end of the block, an exception rolls back."""

    def fleet(self) -> Fleet:
        """Return the fleet as last committed."""


class Attendance(Protocol):
    """Where one worker learns for certain that another has ended; of some it may know nothing."""

    def enter(self, worker: str) -> None:
        """Be here until `leave`, or until this process ends."""

    def ended(self) -> frozenset[str]:
        """Return workers that were here and live no more."""

    def forget(self, ended: frozenset[str]) -> None:
        """Keep nothing of these any more."""

    def leave(self) -> None:
        """Count as ended from now on."""


class RosterPage(Protocol):
    """The fleet within one transaction."""

    fleet: Fleet

    def save(self, fleet: Fleet) -> None:
        """Keep the fleet as it is now."""
