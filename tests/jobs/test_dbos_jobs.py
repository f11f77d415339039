import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parents[1]
ENDS_WITHIN_S = 90


@dataclass
class Told:
    """What ran, what was reported, and which rows the engine kept, of one life of the engine."""

    ran: list[str]
    heard: list[list[str | None]]
    given_up: list[list[str]]
    kept: list[str]


def live(folder: Path, act: str) -> Told:
    done = subprocess.run(
        [sys.executable, "-m", "jobs.engine", str(folder), act],
        cwd=TESTS,
        env={"PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent))), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=ENDS_WITHIN_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Told(**json.loads(done.stdout.splitlines()[-1]))


def test_a_job_that_is_ordered_again_and_again_runs_once(tmp_path: Path) -> None:
    told = live(tmp_path, "once")
    assert told.ran == ["paint:a:1:sea", "paint:a:2:sea"]
    assert told.heard == [["paint:a:1:sea", None], ["paint:a:2:sea", None]]


def test_a_fault_that_may_pass_is_reported_and_tried_again_and_one_that_never_does_is_not(
    tmp_path: Path,
) -> None:
    told = live(tmp_path, "failing")
    assert sorted(told.ran) == sorted(2 * ["paint:a:1:full", "paint:a:1:odd"] + ["ticket:a:1"])
    assert [code for job, code in told.heard if job == "paint:a:1:full"] == ["store-full", None]
    assert [code for job, code in told.heard if job == "paint:a:1:odd"] == ["unexpected", None]
    assert [code for job, code in told.heard if job == "ticket:a:1"] == ["template-broken"]
    assert told.given_up == [["ticket:a:1", "template-broken"]], "what is tried again is not given up"


def test_forgetting_deletes_a_visits_rows_but_for_what_runs(tmp_path: Path) -> None:
    told = live(tmp_path, "forgetting")
    assert told.kept == ["erase:a SUCCESS", "paint:a:1:stuck PENDING", "paint:b:1:sea SUCCESS"]


def test_what_was_left_is_taken_up_and_what_was_done_is_not(tmp_path: Path) -> None:
    live(tmp_path, "leaving")
    told = live(tmp_path, "returning")
    # a and b were running, c waited in the engine, d had only reached the outbox
    assert sorted(told.ran) == ["paint:a:1:stuck", "paint:b:1:stuck", "paint:c:1:stuck", "paint:d:1:sea"]
