"""What the installation keeps: data folder, secrets, database."""

import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from articket.adapters.database.engine import DatabaseUnusableError
from articket.adapters.database.inspection import condition
from articket.adapters.secrets import FILE_NAME, SecretsUnreadableError, read
from articket.adapters.tenancy import is_taken
from articket.application.checkup.line import Line, bad, ok, warn
from articket.application.checkup.remedies import remedy
from articket.application.seals import Seals
from articket.checking.machine import standing
from articket.domain.faults import Fault
from articket.settings import Settings

MB: Final = 1e6
FOREIGN: Final = stat.S_IRWXG | stat.S_IRWXO


def check_data_folder(folder: Path) -> Iterator[Line]:
    """Say whether the booth can write there, and whether one does."""
    subject, there = "Data folder", standing(folder)
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as reason:
        yield bad(
            subject,
            f"{there} cannot be written: {reason.strerror or reason}.",
            "Let the user who runs the booth write there, or choose another ARTICKET_DATA_DIR.",
        )
        return
    if not folder.is_dir():
        yield ok(subject, f"{folder.absolute()} will be made at the first start.")
    elif is_taken(folder):
        yield ok(subject, f"{folder.absolute()} is in use by the booth that runs now; it was not disturbed.")
    else:
        yield ok(subject, f"{folder.absolute()} can be written, and no booth runs on it.")


def check_secrets(data_dir: Path) -> Iterator[Line]:
    """Say whether the secrets are readable, and by nobody else."""
    subject, path = "Secrets", data_dir / FILE_NAME
    try:
        kept = read(path)
    except SecretsUnreadableError as reason:
        yield bad(subject, str(reason).partition(". ")[0] + ".", f"Delete {path}; everybody signs in anew.")
        return
    if kept is None:
        yield ok(subject, "None yet: the first start makes them and shows the staff password once.")
    elif path.stat().st_mode & FOREIGN:
        yield bad(subject, f"Others on this machine can read {path}.", f"chmod 600 {path}")
    else:
        yield ok(subject, "Only their owner can read them.")


def check_database(settings: Settings) -> Iterator[Line]:
    """Say whether the database lets the booth write, and what is in it."""
    subject = "Database"
    try:
        found = condition(settings.database)
    except DatabaseUnusableError as reason:
        yield bad(
            subject, str(reason), "See that it runs and lets the booth in, or change ARTICKET_DATABASE_URL."
        )
    except Fault as fault:
        yield bad(subject, fault.sentence, remedy(fault))
    else:
        if found is None:
            yield ok(subject, "None yet: the first start makes it.")
            return
        size = f", {found.size_bytes / MB:,.1f} MB" if found.size_bytes is not None else ""
        yield ok(subject, f"It can be written; {found.visits:,} visits{size}.")


def check_hosting(settings: Settings) -> Iterator[Line]:
    """Say that what is kept will pass, where the organiser accepted that."""
    if settings.ephemeral_disk_ok:
        yield warn(
            "Lasting disk",
            "ARTICKET_EPHEMERAL_DISK_OK is set: visitors' data may go at the next deploy.",
            "Unset it unless the data folder is on a disk that lasts.",
        )


def house_of(settings: Settings) -> str | None:
    """Return what this installation's health page says of itself, None before its first start."""
    try:
        kept = read(settings.data_dir / FILE_NAME)
    except SecretsUnreadableError:
        return None
    if settings.secret_key:
        return Seals(settings.secret_key.encode()).house()
    return Seals(bytes.fromhex(kept.secret_key)).house() if kept else None
