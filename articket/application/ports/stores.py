"""Where files are kept."""

from pathlib import Path
from typing import Protocol


class Store(Protocol):
    """Files under names that sort; what is there once is never overwritten."""

    def put(self, name: str, data: bytes) -> bool:
        """Keep the bytes unless the name is taken by the same bytes; True when written now."""

    def get(self, name: str) -> bytes:
        """Return the bytes, or raise Gone."""

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""

    def list(self, prefix: str = "") -> list[str]:
        """Return the names that begin with the prefix, sorted."""

    def delete(self, name: str) -> bool:
        """Remove a file; False when there was none."""

    def delete_tree(self, prefix: str) -> int:
        """Remove everything below a folder and return how many files that were."""


class LocalStore(Store, Protocol):
    """A store whose files have paths on this machine."""

    def path(self, name: str) -> Path:
        """Return where the file lies."""
