"""The way tickets take to paper."""

from collections.abc import Iterator
from typing import Final
from uuid import uuid4

from articket.adapters.printers.ipp_abilities import Abilities
from articket.application.checkup.line import Line, bad, ok, skipped, warn
from articket.application.checkup.remedies import remedy
from articket.domain.faults import Fault
from articket.printer import ipp_printer, print_folder
from articket.settings import Settings
from articket.settings.rules import is_printer
from articket.web.words import Words

PRINTER: Final = "Printer"
PAPER: Final = "Printer: paper"
PRINTER_S: Final = 20.0
PROBE: Final = b"Articket was here."
ENGLISH: Final = "en"


def check_printer(settings: Settings) -> Iterator[Line]:
    """Say whether tickets would come out, without printing anything."""
    if settings.printer is None:
        yield skipped(
            PRINTER,
            "Staff print from their page, through the browser's own dialog.",
            "Print one ticket on the real paper before doors open.",
        )
    elif is_printer(settings.printer):
        yield from _ask(settings)
    else:
        yield _try_folder(settings.printer)


def _ask(settings: Settings) -> Iterator[Line]:
    """Ask the printer how it is, and which paper it would take."""
    words = Words.load()
    try:
        look, can = ipp_printer(settings).examine()
    except Fault as fault:
        yield bad(PRINTER, f"{settings.printer}: {fault.sentence}", words.fault(ENGLISH, fault.code, {}))
        return
    if look.trouble:
        yield bad(PRINTER, f"{can.name} answers and does not print.", words.fault(ENGLISH, look.trouble, {}))
    else:
        yield ok(PRINTER, f"{can.name} is ready. Print one ticket before doors open.")
    for code in look.warnings:
        yield warn(PRINTER, f"{can.name} prints, with a reservation.", words.fault(ENGLISH, code, {}))
    yield from _paper(can)


def _paper(can: Abilities) -> Iterator[Line]:
    if can.medium is None:
        return
    edge = (
        "to its very edge" if can.medium.borderless else "with a margin, so tickets are made a little smaller"
    )
    sides = "on both sides" if can.both_sides else "on one side"
    yield ok(PAPER, f"Tickets go onto {can.medium.name}, {sides}, {edge}.")


def _try_folder(setting: str) -> Line:
    """Say whether the print folder takes a sheet; the probe's name is hidden, so that nothing prints it."""
    folder, probe = print_folder(setting), f"checkup-{uuid4().hex}.pdf"
    try:
        folder.stage(probe, PROBE)
        folder.drop(probe)
    except Fault as fault:
        return bad(PRINTER, f"{setting}: {fault.sentence}", remedy(fault))
    return ok(
        PRINTER, f"{setting}: A small file was written and deleted. Print one ticket before doors open."
    )
