import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OLD_PYTHON = "#!/bin/sh\nexit 1\n"
# Stands for a Python that fits: fills a virtual environment with itself and counts pip's runs.
GOOD_PYTHON = """#!/bin/sh
case "$*" in
    "-m venv --clear .venv") rm -rf .venv; mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
    "-m pip"*) echo "$*" >>pip.log ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "setup").mkdir()
    shutil.copy(ROOT / "setup/install.sh", tmp_path / "setup")
    (tmp_path / "requirements.txt").write_text("flask==3\n")
    (tmp_path / "requirements-test.txt").write_text("pytest==9\n")
    (tmp_path / "bin").mkdir()
    for name in ("sh", "dirname", "cat", "cksum", "rm", "mkdir", "cp", "id"):
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    return tmp_path


def add_python(checkout: Path, name: str, script: str) -> None:
    path = checkout / "bin" / name
    path.write_text(script)
    path.chmod(0o755)


def install(checkout: Path, *files: str, python: str = "") -> subprocess.CompletedProcess[str]:
    environ = {"PATH": str(checkout / "bin"), "PYTHON": python}
    command = [str(checkout / "setup/install.sh"), *files]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=30)


def pip_runs(checkout: Path) -> int:
    log = checkout / "pip.log"
    return len(log.read_text().splitlines()) if log.exists() else 0


def test_no_python_is_told_in_a_sentence(checkout: Path) -> None:
    done = install(checkout, "requirements.txt")
    assert done.returncode == 1
    assert done.stderr.startswith("Articket needs Python 3.11 or newer, and there is none here.")


def test_a_python_that_is_too_old_is_passed_over(checkout: Path) -> None:
    add_python(checkout, "python3", OLD_PYTHON)
    add_python(checkout, "python3.12", GOOD_PYTHON)
    assert install(checkout, "requirements.txt").returncode == 0
    assert (checkout / ".venv/bin/python").exists()


def test_a_named_python_that_does_not_fit_is_told_by_its_name(checkout: Path) -> None:
    add_python(checkout, "python3", GOOD_PYTHON)
    done = install(checkout, "requirements.txt", python="python2")
    assert "there is none here called python2." in done.stderr


def test_the_second_start_installs_nothing(checkout: Path) -> None:
    add_python(checkout, "python3", GOOD_PYTHON)
    install(checkout, "requirements.txt")
    (checkout / "requirements.txt").touch()
    assert install(checkout, "requirements.txt").stdout == ""
    assert pip_runs(checkout) == 1


def test_the_tests_needs_are_added_and_do_not_make_serve_install_again(checkout: Path) -> None:
    add_python(checkout, "python3", GOOD_PYTHON)
    install(checkout, "requirements.txt")
    install(checkout, "requirements.txt", "requirements-test.txt")
    install(checkout, "requirements.txt")
    assert pip_runs(checkout) == 2


def test_changed_pins_are_installed(checkout: Path) -> None:
    add_python(checkout, "python3", GOOD_PYTHON)
    install(checkout, "requirements.txt")
    (checkout / "requirements.txt").write_text("flask==4\n")
    install(checkout, "requirements.txt")
    assert pip_runs(checkout) == 2


def test_a_python_that_went_away_makes_everything_anew(checkout: Path) -> None:
    add_python(checkout, "python3", GOOD_PYTHON)
    install(checkout, "requirements.txt")
    (checkout / ".venv/bin/python").unlink()
    (checkout / ".venv/bin/python").symlink_to("/nowhere/python3")
    install(checkout, "requirements.txt")
    assert pip_runs(checkout) == 2
