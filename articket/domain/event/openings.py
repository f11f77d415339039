"""The hours of an event, and which of them belong to one opening."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final

HOUR_S: Final = 3600
# Doors that let nobody in for so many hours were closed.
CLOSED_HOURS: Final = 4
# A chart with more bars than this is read by nobody.
LONGEST_HOURS: Final = 16


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour by the wall clock, and when it began."""

    start: float
    local: datetime


def local(at: float, zone: tzinfo | None) -> datetime:
    """Return a time by the wall clock of the zone, of this machine's where none is given."""
    return datetime.fromtimestamp(at, UTC).astimezone(zone)


def hour_of(at: float, zone: tzinfo | None) -> Hour:
    """Return the hour of the wall clock in which that was."""
    here = local(at, zone)
    since = here.minute * 60 + here.second + here.microsecond / 1_000_000
    start = round(at - since)
    return Hour(start, local(start, zone))


def openings(times: Iterable[float], zone: tzinfo | None) -> tuple[tuple[Hour, ...], ...]:
    """Return all hours from the first to the last time, cut where doors were closed or a row gets long."""
    begun = sorted({hour_of(at, zone).start for at in times})
    runs: list[list[float]] = []
    for start in begun:
        if runs and start - runs[-1][-1] <= CLOSED_HOURS * HOUR_S:
            runs[-1].append(start)
        else:
            runs.append([start])
    rows = []
    for run in runs:
        hours = _filled(run, zone)
        rows += [hours[at : at + LONGEST_HOURS] for at in range(0, len(hours), LONGEST_HOURS)]
    return tuple(tuple(row) for row in rows)


def _filled(run: Sequence[float], zone: tzinfo | None) -> list[Hour]:
    steps = round((run[-1] - run[0]) / HOUR_S)
    return [Hour(at, local(at, zone)) for at in (run[0] + step * HOUR_S for step in range(steps + 1))]
