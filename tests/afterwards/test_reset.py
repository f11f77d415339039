"""`articket reset`: the booth as before its first visitor, and never by accident."""

import os
import pty
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from afterwards.fair import Fair, at, fair_in
from afterwards.running import ROOT, WITHIN_S, articket, as_json, fingerprints
from doubles.gcs import BUCKET, cloud
from doubles.world import IdleJobs, LoadedDice, OpenBarriers
from uploads.queue import QUICK, client, tickets

from articket.adapters.database.archive import Archive, read_archive
from articket.adapters.database.uploads import SqlUploads
from articket.adapters.secrets import load_or_create
from articket.adapters.stores.bucket import BucketStore
from articket.adapters.tenancy import move_in
from articket.application.sweep import Sweep
from articket.application.uploading import Uploader
from articket.application.work.erase import EraseFiles

NOON = at("2026-11-21T12:00")
EVENT = "한빛제 2026"
PHOTO = b"photo of"


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def fair(opened: ExitStack, tmp_path: Path) -> Fair:
    made = opened.enter_context(fair_in(tmp_path / "data"))
    made.clock.time = NOON
    sweep = Sweep(made.visits, made.store, EraseFiles(made.visits, IdleJobs(), made.store), LoadedDice())
    sweep.run()
    return made


def filled(fair: Fair) -> Path:
    """Leave a data folder as a booth does that was ended."""
    secrets = load_or_create(fair.data, None, "a good password")
    assert secrets.staff_password_hash
    fair.with_server("Rose", painted=7, lost=2, faults=("painter-slow",))
    fair.visits.choose("network", "192.0.2.9")
    fair.whole(NOON)
    fair.erase(fair.whole())
    waiting = fair.join()
    fair.agree(waiting)
    fair.photograph(waiting)
    fair.join()
    fair.close()
    return fair.data


def held(data: Path) -> Archive:
    return read_archive(f"sqlite:///{data / 'articket.db'}")


def test_the_event_s_name_empties_the_booth_and_leaves_what_was_set_up(fair: Fair) -> None:
    data = filled(fair)
    secrets = (data / "secrets.json").read_bytes()
    done = articket(data, "reset", "--yes-delete", EVENT, event=EVENT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "4 visits, 3 of them with name, photo and answers" in done.stdout
    assert "2 ticket numbers; the next ticket is number 1 again" in done.stdout
    assert "Done." in done.stdout

    left = held(data)
    assert (left.visits, left.booths, left.numbers) == ((), (), 0)
    (server,) = left.fleet.servers
    assert (server.name, server.painted, server.lost, server.tries) == ("Rose", 0, 0, ())
    assert (data / "secrets.json").read_bytes() == secrets
    assert sorted(path.name for path in (data / "store").iterdir()) == ["pair"]
    whole = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert PHOTO not in whole
    assert "하린".encode() not in whole

    with fair_in(data) as again:
        again.clock.time = NOON + 86400
        assert again.visits.choice("network") == "192.0.2.9"
        visit = again.visit(again.whole())
        assert visit.decision is not None
        assert visit.decision.number == 1


def test_the_jobs_of_the_engine_go_too(fair: Fair) -> None:
    data = filled(fair)
    script = (
        "import sys; from articket.adapters.jobs.engine import *; from pathlib import Path\n"
        "from articket.adapters.database.engine import engine_for_jobs\n"
        "url = f'sqlite:///{Path(sys.argv[1]) / \"articket.db\"}'\n"
        "DBOS(config=DBOSConfig(name='articket', system_database_url=url,"
        " system_database_engine=engine_for_jobs(url), application_version='articket-1',"
        " executor_id='laptop', log_level='ERROR'))\n"
        "work = DBOS.workflow(name='job')(lambda visit: None)\nDBOS.launch()\n"
        "with SetWorkflowID('paint:abcdefghijklmnop:1:vangogh'):\n"
        "    DBOS.start_workflow(work, 'abcdefghijklmnop').get_result()\n"
        "DBOS.destroy()\n"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(data)], env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True, timeout=WITHIN_S, capture_output=True,
    )  # fmt: skip
    assert jobs_in(data) == 1
    assert articket(data, "reset", "--yes-delete", EVENT, event=EVENT).returncode == 0
    assert jobs_in(data) == 0


def jobs_in(data: Path) -> int:
    with closing(sqlite3.connect(data / "articket.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM workflow_status").fetchone()[0])


@pytest.mark.parametrize("said", [(), ("--yes-delete", "Hanbit"), ("--yes-delete", ""), ("--json",)])
def test_without_the_right_word_nothing_is_touched(fair: Fair, said: tuple[str, ...]) -> None:
    data = filled(fair)
    before = fingerprints(data)
    done = articket(data, "reset", *said, event=EVENT)
    assert done.returncode == 1
    assert "Nothing was deleted." in done.stdout + done.stderr
    after = fingerprints(data)
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() <= {"articket.lock", "articket.db-shm", "articket.db-wal"}


def test_while_a_booth_runs_nothing_is_touched(fair: Fair) -> None:
    data = filled(fair)
    lock = move_in(data)
    before = fingerprints(data)
    try:
        done = articket(data, "reset", "--yes-delete", EVENT, event=EVENT)
    finally:
        os.close(lock)
    assert done.returncode == 1
    assert "A booth is running" in done.stderr
    assert fingerprints(data).items() >= before.items()


