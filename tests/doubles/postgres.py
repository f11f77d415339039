"""A PostgreSQL server of its own for tests, in a temporary folder and on a Unix socket only."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

DEBIAN: Final = Path("/usr/lib/postgresql")
NOBODY: Final = "nobody"
NAME: Final = "articket"
WITHIN_S: Final = 60
# Nothing outlives the test, so nothing is forced onto the disk.
OPTIONS: Final = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class Cluster:
    """A running server."""

    def __init__(self, sockets: Path) -> None:
        self._sockets = sockets
        self._made = 0

    def fresh(self) -> str:
        """Make an empty database and return its URL."""
        self._made += 1
        name = f"test{self._made}"
        with psycopg.connect(
            f"host={self._sockets} user={NAME} dbname=postgres", autocommit=True
        ) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql+psycopg://{NAME}@/{name}?host={self._sockets}"


def programs() -> Path | None:
    """Return the folder with initdb and pg_ctl, the newest one where Debian has several; None without."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


@contextmanager
def postgres() -> Iterator[Cluster]:
    """Run a server until the end of the block; it refuses to run as root, so nobody runs it there."""
    bin_ = programs()
    assert bin_ is not None, "PostgreSQL is not installed"
    # A socket's path must be short, and pytest's folders are closed to others.
    with tempfile.TemporaryDirectory(prefix="articket-pg-", ignore_cleanup_errors=True) as folder:
        home, who = Path(folder), _somebody(Path(folder))
        data, log = home / "data", home / "log"
        run(
            [bin_ / "initdb", "-D", data, "-U", NAME, "--auth=trust", "--encoding=UTF8", "--locale=C", "-N"],
            who,
        )
        control = [bin_ / "pg_ctl", "-D", data, "-w", "-t", WITHIN_S]
        run([*control, "-l", log, "-o", f"{OPTIONS} -k {home}", "start"], who)
        try:
            yield Cluster(home)
        finally:
            run([*control, "-m", "immediate", "stop"], who)


def lent() -> Iterator[Cluster]:
    """Lend a server as a fixture does: `cluster = pytest.fixture(scope="session")(lent)`."""
    if programs() is None:
        pytest.skip("PostgreSQL's own programs (initdb, pg_ctl) are not installed")
    with postgres() as running:
        yield running


def run(command: list[Any], who: dict[str, Any]) -> None:
    subprocess.run(  # noqa: S603 - Debian's own programs
        [str(each) for each in command], check=True, timeout=2 * WITHIN_S, stdout=subprocess.DEVNULL, **who
    )


def _somebody(home: Path) -> dict[str, Any]:
    """Return as whom and where to run, and give them the folder."""
    if os.getuid() != 0:
        return {"cwd": home}
    nobody = pwd.getpwnam(NOBODY)
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"cwd": home, "user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
