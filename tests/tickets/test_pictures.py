import io
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from pypdf import PdfReader
from pypdf.generic import StreamObject
from tickets.samples import DESIGNS, PRINT, jpeg, tool

from articket.adapters.ticket_pdf import PdfTickets
from articket.domain.faults import TicketFailed
from articket.domain.ticket import Match, TicketContent

Which = Literal["main", "good", "bad"]


def with_picture(content: TicketContent, which: Which, path: Path) -> TicketContent:
    if which == "main":
        return replace(content, main=path)
    match: Match = replace(getattr(content, which), picture=path)
    return replace(content, good=match) if which == "good" else replace(content, bad=match)


@pytest.mark.parametrize("design", DESIGNS)
def test_paintings_are_placed_byte_for_byte(
    tickets: PdfTickets, korean_ticket: TicketContent, design: str
) -> None:
    """No painting is compressed twice, and none is in the file twice."""
    reader = PdfReader(io.BytesIO(tickets.render(replace(korean_ticket, design=design)).pdf))
    held = [
        each._data
        for number in reader.xref[0]
        if isinstance(each := reader.get_object(number), StreamObject) and each.get("/Filter") == "/DCTDecode"
    ]
    pictures = (korean_ticket.main, korean_ticket.good.picture, korean_ticket.bad.picture)
    assert sorted(held) == sorted(path.read_bytes() for path in pictures)


@pytest.mark.parametrize("design", DESIGNS)
def test_the_large_painting_has_pixels_enough(
    tickets: PdfTickets, korean_ticket: TicketContent, design: str, tmp_path: Path
) -> None:
    """The recorded resolution is the one poppler measures, and it is a good print's."""
    ticket = tickets.render(replace(korean_ticket, design=design))
    (tmp_path / "ticket.pdf").write_bytes(ticket.pdf)
    rows = [
        line.split() for line in tool("pdfimages", "-list", tmp_path / "ticket.pdf").stdout.splitlines()[2:]
    ]
    first = next(row for row in rows if row[3] == str(PRINT[0]))
    assert float(first[12]) >= 295
    assert float(first[13]) >= 295
    assert ticket.pixels_per_inch == pytest.approx(float(first[12]), abs=1)
    information = PdfReader(io.BytesIO(ticket.pdf)).metadata
    assert information is not None
    assert float(str(information["/PixelsPerInch"])) == pytest.approx(ticket.pixels_per_inch, abs=0.1)


def test_a_small_painting_says_how_small(
    two_sided: PdfTickets, korean_ticket: TicketContent, tmp_path: Path
) -> None:
    """Half the pixels, half the resolution: staff can know before they print."""
    (tmp_path / "half.jpg").write_bytes(jpeg((626, 909), 5))
    ticket = two_sided.render(replace(korean_ticket, main=tmp_path / "half.jpg"))
    assert ticket.pixels_per_inch == pytest.approx(150, abs=1)


def test_the_face_stays_in_a_cropped_window(
    one_sided: PdfTickets, korean_ticket: TicketContent, tmp_path: Path
) -> None:
    """A face at the painting's foot is shown where it is known, and is cut off where it is not."""
    found = []
    for face in (None, (0.5, 0.95)):
        path = tmp_path / "ticket.pdf"
        path.write_bytes(one_sided.render(replace(korean_ticket, face=face)).pdf)
        tool("pdftoppm", "-r", "30", "-png", "-singlefile", path, tmp_path / f"face-{face is None}")
        found.append((tmp_path / f"face-{face is None}.png").read_bytes())
    assert found[0] != found[1]


@pytest.mark.parametrize("which", ["main", "good", "bad"])
@pytest.mark.parametrize("fault", ["missing", "empty", "text", "cut short", "black and cyan"])
def test_a_broken_picture_fails_the_ticket(
    two_sided: PdfTickets, korean_ticket: TicketContent, which: Which, fault: str, tmp_path: Path
) -> None:
    """Better no ticket than one with a grey box; the sentence names the painting, never the file."""
    path = tmp_path / "visitor-seoa.jpg"
    whole = jpeg((600, 872), 4)
    broken = {
        "empty": b"",
        "text": b"this is no picture",
        "cut short": whole[: len(whole) // 2],
        "black and cyan": jpeg((600, 872), 4, "CMYK"),
    }
    if fault in broken:
        path.write_bytes(broken[fault])
    with pytest.raises(TicketFailed, match=f"The {which} painting cannot be placed") as failed:
        two_sided.render(with_picture(korean_ticket, which, path))
    assert failed.value.code == "ticket-picture-broken"
    assert "seoa" not in str(failed.value)
