"""`articket erasure`: what is still there of visitors, why, and until when."""

import json
import os
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

from articket.adapters.clock import SystemClock
from articket.adapters.database.engine import DatabaseUnusableError
from articket.afterwards.looking import DONE, REFUSED, SETTINGS_UNREADABLE, refuse, tell
from articket.afterwards.remnants import Inventory, Remnant, take_stock
from articket.settings import Settings, SettingsError

WIDTH: Final = 80
INDENT: Final = " " * 14
NOTHING: Final = "Nothing of any visitor is left here."
FINE: Final = "Everything that is there has its time, and goes by itself."
LATE: Final = "Something should be gone, or cannot be looked at: see the lines marked LATE."


def describe(parser: ArgumentParser) -> None:
    """Say which options the command has."""
    parser.add_argument("--json", dest="as_data", action="store_true", help="for scripts")


def main(settings_file: Path, *, as_data: bool) -> int:
    """Tell what is there; the exit code is 1 where something should be gone or cannot be looked at."""
    try:
        settings = Settings.load(os.environ, settings_file)
        found = take_stock(settings, SystemClock().now())
    except SettingsError as broken:
        return refuse(str(broken), SETTINGS_UNREADABLE)
    except DatabaseUnusableError as broken:
        return refuse(str(broken))
    except OSError as broken:
        return refuse(f"{broken.filename or settings.data_dir} cannot be read: {broken.strerror or broken}.")
    tell(json.dumps(_data(found), ensure_ascii=False, indent=2) if as_data else "\n".join(_text(found)))
    return REFUSED if found.late else DONE


def _data(found: Inventory) -> dict[str, Any]:
    return {
        "late": found.late,
        "remains": [
            {
                "what": each.what,
                "count": each.count,
                "why": each.why,
                "until": _moment(each),
                "late": each.late,
            }
            for each in found.remnants
        ],
        "notes": list(found.notes),
    }


def _text(found: Inventory) -> Iterator[str]:
    for each in found.remnants:
        yield f" {'LATE' if each.late else 'ok':4} {each.count:>6,}  {each.what}"
        until = f" The last of it goes {each_until}." if (each_until := _moment(each)) else ""
        yield from wrap(each.why + until, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)
    if found.remnants:
        yield ""
    for note in found.notes:
        yield from (*wrap(note, WIDTH), "")
    yield NOTHING if not found.remnants else LATE if found.late else FINE


def _moment(remnant: Remnant) -> str | None:
    if remnant.until is None:
        return None
    return datetime.fromtimestamp(remnant.until).astimezone().isoformat(" ", "minutes")
