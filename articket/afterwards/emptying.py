"""What a reset takes away and what it leaves, and the taking away itself."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from articket.adapters.database.archive import Archive, read_archive
from articket.adapters.database.emptying import empty
from articket.adapters.database.engine import engine_for_jobs
from articket.adapters.jobs.emptying import forget_all
from articket.afterwards.looking import NotPossibleError
from articket.application.sweep import PAIR
from articket.bootstrap import STORE
from articket.cloud import QUICK, cloud_store
from articket.domain.faults import Fault
from articket.domain.visit import TicketStatus
from articket.printer import print_shelf
from articket.settings import Settings

MB: Final = 1_000_000
PRINTER_AWAY: Final = (
    "{why} Tickets may lie there. Nothing was deleted. Plug it in and reset again, or without "
    "ARTICKET_PRINTER: what lies there stays until you delete it."
)
CLOUD_AWAY: Final = (
    "The cloud folder does not let its {count:,} tickets be deleted: {why} Nothing was deleted here. Try "
    "again when it can be reached, or say --keep-cloud: the tickets stay there until you delete them."
)
NO_CLOUD: Final = (
    "{count:,} tickets lie in a cloud folder, but ARTICKET_STORE is not set. Nothing was deleted. Set it, or "
    "say --keep-cloud: the tickets stay there until you delete them."
)


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything that a reset would delete."""

    visits: int
    with_data: int
    in_line: int
    numbers: int
    to_print: int
    files: int
    bytes: int
    in_the_cloud: int
    in_print_folder: int

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to delete."""
        return not (self.visits or self.numbers or self.files or self.in_line)


def holdings(settings: Settings) -> tuple[Holdings, Archive]:
    """Return what there is, and the database it was read from."""
    archive = read_archive(settings.database)
    visits = [each.visit for each in archive.visits]
    found = [path for path in _rooms(settings.data_dir / STORE) for path in _files_of(path)]
    return (
        Holdings(
            visits=len(visits) + archive.unreadable + sum(archive.forgotten.values()),
            with_data=sum(visit.receipt is None for visit in visits),
            in_line=sum(len(booth.line) for booth in archive.booths),
            numbers=archive.numbers,
            to_print=sum(visit.ticket.status is TicketStatus.READY for visit in visits),
            files=len(found),
            bytes=sum(path.stat().st_size for path in found),
            in_the_cloud=len(archive.up_there),
            in_print_folder=len(_printed(settings, archive)),
        ),
        archive,
    )


def take_away(settings: Settings, archive: Archive, *, keep_cloud: bool) -> None:
    """Delete all of it: first what only the database knows of, then the database, then the files.

    Cut short anywhere, it is completed by doing it again; files without visits any start would destroy too.
    """
    if archive.up_there and not keep_cloud:
        _empty_cloud(settings.store, archive.up_there)
    _empty_print_folder(settings, archive)
    engine = engine_for_jobs(settings.database)
    try:
        forget_all(engine, settings.database)
    finally:
        engine.dispose()
    empty(settings.database)
    for path in _rooms(settings.data_dir / STORE):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _printed(settings: Settings, archive: Archive) -> list[str]:
    """Return whose tickets lie in the print folder, of those that the database knows."""
    shelf = print_shelf(settings)
    if shelf is None:
        return []
    try:
        owners = set(shelf.owners())
    except Fault as fault:
        raise NotPossibleError(PRINTER_AWAY.format(why=fault.sentence)) from fault
    return [each.visit.id for each in archive.visits if each.visit.id in owners]


def _empty_print_folder(settings: Settings, archive: Archive) -> None:
    shelf = print_shelf(settings)
    if shelf is not None:
        for visit in _printed(settings, archive):
            shelf.forget(visit)


def _empty_cloud(address: str | None, names: tuple[str, ...]) -> None:
    store = cloud_store(address, QUICK)
    if store is None:
        raise NotPossibleError(NO_CLOUD.format(count=len(names)))
    with closing(store):
        try:
            for name in names:
                store.delete(name)
        except Fault as fault:
            raise NotPossibleError(CLOUD_AWAY.format(count=len(names), why=fault.sentence)) from fault


def _rooms(store: Path) -> list[Path]:
    """Return what lies in the store but for the mark that ties it to its database."""
    return sorted(path for path in store.iterdir() if path.name != PAIR) if store.is_dir() else []


def _files_of(path: Path) -> list[Path]:
    return [each for each in path.rglob("*") if each.is_file()] if path.is_dir() else [path]