def test_a_script_reads_what_there_was_and_what_became_of_it(fair: Fair) -> None:
    data = filled(fair)
    asked = articket(data, "reset", "--json", event=EVENT)
    assert asked.returncode == 1
    told = as_json(asked)
    assert (told["ok"], told["deleted"], told["found"]["visits"]) == (False, False, 4)
    assert EVENT in told["why"]
    done = as_json(articket(data, "reset", "--json", "--yes-delete", EVENT, event=EVENT))
    assert (done["ok"], done["deleted"], done["found"]) == (True, True, told["found"])
    again = articket(data, "reset", "--json", event=EVENT)
    assert again.returncode == 0
    assert as_json(again)["deleted"] is False


@pytest.mark.parametrize(("typed", "code"), [("한빛제 2026", 0), ("yes", 1), ("", 1)])
def test_at_a_terminal_the_name_is_asked_for(fair: Fair, typed: str, code: int) -> None:
    data = filled(fair)
    desk, terminal = pty.openpty()
    own = {"ARTICKET_DATA_DIR": str(data), "ARTICKET_EVENT_NAME": EVENT, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "articket", "reset"], cwd=data.parent, env={**os.environ, **own},
        stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as asking:  # fmt: skip
        os.write(desk, f"{typed}\n".encode())
        said, refused = asking.communicate(timeout=WITHIN_S)
    os.close(desk)
    os.close(terminal)
    assert asking.returncode == code, said + refused
    assert f"Type {EVENT}" in said + refused
    assert (held(data).visits == ()) is (code == 0)


def test_an_event_without_a_name_has_a_word_of_its_own(fair: Fair) -> None:
    data = filled(fair)
    assert articket(data, "reset", "--yes-delete", "").returncode == 1
    assert articket(data, "reset", "--yes-delete", "delete everything").returncode == 0
    assert held(data).visits == ()


def test_where_there_is_nothing_there_is_nothing_to_confirm(tmp_path: Path) -> None:
    missing = articket(tmp_path / "data", "reset")
    assert missing.returncode == 1
    assert "There is no data folder" in missing.stderr
    (tmp_path / "data").mkdir()
    done = articket(tmp_path / "data", "reset")
    assert done.returncode == 0
    assert "There is nothing to delete" in done.stdout


def test_tickets_in_the_cloud_go_first_or_are_kept_when_that_is_said(fair: Fair, opened: ExitStack) -> None:
    sky = opened.enter_context(cloud())
    fair.whole(NOON)
    there = BucketStore(f"gs://{BUCKET}/fair", lambda: client(sky.url), QUICK)
    Uploader(SqlUploads(fair.database), fair.store, there, fair.clock, lambda: None, OpenBarriers()).run()
    there.put("tickets/other.pdf", b"another booth's")
    assert len(tickets(sky)) == 2
    fair.close()

    unset = articket(fair.data, "reset", "--yes-delete", EVENT, event=EVENT)
    assert unset.returncode == 1
    assert "ARTICKET_STORE is not set. Nothing was deleted." in unset.stderr
    assert len(held(fair.data).visits) == 1

    above = {"ARTICKET_STORE": f"gs://{BUCKET}/fair", "STORAGE_EMULATOR_HOST": sky.url}
    kept = articket(fair.data, "reset", "--keep-cloud", event=EVENT, **above)
    assert "1 tickets in the cloud folder stay there" in kept.stdout
    done = articket(fair.data, "reset", "--yes-delete", EVENT, event=EVENT, **above)
    assert (done.returncode, done.stderr) == (0, "")
    assert tickets(sky) == ["tickets/other.pdf"]
    assert held(fair.data).visits == ()


def test_a_cloud_that_is_away_keeps_everything_here(fair: Fair, opened: ExitStack) -> None:
    sky = opened.enter_context(cloud())
    fair.whole(NOON)
    there = BucketStore(f"gs://{BUCKET}/fair", lambda: client(sky.url), QUICK)
    Uploader(SqlUploads(fair.database), fair.store, there, fair.clock, lambda: None, OpenBarriers()).run()
    fair.close()
    away = {"ARTICKET_STORE": f"gs://{BUCKET}/fair", "STORAGE_EMULATOR_HOST": "http://127.0.0.1:9"}
    done = articket(fair.data, "reset", "--yes-delete", EVENT, event=EVENT, **away)
    assert done.returncode == 1
    assert "Nothing was deleted here." in done.stderr
    assert "Traceback" not in done.stderr
    assert len(held(fair.data).visits) == 1


def test_sheets_in_the_print_folder_go_too_and_others_stay(fair: Fair, tmp_path: Path) -> None:
    visit = fair.whole(NOON)
    fair.close()
    folder = tmp_path / "print"
    folder.mkdir()
    (folder / f"20261121-120000-0001-vangogh-{visit}.pdf").write_bytes(b"%PDF")
    (folder / "menu.pdf").write_bytes(b"%PDF")
    printer = f"folder:{folder}"
    done = articket(fair.data, "reset", "--yes-delete", EVENT, event=EVENT, ARTICKET_PRINTER=printer)
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in folder.iterdir()] == ["menu.pdf"]


def test_a_print_folder_that_is_not_there_keeps_everything_here(fair: Fair, tmp_path: Path) -> None:
    data = filled(fair)
    printer = f"folder:{tmp_path / 'unplugged'}"
    done = articket(data, "reset", "--yes-delete", EVENT, event=EVENT, ARTICKET_PRINTER=printer)
    assert done.returncode == 1
    assert "The print folder is not there." in done.stderr
    assert len(held(data).visits) == 4
