import tomllib
from dataclasses import is_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

PREFIX = "ARTICKET_"


class Reader:
    """Finds a setting's text, turns it into its type, and collects what cannot be."""

    def __init__(self, environ: "Mapping[str, str]", toml_path: Path, known: "Collection[str]") -> None:
        """Read the file at once; a setting nobody knows is a fault, since it is mostly a typing slip."""
        self.faults: list[str] = []
        self.environ = environ
        self.toml_path = toml_path
        self.file = self._file()
        for name in sorted(environ):
            if name.startswith(PREFIX) and name.removeprefix(PREFIX).lower() not in known:
                self._unknown(name, [PREFIX + other.upper() for other in known])
        for name in self.file:
            if name not in known:
                self._unknown(f"{name} in {toml_path.name}", list(known), name)

    def read_all(self, owner: type) -> dict[str, Any]:
        """Return the readable settings among a dataclass's fields that are plain values, by field name."""
        found = {
            name: self._read(name, kind)
            for name, kind in get_type_hints(owner).items()
            if not is_dataclass(kind)
        }
        return {name: value for name, value in found.items() if value is not None}

    def _read(self, name: str, kind: object) -> object:
        shown, raw = self._find(name)
        if raw is None or raw == "":
            return None
        try:
            return convert(kind, raw)
        except ValueError as reason:
            self.faults.append(f"{shown} must be {reason}.")
            return None

    def _find(self, name: str) -> tuple[str, object]:
        variable = PREFIX + name.upper()
        if self.environ.get(variable):
            return variable, self.environ[variable]
        if name == "port" and self.environ.get("PORT"):
            return "PORT", self.environ["PORT"]
        return f"{name} in {self.toml_path.name}", self.file.get(name)

    def _file(self) -> dict[str, object]:
        try:
            return tomllib.loads(self.toml_path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as reason:
            self.faults.append(f"{self.toml_path.name} cannot be read: {reason}")
            return {}

    def _unknown(self, shown: str, known: list[str], asked: str = "") -> None:
        near = get_close_matches(asked or shown, known, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        self.faults.append(f"{shown} is not a setting.{hint}")


def convert(kind: object, raw: object) -> object:
    """Return raw as the annotated kind; ValueError says what it must be, never what it was."""
    choices = get_args(kind)
    if kind is bool:
        return convert_bool(raw)
    if kind is int or kind is float:
        return convert_number(kind, raw)
    if kind == tuple[str, ...]:
        return convert_list(raw)
    text = raw if isinstance(raw, str) else None
    if text is None:
        raise ValueError("a text, in quotation marks")
    if kind is Path:
        return Path(text).expanduser()
    if choices and all(isinstance(choice, str) for choice in choices) and text not in choices:
        raise ValueError(" or ".join(choices))
    return text


def convert_bool(raw: object) -> bool:
    """Return true for 1, true, yes, on and false for 0, false, no, off; ValueError otherwise."""
    word = str(raw).strip().lower()
    if word not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
        raise ValueError("1 or 0")
    return word in {"1", "true", "yes", "on"}


def convert_number(kind: type[int | float], raw: object) -> float:
    """Return a finite number that is not negative; ValueError otherwise."""
    wanted = "a whole number, 0 or more" if kind is int else "a number, 0 or more"
    try:
        number = kind(str(raw))  # so that a file's true is no number
    except ValueError as reason:
        raise ValueError(wanted) from reason
    if not 0 <= number < float("inf"):
        raise ValueError(wanted)
    return number


def convert_list(raw: object) -> tuple[str, ...]:
    """Return the texts of a list, or those between a text's commas, each once; ValueError otherwise."""
    entries = raw.split(",") if isinstance(raw, str) else raw
    if not isinstance(entries, list) or not all(isinstance(each, str) for each in entries):
        raise ValueError("a list of texts, or one text with commas between them")
    return tuple(dict.fromkeys(each.strip() for each in entries if each.strip()))
