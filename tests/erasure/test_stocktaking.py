"""`articket erasure`: what is still there of visitors, why, and until when."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from afterwards.fair import Fair, at, fair_in
from afterwards.running import articket, as_json, fingerprints
from doubles.gcs import BUCKET, Cloud, cloud
from print_queue.hot_desk import Desk as HotDesk
from uploads.queue import NOON, Desk

from articket.adapters.secrets import load_or_create
from articket.afterwards.remnants import Inventory, take_stock
from articket.application.keeping import USUALLY_HIDDEN_S
from articket.application.rounds import ANSWERS_KEPT_S
from articket.domain.commands import Erase
from articket.settings import Settings

CAME = at("2026-11-21T12:00")
RETENTION_S = 72 * 3600.0


def counts(found: Inventory) -> dict[str, int]:
    return {each.what: each.count for each in found.remnants}


def late(found: Inventory) -> set[str]:
    return {each.what for each in found.remnants if each.late}


@pytest.fixture
def fair(tmp_path: Path) -> Iterator[Fair]:
    with fair_in(tmp_path / "data") as made:
        yield made


def stock(data: Path, now: float, **more: str) -> Inventory:
    return take_stock(Settings(data_dir=data, **more), now)  # type: ignore[arg-type]


def test_where_nobody_was_there_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    done = articket(tmp_path / "data", "erasure")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Nothing of any visitor is left here." in done.stdout
    assert "Exports" in done.stdout, "and what nobody can know is said"


def test_what_has_its_time_is_told_with_its_end_and_nothing_is_changed(fair: Fair) -> None:
    fair.whole(CAME)
    fair.close()
    before = fingerprints(fair.data)
    found = stock(fair.data, CAME + RETENTION_S - 1)
    assert not found.late
    assert counts(found) == {"visits": 1, "files in the data folder": len(list(owned(fair.data)))}
    assert found.remnants[0].until == pytest.approx(CAME + RETENTION_S)
    after = fingerprints(fair.data)
    assert {name: after[name] for name in before} == before, "SQLite's own log may stand beside it"


def owned(data: Path) -> Iterator[Path]:
    return (each for each in (data / "store").rglob("*") if each.is_file())


def test_what_is_past_its_time_is_late_and_says_who_mends_it(fair: Fair) -> None:
    fair.whole(at("2026-10-01T12:00"))
    load_or_create(fair.data, None, "a good password")
    fair.close()
    done = articket(fair.data, "erasure", "--json")
    assert (done.returncode, done.stderr) == (1, "")
    told = as_json(done)
    assert told["late"] is True
    (overdue,) = [each for each in told["remains"] if each["what"] == "visits past their time"]
    assert (overdue["count"], overdue["late"]) == (1, True)
    assert "start it" in overdue["why"]
    text = articket(fair.data, "erasure")
    assert text.returncode == 1
    assert " LATE      1  visits past their time" in text.stdout


def test_an_erased_visit_leaves_a_receipt_for_a_day(fair: Fair) -> None:
    fair.erase(fair.whole(CAME))
    fair.close()
    found = stock(fair.data, CAME + 600)
    assert counts(found) == {"receipts": 1}
    assert found.remnants[0].until == pytest.approx(CAME + RETENTION_S + ANSWERS_KEPT_S)
    assert not found.late


def test_an_erasure_that_is_not_done_and_files_of_nobody_are_late(fair: Fair) -> None:
    visit = fair.whole(CAME)
    fair.floor.erase(fair.visit(visit))
    fair.close()
    found = stock(fair.data, CAME + 600)
    assert late(found) == {"erasures under way", "files of nobody in the data folder"}


def test_files_that_the_booth_did_not_make_are_named(fair: Fair) -> None:
    fair.close()
    (fair.data / "articket.db.bak").write_bytes(b"1")
    (found,) = stock(fair.data, CAME).remnants
    assert (found.what, found.count) == ("other files in the data folder", 1)
    assert found.why.startswith("articket.db.bak.")


def test_a_broken_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/articket.db").write_bytes(b"no database" * 100)
    done = articket(tmp_path / "data", "erasure")
    assert done.returncode == 1
    assert "cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def sky(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """A cloud that Google's library finds by the variable it reads itself."""
    with cloud() as opened:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", opened.url)
        yield opened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.close()


