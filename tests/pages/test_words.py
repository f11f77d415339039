"""Both languages say everything, and neither says what a visitor should never read."""

from __future__ import annotations

import importlib
import pkgutil
import re
import tomllib
from pathlib import Path

import pytest

import articket.domain
from articket.domain.faults import Fault

WORDS = Path(articket.domain.__file__).parents[1] / "web" / "words"
PAGES = sorted(path.stem for path in (WORDS / "ko").glob("*.toml"))
NEVER = re.compile(r"\berrors?\b|\bsession\b|upload failed|에러|오류|세션|업로드", re.IGNORECASE)
BY_COUNT = re.compile(r"_(one|two|few|other|\d+)$")


def book(locale: str, page: str) -> dict[str, str]:
    words: dict[str, str] = tomllib.loads((WORDS / locale / f"{page}.toml").read_text("utf-8"))
    return words


def fault_codes() -> set[str]:
    """Every code of every fault that the domain defines, wherever it does."""
    for module in pkgutil.walk_packages(articket.domain.__path__, "articket.domain."):
        importlib.import_module(module.name)
    codes: set[str] = set()
    waiting = [Fault]
    while waiting:
        kind = waiting.pop()
        codes |= kind.codes
        waiting += kind.__subclasses__()
    return codes


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_every_fault_has_a_sentence(locale: str) -> None:
    assert fault_codes() - book(locale, "faults").keys() == set()


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_have_the_same_keys_and_values(page: str) -> None:
    korean, english = book("ko", page), book("en", page)
    plain = {key for key in english if not BY_COUNT.search(key)}
    assert plain == {key for key in korean if not BY_COUNT.search(key)}
    gaps = {
        key: {*re.findall(r"{(\w+)}", korean[key])} ^ {*re.findall(r"{(\w+)}", english[key])} for key in plain
    }
    assert {key: gap for key, gap in gaps.items() if gap} == {}


@pytest.mark.parametrize("locale", ["ko", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_no_sentence_blames_a_machine(locale: str, page: str) -> None:
    assert [text for text in book(locale, page).values() if NEVER.search(text)] == []
