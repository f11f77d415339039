"""Visits with tickets in a real database, and the uploader that takes them to a cloud."""

import sys
from dataclasses import replace
from pathlib import Path
from threading import Event

from doubles.gcs import BUCKET, Cloud
from doubles.world import OpenBarriers, StillClock
from google.auth.credentials import AnonymousCredentials
from google.cloud import storage

from articket.adapters.database.engine import Database
from articket.adapters.database.uploads import SqlUploads
from articket.adapters.database.visits import SqlVisits
from articket.adapters.stores.bucket import BucketStore
from articket.adapters.stores.folder import FolderStore
from articket.adapters.stores.patience import Patience
from articket.application import files
from articket.application.ports import Barriers, Keys
from articket.application.uploading import Uploader
from articket.domain.visit import Decision, Receipt, Ticket, TicketStatus, Visit

FAR = 4_000_000_000.0
NOON = 1_795_262_400.0
QUICK = Patience(connect_s=1.0, answer_s=2.0, retry_s=0.2)
LETTERS = "abcdefghijklmnop"


class Desk:
    """A database and a folder with tickets, as the rest of the booth leaves them."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(f"sqlite:///{folder / 'articket.db'}")
        self.visits = SqlVisits(self.database)
        self.uploads = SqlUploads(self.database)
        self.store = FolderStore(folder / "store")
        self.clock = StillClock(NOON)
        self.told = 0

    def close(self) -> None:
        self.database.close()

    def ticket(self, number: int, edition: int = 1) -> Visit:
        """Make a ticket and give it to the desk, in a transaction as the booth's."""
        visit = decided(number, edition)
        file = files.ticket(visit)
        self.store.put(file, pdf(number, edition))
        ticket = Ticket(TicketStatus.READY, ready_at=NOON + number, edition=edition, file=file)
        return self.save(replace(visit, ticket=ticket))

    def erase(self, visit: Visit) -> None:
        gone = Visit(visit.id, visit.booth, visit.locale, visit.joined_at, receipt=Receipt("r", NOON, ()))
        self.save(gone)
        self.store.delete(visit.ticket.file or "")

    def save(self, visit: Visit) -> Visit:
        with self.visits.transaction() as transaction:
            if transaction.visit(visit.id) is None:
                hashes = [f"{kind}-{visit.id}".encode().ljust(32) for kind in ("token", "keep", "entry")]
                transaction.add_visit(replace(visit, ticket=Ticket()), Keys(*hashes), FAR)
            transaction.save_visit(visit, FAR)
        return visit

    def uploader(self, url: str, barriers: Barriers | None = None) -> Uploader:
        there = BucketStore(f"gs://{BUCKET}/fair", lambda: client(url), QUICK)
        return Uploader(self.uploads, self.store, there, self.clock, self._tell, barriers or OpenBarriers())

    def _tell(self) -> None:
        self.told += 1


def decided(number: int, edition: int = 1) -> Visit:
    """Return a visit whose painter is fixed; the hour goes with the number."""
    id_ = "".join(LETTERS[int(digit)] for digit in f"{number:016}")
    decision = Decision("t", "vangogh", number, NOON + number)
    return Visit(id_, "main", "ko", NOON, decision=decision, ticket=Ticket(edition=edition))


def pdf(number: int, edition: int = 1) -> bytes:
    return f"%PDF-1.7 ticket {number}, edition {edition}".encode() * 40


def client(url: str) -> storage.Client:
    credentials = AnonymousCredentials()  # type: ignore[no-untyped-call]
    return storage.Client("none", credentials, client_options={"api_endpoint": url})


def tickets(cloud: Cloud) -> list[str]:
    """Return the names of the tickets in the cloud, in their order."""
    return [name.removeprefix("fair/") for name in cloud.names("fair/tickets/")]


class Standstill:
    """Says where it is and stands still there for ever."""

    def reach(self, place: str) -> None:
        sys.stdout.write(f"{place}\n")
        sys.stdout.flush()
        Event().wait()


def main() -> None:
    """Send what waits, and stand still between upload and mark, to be killed."""
    folder, url = Path(sys.argv[1]), sys.argv[2]
    Desk(folder).uploader(url, Standstill()).run()
