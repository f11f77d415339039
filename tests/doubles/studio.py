"""Painters, eyes and printers' hands that need no pixels; what they make names what it was made of."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image

from articket.application.fleet.ports import Finished
from articket.application.ports import FRAME_SIZE, Order, Painted
from articket.domain.faults import Fault, Gone, PainterFaultTransient
from articket.domain.ticket import RenderedTicket, TicketContent
from articket.domain.visit import Sight


def nothing() -> None:
    """Nothing happens meanwhile."""


@dataclass
class CannedPainter:
    """Paints at once; each fault waiting in `faults` spoils one attempt, `meanwhile` happens in between."""

    name: str = "canned"
    orders: list[Order] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    meanwhile: Callable[[], object] = nothing
    trouble: str | None = None
    pixels_wide: int = 1252

    def paint(self, order: Order) -> Painted:
        self.orders.append(order)
        self.meanwhile()
        if self.faults:
            raise self.faults.pop(0)
        # No two attempts paint quite the same.
        picture = f"{len(self.orders)} {order.style} {order.seed} ".encode() + order.photo
        return Painted(
            print=b"print " + picture,
            large=b"large " + picture,
            small=b"small " + picture,
            veil=b"veil " + picture,
            painter=self.name,
            seconds=1.25,
            trouble=self.trouble,
            pixels_wide=self.pixels_wide,
        )


@dataclass
class CannedRenderer:
    """Makes a ticket at once, or the fault that waits."""

    contents: list[TicketContent] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    meanwhile: Callable[[], object] = nothing

    def render(self, content: TicketContent) -> RenderedTicket:
        self.contents.append(content)
        self.meanwhile()
        if self.faults:
            raise self.faults.pop(0)
        # Two renderings differ, as those of real PDFs may.
        return RenderedTicket(f"pdf {len(self.contents)} for {content.number}".encode(), 299.0)


@dataclass
class PlainPictures:
    """Makes pictures of one colour, of any size that is asked for."""

    stories: list[TicketContent] = field(default_factory=list)
    meanwhile: Callable[[], object] = nothing

    def within(self, picture: bytes, width: int, limit_bytes: int) -> bytes:
        del limit_bytes
        if not picture.startswith(b"\xff\xd8"):
            raise Gone("file-gone", "It is no JPEG.")
        return plain_jpeg((width, round(width * 1.45)))

    def story(self, content: TicketContent) -> bytes:
        if not content.main.is_file():
            raise Gone("file-gone", "The painting is not here.")
        self.stories.append(content)
        self.meanwhile()
        return plain_jpeg((1080, 1920))


def plain_jpeg(size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#1e4aa8").save(out, "JPEG")
    return out.getvalue()


@dataclass
class SharpEye:
    """Sees one face and two colours in everything."""

    seen: int = 0
    meanwhile: Callable[[], object] = nothing

    def see(self, photo: bytes, focus: tuple[float, float] | None) -> Sight:
        del photo, focus
        self.seen += 1
        self.meanwhile()
        return Sight(faces=1, colours=("red", "blue"), face=(0.5, 0.4))


@dataclass
class SameFrame:
    """Frames by naming the focus."""

    framed: int = 0
    meanwhile: Callable[[], object] = nothing

    def frame(
        self, photo: bytes, focus: tuple[float, float] | None, size: tuple[int, int] = FRAME_SIZE
    ) -> bytes:
        self.framed += 1
        self.meanwhile()
        at = "" if size == FRAME_SIZE else f"at {size} "
        return f"frame {focus} {at}of ".encode() + photo


@dataclass
class SameFinish:
    """Finishes by naming the size; no picture is usable that has no bytes, or says that it is broken."""

    finished: int = 0
    pixels_wide: int = 832
    meanwhile: Callable[[], object] = nothing

    def finish(self, picture: bytes) -> Finished:
        self.finished += 1
        self.meanwhile()
        if not picture or picture.startswith(b"broken"):
            raise PainterFaultTransient("painter-answer-broken", "What came is no whole picture.")
        return Finished(
            print=b"print " + picture,
            large=b"large " + picture,
            small=b"small " + picture,
            veil=b"veil " + picture,
            pixels_wide=self.pixels_wide,
        )
