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

ROOT = Path(articket.domain.__file__).parents[2]
WORDS = ROOT / "articket" / "web" / "words"
PAGES = sorted(path.stem for path in (WORDS / "ko").glob("*.toml"))
NEVER = re.compile(r"\berrors?\b|\bsession\b|upload failed|에러|오류|세션|업로드", re.IGNORECASE)
SPEAKERS = {"staff": ("staff", "fleet")}  # pages that share one book
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


@pytest.mark.parametrize("locale", ["ko", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_apostrophe_is_a_printed_one(locale: str, page: str) -> None:
    assert [text for text in book(locale, page).values() if "'" in text] == []


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_whoever_is_told_to_press_a_button_reads_what_the_button_says(locale: str) -> None:
    told, button = book(locale, "faults")["photo-please-look"], book(locale, "staff")["look_please"]
    assert re.search(r"[\u201c\u2018](.*)[\u201d\u2019]", told)[1] == button  # type: ignore[index]


@pytest.mark.parametrize("page", sorted({*PAGES} - {"faults"}))
def test_every_sentence_is_said_somewhere(page: str) -> None:
    """A key stands in quotes, or a template such as `easel_${status}` or f"rung_{number}" builds it."""
    speakers = SPEAKERS.get(page, (page,))
    scripts = [path for each in speakers for path in ROOT.glob(f"static/js/{each}/*.js")]
    scripts += [ROOT / "static" / "js" / f"{each}.js" for each in speakers]
    sources = [*scripts, *ROOT.glob("templates/*.html"), *ROOT.glob("articket/web/**/*.py")]
    text = "\n".join(path.read_text("utf-8") for path in sources if path.exists())
    said = {*re.findall(r"""["'`.](\w+)\b""", text)}
    built = [
        re.sub(r"\$\{[^}]*\}", r"[\\w-]*", each) for each in re.findall(r"`((?:\w|\$\{[^}]*\})+)`", text)
    ]
    spoken = re.findall(r'\bf"((?:\w|\{[^}]*\})+)"', text)
    built += [re.sub(r"\{[^}]*\}", r"[\\w-]*", each) for each in spoken]
    patterns = [re.compile(each) for each in built if re.match(r"[a-z]{3}", each)]
    unsaid = {
        key
        for key in book("en", page)
        if (plain := BY_COUNT.sub("", key)) not in said
        and not any(pattern.fullmatch(plain) or pattern.fullmatch(key) for pattern in patterns)
    }
    assert unsaid == set()
