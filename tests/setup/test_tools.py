import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# The script finds these on the real machine too, where no PATH leads; here they are always there.
PRINTING = ("cupsd", "ippeveprinter")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    (tmp_path / "sh").symlink_to(str(shutil.which("sh")))
    for name in PRINTING:
        add(tmp_path, name)
    return tmp_path


def add(machine: Path, name: str, script: str = "") -> None:
    path = machine / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def bring_tools(machine: Path) -> str:
    command = [str(ROOT / "setup/tools.sh")]
    done = subprocess.run(
        command, env={"PATH": str(machine)}, capture_output=True, text=True, check=True, timeout=30
    )
    return done.stdout


def test_nothing_is_said_or_installed_where_everything_is_there(machine: Path) -> None:
    for name in ("chromium-browser", "qpdf", "pdftoppm", "initdb", "nginx", "dbus-daemon"):
        add(machine, name)
    assert bring_tools(machine) == ""


def test_root_installs_what_is_missing_with_the_package_manager(machine: Path) -> None:
    add(machine, "qpdf")
    add(machine, "id", "echo 0")
    add(machine, "apt-get", f'echo "$*" >>{machine}/log')
    assert bring_tools(machine) == "Installing chromium poppler-utils postgresql nginx dbus for the tests\n"
    assert (machine / "log").read_text().splitlines() == [
        "update -qq",
        "install -y -qq --no-install-recommends chromium poppler-utils postgresql nginx dbus",
    ]


@pytest.mark.parametrize("script", ["echo 1000", "echo 0"])
def test_what_may_not_or_cannot_be_installed_is_told_and_stops_nothing(machine: Path, script: str) -> None:
    add(machine, "id", script)
    add(machine, "apt-get", "exit 100")
    last = bring_tools(machine).splitlines()[-1]
    assert last.startswith(
        "Not here: chromium qpdf poppler-utils postgresql nginx dbus. The tests that need them are skipped"
    )
