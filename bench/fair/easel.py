"""What servers are asked in real time: whole orders with small pictures, and limits at the fair's pace."""

from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from threading import Lock

import numpy as np
from PIL import Image

from articket.adapters.servers.servers import HttpImageServers
from articket.application.fleet.brushwork import brushwork_for, size_of
from articket.application.fleet.ports import Brushwork, Canvas, ImageServer, Strokes
from articket.domain.experience import Experience
from articket.domain.fleet.server import Address, Looked
from bench.fair.machines import PacedClock, caption_for
from bench.fair.visits import STYLES, pack

SIDES = (64, 96)


@cache
def small_pack() -> Experience:
    """Return the product's own pack with paintings so small that they cost nothing."""
    width, height = SIDES
    styles = (
        replace(
            style,
            parameters={
                family: replace(each, width=width, height=height) for family, each in style.parameters.items()
            },
        )
        for style in pack().styles
    )
    return replace(pack(), styles=tuple(styles))


@cache
def photo_of(size: tuple[int, int]) -> bytes:
    """Return a JPEG of that size with something on it."""
    width, height = size
    pixels = np.add.outer(np.arange(height), np.arange(width)) * 255 // (width + height)
    out = BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def seed_of(guest: int, style: str) -> int:
    """Return a painting's seed."""
    return len(STYLES) * guest + STYLES.index(style)


def work_for(guest: int, style: str) -> Brushwork:
    """Return the order for a painting."""
    asked = small_pack().style(style)
    size = size_of(asked, "sdxl", 1.0)
    return brushwork_for(
        asked, "sdxl", photo_of(size), caption_for(guest, style), seed_of(guest, style), size
    )


@dataclass(slots=True)
class PacedServers:
    """The product's way to its servers, with seconds at the fair for real ones while they paint.

    `asked_s` are the seconds at the fair in which somebody waited for a painting.
    """

    servers: HttpImageServers
    clock: PacedClock
    asked_s: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def resolve(self, pasted: str) -> Address:
        """Read an address."""
        return self.servers.resolve(pasted)

    def identify(self, address: Address, limit_s: float) -> Address:
        """Find out what kind of server it is."""
        return self.servers.identify(address, limit_s)

    def reach(self, address: Address) -> "PacedServer":
        """Return the server there."""
        return PacedServer(self, self.servers.reach(address))

    def note(self, seconds: float) -> None:
        """Add to what was waited for paintings."""
        with self.lock:
            self.asked_s += seconds


@dataclass(frozen=True, slots=True)
class PacedServer:
    """A server; what only has to come in time may take as long as in the booth."""

    all: PacedServers
    server: ImageServer

    def look(self, limit_s: float) -> Looked:
        """Find out what is there."""
        return self.server.look(limit_s)

    def strokes(self, limit_s: float) -> Strokes:
        """Say how far it is."""
        return self.server.strokes(limit_s)

    def caption(self, photo: bytes, limit_s: float) -> str | None:
        """Say what is on a photo."""
        return self.server.caption(photo, limit_s)

    def paint(self, work: Brushwork, limit_s: float) -> Canvas:
        """Paint within a limit at the fair's pace."""
        clock = self.all.clock
        began = clock.now()
        try:
            canvas = self.server.paint(work, limit_s / clock.pace)
            return replace(canvas, seconds=canvas.seconds * clock.pace)
        finally:
            self.all.note(clock.now() - began)
