"""Painters, eyes and printers' hands that need no pixels; what they make names what it was made of."""

from collections.abc import Callable
from dataclasses import dataclass, field

from articket.application.ports import Order, Painted
from articket.domain.faults import Fault
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

    def frame(self, photo: bytes, focus: tuple[float, float] | None) -> bytes:
        self.framed += 1
        self.meanwhile()
        return f"frame {focus} of ".encode() + photo
