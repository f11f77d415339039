"""Finds words in a name that nobody should have to read on a monitor, and leaves ordinary names alone."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import ModuleType
from typing import Final, Self

from articket.domain.names import hangul, latin

COVER: Final = "\0"  # neither a letter nor an end
NEVER: Final = re.compile(r"(?!)")
IS_HANGUL: Final = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class WordList:
    """One language's words.

    Those of `anywhere` are found inside any word, of `ending` at its end, of `words` alone;
    `ordinary` words hold one of them and are fine.
    """

    anywhere: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """What is looked for in one script."""

    letters: ModuleType
    found: re.Pattern[str] = NEVER
    ordinary: re.Pattern[str] = NEVER

    def finds(self, name: str) -> bool:
        """Whether any reading of the name holds a word."""
        return any(self.found.search(self._without_ordinary(each)) for each in self.letters.readings(name))

    def _without_ordinary(self, reading: str) -> str:
        return self.ordinary.sub(COVER, reading)


@dataclass(frozen=True, slots=True)
class Filter:
    """All languages' words at once: a visitor may write a name in any."""

    scripts: tuple[Script, ...] = ()
    exact: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, lists: Iterable[WordList]) -> Self:
        """Prepare the lists; reading names is then quick."""
        every = tuple(lists)
        scripts = (_script(latin, every, hangul=False), _script(hangul, every, hangul=True))
        exact = (_compact(word) for each in every for word in each.words if not _spelt(word))
        return cls(scripts, frozenset(exact))

    def finds(self, name: str) -> bool:
        """Whether the name holds a word that it should not."""
        return _compact(name) in self.exact or any(script.finds(name) for script in self.scripts)


EVERY_NAME: Final = Filter()


def _compact(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _script(letters: ModuleType, lists: tuple[WordList, ...], *, hangul: bool) -> Script:
    def of(kind: str) -> list[str]:
        entries = [unicodedata.normalize("NFKC", word) for each in lists for word in getattr(each, kind)]
        return [each.casefold() for each in entries if bool(IS_HANGUL.search(each)) is hangul]

    end = r"[.]?(?= |$)" if hangul else r"(?= |$)"
    begin = r"(?:^|(?<= ))[.]?" if hangul else r"(?:^|(?<= ))"
    anywhere, ending, words = of("anywhere"), of("ending"), [word for word in of("words") if _spelt(word)]
    patterns = [
        *(letters.whole(each) for each in anywhere),
        *(letters.whole(each) + end for each in ending),
        *(begin + letters.whole(each) + end for each in words),
        *(letters.apart(each) for each in (*anywhere, *ending)),
        *(letters.spelt(each) for each in words),
    ]
    # What ends like an unfit word is ordinary there alone: 무지개새 is a bird, and 무지개새끼 is none.
    ordinary = [
        _plainly(reading) + (end if each.endswith(tuple(ending)) else "")
        for each in of("ordinary")
        for reading in letters.readings(each)
    ]
    return Script(letters, _any(patterns), _any(ordinary))


def _spelt(word: str) -> bool:
    """Whether it is made of letters only; one with digits is found as it stands."""
    return all(each.isalpha() for each in word)


def _plainly(reading: str) -> str:
    return reading.strip(".").replace(".", "[.]")


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in patterns)) if patterns else NEVER
