"""How letters stand on paper: Arabic joined, what reads from right to left turned, an emoji one picture."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

ARABIC: Final = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
TATWEEL, LAM = "\u0640", "\u0644"
ALEFS: Final = "\u0622\u0623\u0625\u0627"
# Letters as they are written alone, before, between and after others have code points of their own here.
FORMS: Final = (range(0xFB50, 0xFE00), range(0xFE70, 0xFEFD))
MIRRORED: Final = str.maketrans("()[]{}<>«»", ")(][}{><»«")
BRACKETS: Final = {"(": ")", "[": "]", "{": "}"}
RIGHT_TO_LEFT: Final = ("R", "AL")
NUMBERS: Final = ("EN", "AN")
NUMBER_SIGNS: Final = ("CS", "ES")
ELLIPSIS: Final = "…"

# Skin tones, flags and the ends of joined sequences: the one picture in front of them says enough.
TONES: Final = re.compile("[\U0001f3fb-\U0001f3ff\U0001f1e6-\U0001f1ff\ufe0e\ufe0f\u20e3]")
JOINED: Final = re.compile("(?<=\\S)\u200d\\S")


def plain(words: str) -> str:
    """Return the words composed (NFC), each emoji as its first picture, Arabic and Hebrew without points."""
    composed = unicodedata.normalize("NFC", " ".join(words.split()))
    one = JOINED.sub(_unless_picture, TONES.sub("", composed))
    return "".join(letter for letter in one if not _is_point(letter))


def visual(words: str) -> str:
    """Return one line's letters in the order and the forms in which they are drawn from left to right."""
    if not any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in words):
        return words
    letters = _joined(words)
    levels = _levels(letters)
    for level in (2, 1):
        letters, levels = _turned(letters, levels, level)
    return "".join(letters)


def _unless_picture(found: re.Match[str]) -> str:
    return "" if unicodedata.category(found[0][1]) == "So" else found[0]


def _is_point(letter: str) -> bool:
    """Say whether it is a vowel point of Arabic or Hebrew: both are read without."""
    return unicodedata.category(letter) == "Mn" and (
        "\u0591" <= letter <= "\u05c7" or "\u0610" <= letter <= "\u06ed"
    )


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Return each Arabic letter's forms by name, and those of lam with an alef, as Unicode lists them."""
    forms: dict[str, dict[str, str]] = {}
    for code in (code for codes in FORMS for code in codes):
        kind, *parts = unicodedata.decomposition(chr(code)).split() or [""]
        base = "".join(chr(int(part, 16)) for part in parts)
        if kind.startswith("<") and (len(base) == 1 or (base[:1] == LAM and base[1:] in tuple(ALEFS))):
            forms.setdefault(base, {})[kind.strip("<>")] = chr(code)
    return forms


def _joined(words: str) -> list[str]:
    """Give each Arabic letter the form that its neighbours ask for; lam and alef become one."""
    forms = _forms()
    units = re.findall(f"{LAM}[{ALEFS}]|.", words, re.DOTALL)
    reaches = [unit == TATWEEL or "initial" in forms.get(unit, {}) for unit in units]
    takes = [unit == TATWEEL or "final" in forms.get(unit, {}) for unit in units]
    ties = [reach and take for reach, take in zip(reaches, takes[1:], strict=False)]
    letters = []
    for unit, before, after in zip(units, [False, *ties], [*ties, False], strict=True):
        own = forms.get(unit, {})
        form = {(0, 0): "isolated", (0, 1): "initial", (1, 1): "medial", (1, 0): "final"}[before, after]
        letters.append(own.get(form, own.get("isolated", unit)))
    return letters


def _levels(letters: Sequence[str]) -> list[int]:
    """Return 0 for what reads from the left, 1 from the right, 2 for numbers among the latter."""
    kinds = [unicodedata.bidirectional(letter) for letter in letters]
    levels: list[int | None] = []
    strong = 0
    for letter, kind in zip(letters, kinds, strict=True):
        if kind in RIGHT_TO_LEFT or kind == "L":
            strong = int(kind != "L")
            levels.append(strong)
        elif letter == ELLIPSIS:  # it belongs to what was cut off
            levels.append(strong)
        else:
            levels.append(2 * strong if kind in NUMBERS else None)
    for opening, closing in _pairs(letters):
        inside = {level for level in levels[opening:closing] if level is not None}
        before = next((level for level in reversed(levels[:opening]) if level is not None), 0)
        if before and inside and 0 not in inside:
            levels[opening] = levels[closing] = 1
    return list(_filled(levels, kinds))


def _pairs(letters: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where brackets open and close, the inner ones first."""
    opened: list[tuple[int, str]] = []
    for at, letter in enumerate(letters):
        if letter in BRACKETS:
            opened.append((at, BRACKETS[letter]))
        elif opened and letter == opened[-1][1]:
            yield opened.pop()[0], at


def _filled(levels: Sequence[int | None], kinds: Sequence[str]) -> Iterator[int]:
    """Give spaces and punctuation the direction that both their neighbours have, else that of the page."""
    known = [-1, *(at for at, level in enumerate(levels) if level is not None), len(levels)]
    found = {at: level for at, level in enumerate(levels) if level is not None}
    for left, right in pairwise(known):
        around = (found.get(left, 0), found.get(right, 0))
        between = int(all(around))
        if around == (2, 2) and right - left == 2 and kinds[left + 1] in NUMBER_SIGNS:  # noqa: PLR2004 - one sign
            between = 2
        for at in range(left + 1, right):
            found[at] = between
    return (found[at] for at in range(len(levels)))


def _turned(letters: Sequence[str], levels: Sequence[int], least: int) -> tuple[list[str], list[int]]:
    """Turn around each stretch of at least this level."""
    pairs: list[tuple[str, int]] = []
    stretch: list[tuple[str, int]] = []
    for letter, level in [*zip(letters, levels, strict=True), ("", -1)]:
        if level >= least:
            stretch.append((letter.translate(MIRRORED) if level == least == 1 else letter, level))
            continue
        pairs += [*reversed(stretch), (letter, level)]
        stretch = []
    return [letter for letter, _ in pairs[:-1]], [level for _, level in pairs[:-1]]
