import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WITHIN_S = 60


def articket(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder of its own, with these settings alone."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ARTICKET_")}
    return subprocess.run(
        [sys.executable, "-m", "articket", *arguments],
        cwd=folder,
        env={**inherited, **settings, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )


def test_help_names_every_command(tmp_path: Path) -> None:
    said = articket(tmp_path, "--help")
    assert said.returncode == 0
    assert "serve" in said.stdout
    assert "run the whole booth on this machine" in said.stdout
    assert said.stderr == ""


def test_an_unknown_command_is_refused_with_those_there_are(tmp_path: Path) -> None:
    said = articket(tmp_path, "sreve")
    assert said.returncode == 2
    assert "'sreve'" in said.stderr
    assert "serve" in said.stderr
    assert "Traceback" not in said.stderr


def test_no_command_is_refused(tmp_path: Path) -> None:
    assert articket(tmp_path).returncode == 2


def test_all_faults_of_the_settings_are_told_at_once(tmp_path: Path) -> None:
    """Whoever sets up mends them in one go; nothing is made before."""
    (tmp_path / "articket.toml").write_text("threads = 0\nevnt_name = 'x'\n")
    said = articket(
        tmp_path,
        "serve",
        ARTICKET_PORT="many",
        ARTICKET_LOCALE="Klingon!",
        ARTICKET_WIFI_PASSWORD="secret-word",  # noqa: S106 - it must not be shown
    )
    assert said.returncode == 4
    assert said.stderr.startswith("Articket cannot start.\n")
    for name in (
        "ARTICKET_PORT",
        "ARTICKET_LOCALE",
        "ARTICKET_WIFI_PASSWORD",
        "ARTICKET_THREADS",
        "evnt_name",
    ):
        assert name in said.stderr
    assert "secret-word" not in said.stderr
    assert "Traceback" not in said.stderr
    assert said.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["articket.toml"]


def test_importing_the_command_line_starts_nothing(tmp_path: Path) -> None:
    code = "import articket.cli, threading; print(threading.active_count())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=True,
    )
    assert done.stdout == "1\n"
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []
