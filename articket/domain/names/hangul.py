"""Korean names by their letters: `.` parts syllables, so that a word is found in whole ones only."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

FIRST: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
MIDDLE: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
LAST: Final = (
    "", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ",
    "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
)  # fmt: skip
SYLLABLES: Final = range(0xAC00, 0xD7A4)
LONE_FIRST: Final = range(0x1100, 0x1113)
LONE_MIDDLE: Final = range(0x1161, 0x1176)
LONE_LAST: Final = range(0x11A8, 0x11C3)
PAIRED: Final = {"\u1121": "ㅂㅅ"}  # a key of its own, and an insult
HELD: Final = re.compile(rf"(?<=[{FIRST}])\.ㅇ(?=[{MIDDLE}])")


def readings(name: str) -> Iterator[str]:
    """Yield the name's letters, its pieces parted by spaces; once as written and once as it sounds."""
    text = unicodedata.normalize("NFKC", name)
    pieces = ["".join(map(_letters, piece)) for piece in _only_hangul(text).split()]
    written = " ".join(f".{piece}" for piece in pieces if piece)
    yield written
    yield HELD.sub(".", written)


def _only_hangul(text: str) -> str:
    """Keep Hangul; foreign letters part pieces, and whatever else stands between syllables hides nothing."""
    return "".join(
        letter if _letters(letter) else " " if letter.isspace() or letter.isalpha() else "" for letter in text
    )


def _letters(letter: str) -> str:
    """Return a syllable's letters, or a lone one, with a dot behind; nothing for what is no Hangul."""
    code = ord(letter)
    if code in SYLLABLES:
        first, rest = divmod(code - SYLLABLES.start, len(MIDDLE) * len(LAST))
        middle, last = divmod(rest, len(LAST))
        return f"{FIRST[first]}{MIDDLE[middle]}{LAST[last]}."
    for codes, letters in ((LONE_FIRST, FIRST), (LONE_MIDDLE, MIDDLE), (LONE_LAST, LAST[1:])):
        if code in codes:
            return f"{letters[code - codes.start]}."
    return "".join(f"{each}." for each in PAIRED.get(letter, ""))


def letters_of(entry: str) -> str:
    """Return an entry's letters without its syllables' ends."""
    return next(readings(entry)).replace(".", "").replace(" ", "")


def whole(entry: str) -> str:
    """Return a pattern for the entry in whole syllables, with vowels drawn out and letters repeated."""
    return rf"(?<=\.){_drawn_out(entry, between='[.]?')}(?=[.])"


def apart(entry: str) -> str:
    """Return a pattern for the entry in several pieces, from where one begins to where one ends."""
    return rf"(?:^|(?<= ))\.{_drawn_out(entry, between='[. ]*')}[.](?= |$)"


def spelt(entry: str) -> str:
    """Return a pattern for the entry syllable by syllable."""
    syllables = [f".{_letters(each)}" for each in unicodedata.normalize("NFKC", entry)]
    return rf"(?:^|(?<= )){re.escape(' '.join(syllables))}(?= |$)"


def _drawn_out(entry: str, between: str) -> str:
    parts = [
        rf"{letter}(?:{between}ㅇ?{letter})*" if letter in MIDDLE else f"{letter}+"
        for letter in letters_of(entry)
    ]
    return between.join(parts)
