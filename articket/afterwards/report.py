"""`articket report`: how the event went, as a page and as tables."""

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Final

from articket.adapters.clock import SystemClock
from articket.adapters.database.engine import DatabaseUnusableError
from articket.adapters.tenancy import is_taken
from articket.afterwards.looking import (
    DONE,
    SETTINGS_UNREADABLE,
    NotPossibleError,
    look,
    refuse,
    tell,
    zone_of,
)
from articket.afterwards.tables import tables
from articket.domain.event.openings import local
from articket.domain.event.retrospect import look_back
from articket.pack import PROJECT
from articket.settings import Settings, SettingsError
from articket.web.report.page import MARK, Masthead, page
from articket.web.report.saying import Saying
from articket.web.words import Words

PAGE: Final = Path("articket-report.html")
LOCALES: Final = ("ko", "en")
HEAD_BYTES: Final = 1000
FILE_MODE: Final = 0o644


def describe(parser: ArgumentParser) -> None:
    """Say which options the command has."""
    parser.add_argument(
        "--out", type=Path, default=PAGE, metavar="FILE.html", help=f"the page (if not given: {PAGE})"
    )
    parser.add_argument("--csv", type=Path, metavar="FOLDER", help="write the figures as CSV files there")
    parser.add_argument("--locale", choices=LOCALES, help="the page's language (if not given: the booth's)")
    parser.add_argument("--zone", metavar="NAME", help="the event's time zone (if not given: this machine's)")


def main(settings_file: Path, out: Path, csv: Path | None, locale: str | None, zone: str | None) -> int:
    """Write the report and return the exit code; nothing of the booth is changed."""
    try:
        settings = Settings.load(os.environ, settings_file)
        _write(settings, out, csv, locale or settings.locale, zone)
    except SettingsError as broken:
        return refuse(str(broken), SETTINGS_UNREADABLE)
    except (NotPossibleError, DatabaseUnusableError) as broken:
        return refuse(str(broken))
    except OSError as broken:
        where = broken.filename or out
        return refuse(f"{where} cannot be written: {broken.strerror or broken}.")
    return DONE


def _write(settings: Settings, out: Path, csv: Path | None, locale: str, zone: str | None) -> None:
    now, place = SystemClock().now(), zone_of(zone)
    if out.exists() and not _is_report(out):
        raise NotPossibleError(f"{out} is something else than a report. Choose another name by --out.")
    event = look(settings, now)
    found = look_back(event.record, now, place, event.styles)
    words = Words.load()
    say = Saying(locale, words.page("report", locale), words.page("staff", locale), event.experience)
    head = Masthead(settings.event_name, settings.event_place, local(now, place), is_taken(settings.data_dir))
    if csv is not None:
        csv.mkdir(parents=True, exist_ok=True)
        for name, text in tables(found).items():
            _whole(csv / name, text)
    _whole(out, page(found, say, head, PROJECT))
    tell(f"{found.visits:,} visits, {found.tickets:,} tickets, {found.prints:,} prints: {out}")
    if csv is not None:
        tell(f"The figures as CSV: {csv}")


def _is_report(file: Path) -> bool:
    with file.open("rb") as opened:
        return f'content="{MARK}"'.encode() in opened.read(HEAD_BYTES)


def _whole(file: Path, text: str) -> None:
    """Write a file, so that there never is half of one under its name."""
    number, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="") as opened:
            opened.write(text)
            os.fchmod(number, FILE_MODE)
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)
