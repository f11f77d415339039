"""What a pack brings of its own, and the house's where it brings none."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from articket.adapters.experiences import Known, load_experience
from articket.adapters.painters.recipes import RECIPES
from articket.adapters.ticket_pdf.pdf_tickets import PdfTickets
from articket.domain.experience import Experience
from articket.settings import Settings

PROJECT: Final = Path(__file__).resolve().parent.parent
HOUSE_GALLERY: Final = PROJECT / "experiences/painters/gallery"
HOUSE_TEMPLATES: Final = PROJECT / "ticket_templates/painters"
FEWEST_PICTURES: Final = 2


def one_of_each(pictures: Sequence[str]) -> tuple[str, ...]:
    """Return one picture `<motif>.<style>` of each motif, in the style seen least."""
    hung: list[str] = []
    for motif in sorted({picture.partition(".")[0] for picture in pictures}):
        twins = sorted(picture for picture in pictures if picture.partition(".")[0] == motif)
        hung.append(
            min(twins, key=lambda twin: sum(twin.partition(".")[2] == h.partition(".")[2] for h in hung))
        )
    return tuple(hung)


def gallery_of(settings: Settings) -> Path:
    """Return the folder with the pack's pictures for the wall, or the house's for a pack that brings none."""
    own = settings.experience / "gallery"
    return own if own.is_dir() else HOUSE_GALLERY


def curator(gallery: Path) -> Experience | None:
    """Return the pack that labels the house's pictures, or None where a pack hangs its own."""
    if gallery != HOUSE_GALLERY:
        return None
    designs = PdfTickets(HOUSE_TEMPLATES, PROJECT / "ticket_templates/fonts", "two").designs()
    return load_experience(HOUSE_GALLERY.parent, Known(frozenset(RECIPES), designs))


def templates(settings: Settings) -> Path:
    """Return the folder with the pack's ticket designs, or the house's for a pack that brings none."""
    own = PROJECT / "ticket_templates" / settings.experience.name
    return own if own.is_dir() else HOUSE_TEMPLATES
