from pathlib import Path

import pytest
from PIL import Image
from tickets.samples import tool

from articket.adapters.ticket_pdf import PdfTickets
from articket.adapters.ticket_pdf.contact_sheet import Proof, contact_sheet
from articket.adapters.ticket_pdf.raster import RasterError, pages
from articket.domain.ticket import TicketContent

RED, BLUE = (200, 0, 0), (0, 0, 200)


def test_a_sheet_holds_every_side_whole(fonts: Path) -> None:
    """Not a pixel of any side is covered by another or by a label."""
    proofs = [
        Proof(f"하린 {count}", (Image.new("RGB", (40, 60), RED), Image.new("RGB", (50, 70), BLUE)))
        for count in range(5)
    ]
    sheet = contact_sheet("Sides", proofs, fonts / "Pretendard-Medium.ttf")
    counts = {colour: count for count, colour in sheet.getcolors(1 << 24) or []}
    assert counts[RED] == 5 * 40 * 60
    assert counts[BLUE] == 5 * 50 * 70


def test_pages_are_seen_as_they_are_trimmed(two_sided: PdfTickets, korean_ticket: TicketContent) -> None:
    """At ten pixels a millimetre a postcard has 1000 x 1480 of them, on both sides; poppler rounds up."""
    tool("pdftoppm", "-v")
    sides = pages(two_sided.render(korean_ticket).pdf, 254)
    assert [(side.width // 2, side.height // 2) for side in sides] == [(500, 740)] * 2


def test_what_is_no_ticket_is_not_seen() -> None:
    """Poppler's own complaint is told."""
    tool("pdftoppm", "-v")
    with pytest.raises(RasterError, match="pdftoppm says: "):
        pages(b"drawn with care", 50)
