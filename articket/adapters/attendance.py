"""Which workers of a data folder have ended, however they did: the system takes their locks back."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

FOLDER: Final = "workers"
COMING: Final = ".coming"


class FolderAttendance:
    """A locked file for each worker: one that lies there unlocked is an ended worker's.

    Of workers with another folder, or on a disk without locks, it says nothing.
    """

    def __init__(self, data_dir: Path) -> None:
        """Use this data folder; nothing is written before somebody enters."""
        self._folder = data_dir / FOLDER
        self._held: int | None = None

    def enter(self, worker: str) -> None:
        """Be here until `leave` or the end of this process; OSError where the folder cannot be written."""
        self._folder.mkdir(parents=True, exist_ok=True)
        coming = self._folder / f"{worker}{COMING}"
        self._held = os.open(coming, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # without locks only the heartbeat tells
            coming.unlink()
            return
        # Under its own name the file is locked from its first moment: nobody takes a newcomer for dead.
        coming.rename(self._folder / worker)

    def ended(self) -> frozenset[str]:
        """Return the workers that were here and live no more."""
        try:
            names = [each.name for each in self._folder.iterdir() if each.suffix != COMING]
        except FileNotFoundError:
            return frozenset()
        return frozenset(name for name in names if _is_free(self._folder / name))

    def forget(self, ended: frozenset[str]) -> None:
        """Keep nothing of these any more."""
        for worker in ended:
            (self._folder / worker).unlink(missing_ok=True)

    def leave(self) -> None:
        """Count as ended from now on."""
        if self._held is not None:
            os.close(self._held)
            self._held = None


def _is_free(file: Path) -> bool:
    with suppress(OSError):
        held = os.open(file, os.O_RDWR | os.O_CLOEXEC)
        try:
            # Shared, so that two who look at once do not take each other for the worker.
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        finally:
            os.close(held)
        return True
    return False
