"""`articket export`: the tickets to keep, and the visits as data that names nobody."""

import json
import os
import shutil
import tempfile
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Any, Final

from articket.adapters.clock import SystemClock
from articket.adapters.database.archive import KeptVisit
from articket.adapters.database.engine import DatabaseUnusableError
from articket.adapters.stores.names import safe_name
from articket.afterwards.looking import (
    DONE,
    SETTINGS_UNREADABLE,
    Event,
    NotPossibleError,
    look,
    refuse,
    tell,
    zone_of,
)
from articket.application import files
from articket.bootstrap import STORE
from articket.domain.event.journey import Journey
from articket.domain.event.openings import hour_of, local
from articket.settings import Settings, SettingsError

VERSION: Final = 1
VISITS: Final = "visits.jsonl"
COMMENTS: Final = "comments.jsonl"
ABOUT: Final = "about.json"
DIGITS: Final = 1


@dataclass(frozen=True, slots=True)
class Exported:
    """How much was written, and what was left out and why."""

    tickets: int
    visits: int
    comments: int
    erased: int
    expired: int
    files_missing: int
    unreadable: int


def describe(parser: ArgumentParser) -> None:
    """Say which options the command has."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a new or empty folder")
    parser.add_argument("--zone", metavar="NAME", help="the event's time zone (if not given: this machine's)")


def main(settings_file: Path, folder: Path, zone: str | None) -> int:
    """Write the export and return the exit code; nothing of the booth is changed."""
    try:
        settings = Settings.load(os.environ, settings_file)
        written = _export(settings, folder, zone_of(zone))
    except SettingsError as broken:
        return refuse(str(broken), SETTINGS_UNREADABLE)
    except (NotPossibleError, DatabaseUnusableError) as broken:
        return refuse(str(broken))
    except OSError as broken:
        return refuse(f"{broken.filename or folder} cannot be written: {broken.strerror or broken}.")
    for sentence in _told(written, folder):
        tell(sentence)
    return DONE


def _export(settings: Settings, folder: Path, zone: tzinfo | None) -> Exported:
    _refuse_unless_free(folder, settings.data_dir)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Whole or not at all, and readable by its owner alone: there are faces on tickets.
    staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        written = _fill(staged, settings, zone)
        staged.replace(folder)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    return written


def _refuse_unless_free(folder: Path, data_dir: Path) -> None:
    if folder.resolve().is_relative_to(data_dir.resolve()):
        raise NotPossibleError(f"{folder} is within the data folder, which a reset empties. Choose another.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotPossibleError(f"There is something in {folder} already. Choose a new or an empty folder.")


def _fill(staged: Path, settings: Settings, zone: tzinfo | None) -> Exported:
    copied, missing = _copy_tickets(look(settings, SystemClock().now()), settings.data_dir / STORE, staged)
    # On a live booth a visitor may have erased everything meanwhile: what counts is how it is now.
    event = look(settings, SystemClock().now())
    here = {each.visit.id for each in _kept(event)}
    for visit in copied.keys() - here:
        copied.pop(visit).unlink()
    rows = [_row(journey, zone) for journey in event.record.journeys]
    comments = [
        {"stars": each.stars, "locale": each.locale, "comment": each.comment}
        for each in event.record.journeys
        if each.comment
    ]
    _write_lines(staged / VISITS, rows)
    _write_lines(staged / COMMENTS, comments)
    written = Exported(
        tickets=len(copied),
        visits=len(rows),
        comments=len(comments),
        erased=sum(each.erased for each in event.record.journeys),
        expired=sum(each.expired for each in event.record.journeys),
        files_missing=missing,
        unreadable=event.archive.unreadable,
    )
    _write_about(staged / ABOUT, settings, written, zone)
    return written


def _kept(event: Event) -> list[KeptVisit]:
    """Return the visits that nobody erased and whose time is not over."""
    pairs = zip(event.archive.visits, event.record.journeys, strict=True)
    return [kept for kept, journey in pairs if not journey.gone]


def _copy_tickets(event: Event, store: Path, staged: Path) -> tuple[dict[str, Path], int]:
    copied, missing = {}, 0
    for each in _kept(event):
        visit = each.visit
        if visit.ticket.file is None:
            continue
        target = staged / files.uploaded(visit)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(store / safe_name(visit.ticket.file), target)
        except FileNotFoundError:
            missing += 1
        else:
            copied[visit.id] = target
    return copied, missing


def _row(journey: Journey, zone: tzinfo | None) -> Mapping[str, Any]:
    """Return a visit without anything that leads to its ticket: no number, and its hour alone."""
    row: dict[str, Any] = {
        "joined_hour": hour_of(journey.joined_at, zone).local.isoformat(timespec="minutes"),
        "locale": journey.locale,
        "reached": journey.reached.name.lower(),
        "erased": journey.erased,
        "expired": journey.expired,
    }
    if journey.gone:
        return row
    return row | {
        "assisted": journey.assisted,
        "painter": journey.style,
        "answers": list(journey.answers),
        "seconds": {str(step): round(seconds, DIGITS) for step, seconds in journey.took.items()},
        "paintings": [
            {"style": each.style, "machine": each.painter, "seconds": round(each.seconds, DIGITS)}
            for each in journey.paintings
        ],
        "paintings_failed": journey.failed,
        "prints": len(journey.printed_at),
        "reprints": list(journey.reprints),
        "stars": journey.stars,
    }


def _write_lines(file: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    # Sorted by what they say: their order tells nothing of who came after whom.
    lines = sorted(json.dumps(row, ensure_ascii=False) for row in rows)
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _write_about(file: Path, settings: Settings, written: Exported, zone: tzinfo | None) -> None:
    about = {
        "version": VERSION,
        "event": settings.event_name,
        "place": settings.event_place,
        "exported": local(SystemClock().now(), zone).isoformat(timespec="minutes"),
        "tickets": written.tickets,
        "visits": written.visits,
        "comments": written.comments,
        "left_out": {
            "erased": written.erased,
            "expired": written.expired,
            "files_missing": written.files_missing,
            "unreadable": written.unreadable,
        },
    }
    file.write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _told(written: Exported, folder: Path) -> list[str]:
    told = [f"{written.tickets:,} tickets and {written.visits:,} visits: {folder}"]
    left_out = (
        (written.erased, "erased by their visitors"),
        (written.expired, "past their retention"),
        (written.files_missing, "whose ticket's file is not there"),
        (written.unreadable, "written by another version"),
    )
    told += [f"Left out: {count:,} {why}." for count, why in left_out if count]
    if written.tickets:
        told.append(
            "Tickets show names and faces, and the booth deletes only its own copies: "
            "delete this folder when its time comes."
        )
    return told
