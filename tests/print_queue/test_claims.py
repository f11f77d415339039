"""Desks claim tickets against each other: in one process, in two, and wherever the rows are kept."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles.postgres import Cluster, lent
from doubles.visits import MemoryVisits
from print_queue.contract import ROUNDS, ClaimsContract
from print_queue.desks import fill

from articket.adapters.database.engine import Database
from articket.adapters.database.visits import SqlVisits

ENDS_WITHIN_S = 100


def opened(url: str) -> Iterator[SqlVisits]:
    database = Database(url)
    yield SqlVisits(database)
    database.close()


cluster = pytest.fixture(scope="session")(lent)


class TestInMemory(ClaimsContract):
    @pytest.fixture
    def first(self) -> MemoryVisits:
        return MemoryVisits()

    @pytest.fixture
    def second(self, first: MemoryVisits) -> MemoryVisits:
        return first


class TestOnSqlite(ClaimsContract):
    @pytest.fixture
    def first(self, tmp_path: Path) -> Iterator[SqlVisits]:
        yield from opened(f"sqlite:///{tmp_path / 'articket.db'}")

    @pytest.fixture
    def second(self, first: SqlVisits, tmp_path: Path) -> Iterator[SqlVisits]:
        assert first.to_print("main", 1) == []
        yield from opened(f"sqlite:///{tmp_path / 'articket.db'}")


class TestOnPostgres(ClaimsContract):
    @pytest.fixture
    def url(self, cluster: Cluster) -> str:
        return cluster.fresh()

    @pytest.fixture
    def first(self, url: str) -> Iterator[SqlVisits]:
        yield from opened(url)

    @pytest.fixture
    def second(self, first: SqlVisits, url: str) -> Iterator[SqlVisits]:
        assert first.to_print("main", 1) == []
        yield from opened(url)


def test_two_processes_claim_500_tickets_and_none_twice(tmp_path: Path) -> None:
    path = tmp_path / "articket.db"
    database = Database(f"sqlite:///{path}")
    wanted = fill(SqlVisits(database), ROUNDS)
    desks = [
        subprocess.Popen(
            [sys.executable, "-m", "print_queue.desks", str(path), by],
            cwd=Path(__file__).parent.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={"PYTHONPATH": ":".join(sys.path)},
        )
        for by in ("left", "right")
    ]  # fmt: skip
    for desk in desks:
        assert desk.stdout is not None
        assert desk.stdout.readline() == "ready\n"
    for desk in desks:
        assert desk.stdin is not None
        desk.stdin.write("go\n")
        desk.stdin.flush()
    hauls = [desk.communicate(timeout=ENDS_WITHIN_S)[0].split() for desk in desks]
    assert [desk.returncode for desk in desks] == [0, 0]
    assert sorted(hauls[0] + hauls[1]) == sorted(wanted)
    database.close()
