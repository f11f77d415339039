"""How fast tickets go from the renderer to the desk: stores, the cloud's queue, claims, and the memory.

Tickets are the product's own, some 200 KB. The bucket is fake-gcs-server on the loopback; far away means
that a proxy before it takes 150 ms for each request and lets 2 Mbit/s up. The queue's pace stands beside a
bare loop that sends the same files with Google's library and keeps no account of anything, taken in turns.
Usage: python bench/desk.py [--json] [--tickets 2000] [--near 50] [--far 5] [--rounds 4] [--claims 200]
"""

import argparse
import json
import logging
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from threading import Event
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from doubles.gcs import BUCKET, Cloud, cloud  # noqa: E402  (found through the path above)
from doubles.world import OpenBarriers, StillClock  # noqa: E402
from google.cloud.storage import Bucket, Client  # noqa: E402
from tickets.samples import DESIGNS, FONTS, TEMPLATES, korean  # noqa: E402
from uploads.queue import NOON, Desk, decided  # noqa: E402
from visits.crowd import open_floor  # noqa: E402

from articket.adapters.stores.bucket import BucketStore  # noqa: E402
from articket.adapters.stores.folder import FolderStore  # noqa: E402
from articket.adapters.ticket_pdf import PdfTickets  # noqa: E402
from articket.application import files  # noqa: E402
from articket.application.ports import Store  # noqa: E402
from articket.application.uploading import Backlog, Uploader  # noqa: E402
from articket.domain.faults import PermanentFault  # noqa: E402
from articket.domain.print_commands import ClaimTicket, SendTicket  # noqa: E402
from articket.domain.visit import Ticket, TicketStatus, Visit  # noqa: E402
from bench.hall.gauge import machine, rss_mb, slope  # noqa: E402

DELAY_S, BITS_A_SECOND = 0.15, 2_000_000.0
DESKS = ("left", "right")
SEEN_BY_A_DESK = 50
SAMPLE_EVERY = 100
LIVES_FOR = 100  # tickets; then its visit is erased, as by retention


class Counter(Desk):
    """A database and a folder with tickets of real size, each ready to go up."""

    def __init__(self, folder: Path) -> None:
        """Make both, and what composes tickets."""
        super().__init__(folder)
        self._renderer = PdfTickets(TEMPLATES, FONTS, "two")
        self._content = korean(folder)
        self.pdf = self.compose(1)

    def compose(self, number: int) -> bytes:
        """Make a ticket, one design after the other."""
        design = DESIGNS[number % len(DESIGNS)]
        return self._renderer.render(replace(self._content, design=design, number=number)).pdf

    def ready(self, number: int, pdf: bytes | None = None) -> Visit:
        """Give a ticket to the desk as the booth does: its own, or else the first one, marked."""
        visit = decided(number)
        file = files.ticket(visit)
        self.store.put(file, pdf or marked(self.pdf, number))
        return self.save(
            replace(visit, ticket=Ticket(TicketStatus.READY, ready_at=NOON + number, edition=1, file=file))
        )


def marked(pdf: bytes, number: int) -> bytes:
    """Return the ticket with a line at its end that makes it like no other."""
    return pdf + b"%% ticket " + str(number).encode() + b"\n"


def paced(work: Sequence[Callable[[], object]]) -> float:
    """Return how many of these pieces of work are done in a second."""
    started = perf_counter()
    for each in work:
        each()
    return len(work) / (perf_counter() - started)


def into(store: Store, pdf: bytes, tickets: int) -> float:
    """Return tickets a second into a store."""
    store.put("warm.pdf", pdf)
    names = [f"tickets/{number:05}.pdf" for number in range(tickets)]

    def put(number: int) -> Callable[[], object]:
        data = marked(pdf, number)
        return lambda: store.put(names[number], data)

    pace = paced([put(number) for number in range(tickets)])
    for name in (*names, "warm.pdf"):
        store.delete(name)
    return pace


def queue_beside_bare(folder: Path, client: Client, tickets: int, rounds: int) -> dict[str, float]:
    """Return the pace of our queue and of a bare loop, in turns, and the middle of their ratios."""
    paces: list[tuple[float, float]] = []
    counter = Counter(folder)
    bare = client.bucket(BUCKET)
    with closing(counter), uploading(counter, client) as uploader:
        bare.blob("bare/warm.pdf").upload_from_string(counter.pdf)
        for turn in range(rounds):
            numbers = range(1 + turn * tickets, 1 + (turn + 1) * tickets)
            made = [counter.ready(number) for number in numbers]
            paths = [counter.store.path(visit.ticket.file or "") for visit in made]

            def theirs(paths: list[Path] = paths) -> float:
                return paced([partial(send, bare, path) for path in paths])

            def ours() -> float:
                started = perf_counter()
                uploader.run()
                assert uploader.backlog() == Backlog()
                return tickets / (perf_counter() - started)

            # Each goes first in half of the rounds: whoever comes second may find the machine warmer.
            found = {what.__name__: what() for what in ((ours, theirs), (theirs, ours))[turn % 2]}
            paces.append((found["ours"], found["theirs"]))
            for visit in made:
                counter.erase(visit)
            uploader.run()
    return {
        "ours_a_second": median(our for our, _ in paces),
        "bare_a_second": median(bare for _, bare in paces),
        "ratio": median(our / bare for our, bare in paces),
    }


def send(bucket: Bucket, path: Path) -> None:
    """Send a file as the library's own examples do."""
    bucket.blob(f"bare/{path.name}").upload_from_filename(path)


