import re
import tomllib
from typing import Final

KeyPath = tuple[str | int, ...]

_BLANK: Final = re.compile(r"(?:[\s,]|#[^\n]*)*")
_SPACE: Final = re.compile(r"[ \t]*")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_STRING: Final = re.compile(
    r"""
      \"{3} (?: [^\\] | \\. )*? \"{3,5}
    | '{3} .*? '{3,5}
    | " (?: [^"\\] | \\. )* "
    | ' [^']* '
    """,
    re.DOTALL | re.VERBOSE,
)
_SCALAR: Final = re.compile(r"[^,\]}#\n]+")


def lines_of(toml: str) -> dict[KeyPath, int]:
    """Map every table, key and array element of a valid TOML text to the line it starts on, from 1."""
    return _Scanner(toml).scan()


class _Scanner:
    """Walks over TOML that tomllib has already accepted, so it only has to find ends, not faults."""

    def __init__(self, toml: str) -> None:
        self.toml = toml
        self.at = 0
        self.lines: dict[KeyPath, int] = {}
        self.last_of: dict[KeyPath, int] = {}

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        while self._pass_over(_BLANK) < len(self.toml):
            if self._follows("[["):
                table = self._array_header()
            elif self._follows("["):
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _array_header(self) -> KeyPath:
        start = self.at
        self.at += 2
        *parents, last = self._key()
        array = (*self._resolve(tuple(parents), start), last)
        self.last_of[array] = self.last_of.get(array, -1) + 1
        self.at += 2
        self._note(array, start)
        return self._note((*array, self.last_of[array]), start)

    def _header(self) -> KeyPath:
        start = self.at
        self.at += 1
        table = self._resolve(self._key(), start)
        self.at += 1
        return table

    def _resolve(self, key: tuple[str, ...], start: int) -> KeyPath:
        """Follow a header's key into the newest table of each array of tables on the way."""
        path: KeyPath = ()
        for part in key:
            path = self._note((*path, part), start)
            if path in self.last_of:
                path = (*path, self.last_of[path])
        return path

    def _pair(self, table: KeyPath) -> None:
        start = self.at
        path = (*table, *self._key())
        for length in range(len(table) + 1, len(path)):
            self._note(path[:length], start)
        self.at += 1  # the equals sign
        self._pass_over(_SPACE)
        self._note(path, start)
        self._value(path)

    def _key(self) -> tuple[str, ...]:
        parts: list[str] = []
        while True:
            self._pass_over(_SPACE)
            parts.append(self._key_part())
            self._pass_over(_SPACE)
            if not self._follows("."):
                return tuple(parts)
            self.at += 1

    def _key_part(self) -> str:
        quoted = self.toml[self.at] in "\"'"
        start = self.at
        end = self._pass_over(_STRING if quoted else _BARE_KEY)
        part = self.toml[start:end]
        return str(tomllib.loads(f"part = {part}")["part"]) if quoted else part

    def _value(self, path: KeyPath) -> None:
        self._note(path, self.at)
        if self._follows("["):
            self.at += 1
            index = 0
            while self._pass_over(_BLANK) >= 0 and not self._follows("]"):
                self._value((*path, index))
                index += 1
            self.at += 1
        elif self._follows("{"):
            self.at += 1
            while self._pass_over(_BLANK) >= 0 and not self._follows("}"):
                self._pair(path)
            self.at += 1
        else:
            self._pass_over(_STRING if self.toml[self.at] in "\"'" else _SCALAR)

    def _note(self, path: KeyPath, start: int) -> KeyPath:
        self.lines.setdefault(path, self.toml.count("\n", 0, start) + 1)
        return path

    def _follows(self, mark: str) -> bool:
        return self.toml.startswith(mark, self.at)

    def _pass_over(self, pattern: re.Pattern[str]) -> int:
        if found := pattern.match(self.toml, self.at):
            self.at = found.end()
        return self.at
