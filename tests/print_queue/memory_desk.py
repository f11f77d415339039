"""A desk whose printer is in memory: `spooler = pytest.fixture(memory_spooler)`, `desk` likewise."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from doubles.spooler import MemorySpooler
from print_queue.ipp_desk import Desk

from articket.domain.faults import PrinterFault

AWAY = PrinterFault("printer-offline", "Nobody answers.")


def memory_spooler() -> MemorySpooler:
    return MemorySpooler()


def memory_desk(tmp_path: Path, spooler: MemorySpooler) -> Desk:
    return Desk(tmp_path, spooler)


@contextmanager
def hindered(spooler: MemorySpooler, by: str = "printer-jam") -> Iterator[None]:
    """Let nothing come out of the printer meanwhile."""
    spooler.hindrance = by
    yield
    spooler.hindrance = None
