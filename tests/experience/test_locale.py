import pytest
from hypothesis import given
from hypothesis import strategies as st

from articket.domain.experience import Experience, choose_locale


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "ko"),
        ("", "ko"),
        ("en", "en"),
        ("en-US,en;q=0.9", "en"),
        ("EN-gb", "en"),
        ("ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "ko"),
        ("fr-FR,fr;q=0.9,en;q=0.8,ko;q=0.2", "en"),
        ("ko;q=0.2, en;q=0.8", "en"),
        ("fr, *;q=0.1", "ko"),
        ("ja, zh;q=0.5", "ko"),
        ("en;q=0, ko", "ko"),
        ("en;q=rubbish, fr", "ko"),
        (";;;,,q=1", "ko"),
    ],
)
def test_the_best_liked_language_that_the_pack_has_is_chosen(
    painters: Experience, header: str | None, expected: str
) -> None:
    assert choose_locale(painters, header) == expected


def test_where_nothing_fits_the_packs_own_language_is_chosen(seasons: Experience) -> None:
    assert choose_locale(seasons, "fr") == "en"


@given(st.text())
def test_any_header_at_all_gives_a_language_of_the_pack(painters: Experience, header: str) -> None:
    assert choose_locale(painters, header) in painters.locales


def test_a_language_that_the_pack_has_not_falls_back_to_its_own(painters: Experience) -> None:
    assert painters.texts_in("en") is painters.texts["en"]
    assert painters.texts_in("fr") is painters.texts["ko"]
    assert painters.texts_in(None) is painters.texts["ko"]
