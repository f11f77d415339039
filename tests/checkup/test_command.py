"""`articket check` as an organiser runs it: a process of its own, with exit code and output."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from doubles.a1111 import a1111

from bench.hall.server import BoothServer

ROOT = Path(__file__).resolve().parents[2]
WITHIN_S = 60


def check(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ARTICKET_")}
    own = {
        "ARTICKET_EXPERIENCE": str(ROOT / "experiences/painters"),
        "ARTICKET_HOST": "127.0.0.1",
        "ARTICKET_PORT": "0",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.run(
        [sys.executable, "-m", "articket", "check", *arguments],
        cwd=folder,
        env={**inherited, **own, **settings},
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )


def by_subject(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    return {line["subject"]: line for line in json.loads(done.stdout)["lines"]}


def test_an_installation_that_is_ready_exits_with_zero_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with a1111(auth="artist:sunflower") as server:
        endpoint = f"http://artist:sunflower@{server.host}:{server.port}"
        done = check(tmp_path, ARTICKET_SD_ENDPOINTS=endpoint)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert " Ready to open" in done.stdout
    assert f"{server.url} answers: A1111" in done.stdout
    assert "px, 4 steps) took" in " ".join(done.stdout.split())
    assert "\N{ESCAPE}" not in done.stdout
    assert "sunflower" not in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert list(tmp_path.iterdir()) == []


def test_servers_that_fail_are_red_with_a_fix_each_and_the_exit_code_says_so(tmp_path: Path) -> None:
    with a1111(api=False) as without_api, a1111() as gone:
        dead = gone.url
        gone.behave(dead=True)
        done = check(
            tmp_path,
            "--json",
            ARTICKET_SD_ENDPOINTS=f"{without_api.url},{dead.replace('//', '//artist:sunflower@')}",
            ARTICKET_CAPTION_URL=dead.replace("//", "//artist:sunflower@"),
        )
    assert done.returncode == 1
    assert json.loads(done.stdout)["ok"] is False
    lines = by_subject(done)
    for subject in ("Server 1", "Server 2", "Caption server"):
        assert lines[subject]["state"] == "bad"
        assert lines[subject]["fix"]
    assert "--api" in lines["Server 1"]["fix"]
    assert dead in lines["Server 2"]["found"]
    assert "sunflower" not in done.stdout + done.stderr


@pytest.mark.parametrize("as_json", [True, False])
def test_settings_that_cannot_be_read_are_told_all_at_once_with_exit_code_two(
    tmp_path: Path, *, as_json: bool
) -> None:
    done = check(tmp_path, *(["--json"] if as_json else []), ARTICKET_THREADS="many", ARTICKET_LOCALE="?")
    assert done.returncode == 2
    assert done.stderr == ""
    told = " ".join(done.stdout.split())
    assert "ARTICKET_THREADS must be a whole number" in told
    assert "ARTICKET_LOCALE must look like" in told
    if as_json:
        assert json.loads(done.stdout)["ok"] is False


def test_a_running_booth_is_recognised_at_its_address_and_goes_on(tmp_path: Path) -> None:
    booth = BoothServer(tmp_path / "booth")
    try:
        booth.wait_open()
        with a1111() as server:
            done = check(
                booth.home,
                "--json",
                ARTICKET_DATA_DIR=str(booth.home / "data"),
                ARTICKET_PORT=str(booth.port),
                ARTICKET_PUBLIC_URL=booth.address,
                ARTICKET_SD_ENDPOINTS=server.url,
            )
        assert booth.process.poll() is None
    finally:
        booth.stop()
    assert done.returncode == 0, done.stdout + done.stderr
    lines = by_subject(done)
    assert "booth that runs now" in lines["Data folder"]["found"]
    assert "is the running booth's" in lines["Port"]["found"]
    assert "leads to this booth" in lines["Public URL"]["found"]
    assert "0 visits" in lines["Database"]["found"]
    assert lines["Store"]["state"] == lines["Server 1: painting"]["state"] == "ok"