def test_tickets_in_the_cloud_are_told_from_their_way_up_to_their_end(
    desk: Desk, sky: Cloud, tmp_path: Path
) -> None:
    folder = f"gs://{BUCKET}/fair"
    uploader = desk.uploader(sky.url)
    with closing(uploader.there):  # type: ignore[type-var]
        visit, _ = desk.ticket(1), desk.ticket(2)
        uploader.run()
        assert counts(stock(tmp_path, NOON, store=folder))["tickets in the cloud folder"] == 2
        assert late(stock(tmp_path, NOON, store=folder)) == set()
        assert late(stock(tmp_path, NOON)) == {"tickets in the cloud folder"}, "nobody would delete them"

        desk.erase(visit)
        found = stock(tmp_path, NOON, store=folder)
        assert counts(found)["tickets in the cloud folder"] == 1
        assert late(found) == {"erased tickets in the cloud folder"}

        sky.weather.kept = True
        uploader.run()
        assert late(stock(tmp_path, NOON, store=folder)) == {"erased tickets that the bucket keeps"}
        sky.weather.kept = False
        desk.clock.time = gone_at = NOON + 600
        uploader.run()
        assert late(stock(tmp_path, gone_at, store=folder)) == set()

        sky.weather.bucket = {"softDeletePolicy": {"retentionDurationSeconds": "86400"}}
        found = stock(tmp_path, gone_at, store=folder)
        (hidden,) = [each for each in found.remnants if "hidden" in each.what]
        assert (hidden.count, hidden.until, hidden.late) == (1, gone_at + 86_400, False)
        assert any("--clear-soft-delete" in note for note in found.notes)
        assert "hidden" not in " ".join(counts(stock(tmp_path, gone_at + 86_401, store=folder)))
        sky.weather.bucket = 403
        (hidden,) = [
            each for each in stock(tmp_path, gone_at, store=folder).remnants if "hidden" in each.what
        ]
        assert hidden.until == gone_at + USUALLY_HIDDEN_S
        assert "may hide" in hidden.why


def test_a_cloud_that_is_away_cannot_be_looked_at_and_may_hide_what_was_deleted(
    desk: Desk, sky: Cloud, tmp_path: Path
) -> None:
    folder = f"gs://{BUCKET}/fair"
    sky.road.close()
    try:
        assert late(stock(tmp_path, NOON, store=folder)) == set(), "nothing ever went there"
        sky.road.open()
        uploader = desk.uploader(sky.url)
        with closing(uploader.there):  # type: ignore[type-var]
            visit = desk.ticket(1)
            uploader.run()
            desk.erase(visit)
            uploader.run()
        assert late(stock(tmp_path, NOON, store=folder)) == set()
        sky.road.close()
        found = stock(tmp_path, NOON, store=folder)
    finally:
        sky.road.open()
    (away,) = [each for each in found.remnants if each.late]
    assert (away.what, away.count) == ("tickets in a cloud folder that is away", 1)
    assert "cannot be reached" in away.why
    (hidden,) = [each for each in found.remnants if "hidden" in each.what]
    assert hidden.until == NOON + USUALLY_HIDDEN_S


def test_sheets_are_told_wherever_the_print_folder_is(tmp_path: Path) -> None:
    desk = HotDesk(tmp_path)
    with closing(desk):
        erased, _ = desk.ticket(1), desk.ticket(2)
        desk.run()
        printer = f"folder:{desk.folder}"
        assert counts(stock(tmp_path, NOON, printer=printer))["visits with sheets at the printer"] == 2
        desk.do(erased, Erase("1-ABCD"))
        found = stock(tmp_path, NOON, printer=printer)
        assert "erased visits with sheets at the printer" in late(found)
        desk.unplug()
        found = stock(tmp_path, NOON, printer=printer)
        assert "sheets at the printer, perhaps" in late(found)
        desk.plug_in()
        desk.forget(erased)
        assert "sheets" not in " ".join(late(stock(tmp_path, NOON, printer=printer)))