@contextmanager
def uploading(counter: Counter, client: Client) -> Iterator[Uploader]:
    """Lend the product's own queue to that cloud, greeted already."""
    there = BucketStore(f"gs://{BUCKET}/fair", lambda: client)
    uploader = Uploader(counter.uploads, counter.store, there, StillClock(NOON), lambda: None, OpenBarriers())
    uploader.run()
    yield uploader


def claims(folder: Path, tickets: int) -> dict[str, float]:
    """Let two desks take tickets in hand as fast as they can; each ticket is claimed once."""
    counter = Counter(folder)
    with closing(counter):
        floor = replace(open_floor(counter.visits), clock=StillClock(NOON))
        for number in range(1, tickets + 1):
            counter.ready(number)
        taken: dict[str, list[str]] = {desk: [] for desk in DESKS}
        seconds: list[float] = []
        lost = [0]
        go = Event()

        def work(desk: str) -> None:
            go.wait()
            while waiting := counter.visits.to_print("main", SEEN_BY_A_DESK):
                now, claim_s = floor.clock.now(), floor.rules.durations.print_claim_s
                for visit in waiting:
                    if not visit.ticket.print_job.is_free(now, claim_s):
                        continue
                    started = perf_counter()
                    try:
                        floor.apply("main", ClaimTicket(desk), visit.id)
                    except PermanentFault:
                        lost[0] += 1
                        continue
                    seconds.append(perf_counter() - started)
                    taken[desk].append(visit.id)
                    floor.apply("main", SendTicket(desk), visit.id)
                    break

        with ThreadPoolExecutor(len(DESKS)) as threads:
            at_work = [threads.submit(work, desk) for desk in DESKS]
            started = perf_counter()
            go.set()
            for each in at_work:
                each.result()
            wall = perf_counter() - started
    everybody = [visit for desk in DESKS for visit in taken[desk]]
    assert len(everybody) == len(set(everybody)) == tickets, "a ticket was claimed twice, or not at all"
    return {
        "claims_a_second": tickets / wall,
        "claim_p50_ms": 1000 * median(seconds),
        "claim_p99_ms": 1000 * sorted(seconds)[int(0.99 * len(seconds))],
        "other_desk_was_quicker": float(lost[0]),
    }


def memory(folder: Path, client: Client, tickets: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Compose, store and send so many tickets and erase old visits, and watch what the process holds."""
    samples: list[tuple[int, float]] = []
    living: list[Visit] = []
    counter = Counter(folder)
    started = perf_counter()
    with closing(counter), uploading(counter, client) as uploader:
        for number in range(1, tickets + 1):
            living.append(counter.ready(number, counter.compose(number)))
            if len(living) > LIVES_FOR:
                counter.erase(living.pop(0))
            uploader.run()
            if number % SAMPLE_EVERY == 0:
                samples.append((number, rss_mb()))
                say(f"  {number} tickets: {samples[-1][1]:.1f} MB")
        assert uploader.backlog() == Backlog()
    wall = perf_counter() - started
    return {
        "tickets": tickets,
        "whole_a_second": tickets / wall,
        "first_mb": samples[0][1] if samples else rss_mb(),
        "last_mb": samples[-1][1] if samples else rss_mb(),
        "peak_mb": max((mb for _, mb in samples), default=rss_mb()),
        "slope_kb_per_100": 100 * 1024 * slope(samples[len(samples) // 2 :]),
        "rss_mb": [round(mb, 1) for _, mb in samples],
    }


def measure(asked: argparse.Namespace, sky: Cloud, home: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """Return all numbers."""
    found: dict[str, Any] = {"machine": machine()}

    def keep(name: str, numbers: dict[str, Any]) -> None:
        found[name] = numbers
        short = {key: value for key, value in numbers.items() if not isinstance(value, list)}
        say(f"{name}: " + ", ".join(f"{key} {value:.4g}" for key, value in short.items()))

    def folder(name: str) -> Path:
        (home / name).mkdir()
        return home / name

    keep("claims at two desks", claims(folder("claims"), asked.claims))
    with closing(Counter(folder("pdf"))) as counter:
        pdf = counter.pdf
    near, far = sky.inside, sky.client()
    sky.weather.delay_s, sky.weather.bits_a_second = DELAY_S, BITS_A_SECOND
    stores = {
        "folder": into(FolderStore(folder("store")), pdf, asked.near),
        "bucket": into(BucketStore(f"gs://{BUCKET}/near", lambda: near), pdf, asked.near),
        "bucket_far": into(BucketStore(f"gs://{BUCKET}/far", lambda: far), pdf, asked.far),
    }
    keep("tickets a second into a store", {"ticket_kb": len(pdf) / 1024, **stores})
    keep("upload queue", queue_beside_bare(folder("near"), near, asked.near, asked.rounds))
    keep("upload queue, far away", queue_beside_bare(folder("far"), far, asked.far, min(2, asked.rounds)))
    keep("memory", memory(folder("memory"), near, asked.tickets, say))
    return found


def main() -> None:
    """Print a line for each measurement, or one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object only")
    parser.add_argument("--tickets", type=int, default=2000, help="for the memory")
    parser.add_argument("--near", type=int, default=50, help="tickets a round without the network's delay")
    parser.add_argument("--far", type=int, default=5, help="tickets a round with it; each takes two seconds")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--claims", type=int, default=200)
    asked = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)

    def say(line: str) -> None:
        if not asked.json:
            print(line, flush=True)

    with tempfile.TemporaryDirectory() as home, cloud(Path(home) / "bucket") as sky:
        found = measure(asked, sky, Path(home), say)
    if asked.json:
        print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
