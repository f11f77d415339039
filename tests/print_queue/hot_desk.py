"""Visits with tickets in a real database, and what puts them into a folder; also a program of its own."""

import sys
from pathlib import Path

from doubles.world import OpenBarriers
from print_queue.any_desk import AnyDesk, StandstillAt
from uploads.queue import pdf

from articket.adapters.printers.hot_folder import HotFolder
from articket.application.ports import Barriers
from articket.application.printing import FolderPrinting
from articket.application.printing_hand import PrinterHealth
from articket.domain.visit import Visit

__all__ = ["Desk", "main", "pdf"]


class Desk(AnyDesk):
    """A database, a store and a print folder."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "print"
        self.folder.mkdir(exist_ok=True)
        self._away = home / "unplugged"
        super().__init__(home, HotFolder(self.folder))
        self._own = self.printing()

    def printing(self, barriers: Barriers | None = None) -> FolderPrinting:
        open_ones = barriers or OpenBarriers()
        return FolderPrinting(self.floor, HotFolder(self.folder), self.store, open_ones, self.tell, "main")

    def run(self) -> None:
        self._own.run()

    def health(self) -> PrinterHealth:
        return self._own.health()

    def seen(self) -> list[str]:
        """What software that prints sees, sorted."""
        return sorted(path.name for path in self.folder.iterdir() if not path.name.startswith("."))

    def hidden(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob(".articket*"))

    def bytes_of(self, visit: Visit) -> bytes:
        return next(path.read_bytes() for path in self.folder.iterdir() if visit.id in path.name)

    def eat(self) -> int:
        """Take every sheet away as software that prints does; return how many there were."""
        sheets = list(self.folder.glob("*.pdf"))
        for sheet in sheets:
            sheet.unlink()
        return len(sheets)

    def unplug(self) -> None:
        self.folder.rename(self._away)

    def plug_in(self) -> None:
        self._away.rename(self.folder)


def main() -> None:
    """Print what waits, and stand still at the place that is named."""
    Desk(Path(sys.argv[1])).printing(StandstillAt(sys.argv[2])).run()
