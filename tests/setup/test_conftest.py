import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run_pytest(folder: Path, body: str, ci: str) -> str:
    shutil.copy(ROOT / "tests/conftest.py", folder / "conftest.py")
    (folder / "test_probe.py").write_text(body)
    command = [sys.executable, "-m", "pytest", "-q", "-ra", "-p", "no:cacheprovider", "-W", "error"]
    environ = {**os.environ, "CI": ci}
    done = subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout


SKIPPED = "import pytest\ndef test_probe():\n    pytest.skip('no Chromium here')\n"
SKIPPED_MODULE = "import pytest\npytest.skip('no Chromium here', allow_module_level=True)\n"
STRAY = "import socket\ndef test_probe():\n    socket.create_connection(('192.0.2.1', 80), timeout=1)\n"
HIDDEN_STRAY = """
import contextlib, socket
def test_probe():
    with contextlib.suppress(Exception):
        socket.create_connection(('192.0.2.1', 80), timeout=1)
"""


def test_a_skip_stays_a_skip_at_home(tmp_path: Path) -> None:
    output = run_pytest(tmp_path, SKIPPED, ci="")
    assert "1 skipped" in output
    assert "failed" not in output


def test_a_skip_in_ci_fails_with_its_reason(tmp_path: Path) -> None:
    output = run_pytest(tmp_path, SKIPPED, ci="true")
    assert "1 failed" in output
    assert "no Chromium here" in output


def test_a_skipped_module_in_ci_fails_with_its_reason(tmp_path: Path) -> None:
    output = run_pytest(tmp_path, SKIPPED_MODULE, ci="true")
    assert "1 error" in output
    assert "no Chromium here" in output


def test_a_connection_that_leaves_the_machine_raises(tmp_path: Path) -> None:
    assert "NetworkForbiddenError" in run_pytest(tmp_path, STRAY, ci="")


def test_a_stray_connection_is_noticed_even_where_its_fault_was_survived(tmp_path: Path) -> None:
    assert "the test connected to" in run_pytest(tmp_path, HIDDEN_STRAY, ci="")
