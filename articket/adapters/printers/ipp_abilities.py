"""What a printer can do for a ticket, and how a ticket is asked for of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from articket.adapters.printers.ipp_media import Medium, Size, choose
from articket.adapters.printers.ipp_message import Group, Said, Tag, words

PDF: Final = "application/pdf"
ONE_SIDED: Final = "one-sided"
TWO_SIDED: Final = "two-sided-long-edge"  # both pages of a ticket stand upright


@dataclass(frozen=True, slots=True)
class TicketPaper:
    """What a ticket asks of the paper: its trimmed size in millimetres, and how many pages it has."""

    trim: Size
    pages: int


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a printer can do for a ticket; `medium` is None where it has no paper that suits."""

    name: str
    medium: Medium | None
    both_sides: bool
    takes_pdf: bool
    scalings: tuple[str, ...]


def abilities(printer: Group, paper: TicketPaper, media: str | None, host: str) -> Abilities:
    """Read what a printer says it can do; `media` is the paper that the organiser chose, if any."""
    formats, sides = words(printer, "document-format-supported"), words(printer, "sides-supported")
    names = (words(printer, key) for key in ("printer-info", "printer-make-and-model", "printer-name"))
    return Abilities(
        name=next((each[0] for each in names if each and each[0]), host),
        medium=choose(printer, paper.trim, media),
        both_sides=not sides or TWO_SIDED in sides,
        takes_pdf=not formats or PDF in formats,
        scalings=words(printer, "print-scaling-supported"),
    )


def job_attributes(can: Abilities, paper: TicketPaper, copies: int) -> Mapping[str, Said]:
    """Return how copies of a ticket are asked for; the paper is always named, or it would be Letter."""
    turned = TWO_SIDED if paper.pages > 1 and can.both_sides else ONE_SIDED
    asked = {"copies": Said.of(Tag.INTEGER, copies), "sides": Said.of(Tag.KEYWORD, turned)}
    if can.medium is None:
        return asked
    # On paper of its own size nothing may be scaled; inside a margin a ticket is better smaller than cut.
    scaling = "none" if can.medium.borderless else "fit"
    if not can.scalings or scaling in can.scalings:
        asked["print-scaling"] = Said.of(Tag.KEYWORD, scaling)
    return asked | dict(can.medium.asked())
