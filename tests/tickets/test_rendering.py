import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import cv2
import pytest
from doubles.camera import read_code
from pypdf import PdfReader
from tickets.samples import DESIGNS, tool

from articket.adapters.ticket_pdf import PdfTickets
from articket.domain.faults import TicketFailed
from articket.domain.ticket import WORDS, TicketContent

MM = 72 / 25.4


def saved(pdf: bytes, folder: Path) -> Path:
    path = folder / "ticket.pdf"
    path.write_bytes(pdf)
    return path


@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_is_a_sound_pdf(
    tickets: PdfTickets, content: TicketContent, design: str, tmp_path: Path
) -> None:
    """No checker and no renderer finds anything to say about a ticket."""
    path = saved(tickets.render(replace(content, design=design)).pdf, tmp_path)
    assert "No syntax or stream encoding errors" in tool("qpdf", "--check", path).stdout
    assert tool("pdftoppm", "-r", "40", "-png", path, tmp_path / "page").stderr == ""
    assert tool("pdftotext", path, "-").stderr == ""


@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_says_everything(
    tickets: PdfTickets, content: TicketContent, design: str, tmp_path: Path
) -> None:
    """Name, painter, sentence, matches, medium, date, place, edition and number stand on each ticket."""
    path = saved(tickets.render(replace(content, design=design)).pdf, tmp_path)
    said = "".join(tool("pdftotext", "-raw", path, "-").stdout.split())
    for words in (
        content.name,
        content.painter,
        content.sentence,
        content.medium,
        content.place,
        content.good.painter,
        content.good.words,
        content.bad.painter,
        content.bad.words,
        content.until or "",
        content.words["all_four_here"],
        content.words["date"],
        content.words["edition"],
    ):
        assert "".join(words.split()) in said, words


def test_a_postcard_has_two_sides_with_bleed(two_sided: PdfTickets, korean_ticket: TicketContent) -> None:
    """100 x 148 mm when trimmed, 3 mm bleed around, twice."""
    pages = PdfReader(io.BytesIO(two_sided.render(korean_ticket).pdf)).pages
    assert len(pages) == 2
    for page in pages:
        assert [round(float(each) / MM, 1) for each in page.trimbox] == [3, 3, 103, 151]
        assert [round(float(each) / MM, 1) for each in page.bleedbox] == [0, 0, 106, 154]
        assert page.bleedbox == page.mediabox


def test_a_print_job_has_the_papers_own_size(
    tickets: PdfTickets, korean_ticket: TicketContent, tmp_path: Path
) -> None:
    """What viewers and print queues take for the page is the trimmed sheet: nothing scales it to fit."""
    path = saved(tickets.render(korean_ticket).pdf, tmp_path)
    found = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+) pts", tool("pdfinfo", "-l", "9", path).stdout)
    sizes = [tuple(round(float(each) / MM, 1) for each in size) for size in found]
    assert sizes in ([(100, 148)] * 2, [(101.6, 152.4)])


def test_the_one_sided_ticket_is_four_by_six_inches(
    one_sided: PdfTickets, korean_ticket: TicketContent
) -> None:
    """4 x 6 inches when trimmed, 3 mm bleed around, once."""
    (page,) = PdfReader(io.BytesIO(one_sided.render(korean_ticket).pdf)).pages
    assert (float(page.trimbox.width), float(page.trimbox.height)) == pytest.approx((288, 432), abs=0.05)
    assert [round(float(each) / MM, 1) for each in page.bleedbox] == [0, 0, 107.6, 158.4]


@pytest.mark.parametrize("design", DESIGNS)
def test_all_fonts_travel_with_the_ticket(
    tickets: PdfTickets, content: TicketContent, design: str, tmp_path: Path
) -> None:
    """Every font is embedded, and as a subset."""
    path = saved(tickets.render(replace(content, design=design)).pdf, tmp_path)
    fonts = tool("pdffonts", path).stdout.splitlines()[2:]
    assert fonts
    for line in fonts:
        assert re.search(r"\+.*\s(yes)\s+(yes)\s+(yes)\s", line), line


