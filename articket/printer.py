"""Wires the way out of the printer that is set."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from articket.adapters.clock import Metronome
from articket.adapters.printers.hot_folder import HotFolder
from articket.adapters.printers.ipp import IppPrinter
from articket.adapters.printers.ipp_abilities import TicketPaper
from articket.application.floor import Floor
from articket.application.ports import Barriers, Change, Store
from articket.application.printing import FolderPrinting
from articket.application.printing_hand import PrinterHealth
from articket.application.printing_jobs import JobPrinting
from articket.application.printing_spooler import PrinterShelf
from articket.application.work.erase import Shelf
from articket.settings import Settings
from articket.settings.rules import FOLDER, is_printer

log = logging.getLogger(__name__)

PRINT_EVERY_S: Final = 1.0
CLOSES_WITHIN_S: Final = 5.0
# The ticket's trimmed size in millimetres, and its pages.
PAPERS: Final = {"two": TicketPaper((100.0, 148.0), 2), "one": TicketPaper((101.6, 152.4), 1)}


class Printing(Protocol):
    """What takes tickets to paper."""

    def run(self) -> None:
        """Take what waits."""

    def close(self) -> None:
        """Begin nothing new."""

    def health(self) -> PrinterHealth:
        """Return what is in the way."""


@dataclass(frozen=True, slots=True)
class Printer:
    """What takes tickets to paper, and looks every now and then whether there is one."""

    shelf: Shelf
    printing: Printing
    metronome: Metronome

    def health(self) -> PrinterHealth:
        """Return what is in the way."""
        return self.printing.health()

    def start(self) -> None:
        """Begin, with what was left."""
        self.metronome.start()

    def close(self) -> None:
        """Stop after the ticket under way."""
        self.printing.close()
        self.metronome.close(CLOSES_WITHIN_S)


def print_folder(setting: str) -> HotFolder:
    """Return the folder that a setting such as `folder:/mnt/print` names."""
    return HotFolder(Path(setting.removeprefix(FOLDER)))


def ipp_printer(settings: Settings) -> IppPrinter:
    """Return the printer that a setting such as `ipp://host/ipp/print` names, for this booth's tickets."""
    return IppPrinter(settings.printer or "", PAPERS[settings.ticket_sides], settings.print_media)


def print_shelf(settings: Settings) -> Shelf | None:
    """Return where tickets lie on their way to paper; None where staff print from their browser."""
    if settings.printer is None:
        return None
    if is_printer(settings.printer):
        return PrinterShelf(ipp_printer(settings))
    return print_folder(settings.printer)


def wire_printer(
    settings: Settings, floor: Floor, store: Store, barriers: Barriers, booth: str
) -> Printer | None:
    """Return the way to the printer that is set; None where staff print from their browser."""
    if settings.printer is None:
        return None

    def told(visits: frozenset[str]) -> None:
        floor.live.publish(Change(booth, 0, visits, monitor=bool(visits), line=False))

    printing: Printing
    shelf: Shelf
    if is_printer(settings.printer):
        spooler = ipp_printer(settings)
        printing, shelf = JobPrinting(floor, spooler, store, barriers, told, booth), PrinterShelf(spooler)
    else:
        folder = print_folder(settings.printer)
        printing, shelf = FolderPrinting(floor, folder, store, barriers, told, booth), folder
    return Printer(shelf, printing, Metronome("printer", PRINT_EVERY_S, printing.run))
