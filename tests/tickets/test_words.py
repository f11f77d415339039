import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tickets.samples import DESIGNS, TEMPLATES, tool

from articket.adapters.ticket_pdf import PdfTickets
from articket.adapters.ticket_pdf.layout_file import read_layout
from articket.adapters.ticket_pdf.typefaces import Typefaces
from articket.adapters.ticket_pdf.typesetting import Column, fit
from articket.domain.ticket import TicketContent

TRIM = 3 * 72 / 25.4
ODD_NAMES = {
    "long Korean": "김수한무거북이와두루미삼천갑자동방삭치치카포사리사리센타",
    "long Latin": "Wolfeschlegelsteinhausenbergerdorff-Bartholomew Montgomery III",
    "many words": "Ana Maria de la Concepcion y los Santos Angeles del Rio",
    "accents": "Zoë Łukasiewicz-Đặng",
    "emoji": "모카🐈‍⬛✨",
    "decomposed": unicodedata.normalize("NFD", "하린과 Zoë"),
    "right to left": "سارة בן־דוד",
    "Chinese": "山田太郎",
    "Cyrillic": "Жанна",
    "nothing": "   ",
    "control": "하\x00린\u202e\n\t",
    "braces": "{name} <b>%s</b> \\",
}


@pytest.fixture(scope="module")
def faces(fonts: Path) -> Typefaces:
    return Typefaces(fonts, read_layout(TEMPLATES / "lichtenstein.toml").fonts)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as poppler reads it, with its distance to the page's edges in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def words_of(path: Path) -> list[Word]:
    words = []
    for page in tool("pdftotext", "-bbox", path, "-").stdout.split("<page ")[1:]:
        width, height = (float(each) for each in re.findall(r'(?:width|height)="(.*?)"', page)[:2])
        pattern = r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>'
        for x0, y0, x1, y1, text in re.findall(pattern, page):
            words.append(Word(text, float(x0), float(y0), width - float(x1), height - float(y1)))
    return words


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES.keys())
@pytest.mark.parametrize("design", DESIGNS)
def test_no_name_leaves_the_ticket(
    tickets: PdfTickets, korean_ticket: TicketContent, design: str, name: str, tmp_path: Path
) -> None:
    """Every word lies within the trimmed sheet, however long or odd the name is."""
    content = replace(
        korean_ticket, design=design, name=name, title=f"{name}, 별이 도는 오후에", number=123456
    )
    path = tmp_path / "ticket.pdf"
    path.write_bytes(tickets.render(content).pdf)
    for word in words_of(path):
        assert min(word.left, word.right, word.top, word.bottom) >= TRIM, word


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("모카🐈‍⬛✨", "🐈✨"),
        ("🐈", "🐈"),
        ("سارة", "سارة"[::-1]),
        ("Sara سلام", "م" + "لا" + "س"),
        ("שרה בן־דוד", "דוד־ןב"),
        ("Жанна", "Жанна"),
        ("สารา", "손님"),
        ("สารา Sara", "Sara"),
        (unicodedata.normalize("NFD", "하린"), "하린"),
    ],
)
def test_names_stand_in_their_own_script(
    two_sided: PdfTickets, korean_ticket: TicketContent, name: str, written: str, tmp_path: Path
) -> None:
    """Never a box in the place of a letter; a name of which nothing is left becomes a guest.

    Poppler gives words with their boxes as they are seen, from left to right.
    """
    path = tmp_path / "ticket.pdf"
    path.write_bytes(two_sided.render(replace(korean_ticket, name=name)).pdf)
    words = [word.text for word in words_of(path)]
    assert written in words
    assert not any("\ufffd" in word or "\u25a1" in word for word in words)


def test_a_missing_name_leaves_no_comma_behind(faces: Typefaces) -> None:
    """The title's rest stands alone."""
    runs = faces.runs("สารา, 별이 도는 오후에", "says")
    assert "".join(run.letters for run in runs) == "별이 도는 오후에"


@pytest.mark.parametrize("name", ["سارة", "شرجبيل", "پگاه", "בת־שבע", "🐈✨"])
def test_the_text_of_a_ticket_can_be_found(
    two_sided: PdfTickets, korean_ticket: TicketContent, name: str, tmp_path: Path
) -> None:
    """Whoever searches the file for a name as it is typed finds it."""
    path = tmp_path / "ticket.pdf"
    path.write_bytes(two_sided.render(replace(korean_ticket, name=name)).pdf)
    assert name in tool("pdftotext", "-raw", path, "-").stdout.translate(
        {0x202A: None, 0x202B: None, 0x202C: None}
    )


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60))
def test_no_letter_is_a_box(faces: Typefaces, words: str) -> None:
    """Whatever is written, each letter is drawn by a font that has it."""
    setting = fit(words, Column("says", 230, 40, 13, 2, -0.04, -0.02), faces)
    for line in setting.lines:
        assert all(run.face.has(letter) for run in line.runs for letter in run.letters)


def test_joined_letters_are_not_pulled_apart(faces: Typefaces) -> None:
    """Arabic is set without tracking, and smaller, to stand beside Hangul."""
    setting = fit("سارة", Column("says", 230, 40, 13, 1, -0.04, -0.02), faces)
    assert setting.tracking == 0
    assert [run.face.share for run in setting.lines[0].runs] == [0.8]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=120), lines=st.integers(1, 3), width=st.floats(30, 230), size=st.floats(7, 40))
def test_words_never_leave_their_column(
    faces: Typefaces, words: str, lines: int, width: float, size: float
) -> None:
    """Whatever is written, every line fits, there are never too many, and the size stays in its bounds."""
    column = Column("says", width, size, size * 0.5, lines, -0.03, -0.01)
    setting = fit(words, column, faces)
    assert len(setting.lines) <= lines
    assert column.smallest - 1e-9 <= setting.size <= column.size + 1e-9
    for line in setting.lines:
        assert line.width * setting.size <= width + 0.01


def test_short_words_keep_their_size(faces: Typefaces) -> None:
    """Only what does not fit is set smaller."""
    assert fit("하린", Column("says", 230, 40, 13, 1, -0.04, -0.02), faces).size == 40


def test_lines_end_where_the_sentence_breathes(faces: Typefaces) -> None:
    """A comma beats an even split."""
    column = Column("says", 230, 12, 8, 3, -0.03, -0.015)
    setting = fit("Nothing happened today, and you tell it so well that it did.", column, faces)
    lines = ["".join(run.letters for run in line.runs) for line in setting.lines]
    assert lines[0] == "Nothing happened today,"
