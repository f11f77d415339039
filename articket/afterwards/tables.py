"""The report's figures as CSV; docs/after-the-event.md says what each column holds."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from articket.domain.event.retrospect import HourFigures, Machine, Retrospect
from articket.domain.event.spread import Spread

Cell = str | int | float | None
# A table program would take what begins so for a formula, and visitors write what they like.
FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")
SPREAD: Final = ("count", "low_s", "middle_s", "high_s", "longest_s")
# Table programs take a file without it for another alphabet.
BYTE_ORDER_MARK: Final = "\ufeff"


def tables(found: Retrospect) -> Mapping[str, str]:
    """Return each file's name and text."""
    return {
        "hours.csv": _hours(found),
        "stages.csv": _table(
            ("stage", *SPREAD), ((str(step), *_cells(spread)) for step, spread in found.steps.items())
        ),
        "progress.csv": _table(
            ("reached", "came", "left_here", "still_here", "erased"),
            (
                (rung.reached.name.lower(), rung.count, rung.left, rung.present, rung.erased)
                for rung in found.rungs
            ),
        ),
        "quiz_left.csv": _table(("before_room", "left"), found.rooms),
        "painters.csv": _table(
            ("style", "visitors", "paintings"),
            ((share.style, share.visitors, share.paintings) for share in found.shares),
        ),
        "machines.csv": _machines(found.machines),
        "prints.csv": _table(
            ("what", "count"),
            [
                ("tickets", found.tickets),
                ("prints", found.prints),
                ("failed", found.print_faults),
                *((f"again: {reason}", count) for reason, count in found.reprints),
            ],
        ),
        "stars.csv": _table(("stars", "count"), found.stars),
        "comments.csv": _table(
            ("stars", "locale", "comment"), ((each.stars, each.locale, each.text) for each in found.comments)
        ),
    }


def _hours(found: Retrospect) -> str:
    waits = [f"{what}_{name}" for what in ("line", "ticket") for name in SPREAD]

    def row(each: HourFigures) -> tuple[Cell, ...]:
        return (
            each.hour.local.isoformat(timespec="minutes"),
            each.joined,
            each.tickets,
            each.prints,
            *_cells(each.line),
            *_cells(each.ticket),
        )

    return _table(("hour", "joined", "tickets", "prints", *waits), map(row, found.hours))


def _machines(machines: Sequence[Machine]) -> str:
    heads = ("machine", "kind", "paintings", *SPREAD[1:], "attempts", "failed", "latest_faults")

    def row(each: Machine) -> tuple[Cell, ...]:
        server = each.server
        return (
            each.label,
            str(server.kind) if server and server.kind else None,
            each.paintings,
            *_cells(each.seconds)[1:],
            server.painted + server.lost if server else None,
            server.lost if server else None,
            " ".join(f"{code}={count}" for code, count in each.troubles),
        )

    return _table(heads, map(row, machines))


def _cells(spread: Spread | None) -> tuple[Cell, ...]:
    if spread is None:
        return (0, None, None, None, None)
    times = (spread.low, spread.middle, spread.high, spread.longest)
    return (spread.count, *(round(each, 1) for each in times))


def _table(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + out.getvalue()


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULAS) else cell
