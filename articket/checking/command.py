"""The command: look, tell, and say by the exit code whether doors can open."""

import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TextIO

from articket.application.checkup.line import Line, bad
from articket.checking.inspection import Check, inspect
from articket.checking.report import as_json, is_fine, row, verdict
from articket.checking.wiring import checks_of
from articket.settings import Settings, SettingsError

READY: Final = 0
NOT_READY: Final = 1
SETTINGS_UNREADABLE: Final = 2
MEND_SETTINGS: Final = "docs/settings.md says what each setting may be."


def check(environ: Mapping[str, str], settings_file: Path, out: TextIO, *, as_data: bool) -> int:
    """Check the installation that the settings describe, write what was found, and return the exit code."""
    try:
        settings = Settings.load(environ, settings_file)
    except SettingsError as broken:
        lines = [bad("Settings", fault, MEND_SETTINGS) for fault in broken.faults]
        _write(lines, out, as_data=as_data)
        return SETTINGS_UNREADABLE
    lines = _told(checks_of(settings, settings_file), out, as_data=as_data)
    return READY if is_fine(lines) else NOT_READY


def _told(checks: tuple[Check, ...], out: TextIO, *, as_data: bool) -> list[Line]:
    if as_data:
        lines = list(inspect(checks))
        _write(lines, out, as_data=True)
        return lines
    lines = []
    colours = _wants_colours(out)
    for line in inspect(checks):
        lines.append(line)
        print(row(line, colours=colours), file=out, flush=True)
    print(f"\n{verdict(lines)}", file=out, flush=True)
    return lines


def _write(lines: list[Line], out: TextIO, *, as_data: bool) -> None:
    if as_data:
        print(as_json(lines), file=out, flush=True)
        return
    colours = _wants_colours(out)
    rows = [row(line, colours=colours) for line in lines]
    print("\n".join([*rows, "", verdict(lines)]), file=out, flush=True)


def _wants_colours(out: TextIO) -> bool:
    return out.isatty() and not os.environ.get("NO_COLOR")


def main(settings_file: Path, *, as_data: bool) -> int:
    """Check this machine's installation and tell the terminal."""
    logging.basicConfig(level=logging.ERROR)  # what adapters remark on, the table says better
    try:
        return check(os.environ, settings_file, sys.stdout, as_data=as_data)
    except KeyboardInterrupt:  # a server may take minutes to load its model
        return NOT_READY
