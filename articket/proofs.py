"""Proofs: what each ticket design looks like, printed for nobody."""

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import Final

from PIL import Image

from articket.adapters.ticket_pdf.contact_sheet import Proof, contact_sheet
from articket.adapters.ticket_pdf.raster import RasterError, pages
from articket.application.ports import TicketRenderer
from articket.application.specimens import HARD_TRIALS, SAMPLE, Trial, specimen
from articket.domain.experience import Experience, Style
from articket.domain.transitions.painting import styles_on_ticket

# As large as a tablet shows it.
SCREEN_PIXELS: Final = 110
SCREEN_QUALITY: Final = 88
BETWEEN: Final = 24
DESK: Final = "#ece6da"
LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Proofs:
    """Tickets of a pack's designs by several renderers, one for each way to print them."""

    renderers: Sequence[TicketRenderer]
    experience: Experience
    pictures: Sequence[Path]

    def pdf(self, style: Style, locale: str, day: date, trial: Trial = SAMPLE) -> tuple[bytes, ...]:
        """Return the ticket of each renderer; the faults of rendering say what is wrong with the design."""
        shown = [self._painted(each) for each in styles_on_ticket(self.experience, style.id)]
        content = specimen(self.experience, style, locale, day, shown, trial=trial)
        return tuple(renderer.render(content).pdf for renderer in self.renderers)

    def sides(
        self, style: Style, locale: str, day: date, pixels_per_inch: int, trial: Trial = SAMPLE
    ) -> tuple[Image.Image, ...]:
        """Return every printed side, trimmed; RasterError where this machine cannot see PDFs."""
        return tuple(
            side for pdf in self.pdf(style, locale, day, trial) for side in pages(pdf, pixels_per_inch)
        )

    def _painted(self, style: str) -> Path:
        """Return a picture `<motif>.<style>.jpg` in that style, else any."""
        return max(self.pictures, key=lambda picture: (picture.stem.partition(".")[2] == style, picture.stem))

    def sheet(self, style: Style, locale: str, day: date, pixels_per_inch: int, labels: Path) -> bytes:
        """Return a contact sheet (PNG) of the design with a usual name and hard ones; `labels` is a font."""
        proofs = [
            Proof(trial.label, self.sides(style, locale, day, pixels_per_inch, trial))
            for trial in (SAMPLE, *HARD_TRIALS)
        ]
        title = f"{style.ticket_design} · {locale} · {pixels_per_inch} px = 25.4 mm"
        return as_png(contact_sheet(title, proofs, labels), pixels_per_inch)


@dataclass(frozen=True, slots=True)
class DeskProofs:
    """Proofs for the staff page: today's, each drawn once, one at a time."""

    proofs: Proofs
    _lock: Lock = field(default_factory=Lock)
    _drawn: dict[tuple[str, str, date], bytes] = field(default_factory=dict)

    def pdf(self, style: str, locale: str) -> bytes:
        """Return the ticket as this booth prints it."""
        return self.proofs.pdf(self.proofs.experience.style(style), locale, _today())[0]

    def picture(self, style: str, locale: str) -> bytes | None:
        """Return the printed sides beside each other as JPEG, None where this machine cannot see PDFs."""
        wanted = (style, locale, _today())
        with self._lock:
            if wanted not in self._drawn:
                for old in [drawn for drawn in self._drawn if drawn[2] != wanted[2]]:
                    del self._drawn[old]
                try:
                    sides = self.proofs.sides(self.proofs.experience.style(style), *wanted[1:], SCREEN_PIXELS)
                except RasterError as reason:
                    LOG.warning("No picture of a ticket: %s", reason)
                    return None
                self._drawn[wanted] = as_jpeg(sides)
            return self._drawn[wanted]


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def as_jpeg(sides: Sequence[Image.Image]) -> bytes:
    """Return the sides beside each other."""
    wide = sum(side.width for side in sides) + BETWEEN * (len(sides) - 1)
    picture = Image.new("RGB", (wide, max(side.height for side in sides)), DESK)
    left = 0
    for side in sides:
        picture.paste(side, (left, 0))
        left += side.width + BETWEEN
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=SCREEN_QUALITY)
    return out.getvalue()


def as_png(picture: Image.Image, pixels_per_inch: int) -> bytes:
    """Return the picture as a PNG that knows its printed size."""
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(pixels_per_inch, pixels_per_inch))
    return out.getvalue()
