"""A layout file's tables, read key by key so that every slip is named with its line and its box."""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from string import Formatter
from typing import Any, Final, Literal, NoReturn, TypeVar, cast

from articket.adapters.ticket_pdf.layout import Colour, When
from articket.domain.faults import TemplateBroken
from articket.domain.ticket import WORDS

# What a text box may put between braces, besides the words of WORDS.
FIELDS: Final = frozenset(
    {"number", "name", "title", "after", "painter", "medium", "sentence", "until", "place"}
    | {"day", "month", "year", "good_painter", "good_words", "bad_painter", "bad_words"}
)
HEX: Final = re.compile(r"#[0-9A-Fa-f]{6}")
T = TypeVar("T")


class Source:
    """The file's text and data, with the fonts and colours its boxes may name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.text = path.read_text(encoding="utf-8")
            self.data: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise TemplateBroken("template-broken", f"{path.name}: {error}") from error
        except (OSError, UnicodeDecodeError) as error:
            raise TemplateBroken("template-broken", f"{path.name} cannot be read: {error}") from error
        self.fonts: dict[str, str] = {}
        self.colours: dict[str, str] = {}

    def refuse(self, table: str, index: int, key: str, why: str) -> NoReturn:
        """Raise TemplateBroken with the place in the file."""
        place = f"{self.path.name}, line {self.line(table, index, key)}"
        box = f", [{table}] {index + 1}" if table else ""
        raise TemplateBroken("template-broken", f"{place}{box}{f', {key}' if key else ''}: {why}")

    def line(self, table: str, index: int, key: str) -> int:
        """Find the line where a table's key stands, as well as a plain search can."""
        lines = self.text.splitlines()
        header = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\s*\]\]?\s*(#.*)?")
        heads = [at for at, text in enumerate(lines) if header.fullmatch(text)] if table else [-1]
        if not heads:
            return 1
        start = heads[min(index, len(heads) - 1)]
        for at in range(start + 1, len(lines)):
            if lines[at].lstrip().startswith("["):
                break
            if key and re.match(rf"\s*{re.escape(key)}\b", lines[at]):
                return at + 1
        return max(start + 1, 1)


class Table:
    """One table of the file, which must be read to its last key."""

    def __init__(self, file: Source, data: Mapping[str, Any], name: str, index: int) -> None:
        self.file, self.data, self.name, self.index = file, data, name, index
        self.known: set[str] = set()
        self.label = f"{file.path.name} [{name}] {index + 1}"

    def refuse(self, key: str, why: str) -> NoReturn:
        """Raise TemplateBroken about one of the table's keys."""
        self.file.refuse(self.name, self.index, key, why)

    def has(self, key: str) -> bool:
        """Say whether the key is there."""
        return key in self.data

    def take(self, key: str, default: object = None) -> Any:
        """Return the value; without a default the key must be there."""
        self.known.add(key)
        if key not in self.data and default is None:
            self.refuse(key, f"{key} is missing")
        return self.data.get(key, default)

    def number(self, key: str, default: float | None = None) -> float:
        """Return a number."""
        value = self.take(key, default)
        if not _is_number(value):
            self.refuse(key, f"{value!r} is no number")
        return float(value)

    def flag(self, key: str) -> bool:
        """Return true or false, which is false where the key is not there."""
        value = self.take(key, False)
        if not isinstance(value, bool):
            self.refuse(key, f"{value!r} is neither true nor false")
        return value

    def numbers(self, key: str, count: int, default: list[float] | None = None) -> list[float]:
        """Return so many numbers."""
        value = self.take(key, default)
        if not is_numbers(value, count):
            self.refuse(key, f"{value!r} is no list of {count} numbers")
        return [float(each) for each in value]

    def text(self, key: str) -> str:
        """Return a text."""
        value = self.take(key)
        if not isinstance(value, str):
            self.refuse(key, f"{value!r} is no text")
        return value

    def words(self) -> str:
        """Return words whose braces name something a ticket has."""
        words = self.text("words")
        try:
            fields = {field for _, field, _, _ in Formatter().parse(words) if field is not None}
        except ValueError as error:
            self.refuse("words", f"{words!r}: {error}")
        if unknown := fields - FIELDS - set(WORDS):
            self.refuse("words", f"nothing on a ticket is called {', '.join(sorted(unknown))}")
        return words

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """Return one of the choices."""
        value = self.take(key, default)
        if value not in choices:
            self.refuse(key, f"{value!r} is none of {', '.join(choices)}")
        return cast("str", value)

    def when(self) -> When:
        """Return when the box shows."""
        return cast("When", self.choice("when", ("always", "keep", "no_keep"), "always"))

    def font(self) -> str:
        """Return a font's role."""
        return self.choice("font", tuple(self.file.fonts))

    def colour(self, key: str) -> Colour:
        """Return a colour by its value or its name."""
        value = self.text(key)
        owner, _, name = value.rpartition(".")
        own = self.file.colours.get(name, name)
        if owner not in ("", "good", "bad") or not HEX.fullmatch(own):
            self.refuse(key, f"{value!r} is no colour like #1B1813 and no name from [colours]")
        return Colour(own, cast("Literal['good', 'bad'] | None", owner or None), name)

    def strings(self, key: str) -> dict[str, str]:
        """Return a table of texts."""
        value = self.take(key)
        if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
            self.refuse(key, f"[{key}] names texts")
        return cast("dict[str, str]", value)

    def table(self, key: str) -> "Table":
        """Return the table within this one."""
        value = self.take(key)
        if not isinstance(value, dict):
            self.refuse(key, f"{key} is no table")
        return Table(self.file, value, f"{self.name}.{key}".lstrip("."), self.index if self.name else 0)

    def each(self, key: str, read: "Callable[[Table], T]") -> tuple[T, ...]:
        """Read every table of a list."""
        values = self.take(key, [])
        if not isinstance(values, list) or not all(isinstance(each, dict) for each in values):
            self.refuse(key, f"write [[{self.name}.{key}]] with two brackets")
        found = []
        for index, value in enumerate(values):
            table = Table(self.file, value, f"{self.name}.{key}", index)
            found.append(read(table))
            table.close()
        return tuple(found)

    def close(self) -> None:
        """Refuse keys that nobody read: they are slips of the pen."""
        for key in self.data:
            if key not in self.known:
                self.refuse(key, f"no such key; known are {', '.join(sorted(self.known))}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_numbers(value: object, count: int) -> bool:
    """Say whether the value is a list of so many numbers."""
    return isinstance(value, list) and len(value) == count and all(_is_number(each) for each in value)
