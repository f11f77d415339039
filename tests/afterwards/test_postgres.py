"""Report, export and reset where the database is PostgreSQL: the same answers, and the same emptiness."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from afterwards.fair import NAME, Fair, at, fair_in
from afterwards.running import articket, as_json
from doubles.postgres import Cluster, lent

from articket.adapters.database.archive import read_archive

NOON = at("2026-11-21T12:00")
EVENT = "한빛제"

cluster = pytest.fixture(scope="session")(lent)


@pytest.fixture
def url(cluster: Cluster) -> str:
    return cluster.fresh()


@pytest.fixture
def fair(tmp_path: Path, url: str) -> Iterator[Fair]:
    with fair_in(tmp_path / "data", url) as made:
        made.clock.time = NOON
        made.data.mkdir(exist_ok=True)
        made.review(made.whole(NOON), 5, "Lovely")
        made.erase(made.whole())
        made.with_server("Rose", painted=9, lost=1, faults=("painter-slow",))
        yield made


def test_the_report_says_the_figures(fair: Fair, url: str, tmp_path: Path) -> None:
    out = tmp_path / "r.html"
    asked = ("report", "--locale", "en", "--zone", "Asia/Seoul", "--out", out)
    done = articket(fair.data, *asked, ARTICKET_DATABASE_URL=url)
    assert (done.returncode, done.stderr) == (0, "")
    page = out.read_text("utf-8")
    assert "One visit was erased by its visitor." in page
    assert "Lovely" in page
    assert NAME not in page


def test_a_booth_that_runs_is_left_as_it_is(fair: Fair, url: str, tmp_path: Path) -> None:
    """Whoever reads takes no lock that a command would wait for."""
    before = read_archive(url)
    with fair.database.writing() as connection:
        connection.exec_driver_sql("LOCK TABLE visits IN EXCLUSIVE MODE")
        done = articket(
            fair.data, "export", tmp_path / "out", "--zone", "Asia/Seoul", ARTICKET_DATABASE_URL=url
        )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out").is_dir()
    assert read_archive(url) == before


def test_a_reset_empties_the_booth_once_the_event_is_named(fair: Fair, url: str) -> None:
    fair.close()
    kept = articket(fair.data, "reset", "--json", event=EVENT, ARTICKET_DATABASE_URL=url)
    assert (as_json(kept)["deleted"], len(read_archive(url).visits)) == (False, 2)
    done = articket(fair.data, "reset", "--yes-delete", EVENT, event=EVENT, ARTICKET_DATABASE_URL=url)
    assert (done.returncode, done.stderr) == (0, "")
    left = read_archive(url)
    assert (left.visits, left.booths, left.numbers) == ((), (), 0)
    (server,) = left.fleet.servers
    assert (server.name, server.painted) == ("Rose", 0)
