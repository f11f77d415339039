"""A line of the check: about what, how it is, what was found, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How something is: fine, fine with a reservation, in the way of opening, not looked at."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Line:
    """One finding in a sentence; `fix` says in another what to do, where there is something to do."""

    subject: str
    state: State
    found: str
    fix: str = ""


def ok(subject: str, found: str) -> Line:
    """Say that something is fine."""
    return Line(subject, State.OK, found)


def warn(subject: str, found: str, fix: str) -> Line:
    """Say what works but might be better."""
    return Line(subject, State.WARN, found, fix)


def bad(subject: str, found: str, fix: str) -> Line:
    """Say what is in the way."""
    return Line(subject, State.BAD, found, fix)


def skipped(subject: str, found: str, fix: str = "") -> Line:
    """Say why something was not looked at."""
    return Line(subject, State.SKIPPED, found, fix)
