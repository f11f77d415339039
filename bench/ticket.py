"""How long a ticket takes, beside the plain way: parse the template and merge it as a page each time.

Usage: python bench/ticket.py [--json] [--rounds N]
"""

import argparse
import io
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from tickets.samples import DESIGNS, FONTS, TEMPLATES, korean  # noqa: E402  (the tests' own tickets)

from articket.adapters.ticket_pdf import PdfTickets  # noqa: E402  (found through the path above)
from articket.domain.ticket import TicketContent  # noqa: E402


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """Return the median of so many runs in time of our own process, whatever else the machine does."""
    for _ in range(2):
        work()
    times = []
    for _ in range(rounds):
        started = process_time()
        work()
        times.append((process_time() - started) * 1000)
    return median(times)


def without_art(folder: Path) -> PdfTickets:
    """Return a renderer of the same layouts on empty templates: it makes the layer the plain way merges."""
    for design in DESIGNS:
        shutil.copy(TEMPLATES / f"{design}.toml", folder)
        for side in ("front", "back"):
            writer = PdfWriter(clone_from=PdfReader(TEMPLATES / f"{design}-{side}.pdf"))
            nothing = DecodedStreamObject()
            nothing.set_data(b"q Q")
            writer.pages[0][NameObject("/Contents")] = nothing
            writer.pages[0][NameObject("/Resources")] = DictionaryObject()
            writer.write(folder / f"{design}-{side}.pdf")
    return PdfTickets(folder, FONTS, "two")


def merged(layer: bytes, design: str) -> bytes:
    """Parse both templates and merge the layer's pages into them, as most programs do."""
    writer = PdfWriter()
    for page, side in zip(PdfReader(io.BytesIO(layer)).pages, ("front", "back"), strict=True):
        writer.add_page(PdfReader(TEMPLATES / f"{design}-{side}.pdf").pages[0]).merge_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def main() -> None:
    """Print one line a design, and the worst of all as JSON in the last line."""
    options = argparse.ArgumentParser()
    options.add_argument("--json", action="store_true", help="print the last line only")
    options.add_argument("--rounds", type=int, default=25)
    asked = options.parse_args()
    tickets = PdfTickets(TEMPLATES, FONTS, "two")
    worst = {"ms": 0.0, "plain_ms": 0.0, "kb": 0.0, "jpeg_kb": 0.0}
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        layers, content = without_art(folder), korean(folder)
        jpegs = (content.main, content.good.picture, content.bad.picture)
        jpeg_kb = sum(path.stat().st_size for path in jpegs) / 1024
        for design in DESIGNS:
            here = replace(content, design=design)
            row = {
                "ms": milliseconds(partial(tickets.render, here), asked.rounds),
                "plain_ms": milliseconds(partial(plain, layers, here), asked.rounds),
                "kb": len(tickets.render(here).pdf) / 1024 - jpeg_kb,
                "jpeg_kb": jpeg_kb,
            }
            if not asked.json:
                print(design, *(f"{key} {value:.1f}" for key, value in row.items()))
            worst = {key: max(value, row[key]) for key, value in worst.items()}
    print(json.dumps({key: round(value, 1) for key, value in worst.items()}))


def plain(layers: PdfTickets, content: TicketContent) -> bytes:
    """Make a ticket the plain way."""
    return merged(layers.render(content).pdf, content.design)


if __name__ == "__main__":
    main()