@pytest.mark.parametrize("design", DESIGNS)
def test_a_phone_reads_the_qr_code(
    tickets: PdfTickets, korean_ticket: TicketContent, design: str, tmp_path: Path
) -> None:
    """The printed code leads to the keep page."""
    path = saved(tickets.render(replace(korean_ticket, design=design)).pdf, tmp_path)
    last = len(PdfReader(path).pages)
    tool("pdftoppm", "-r", "200", "-f", str(last), "-png", path, tmp_path / "page")
    picture = cv2.imread(str(next(tmp_path.glob("page*.png"))))
    assert picture is not None
    height, width, _ = picture.shape
    found = read_code(picture[height * 3 // 4 :, : width // 3])
    assert found == korean_ticket.keep_url


@pytest.mark.parametrize("design", DESIGNS)
def test_without_a_public_address_nothing_points_to_one(
    tickets: PdfTickets, content: TicketContent, design: str, tmp_path: Path
) -> None:
    """No QR code, no promise of four paintings, no date: the place says where to hang the ticket."""
    path = saved(tickets.render(replace(content, design=design, keep_url=None, until=None)).pdf, tmp_path)
    said = "".join(tool("pdftotext", "-raw", path, "-").stdout.split())
    assert "".join(content.words["hang_me"].split()) in said
    assert "".join(content.words["all_four_here"].split()) not in said


def test_tickets_can_be_made_again(two_sided: PdfTickets, korean_ticket: TicketContent) -> None:
    """The same content makes the same bytes."""
    assert two_sided.render(korean_ticket).pdf == two_sided.render(korean_ticket).pdf


def test_threads_do_not_mix_tickets(
    two_sided: PdfTickets, korean_ticket: TicketContent, english_ticket: TicketContent
) -> None:
    """Eight threads get what one would have got."""
    contents = [
        replace(each, design=design) for each in (korean_ticket, english_ticket) for design in DESIGNS
    ]
    alone = [two_sided.render(each).pdf for each in contents]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda each: two_sided.render(each).pdf, contents * 3))
    assert together == alone * 3


def test_the_file_names_no_visitor(two_sided: PdfTickets, korean_ticket: TicketContent) -> None:
    """The title is the number; the name stands on the paper alone."""
    information = PdfReader(io.BytesIO(two_sided.render(korean_ticket).pdf)).metadata
    assert information is not None
    assert information.title == "Articket 49"
    assert korean_ticket.name not in str(dict(information))


def test_colours_are_declared_as_srgb(two_sided: PdfTickets, korean_ticket: TicketContent) -> None:
    """A printer's software learns what the numbers mean."""
    root = PdfReader(io.BytesIO(two_sided.render(korean_ticket).pdf)).root_object
    intent = root["/OutputIntents"][0].get_object()  # type: ignore[index]
    assert "sRGB" in intent["/OutputConditionIdentifier"]
    assert intent["/DestOutputProfile"].get_data()[12:20] == b"mntrRGB "


def test_the_renderer_knows_its_designs(two_sided: PdfTickets, korean_ticket: TicketContent) -> None:
    """Unknown designs are refused by name."""
    assert two_sided.designs() == frozenset(DESIGNS)
    with pytest.raises(TicketFailed, match="no ticket design 'hokusai'"):
        two_sided.render(replace(korean_ticket, design="hokusai"))


def test_missing_words_are_named(two_sided: PdfTickets, korean_ticket: TicketContent) -> None:
    """An experience that forgot a word learns which."""
    words = {key: text for key, text in korean_ticket.words.items() if key != "edition"}
    with pytest.raises(TicketFailed, match="'edition'"):
        two_sided.render(replace(korean_ticket, words=words))


def test_the_samples_have_every_word(content: TicketContent) -> None:
    """WORDS lists what a ticket needs, and no more."""
    assert set(content.words) == set(WORDS)


def test_an_address_too_long_for_paper_is_refused(
    two_sided: PdfTickets, korean_ticket: TicketContent
) -> None:
    """A QR code finer than a phone can read is not printed."""
    with pytest.raises(TicketFailed, match="too fine"):
        two_sided.render(replace(korean_ticket, keep_url="https://articket.example/" + "a" * 400))
