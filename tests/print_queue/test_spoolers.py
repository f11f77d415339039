"""The printer in memory and a real one over IPP keep the same promise."""

from collections.abc import Callable, Iterator

import pytest
from doubles.ipp_printer import Printer, printer
from doubles.spooler import MemorySpooler
from print_queue.spooler_contract import SpoolerContract

from articket.adapters.printers.ipp import IppPrinter
from articket.adapters.printers.ipp_abilities import TicketPaper


class TestMemorySpooler(SpoolerContract):
    @pytest.fixture
    def spooler(self) -> MemorySpooler:
        return MemorySpooler()

    @pytest.fixture
    def hinder(self, spooler: MemorySpooler) -> Callable[[], None]:
        return lambda: setattr(spooler, "hindrance", "printer-paper-out")

    @pytest.fixture
    def mend(self, spooler: MemorySpooler) -> Callable[[], None]:
        return lambda: setattr(spooler, "hindrance", None)


class TestIppPrinter(SpoolerContract):
    @pytest.fixture
    def there(self) -> Iterator[Printer]:
        with printer() as running:
            yield running

    @pytest.fixture
    def spooler(self, there: Printer) -> IppPrinter:
        return IppPrinter(there.address, TicketPaper((100, 148), 2))

    @pytest.fixture
    def hinder(self, there: Printer) -> Callable[[], None]:
        return lambda: there.hinder("media-empty-error")

    @pytest.fixture
    def mend(self, there: Printer) -> Callable[[], None]:
        return there.mend
