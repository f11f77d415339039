import re
from collections.abc import Collection
from difflib import get_close_matches
from string import Formatter
from typing import Any, Final, Self

from articket.adapters.experiences.positions import KeyPath
from articket.adapters.experiences.sheet import Sheet

_ID: Final = re.compile(r"[a-z][a-z0-9-]*")


class Table:
    """A table of a pack that is asked for its keys one by one and notes what is missing, wrong or unknown.

    What cannot be had is answered with an empty value, so that reading goes on and all faults are found
    at once. A table that is itself missing is noted once and then stays silent. `shared` answers for
    keys that the table does not have.
    """

    def __init__(
        self, sheet: Sheet, path: KeyPath = (), values: Any = None, *, shared: "Table | None" = None
    ) -> None:
        self.sheet = sheet
        self.path = path
        self.silent = values is None
        self.values: dict[str, Any] = values or {}
        self.shared = shared
        self._asked: set[str] = set()
        self._inner: dict[str, Table] = {}

    @classmethod
    def of(cls, sheet: Sheet) -> Self:
        """Return the outermost table of a sheet; one that could not be read stays silent."""
        return cls(sheet, (), sheet.values if sheet.readable else None)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def has(self, key: str) -> bool:
        """Return whether the key stands here or in what is shared."""
        return key in self or (self.shared is not None and key in self.shared)

    def fault(self, key: str | None, sentence: str) -> None:
        """Note a fault at one of the keys, here or where it is shared, or at the table."""
        if key is not None and key not in self and self.shared and key in self.shared:
            self.shared.fault(key, sentence)
        elif not self.silent:
            self.sheet.fault(self.path if key is None else (*self.path, key), sentence)

    def text(
        self,
        key: str,
        *,
        limit: int | None = None,
        places: Collection[str] = (),
        may: Collection[str] = (),
    ) -> str:
        """Return a text that is not empty and not longer than `limit` characters.

        It has to contain every one of `places` in braces, and nothing else in braces but those of `may`.
        """
        value = self._value(key, str, "a text in quotes")
        if value is None:
            return ""
        if not value.strip():
            self.fault(key, f"`{key}` is empty. Write something there.")
            return ""
        if limit is not None and len(value) > limit:
            self.fault(key, f"`{key}` has {len(value)} characters; there is room for {limit}.")
        self._check_places(key, value, set(places), set(may))
        return str(value)

    def _check_places(self, key: str, value: str, places: set[str], may: set[str]) -> None:
        try:
            found = {name for _, name, _, _ in Formatter().parse(value) if name is not None}
        except ValueError:
            self.fault(key, f"`{key}` has a brace without its partner.")
            return
        for name in sorted(places - found):
            self.fault(key, f"`{key}` has to contain {{{name}}}.")
        for name in sorted(found - places - may):
            allowed = ", ".join(f"{{{place}}}" for place in sorted(places | may)) or "nothing"
            self.fault(key, f"`{key}` contains {{{name}}}, but in braces it may only have {allowed}.")

    def id(self, key: str) -> str:
        """Return a text that can be an id: small letters, digits and hyphens."""
        value = self.text(key)
        if value and not _ID.fullmatch(value):
            self.fault(key, f"`{value}` cannot be an id: use small letters a-z, digits and hyphens.")
        return value

    def texts(self, key: str, *, limit: int | None = None) -> tuple[str, ...]:
        """Return a list of texts with at least one."""
        value = self._value(key, list, "a list of texts")
        if value is None:
            return ()
        if not value:
            self.fault(key, f"`{key}` is an empty list. Put in at least one.")
        for index, text in enumerate(value):
            if not isinstance(text, str) or not text.strip():
                self.sheet.fault((*self.path, key, index), f"`{key}` may only hold texts that are not empty.")
            elif limit is not None and len(text) > limit:
                sentence = f"A text of `{key}` has {len(text)} characters; there is room for {limit}."
                self.sheet.fault((*self.path, key, index), sentence)
        return tuple(str(text) for text in value)

    def number(self, key: str, least: float, most: float) -> float:
        """Return a number between `least` and `most`."""
        value = self._value(key, (int, float), "a number")
        if value is None:
            return least
        if not least <= value <= most:
            self.fault(key, f"`{key}` is {value}; it has to lie between {least:g} and {most:g}.")
        return float(value)

    def whole(self, key: str, least: int, most: int) -> int:
        """Return a whole number between `least` and `most`."""
        value = self._value(key, int, "a whole number")
        if value is None:
            return least
        if not least <= value <= most:
            self.fault(key, f"`{key}` is {value}; it has to lie between {least} and {most}.")
        return int(value)

    def items(self, key: str) -> list[Any]:
        """Return a list as it stands."""
        return list(self._value(key, list, "a list") or [])

    def table(self, key: str) -> "Table":
        """Return an inner table, the same each time."""
        if key not in self._inner:
            self._inner[key] = self._table(key)
        return self._inner[key]

    def _table(self, key: str) -> "Table":
        shared = self.shared.table(key) if self.shared and key in self.shared else None
        if shared and key not in self.values:
            return shared
        return Table(self.sheet, (*self.path, key), self._value(key, dict, "a table"), shared=shared)

    def tables(self, key: str) -> list["Table"]:
        """Return the tables of an array of tables."""
        found = []
        for index, value in enumerate(self.items(key)):
            if isinstance(value, dict):
                found.append(Table(self.sheet, (*self.path, key, index), value))
            else:
                self.sheet.fault((*self.path, key, index), f"`{key}` may only hold tables.")
        return found

    def close(self, *others: str) -> None:
        """Note every key that nobody asked for and that is not among `others`."""
        for key in self.values.keys() - self._asked - set(others):
            near = get_close_matches(key, self._asked, n=1)
            hint = f" Did you mean `{near[0]}`?" if near else " Take it out, or correct its name."
            self.fault(key, f"Nobody knows the key `{key}`.{hint}")

    def _value(self, key: str, kind: type | tuple[type, ...], called: str) -> Any:
        self._asked.add(key)
        if self.shared:
            self.shared._asked.add(key)  # noqa: SLF001  (another of this class)
            if key not in self.values and key in self.shared:
                return self.shared._value(key, kind, called)  # noqa: SLF001  (another of this class)
        if key not in self.values:
            self.fault(None, f"`{key}` is missing here. It has to be {called}.")
            return None
        value = self.values[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fault(key, f"`{key}` has to be {called}.")
            return None
        return value
