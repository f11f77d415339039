"""Workers are known to have ended by the system, which takes their locks back."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from articket.adapters.attendance import FolderAttendance

ENTER = """
import sys
from pathlib import Path
from articket.adapters.attendance import FolderAttendance
FolderAttendance(Path(sys.argv[1])).enter("other")
print("here", flush=True)
sys.stdin.read()
"""


def test_nobody_has_ended_where_nobody_was(tmp_path: Path) -> None:
    assert FolderAttendance(tmp_path).ended() == frozenset()


def test_who_is_here_has_not_ended_and_who_left_has(tmp_path: Path) -> None:
    mine, others = FolderAttendance(tmp_path), FolderAttendance(tmp_path)
    mine.enter("mine")
    others.enter("other")
    assert mine.ended() == frozenset()
    others.leave()
    assert mine.ended() == {"other"}
    mine.forget(mine.ended())
    assert mine.ended() == frozenset()


def test_a_worker_of_another_folder_is_nobodys_business(tmp_path: Path) -> None:
    other = FolderAttendance(tmp_path / "other")
    other.enter("other")
    other.leave()
    assert FolderAttendance(tmp_path / "mine").ended() == frozenset()


def test_a_process_that_is_killed_has_ended_at_once(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", ENTER, str(tmp_path)],
        cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        attendance = FolderAttendance(tmp_path)
        assert attendance.ended() == frozenset()
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    assert attendance.ended() == {"other"}


def test_who_only_was_about_to_enter_is_not_counted(tmp_path: Path) -> None:
    (tmp_path / "workers").mkdir()
    (tmp_path / "workers" / "other.coming").touch()
    assert FolderAttendance(tmp_path).ended() == frozenset()
