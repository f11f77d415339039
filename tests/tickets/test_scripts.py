import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articket.adapters.ticket_pdf.scripts import plain, visual


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("하린 Harin", "하린 Harin"),
        ("שרה", "הרש"),
        ("דן (ab) כהן", "ןד (ab) ןהכ"),
        ("Dan דן (כהן)!", "Dan (ןהכ) ןד!"),
        ("דן, 별", "ןד, 별"),
        ("דן 12, 별", "12 ןד, 별"),
        ("דן 1.5 בן", "ןב 1.5 ןד"),
        ("בן…", "…ןב"),
    ],
)
def test_what_reads_from_right_to_left_is_turned(written: str, drawn: str) -> None:
    """Brackets turn with it, numbers and other scripts do not, and the page still reads from the left."""
    assert visual(written) == drawn


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("بب", ["final", "initial"]),
        ("ببب", ["final", "medial", "initial"]),
        ("سارة", ["isolated", "isolated", "final", "initial"]),
        ("ب ب", ["isolated", "", "isolated"]),
        ("پگ", ["final", "initial"]),
        ("لا", ["isolated"]),
        ("سلام", ["isolated", "final", "initial"]),
    ],
)
def test_arabic_letters_join_their_neighbours(written: str, forms: list[str]) -> None:
    """Each has the form that Unicode calls so, from left to right; lam and alef are one."""
    kinds = [unicodedata.decomposition(letter).partition(">")[0].strip("<") for letter in visual(written)]
    assert kinds == forms


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("🐈\N{ZERO WIDTH JOINER}⬛", "🐈"),
        ("👨\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧 가족", "👨 가족"),
        ("👍🏽", "👍"),
        ("❤\N{VARIATION SELECTOR-16}", "❤"),
        ("🇰🇷 민", " 민"),
        ("بِلال", "بلال"),
        ("שָׂרָה", "שרה"),
        (unicodedata.normalize("NFD", "하린 Zoë"), "하린 Zoë"),
    ],
)
def test_what_a_name_keeps(typed: str, kept: str) -> None:
    """An emoji is its first picture, flags are none; Arabic and Hebrew stand without points."""
    assert plain(typed) == kept


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "Z", "S")), max_size=40))
def test_no_letter_is_lost_or_made_up(words: str) -> None:
    """Whatever is typed, the drawn line holds the same letters, joined or not, and brackets as many."""
    bare = str.maketrans("", "", "()[]{}<>«»")
    drawn = unicodedata.normalize("NFKC", visual(words)).translate(bare)
    assert sorted(drawn) == sorted(unicodedata.normalize("NFKC", words).translate(bare))
    assert len(visual(words)) <= len(words)
