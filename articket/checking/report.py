"""What the organiser reads in the terminal, and what a script reads."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from textwrap import wrap
from typing import Final

from articket.application.checkup.line import Line, State

WIDTH: Final = 80
SUBJECT_WIDE: Final = 21
MARKS: Final = {State.OK: "ok", State.WARN: "warn", State.BAD: "BAD", State.SKIPPED: "--"}
COLOURS: Final = {State.OK: 32, State.WARN: 33, State.BAD: 31, State.SKIPPED: 2}
MARK_WIDE: Final = 4
ARROW: Final = "-> "


def is_fine(lines: Iterable[Line]) -> bool:
    """Tell whether nothing is in the way of opening."""
    return all(line.state is not State.BAD for line in lines)


def row(line: Line, *, colours: bool = False, width: int = WIDTH) -> str:
    """Return a line of the table, no wider than `width` columns, with its fix below it."""
    mark = f"{MARKS[line.state]:{MARK_WIDE}}"
    if colours:
        mark = f"\N{ESCAPE}[{COLOURS[line.state]}m{mark}\N{ESCAPE}[0m"
    indent = MARK_WIDE + SUBJECT_WIDE + 4
    room = width - indent
    found = [piece for part in _plain(line.found).split("\n") for piece in wrap(part, room) or [""]]
    rows = [f" {mark} {line.subject:{SUBJECT_WIDE}}  {found[0]}"]
    rows += [" " * indent + each for each in found[1:]]
    if line.fix:
        fix = wrap(_plain(line.fix), room, initial_indent=ARROW, subsequent_indent=" " * len(ARROW))
        rows += [" " * indent + each for each in fix]
    return "\n".join(each.rstrip() for each in rows)


def verdict(lines: Sequence[Line]) -> str:
    """Return the last sentence."""
    bad = sum(line.state is State.BAD for line in lines)
    warnings = sum(line.state is State.WARN for line in lines)
    if bad:
        return f" Not ready: {bad} to mend before doors open{_beside(warnings)}."
    return f" Ready to open{_beside(warnings)}."


def as_json(lines: Sequence[Line]) -> str:
    """Return everything as one JSON object."""
    return json.dumps(
        {"ok": is_fine(lines), "lines": [asdict(line) for line in lines]}, ensure_ascii=False, indent=2
    )


def _beside(warnings: int) -> str:
    if not warnings:
        return ""
    return f", {warnings} warning{'s' if warnings > 1 else ''}"


def _plain(text: str) -> str:
    """Leave out what would steer the terminal: some of these words come from servers."""
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text)
