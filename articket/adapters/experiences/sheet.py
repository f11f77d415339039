import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from articket.adapters.experiences.positions import KeyPath, lines_of

STRUCTURE: Final = "experience.toml"
_PLACE: Final = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True, order=True)
class PackFault:
    """One thing that keeps a pack from being used, and where it stands."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One TOML file of a pack, with the line of everything in it; faults are gathered across files."""

    file: str
    faults: list[PackFault]
    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    readable: bool = True

    def fault(self, path: KeyPath, sentence: str) -> None:
        """Note a fault at that key, or at the nearest table around it that is written down."""
        while path and path not in self.lines:
            path = path[:-1]
        self.faults.append(PackFault(self.file, self.lines.get(path, 1), sentence))


def read_sheet(path: Path, faults: list[PackFault]) -> Sheet:
    """Read one file; where it cannot be read, note why and return a sheet that is not readable."""
    try:
        toml = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        values = tomllib.loads(toml)
    except UnicodeDecodeError as broken:
        line = broken.object.count(b"\n", 0, broken.start) + 1
        sentence = "These letters are not UTF-8. Save the file as UTF-8 and try again."
    except tomllib.TOMLDecodeError as broken:
        place = _PLACE.search(str(broken))
        line = int(place["line"]) if place and place["line"] else toml.count("\n") + 1
        sentence = f"This is not TOML: {_PLACE.sub('', str(broken))}."
    except OSError:
        line = 1
        sentence = "There is no such file, or it cannot be opened. Every language of `locales` needs its own."
        if path.name == STRUCTURE:
            sentence = "There is no such file, or it cannot be opened. A pack begins with it."
    else:
        return Sheet(str(path), faults, values, lines_of(toml))
    faults.append(PackFault(str(path), line, sentence))
    return Sheet(str(path), faults, readable=False)
