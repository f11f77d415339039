"""What an installation still holds of visitors, where, why, and until when; nothing here is changed."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from articket.adapters.database.archive import Archive, read_archive
from articket.adapters.database.inspection import file_of
from articket.adapters.secrets import FILE_NAME as SECRETS
from articket.adapters.stores.folder import FolderStore
from articket.adapters.tenancy import FILE_NAME as LOCK
from articket.adapters.tenancy import is_taken
from articket.application import files
from articket.application.keeping import Keeping, findings
from articket.application.rounds import ANSWERS_KEPT_S
from articket.bootstrap import STORE
from articket.cloud import QUICK, bucket_of, cloud_store
from articket.domain.faults import Fault
from articket.printer import print_shelf
from articket.settings import Settings

ITS_TIME: Final = "Their retention is not over."
OF_THE_LIVING: Final = "They go with their visits, whose retention is not over."
OVERDUE: Final = "Their retention is over. A booth that runs erases them within minutes: start it."
OVERDUE_RUNNING: Final = "Their retention is over. The booth that runs erases 50 of them a minute."
RECEIPTS: Final = "They say what was deleted and when, without name or picture."
UNREADABLE: Final = "Another version wrote them, so that this one cannot say whose time is over."
AT_WORK: Final = "What erased visits left is being destroyed. A booth that runs does so within seconds."
ORPHANS: Final = "Their visits are gone. A booth destroys them at its start and once an hour."
TO_GO: Final = "Their visits are erased. The booth deletes them as soon as it reaches the cloud folder."
NOWHERE: Final = "They lie in a cloud folder, but ARTICKET_STORE is not set: nobody deletes them. Set it."
REFUSED: Final = "Their visits are erased, but the bucket does not let them go; it is tried again and again."
CLOUD_AWAY: Final = "{why} What is there, and what it hides of deleted tickets, cannot be looked at."
HIDDEN: Final = "They are deleted, but the bucket hides them for a while (soft delete)."
MAYBE_HIDDEN: Final = "They are deleted, but the bucket may hide them for a while: nobody here can ask it."
SHEETS: Final = "Their visits are erased. A booth that runs takes them away within a minute."
SHEETS_AWAY: Final = (
    "{why} Of erased visits that had a ticket, sheets may lie there; they go when it is back."
)
OTHERS: Final = (
    "The booth did not make them. If they are copies of the database, or logs, delete them in time."
)
POSTGRES: Final = (
    "PostgreSQL keeps deleted rows in its write-ahead log until the log's segments are used again, and in "
    "replicas and backups."
)
BEYOND: Final = (
    "Exports, backups, paper, and what people photographed or saved on their phones are not known here."
)


@dataclass(frozen=True, slots=True)
class Remnant:
    """Something that is still there: what, how many, why, until when, and whether it should be gone.

    Late is also what cannot be looked at.
    """

    what: str
    count: int
    why: str
    until: float | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Inventory:
    """All of it, and what has to be said besides."""

    remnants: tuple[Remnant, ...]
    notes: tuple[str, ...]

    @property
    def late(self) -> bool:
        """Whether something is there that should be gone, or cannot be looked at."""
        return any(each.late for each in self.remnants)


def take_stock(settings: Settings, now: float) -> Inventory:
    """Look through database, files, cloud folder and printer; DatabaseUnusableError where that fails."""
    archive = read_archive(settings.database)
    living = {each.visit.id for each in archive.visits if each.visit.receipt is None}
    keeping, why = _asked(settings.store)
    notes = _kept_by(settings.store, keeping) if why is None else ()
    found = (
        *_rows(archive, now, running=is_taken(settings.data_dir)),
        *_files(settings.data_dir / STORE, living),
        *_not_looked_at(archive, why),
        *_up_there(settings, archive, keeping, now),
        *_on_the_way_to_paper(settings, archive, living),
        *_others(settings),
    )
    if file_of(settings.database) is None:
        notes = (*notes, POSTGRES)
    return Inventory(tuple(each for each in found if each.count), (*notes, BEYOND))


def _rows(archive: Archive, now: float, *, running: bool) -> Iterator[Remnant]:
    living = [each.expires_at for each in archive.visits if each.visit.receipt is None]
    receipts = [each.expires_at for each in archive.visits if each.visit.receipt is not None]
    due = [at for at in living if at <= now]
    early = [at for at in living if at > now]
    yield Remnant("visits", len(early), ITS_TIME, max(early, default=None))
    yield Remnant("visits past their time", len(due), OVERDUE_RUNNING if running else OVERDUE, late=True)
    yield Remnant("receipts", len(receipts), RECEIPTS, max(receipts, default=0.0) + ANSWERS_KEPT_S)
    yield Remnant("visits that cannot be read", archive.unreadable, UNREADABLE, late=True)
    yield Remnant("erasures under way", archive.erasures, AT_WORK, late=True)


def _files(store: Path, living: set[str]) -> Iterator[Remnant]:
    if store.is_dir():
        owners = [owner for name in FolderStore(store).list() if (owner := files.owner(name))]
        yield Remnant("files in the data folder", sum(each in living for each in owners), OF_THE_LIVING)
        lost = sum(each not in living for each in owners)
        yield Remnant("files of nobody in the data folder", lost, ORPHANS, late=True)


def _asked(address: str | None) -> tuple[Keeping, str | None]:
    """Return what the bucket keeps, and why it did not say where it is out of reach."""
    store = cloud_store(address, QUICK)
    if store is None:
        return Keeping(known=False), None
    with closing(store):
        try:
            return store.keeping(), None
        except Fault as fault:
            return Keeping(known=False), fault.sentence


def _kept_by(address: str | None, keeping: Keeping) -> tuple[str, ...]:
    if address is None:
        return ()
    found = findings(keeping, bucket_of(address))
    return tuple(f"Cloud folder: {each.found} To end it: {each.fix}" for each in found)


def _not_looked_at(archive: Archive, why: str | None) -> Iterator[Remnant]:
    """Say which tickets a cloud folder that is out of reach may hold."""
    if why is not None:
        gone = sum(each.gone_at is not None for each in archive.leaving)
        count = len(archive.up_there) + gone
        yield Remnant("tickets in a cloud folder that is away", count, CLOUD_AWAY.format(why=why), late=True)


def _up_there(settings: Settings, archive: Archive, keeping: Keeping, now: float) -> Iterator[Remnant]:
    waiting = [each for each in archive.leaving if each.gone_at is None]
    refused = sum(each.refused for each in waiting)
    unset = settings.store is None
    there = len(archive.up_there) - len(waiting)
    yield Remnant("tickets in the cloud folder", there, NOWHERE if unset else OF_THE_LIVING, late=unset)
    why = NOWHERE if unset else TO_GO
    yield Remnant("erased tickets in the cloud folder", len(waiting) - refused, why, late=True)
    yield Remnant("erased tickets that the bucket keeps", refused, REFUSED, late=True)
    hidden_s = keeping.longest_hidden_s
    ends = [each.gone_at + hidden_s for each in archive.leaving if each.gone_at is not None]
    hidden = [at for at in ends if at > now] if hidden_s else []
    why = HIDDEN if keeping.known else MAYBE_HIDDEN
    yield Remnant("deleted tickets hidden in the cloud", len(hidden), why, max(hidden, default=None))


def _on_the_way_to_paper(settings: Settings, archive: Archive, living: set[str]) -> Iterator[Remnant]:
    shelf = print_shelf(settings)
    if shelf is None:
        return
    erased = [each.visit for each in archive.visits if each.visit.receipt is not None]
    try:
        owners = shelf.owners()
    except Fault as fault:
        had = sum(each.receipt.had_ticket for each in erased if each.receipt)
        yield Remnant(
            "sheets at the printer, perhaps", had, SHEETS_AWAY.format(why=fault.sentence), late=True
        )
        return
    yield Remnant("visits with sheets at the printer", sum(each in living for each in owners), OF_THE_LIVING)
    gone = {visit.id for visit in erased}
    lost = sum(each in gone for each in owners)
    yield Remnant("erased visits with sheets at the printer", lost, SHEETS, late=True)


def _others(settings: Settings) -> Iterable[Remnant]:
    if not settings.data_dir.is_dir():
        return
    database = file_of(settings.database)
    own = {STORE, SECRETS, LOCK}
    if database is not None:
        own |= {database.name, f"{database.name}-wal", f"{database.name}-shm"}
    others = sorted(path.name for path in settings.data_dir.iterdir() if path.name not in own)
    if others:
        yield Remnant("other files in the data folder", len(others), f"{', '.join(others)}. {OTHERS}")
