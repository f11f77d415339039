"""A folder from which other software prints: what lies in it under a name of its own is whole."""

import contextlib
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from articket.domain.faults import PrinterFault

# Until a sheet is whole its name neither is a PDF's nor is shown.
_UNFINISHED: Final = ".articket-"
_PART: Final = ".part"
_OWNED: Final = re.compile(r"-([a-z2-7]{16})(?:-\d+)?(?:-copy\d+)?\.pdf$")
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_LOCKED: Final = {errno.EACCES, errno.EPERM, errno.EROFS}


class HotFolder:
    """A folder that is never made by us: one that is not there is a disk that was not plugged in."""

    def __init__(self, root: Path) -> None:
        """Touch nothing yet."""
        self._root: Final = root

    def stage(self, name: str, data: bytes) -> None:
        """Write a sheet whole where nobody sees it yet; raises PrinterFault, and then leaves nothing."""
        part = self._part(name)
        with _translated():
            self._check()
            try:
                with part.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    part.unlink()
                raise

    def place(self, name: str) -> bool:
        """Give a staged sheet its name at once; False where it neither was staged nor lies there."""
        with _translated():
            self._check()
            try:
                self._part(name).rename(self._root / name)
            except FileNotFoundError:
                self._check()
                return (self._root / name).is_file()
            _sync(self._root)
            return True

    def staged(self) -> list[str]:
        """Return the names of sheets that nobody sees yet."""
        with _translated():
            self._check()
            return sorted(
                path.name.removeprefix(_UNFINISHED).removesuffix(_PART)
                for path in self._root.glob(f"{_UNFINISHED}*{_PART}")
            )

    def drop(self, name: str) -> None:
        """Take a staged sheet away; what has its name already stays."""
        with _translated():
            self._check()
            self._part(name).unlink(missing_ok=True)

    def owners(self) -> list[str]:
        """Return the visits whose sheets lie here, seen or not."""
        return sorted({owner for path in self._ours() if (owner := _owner(path))})

    def forget(self, visit: str) -> None:
        """Take away whatever lies here of a visit."""
        for path in self._ours():
            if _owner(path) == visit:
                with _translated():
                    path.unlink(missing_ok=True)

    def _ours(self) -> list[Path]:
        with _translated():
            self._check()
            return [path for path in self._root.iterdir() if _owner(path)]

    def _check(self) -> None:
        if not self._root.is_dir():
            raise FileNotFoundError(errno.ENOENT, "no folder")

    def _part(self, name: str) -> Path:
        return self._root / f"{_UNFINISHED}{name}{_PART}"


def _owner(path: Path) -> str | None:
    found = _OWNED.search(path.name.removesuffix(_PART))
    return found[1] if found else None


def _sync(folder: Path) -> None:
    # Network shares and Windows's file systems may know no such thing for folders.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OSError as reason:
        if reason.errno in _FULL:
            raise PrinterFault("printer-folder-full", "The print folder's disk is full.") from reason
        if reason.errno in _LOCKED:
            raise PrinterFault("printer-folder-locked", "The print folder cannot be written.") from reason
        raise PrinterFault("printer-folder-gone", "The print folder is not there.") from reason
