"""Which names the monitor shows: every ordinary one, and none of a few words, however they are spelt."""

from __future__ import annotations

import shutil
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from articket.adapters.experiences import load_experience
from articket.adapters.moderation.word_lists import word_lists
from articket.domain.names import EVERY_NAME, Filter, WordList
from articket.moderation import unfit

PACK = Path(__file__).parents[2] / "experiences/painters"
FILTER = Filter.of(word_lists())


def names(table: str) -> list[str]:
    lines = Path(__file__).with_name(f"{table}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_ordinary_names_pass() -> None:
    ordinary = names("ordinary")
    assert len(ordinary) > 150
    assert [name for name in ordinary if FILTER.finds(name)] == []


def test_no_spelling_brings_an_unfit_name_past() -> None:
    unfit = names("unfit")
    assert len(unfit) > 60
    assert [name for name in unfit if not FILTER.finds(name)] == []


def test_every_word_of_every_list_is_found_by_itself() -> None:
    """A list may contradict itself: an ordinary word may cover what another line forbids."""
    words = [word for one in word_lists() for kind in (one.anywhere, one.ending, one.words) for word in kind]
    assert len(words) > 200
    assert [word for word in words if not FILTER.finds(word)] == []


def test_every_ordinary_word_passes_and_holds_what_it_excuses() -> None:
    lists = word_lists()
    bare = Filter.of(WordList(one.anywhere, one.ending, one.words) for one in lists)
    ordinary = [word for one in lists for word in one.ordinary]
    assert [word for word in ordinary if FILTER.finds(word)] == []
    assert [word for word in ordinary if not bare.finds(word)] == []


@given(
    word=st.sampled_from(["fuck", "bitch", "시발", "개새끼"]),
    before=st.sampled_from(["", " ", "..", "Kim "]),
    between=st.sampled_from(["", ".", "-", " ", "1", "\u200b"]),
)
def test_what_stands_between_letters_hides_nothing(word: str, before: str, between: str) -> None:
    assert FILTER.finds(before + between.join(word))


@given(st.text(max_size=12))
def test_any_text_at_all_can_be_read(name: str) -> None:
    assert FILTER.finds(name) in (True, False)


def test_the_lists_of_all_languages_count_and_a_pack_adds_its_own() -> None:
    own = Filter.of((*word_lists(), WordList(anywhere=("Acme", "경쟁사"))))
    assert own.finds("ACME fan")
    assert own.finds("경쟁사 최고")
    assert own.finds("fuck")
    assert own.finds("시발")
    assert not FILTER.finds("Acme fan")
    assert not EVERY_NAME.finds("시발")


def test_a_pack_s_own_words_count_beside_those_of_every_language(tmp_path: Path) -> None:
    for file in PACK.glob("*.toml"):
        shutil.copy(file, tmp_path)
    structure = tmp_path / "experience.toml"
    structure.write_text('unfit_names = ["경쟁사"]\n' + structure.read_text("utf-8"), "utf-8")
    found = unfit(load_experience(tmp_path))
    assert found.finds("경쟁사 사장")
    assert found.finds("시발")
    assert not found.finds("하린")
    assert load_experience(PACK).unfit_names == ()
