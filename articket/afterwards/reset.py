"""`articket reset`: the booth as before its first visitor, once somebody who means it said so."""

import json
import os
import sys
import unicodedata
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from articket.adapters.database.engine import DatabaseUnusableError
from articket.adapters.tenancy import FolderTakenError, move_in
from articket.afterwards.emptying import MB, Holdings, holdings, take_away
from articket.afterwards.looking import (
    DONE,
    REFUSED,
    SETTINGS_UNREADABLE,
    NotPossibleError,
    refuse,
    tell,
)
from articket.domain.faults import Fault
from articket.settings import Settings, SettingsError

UNNAMED: Final = "delete everything"
STAYS: Final = "Settings, secrets, the staff password and the servers stay."
RUNNING: Final = "A booth is running with the data in {folder}. End it first; nothing was deleted."
NOT_CONFIRMED: Final = 'Nothing was deleted. To delete it: articket reset --yes-delete "{name}"'
MISTYPED: Final = "That is not it. Nothing was deleted."


def describe(parser: ArgumentParser) -> None:
    """Say which options the command has."""
    parser.add_argument("--yes-delete", metavar="NAME", help="the event's name, instead of typing it")
    parser.add_argument("--keep-cloud", action="store_true", help="leave the tickets in the cloud folder")
    parser.add_argument("--json", dest="as_data", action="store_true", help="for scripts; never asks")


def main(settings_file: Path, *, yes_delete: str | None, keep_cloud: bool, as_data: bool) -> int:
    """Say what would go, and let it go once that is confirmed; return the exit code."""
    try:
        settings = Settings.load(os.environ, settings_file)
        return _reset(settings, yes_delete, keep_cloud=keep_cloud, as_data=as_data)
    except SettingsError as broken:
        return _refused(str(broken), SETTINGS_UNREADABLE, as_data=as_data)
    except (NotPossibleError, DatabaseUnusableError) as broken:
        return _refused(str(broken), as_data=as_data)
    except Fault as fault:
        return _refused(fault.sentence, as_data=as_data)
    except (OSError, TimeoutError) as broken:
        where = getattr(broken, "filename", None) or "The data folder"
        why = getattr(broken, "strerror", None) or broken
        return _refused(f"{where} cannot be emptied: {why}. Mend that and reset again.", as_data=as_data)


def _reset(settings: Settings, said: str | None, *, keep_cloud: bool, as_data: bool) -> int:
    if not settings.data_dir.is_dir():
        raise NotPossibleError(f"There is no data folder {settings.data_dir}: nothing to delete.")
    try:
        # Until this process ends: no booth starts while its data goes.
        move_in(settings.data_dir)
    except FolderTakenError as reason:
        raise NotPossibleError(RUNNING.format(folder=settings.data_dir.resolve())) from reason
    found, archive = holdings(settings)
    name = settings.event_name.strip() or UNNAMED
    if not as_data:
        tell("\n".join(_told(found, settings, keep_cloud=keep_cloud)))
    if found.nothing:
        return _report(found, deleted=False) if as_data else DONE
    if said is None and (as_data or not sys.stdin.isatty()):
        return _refused(NOT_CONFIRMED.format(name=name), as_data=as_data, found=found)
    if not _same(_asked(name) if said is None else said, name):
        return _refused(MISTYPED, as_data=as_data, found=found)
    take_away(settings, archive, keep_cloud=keep_cloud)
    if as_data:
        return _report(found, deleted=True)
    tell("Done. The booth is empty; the next ticket is number 1.")
    return DONE


def _told(found: Holdings, settings: Settings, *, keep_cloud: bool) -> list[str]:
    where = settings.data_dir.resolve()
    if found.nothing:
        return [f"There is nothing to delete in {where}."]
    event = f" of {settings.event_name}" if settings.event_name else ""
    told = [
        f"This deletes, for good, everything{event} in {where}:",
        f"  {found.visits:,} visits, {found.with_data:,} of them with name, photo and answers",
        f"  {found.files:,} files, {found.bytes / MB:,.1f} MB: photos, paintings, tickets",
        f"  {found.numbers:,} ticket numbers; the next ticket is number 1 again",
    ]
    if found.in_line:
        told.append(f"  {found.in_line:,} places in line")
    if found.to_print:
        told.append(f"  {found.to_print:,} tickets that were never printed")
    if found.in_print_folder:
        told.append(f"  {found.in_print_folder:,} visitors' tickets in the print folder")
    if found.in_the_cloud:
        told.append(
            f"{found.in_the_cloud:,} tickets in the cloud folder stay there, and nothing will delete them."
            if keep_cloud
            else f"  {found.in_the_cloud:,} tickets in the cloud folder"
        )
    return [*told, STAYS]


def _asked(name: str) -> str:
    try:
        return input(f"Type {name} to delete it, anything else to leave it: ")
    except (EOFError, KeyboardInterrupt):
        return ""


def _same(said: str, name: str) -> bool:
    # Hangul is typed in one form and pasted in another.
    return unicodedata.normalize("NFC", said.strip()) == unicodedata.normalize("NFC", name)


def _report(found: Holdings, *, deleted: bool) -> int:
    _write({"ok": True, "deleted": deleted, "found": asdict(found)})
    return DONE


def _refused(sentence: str, code: int = REFUSED, *, as_data: bool, found: Holdings | None = None) -> int:
    if not as_data:
        return refuse(sentence, code)
    _write({"ok": False, "deleted": False, "why": sentence, "found": asdict(found) if found else None})
    return code


def _write(data: dict[str, Any]) -> None:
    tell(json.dumps(data, ensure_ascii=False, indent=2))
