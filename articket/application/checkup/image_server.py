"""Whether an image server could paint for the visitors."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from articket.application.checkup.equipment import check_equipment
from articket.application.checkup.line import Line, bad, ok, skipped, warn
from articket.application.checkup.remedies import remedy
from articket.application.fleet.brushwork import brushwork_for
from articket.application.fleet.ports import Brushwork, ImageServer, ImageServers
from articket.domain.experience import ModelFamily, Style
from articket.domain.faults import PainterFault, ServerRefused
from articket.domain.fleet.server import Address, Looked

IDENTIFY_S: Final = 10.0
LOOK_S: Final = 15.0
STROKES_S: Final = 5.0
TINY: Final = (128, 192)
TINY_STEPS: Final = 4
TINY_SEED: Final = 49
MIB_IN_GIB: Final = 1024
# Below these a card has to move parts of its model in and out, or runs out of memory at the styles' size.
ENOUGH_MB: Final[dict[ModelFamily, int]] = {"sdxl": 8000, "sd15": 4000}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A server to look at: what the organiser wrote or the fleet's address; `family` where staff said so."""

    subject: str
    where: str | Address
    family: ModelFamily | None = None


@dataclass(frozen=True, slots=True)
class ServerCheck:
    """Looks a server over and lets it paint once.

    `photo` returns a JPEG of a size in pixels, `paint_s` is how long the tiny painting may take: a server
    may have to load its model first.
    """

    servers: ImageServers
    styles: Sequence[Style]
    photo: Callable[[tuple[int, int]], bytes]
    paint_s: float

    def run(self, candidate: Candidate) -> Iterator[Line]:
        """Say step by step what is found, until something is in the way."""
        subject, address = candidate.subject, candidate.where
        if isinstance(address, str):
            try:
                address = self.servers.resolve(address)
            except ServerRefused as fault:
                yield bad(subject, fault.sentence, remedy(fault))
                return
        try:
            address = self.servers.identify(address, IDENTIFY_S)
            server = self.servers.reach(address)
            looked = server.look(LOOK_S)
        except PainterFault as fault:
            yield bad(subject, f"{address.url}: {fault.sentence}", remedy(fault))
            return
        family = candidate.family or looked.family or "sdxl"
        card = f", {looked.gpu}" if looked.gpu else ""
        yield ok(subject, f"{address.url} answers: {looked.software}{card}.")
        yield from _memory(f"{subject}: memory", looked, family)
        yield from check_equipment(subject, looked, self.styles, family)
        yield self._painting(f"{subject}: painting", server, family)

    def _painting(self, subject: str, server: ImageServer, family: ModelFamily) -> Line:
        order = self._order(family)
        if order is None:
            return skipped(subject, "No style could be read, so there is nothing to try.")
        if server.strokes(STROKES_S).busy:
            return skipped(subject, "It is painting for somebody just now, so it was left in peace.")
        try:
            canvas = server.paint(order, self.paint_s)
        except PainterFault as fault:
            return bad(subject, fault.sentence, remedy(fault))
        width, height = TINY
        return ok(
            subject, f"A tiny one ({width} x {height} px, {TINY_STEPS} steps) took {canvas.seconds:.1f} s."
        )

    def _order(self, family: ModelFamily) -> Brushwork | None:
        style = next((each for each in self.styles if family in each.parameters), None)
        if style is None:
            return None
        order = brushwork_for(style, family, self.photo(TINY), None, TINY_SEED, TINY)
        # A ControlNet has no say in whether the server paints, and may take a minute to load.
        return replace(order, steps=TINY_STEPS, controlnet=None)


def _memory(subject: str, looked: Looked, family: ModelFamily) -> Iterator[Line]:
    free, total = looked.memory_free_mb, looked.memory_total_mb
    if free is None or total is None:
        yield skipped(subject, "The server does not tell how much its card has.")
        return
    found = f"{free / MIB_IN_GIB:.1f} of {total / MIB_IN_GIB:.1f} GiB are free."
    if total < ENOUGH_MB[family]:
        yield warn(
            subject,
            f"{found} That is little for {family} at the size of a ticket.",
            "Try one painting at full size before doors open, or rent a larger card.",
        )
        return
    yield ok(subject, found)
