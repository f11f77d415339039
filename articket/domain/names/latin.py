"""Latin names as they are meant: without accents, digits for letters, and letters of other scripts."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Final

LIKE: Final = str.maketrans("аеорсухкіѕтмнᴀαεοκνρτυι", "aeopcyxkistmhaaeokvptui")
LEET: Final = str.maketrans("@$!|+€034579", "asiiteoeastg")
ONES: Final = ("i", "l")
ANYTHING: Final = "*"  # a letter that somebody covered
NO_LETTER: Final = re.compile(rf"[^a-z{re.escape(ANYTHING)}]+")
SIGNS: Final = re.compile(r"[^\w@$!|+€*]|_")


def readings(name: str) -> Iterator[str]:
    """Yield the name in small letters a-z, its pieces parted by one space, in every way it may be meant."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", name) if not _is_mark(each)).casefold()
    words = SIGNS.sub(" ", bare.translate(LIKE)).split()
    for one in ONES:
        yield _letters(" ".join(_meant(word, one) for word in words))
    yield _letters(re.sub(r"\d", "", " ".join(words)))


def _is_mark(letter: str) -> bool:
    """Whether it is an accent, or nothing that can be seen."""
    return unicodedata.category(letter) in {"Mn", "Cf"}


def _meant(word: str, one: str) -> str:
    """Read digits and signs as letters, where letters are beside them; an exclamation ends a word."""
    word = word.rstrip("!")
    return word.translate(LEET).replace("1", one) if re.search("[a-z]", word) else word


def _letters(text: str) -> str:
    return NO_LETTER.sub(" ", text).strip()


def whole(entry: str) -> str:
    """Return a pattern for the entry with any of its letters repeated or covered."""
    first, *rest = [(letter, len(list(run))) for letter, run in groupby(entry)]
    covered = "".join(f"[{letter}{ANYTHING}]{{{count},}}" for letter, count in rest)
    return f"{first[0]}{{{first[1]},}}{covered}"


def apart(entry: str) -> str:
    """Return a pattern for the entry in several pieces, but for a first name with an initial."""
    name, initial = entry[:-1], entry[-1]
    is_a_name = rf"(?!{''.join(f'{letter}+' for letter in name)} {initial}(?= |$))"
    return rf"(?:^|(?<= )){is_a_name}{' ?'.join(f'{letter}+' for letter in entry)}(?= |$)"


def spelt(entry: str) -> str:
    """Return a pattern for the entry letter by letter."""
    return rf"(?:^|(?<= )){' '.join(entry)}(?= |$)"
