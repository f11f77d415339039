"""A store in a folder of the local machine."""

import contextlib
import errno
import fcntl
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from articket.adapters.stores.names import safe_name, safe_prefix
from articket.domain.faults import Fault, Gone, StoreFull, StoreRefused, StoreUnwritable

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
PUT_TRIES: Final = 8  # a sweep or a deletion beside us may take our folder or temporary file away
_TEMPORARY: Final = ".put-"  # no safe name starts with a dot
_LOCK: Final = ".lock"
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_ABSENT: Final = (FileNotFoundError, IsADirectoryError, NotADirectoryError)
_NO_LINKS: Final = {errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK}

Link = Callable[[Path, Path], None]


class FolderStore:
    """Files below one folder, each written whole or not at all; safe among threads and processes."""

    def __init__(self, root: Path, link: Link = os.link) -> None:
        """Make `root` where it is missing and sweep what killed writers left there."""
        self._root: Final = root
        self._link: Final = link
        with _translated():
            root.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
            self._sweep()

    def put(self, name: str, data: bytes) -> bool:
        """Write `data` under a new name: True when written now, False when it stood there already.

        Raises StoreRefused when the name holds other bytes, StoreFull, StoreUnwritable.
        """
        target = self.path(name)
        with _translated():
            for left in reversed(range(PUT_TRIES)):
                try:
                    return self._put(target, data)
                except FileNotFoundError:
                    if left == 0 or not self._root.is_dir():
                        raise
        raise AssertionError("the last try returns or raises")

    def get(self, name: str) -> bytes:
        """Read a file; raises Gone where there is none."""
        target = self.path(name)
        with _translated():
            try:
                return target.read_bytes()
            except _ABSENT:
                self._check_root()
                raise Gone("file-gone", "The store has no such file.") from None

    def exists(self, name: str) -> bool:
        """Tell whether the name holds a file."""
        with _translated():
            return self.path(name).is_file()

    def list(self, prefix: str = "") -> list[str]:
        """Return the names that start with `prefix`, sorted."""
        below = self._root / safe_prefix(prefix).rpartition("/")[0]
        with _translated():
            self._check_root()
            return sorted(name for name in self._names(below) if name.startswith(prefix))

    def delete(self, name: str) -> bool:
        """Remove a file for good, and folders left empty: False when there was none."""
        target = self.path(name)
        with _translated():
            try:
                target.unlink()
            except _ABSENT:
                self._check_root()
                return False
            _sync_folder(target.parent)
            self._remove_empty(target.parent)
            return True

    def delete_tree(self, prefix: str) -> int:
        """Remove everything below the folder `prefix` and return how many files that were."""
        folder = safe_name(prefix.removesuffix("/"))
        return sum(self.delete(name) for name in self.list(f"{folder}/"))

    def path(self, name: str) -> Path:
        """Return where the name's file stands, or would stand."""
        return self._root / safe_name(name)

    def _check_root(self) -> None:
        self._root.stat()  # an unplugged disk is a fault, not an empty store

    def _put(self, target: Path, data: bytes) -> bool:
        self._make_folders(target)
        if target.exists():
            written = _same(target, data)
            _sync_folder(target.parent)  # whoever wrote it may have been killed before doing so
            return written
        temporary = target.with_name(_TEMPORARY + uuid.uuid4().hex)
        try:
            with os.fdopen(_private(temporary), "wb") as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # tells a sweep that somebody is writing
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                written = self._publish(temporary, target, data)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(target.parent)
        return written

    def _publish(self, temporary: Path, target: Path, data: bytes) -> bool:
        try:
            self._link(temporary, target)
        except FileExistsError:
            return _same(target, data)
        except OSError as fault:
            if fault.errno not in _NO_LINKS:
                raise
            return self._rename(temporary, target, data)
        return True

    def _rename(self, temporary: Path, target: Path, data: bytes) -> bool:
        """Publish where the file system knows no hard links: a rename would overwrite, so one at a time."""
        with os.fdopen(_private(self._root / _LOCK), "ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if target.exists():
                return _same(target, data)
            temporary.rename(target)
        return True

    def _make_folders(self, target: Path) -> None:
        missing = [
            folder for folder in target.parents if self._root in folder.parents and not folder.is_dir()
        ]
        for folder in reversed(missing):
            try:
                folder.mkdir(FOLDER_MODE)
            except FileExistsError:
                if folder.is_file():
                    raise _taken() from None
            _sync_folder(folder.parent)

    def _remove_empty(self, folder: Path) -> None:
        with contextlib.suppress(OSError):  # not empty, or somebody was quicker
            while folder != self._root:
                folder.rmdir()
                folder = folder.parent

    def _names(self, below: Path) -> Iterator[str]:
        for folder, _, files in os.walk(below, onerror=_unless_absent):
            for file in files:
                if not file.startswith("."):
                    yield (Path(folder) / file).relative_to(self._root).as_posix()

    def _sweep(self) -> None:
        for temporary in self._root.rglob(_TEMPORARY + "*"):
            with contextlib.suppress(FileNotFoundError, BlockingIOError), temporary.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                temporary.unlink()


def _private(path: Path) -> int:
    return os.open(path, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, FILE_MODE)


def _unless_absent(fault: OSError) -> None:
    if not isinstance(fault, _ABSENT):
        raise fault


def _sync_folder(folder: Path) -> None:
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return  # removed beside us: nothing to keep
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _same(target: Path, data: bytes) -> bool:
    if target.is_dir() or target.read_bytes() != data:
        raise _taken()
    return False


def _taken() -> Fault:
    return StoreRefused("store-name-taken", "The name already holds something else.")


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise _fault(fault) from fault


def _fault(fault: OSError) -> Fault:
    if fault.errno in _FULL:
        return StoreFull("store-full", "The store's disk is full.")
    return StoreUnwritable("store-unwritable", f"The store's folder cannot be used: {fault.strerror}.")
