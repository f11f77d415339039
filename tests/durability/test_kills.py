"""Whenever the whole booth is killed, its visitor gets one ticket, and nothing finished is made again."""

import random
from collections import Counter
from pathlib import Path

from durability.killing import (
    ask,
    begun_paintings,
    check_the_end,
    finished_paintings,
    revision,
    start,
)

PAINTING = "brush-in-hand"
PLACES = [
    "photo-stored",
    "commission-running",
    PAINTING,
    "painting-without-row",
    "number-without-pdf",
    "pdf-without-row",
    "stored-not-marked",
]
LAST_REVISION = 22
DOMAIN_TABLES = (
    "('booths','visits','keys','counters','choices','answered','outbox','fleet','uploads','sqlite_sequence')"
)


def test_a_kill_at_every_place_in_turn_loses_and_repeats_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for place in PLACES:
        done, begun = finished_paintings(data), begun_paintings(data)
        booth = start(data, place)
        booth.kill_when((data / "reached").exists, parent_only=place == PAINTING)
        assert (data / "reached").exists(), place
        check_the_place(data, place)
        check_nothing_is_repeated(data, done, begun)
    go_on(data)


def go_on(data: Path) -> None:
    """Start again and drive the visit to its end."""
    done, begun = finished_paintings(data), begun_paintings(data)
    assert ask(data, "PRAGMA integrity_check") == ["ok"]
    check_the_end(data, start(data).run_to_the_end())
    check_nothing_is_repeated(data, done, begun)


def check_nothing_is_repeated(data: Path, done: set[str], begun: Counter[str]) -> None:
    """What was on disk before was not painted once more."""
    after = begun_paintings(data)
    assert {style: after[style] for style in done} == {style: begun[style] for style in done}


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


def test_five_kills_at_random_moments_still_make_one_ticket(tmp_path: Path) -> None:
    data = tmp_path / "data"
    moments = sorted(random.sample(range(1, LAST_REVISION), 5))
    for moment in moments:
        booth = start(data)
        booth.kill_when(lambda moment=moment: revision(data) >= moment)  # type: ignore[misc]
        assert ask(data, "PRAGMA integrity_check") == ["ok"], moments
    go_on(data)


def test_a_kill_while_the_engine_makes_its_tables_leaves_a_booth_that_starts(tmp_path: Path) -> None:
    data = tmp_path / "data"
    booth = start(data)
    statement = f"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT IN {DOMAIN_TABLES}"  # noqa: S608 - no input
    booth.kill_when(lambda: sum(ask(data, statement)) > 0)
    go_on(data)
