"""A store in memory, for tests of everything that only needs the port."""

from pathlib import Path
from threading import Lock
from typing import Final

from articket.adapters.stores.names import safe_name, safe_prefix
from articket.domain.faults import Fault, Gone, StoreRefused


class MemoryStore:
    """Holds bytes by name; it has no files, so `path` names a place that never exists."""

    def __init__(self) -> None:
        self._files: Final[dict[str, bytes]] = {}
        self._lock: Final = Lock()

    def put(self, name: str, data: bytes) -> bool:
        with self._lock:
            held = self._files.get(safe_name(name))
            if held is None:
                self._files[name] = data
                return True
            if held != data:
                raise StoreRefused("store-name-taken", "The name already holds something else.")
            return False

    def get(self, name: str) -> bytes:
        try:
            return self._files[safe_name(name)]
        except KeyError:
            raise Gone("file-gone", "The store has no such file.") from None

    def exists(self, name: str) -> bool:
        return safe_name(name) in self._files

    def list(self, prefix: str = "") -> list[str]:
        safe_prefix(prefix)
        with self._lock:
            return sorted(name for name in self._files if name.startswith(prefix))

    def delete(self, name: str) -> bool:
        with self._lock:
            return self._files.pop(safe_name(name), None) is not None

    def delete_tree(self, prefix: str) -> int:
        folder = safe_name(prefix.removesuffix("/"))
        return sum(self.delete(name) for name in self.list(f"{folder}/"))

    def path(self, name: str) -> Path:
        return Path("/nonexistent/memory-store") / safe_name(name)


class SmallStore(MemoryStore):
    """A store whose disk is full, or may not be written, for as long as `fault` stands."""

    fault: Fault | None = None
    spoils: str = ""

    def put(self, name: str, data: bytes) -> bool:
        if self.fault is not None and name.startswith(self.spoils) and not self.exists(name):
            raise self.fault
        return super().put(name, data)
