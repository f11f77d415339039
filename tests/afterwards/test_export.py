"""`articket export`: the tickets, and data from which nobody can be told."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from afterwards.fair import NAME, Fair, at, fair_in
from afterwards.running import articket, fingerprints

NOON = at("2026-11-21T12:00")
ZONE = ("--zone", "Asia/Seoul")


@pytest.fixture
def fair(tmp_path: Path) -> Iterator[Fair]:
    with fair_in(tmp_path / "data") as made:
        made.clock.time = NOON
        yield made


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_tickets_and_data_lie_in_a_new_folder_and_what_is_left_out_is_said(
    fair: Fair, tmp_path: Path
) -> None:
    kept = fair.whole(NOON)
    fair.review(kept, 5, "또 올게요")
    erased = fair.whole(NOON + 600)
    fair.erase(erased)
    lost = fair.whole(NOON + 1200, "en")
    file = fair.visit(lost).ticket.file
    assert file is not None
    fair.store.delete(file)
    before = fingerprints(fair.data / "store")

    done = articket(fair.data, "export", "kept", *ZONE, event="한빛제")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 tickets and 3 visits" in done.stdout
    assert "Left out: 1 erased by their visitors." in done.stdout
    assert "Left out: 1 whose ticket's file is not there." in done.stdout
    assert "delete this folder when its time comes" in done.stdout

    folder = tmp_path / "kept"
    tickets = [name for name in names(folder) if name.endswith(".pdf")]
    style = fair.visit(kept).decision
    assert style is not None
    assert len(tickets) == 1
    assert tickets[0].endswith(f"-0001-{style.style}.pdf")
    assert (folder / tickets[0]).read_bytes() == b"pdf 1 for 1"
    about = json.loads((folder / "about.json").read_text("utf-8"))
    assert about["event"] == "한빛제"
    assert about["left_out"] == {"erased": 1, "expired": 0, "files_missing": 1, "unreadable": 0}
    assert folder.stat().st_mode & 0o077 == 0
    assert fingerprints(fair.data / "store") == before


def test_the_data_hold_nothing_that_leads_to_a_person_or_a_ticket(fair: Fair, tmp_path: Path) -> None:
    visits = [fair.whole(NOON), fair.whole(NOON + 900)]
    fair.review(visits[0], 4, "=SUM(1)\n둘째 줄")
    fair.print_again(visits[0], f"{NAME} 님이 부탁")
    erased = fair.whole(NOON + 1800)
    fair.erase(erased)
    articket(fair.data, "export", "kept", *ZONE)
    rows = lines(tmp_path / "kept/visits.jsonl")
    full = [row for row in rows if not row["erased"]]
    assert len(rows) == 3
    assert [row for row in rows if row["erased"]] == [
        {
            "joined_hour": "2026-11-21T12:00+09:00",
            "locale": "ko",
            "reached": "ticket",
            "erased": True,
            "expired": False,
        }
    ]
    assert {*full[0]} == {
        "joined_hour", "locale", "reached", "erased", "expired", "assisted", "painter", "answers", "seconds",
        "paintings", "paintings_failed", "prints", "reprints", "stars",
    }  # fmt: skip
    assert full[0]["joined_hour"] == "2026-11-21T12:00+09:00"
    assert len(full[0]["answers"]) == 8
    assert sorted(each for row in full for each in row["reprints"]) == ["other"]
    text = "".join((tmp_path / "kept" / name).read_text("utf-8") for name in ("visits.jsonl", "about.json"))
    assert NAME not in text
    assert not any(visit in text for visit in (*visits, erased))
    assert lines(tmp_path / "kept/comments.jsonl") == [
        {"stars": 4, "locale": "ko", "comment": "=SUM(1)\n둘째 줄"}
    ]


def test_a_visit_past_its_retention_is_left_out_though_its_files_are_there(
    fair: Fair, tmp_path: Path
) -> None:
    visit = fair.whole(at("2026-01-01T12:00"))
    assert fair.visit(visit).ticket.file is not None
    done = articket(fair.data, "export", "kept")
    assert "Left out: 1 past their retention." in done.stdout
    assert names(tmp_path / "kept") == ["about.json", "comments.jsonl", "visits.jsonl"]


def test_a_folder_with_something_in_it_is_refused_and_left_alone(fair: Fair, tmp_path: Path) -> None:
    fair.whole(NOON)
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear all")
    done = articket(fair.data, "export", folder)
    assert done.returncode == 1
    assert done.stderr == f"There is something in {folder} already. Choose a new or an empty folder.\n"
    assert names(folder) == ["letter.txt"]
    (folder / "letter.txt").unlink()
    assert articket(fair.data, "export", folder).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "kept"]


def test_a_folder_that_a_reset_would_empty_is_refused(fair: Fair) -> None:
    done = articket(fair.data, "export", fair.data / "kept")
    assert done.returncode == 1
    assert "within the data folder" in done.stderr
