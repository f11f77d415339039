"""Whenever the whole booth is killed, its visitor gets one ticket, and nothing finished is made again."""

import random
from pathlib import Path

import pytest
from durability.killing import (
    Booth,
    ask,
    begun_paintings,
    check_the_end,
    finished_paintings,
    members,
    revision,
    start,
)

PLACES = [
    "photo-stored",
    "commission-running",
    "painting-without-row",
    "number-without-pdf",
    "pdf-without-row",
    "stored-not-marked",
]
LAST_REVISION = 22
DOMAIN_TABLES = "('booths','visits','keys','counters','choices','answered','outbox','sqlite_sequence')"


def go_on(data: Path, killed: Booth) -> None:
    """Start again and drive the visit to its end: nothing that is on disk is painted once more."""
    done, begun = finished_paintings(data), begun_paintings(data)
    assert not members(killed.process.pid)
    assert ask(data, "PRAGMA integrity_check") == ["ok"]
    check_the_end(data, start(data).run_to_the_end())
    after = begun_paintings(data)
    assert {style: after[style] for style in done} == {style: begun[style] for style in done}


@pytest.mark.parametrize("place", PLACES)
def test_a_kill_at_any_place_loses_and_repeats_nothing(tmp_path: Path, place: str) -> None:
    data = tmp_path / "data"
    booth = start(data, place)
    booth.kill_when((data / "reached").exists)
    assert (data / "reached").exists()
    check_the_place(data, place)
    go_on(data, booth)


def check_the_place(data: Path, place: str) -> None:
    """The world stood still exactly where the place's name says."""
    files = [path.name for path in (data / "store").rglob("*") if path.is_file()]
    visit = ask(data, "SELECT state FROM visits")[0]
    drafts = [name for name in files if name == "ticket-1.pdf"]
    tickets = list((data / "store/tickets").glob("*.pdf"))
    if place == "photo-stored":
        assert "source-1.jpg" in files
        assert '"photo":null' in visit
    if place == "commission-running":
        assert '"status":"painting"' in visit
    if place == "painting-without-row":
        assert len(finished_paintings(data)) == visit.count('"status":"done"') + 1
    if place in ("number-without-pdf", "pdf-without-row", "stored-not-marked"):
        assert '"number":1' in visit
        assert '"status":"making"' in visit
        assert len(drafts) == (place != "number-without-pdf")
        assert len(tickets) == (place == "stored-not-marked")


def test_painters_in_the_middle_of_a_painting_end_with_their_parent(tmp_path: Path) -> None:
    data = tmp_path / "data"
    booth = start(data, "brush-in-hand")
    booth.kill_when((data / "reached").exists, parent_only=True)
    go_on(data, booth)


def test_five_kills_at_random_moments_still_make_one_ticket(tmp_path: Path) -> None:
    data = tmp_path / "data"
    moments = sorted(random.sample(range(1, LAST_REVISION), 5))
    for moment in moments:
        booth = start(data)
        booth.kill_when(lambda moment=moment: revision(data) >= moment)  # type: ignore[misc]
        assert ask(data, "PRAGMA integrity_check") == ["ok"], moments
    go_on(data, booth)


def test_a_kill_while_the_engine_makes_its_tables_leaves_a_booth_that_starts(tmp_path: Path) -> None:
    data = tmp_path / "data"
    booth = start(data)
    statement = f"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT IN {DOMAIN_TABLES}"  # noqa: S608 - no input
    booth.kill_when(lambda: sum(ask(data, statement)) > 0)
    go_on(data, booth)


def test_a_kill_while_the_engine_takes_up_what_was_left_loses_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    start(data, "commission-running").kill_when((data / "reached").exists)
    booth = start(data, "commission-running")
    booth.kill_when((data / "reached").exists)
    go_on(data, booth)
