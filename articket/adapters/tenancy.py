"""One server to a data folder: two would take each other's jobs."""

import errno
import fcntl
import os
from pathlib import Path
from typing import Final

FILE_NAME: Final = "articket.lock"
WITHOUT_LOCKS: Final = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP})


class FolderTakenError(Exception):
    """Another server works with the data folder."""


def move_in(data_dir: Path) -> int:
    """Take the data folder until this process and its children end, however they end; return what holds it.

    Raises FolderTakenError where somebody else has it, OSError where the folder cannot be written. A disk
    without locks is taken on trust.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    held = os.open(data_dir / FILE_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as reason:
        if reason.errno in WITHOUT_LOCKS:
            return held
        os.close(held)
        if not isinstance(reason, BlockingIOError):
            raise
        raise FolderTakenError(
            f"Another Articket is running with the data in {data_dir.resolve()}. "
            "End it first, or give this one a folder of its own by ARTICKET_DATA_DIR."
        ) from reason
    return held


def is_taken(data_dir: Path) -> bool:
    """Tell whether a server works with the data folder now, without being in its way."""
    try:
        held = os.open(data_dir / FILE_NAME, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        # Shared, so that two who only look are in nobody's way; a server holds it for itself alone.
        fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as reason:
        return isinstance(reason, BlockingIOError)
    finally:
        os.close(held)
    return False
