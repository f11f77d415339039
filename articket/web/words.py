"""The sentences of the pages, read once."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

FOLDER: Final = Path(__file__).with_name("words")
FALLBACK: Final = "en"
FAULTS: Final = "faults"

Book = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences by locale, page and key; a language that nobody wrote is answered in English."""

    books: Mapping[str, Book]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Self:
        """Read every language's folder."""
        return cls(
            {
                shelf.name: {
                    file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted(shelf.glob("*.toml"))
                }
                for shelf in sorted(folder.iterdir())
                if shelf.is_dir() and any(shelf.glob("*.toml"))
            }
        )

    def page(self, page: str, locale: str) -> dict[str, Any]:
        """Return a page's sentences with those for faults under `faults`."""
        book = self._book(locale)
        return {**book.get(page, {}), "faults": dict(book.get(FAULTS, {}))}

    def each(self, page: str, locales: Iterable[str]) -> dict[str, Any]:
        """Return a page's sentences by language."""
        return {locale: self.page(page, locale) for locale in locales}

    def fault(self, locale: str, code: str, params: Mapping[str, str | int]) -> str:
        """Say a fault."""
        faults = self._book(locale).get(FAULTS, {})
        sentence = faults.get(code) or faults.get("unexpected") or code
        for name, value in params.items():
            sentence = sentence.replace(f"{{{name}}}", str(value))
        return sentence

    def _book(self, locale: str) -> Book:
        return self.books.get(locale) or self.books.get(locale.partition("-")[0]) or self.books[FALLBACK]
