"""Wires the cloud folder that tickets go up to."""

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from articket.adapters.clock import Metronome
from articket.adapters.database.engine import Database
from articket.adapters.database.uploads import SqlUploads
from articket.adapters.stores.patience import Patience
from articket.application.floor import Floor
from articket.application.ports import Barriers, Change, Store
from articket.application.remains import CloudLeft
from articket.application.uploading import Backlog, Uploader
from articket.domain.faults import Fault

if TYPE_CHECKING:
    from articket.adapters.stores.bucket import BucketStore

log = logging.getLogger(__name__)

LINK_S: Final = 300.0
UPLOADS_EVERY_S: Final = 2.0
# An upload under way is not waited for: it is repeated at the next start.
CLOSES_WITHIN_S: Final = 1.0
QUICK: Final = Patience(connect_s=5.0, answer_s=10.0, retry_s=4.0)


@dataclass(frozen=True, slots=True)
class CloudFolder:
    """What takes tickets up, and looks every now and then whether there is one."""

    uploads: SqlUploads
    uploader: Uploader
    metronome: Metronome
    store: "BucketStore"

    def backlog(self) -> Backlog:
        """Return what waits, and why."""
        return self.uploader.backlog()

    def left(self) -> CloudLeft:
        """Return what tells of tickets that were to go from there."""
        return CloudLeft(self.uploads.left, lambda: self.uploader.trouble, lambda: self.uploader.keeping)

    def link(self, file: str) -> str | None:
        """Return a link for a short while to a ticket that is up there; None where there cannot be one."""
        name = self.uploads.place(file)
        if name is None:
            return None
        try:
            return self.store.signed_url(name, LINK_S)
        except Fault as fault:
            log.debug("No link to the cloud folder: %s", fault.sentence)
            return None

    def start(self) -> None:
        """Begin, with what was left."""
        self.metronome.start()

    def close(self) -> None:
        """Stop soon."""
        self.uploader.close()
        self.metronome.close(CLOSES_WITHIN_S)
        self.store.close()


def wire_cloud(  # noqa: PLR0913, PLR0917 - wiring is where everything meets
    address: str | None, floor: Floor, database: Database, store: Store, barriers: Barriers, booth: str
) -> CloudFolder | None:
    """Return the way to the cloud folder, None where none is set."""
    there = cloud_store(address)
    if there is None:
        return None

    def told() -> None:
        floor.live.publish(Change(booth, 0, frozenset(), monitor=False, line=False))

    def gone(visit: str) -> None:
        floor.live.publish(Change(booth, 0, frozenset({visit}), monitor=False, line=False))

    uploads = SqlUploads(database)
    uploader = Uploader(uploads, store, there, floor.clock, told, barriers, gone)
    return CloudFolder(uploads, uploader, Metronome("uploads", UPLOADS_EVERY_S, uploader.run), there)


def cloud_store(address: str | None, patience: Patience | None = None) -> "BucketStore | None":
    """Return the store at the address, gs://bucket/folder; None where none is set."""
    if address is None:
        return None
    # Google's library is large, and most booths do without.
    from articket.adapters.stores.bucket import BucketStore  # noqa: PLC0415

    return BucketStore(address, patience=patience or Patience())


def bucket_of(address: str) -> str:
    """Return the bucket of an address such as gs://bucket/folder, as gs://bucket."""
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"
