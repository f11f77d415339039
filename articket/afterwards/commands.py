"""The commands for after the event, and their options."""

from functools import partial
from typing import TYPE_CHECKING

from articket.afterwards import erasure, export, report, reset

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction
    from pathlib import Path


def after_the_event(commands: "_SubParsersAction[ArgumentParser]", settings_file: "Path") -> None:
    """Add the commands to those of the command line."""
    reporting = commands.add_parser("report", help="tell how the event went, as a page and as CSV")
    report.describe(reporting)
    reporting.set_defaults(run=partial(report.main, settings_file))
    exporting = commands.add_parser("export", help="keep the tickets, and the visits as data without names")
    export.describe(exporting)
    exporting.set_defaults(run=partial(export.main, settings_file))
    resetting = commands.add_parser(
        "reset", help="empty the booth for the next event, once that is confirmed"
    )
    reset.describe(resetting)
    resetting.set_defaults(run=partial(reset.main, settings_file))
    erasing = commands.add_parser("erasure", help="tell what is still there of visitors, why, and until when")
    erasure.describe(erasing)
    erasing.set_defaults(run=partial(erasure.main, settings_file))
