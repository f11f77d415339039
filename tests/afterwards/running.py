"""Runs the commands as an organiser does, in processes of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WITHIN_S = 120


def articket(
    data: Path, *arguments: str | Path, event: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ARTICKET_")}
    own = {
        "ARTICKET_DATA_DIR": str(data),
        "ARTICKET_EXPERIENCE": str(ROOT / "experiences/painters"),
        "ARTICKET_EVENT_NAME": event,
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.run(
        [sys.executable, "-m", "articket", *map(str, arguments)],
        cwd=data.parent,
        env={**inherited, **own, **settings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )


def as_json(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def fingerprints(folder: Path) -> dict[str, str]:
    """Return a sum of each file, taken by another process: in its own SQLite would lose its locks."""
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    done = subprocess.run(
        ["/usr/bin/sha256sum", *names], cwd=folder, capture_output=True, text=True, check=True
    )
    return {name: line.split()[0] for name, line in zip(names, done.stdout.splitlines(), strict=True)}
