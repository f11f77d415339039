"""A SQLite database of a test's own, in a file, for tests that need the `database` and its `path`."""

from collections.abc import Iterator
from pathlib import Path

from articket.adapters.database.engine import Database


def database_path(tmp_path: Path) -> Path:
    """Say where the file is, as a fixture does: `path = pytest.fixture(database_path)`."""
    return tmp_path / "articket.db"


def opened_database(path: Path) -> Iterator[Database]:
    """Open the file and close it afterwards: `database = pytest.fixture(opened_database)`."""
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()
