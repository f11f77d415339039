"""Resolve setup/*.in anew and write requirements*.txt: `make pins`, after which the tests must pass."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = "3.11"
# One resolution for Linux, macOS and every Python, so that pictures are the same everywhere.
RESOLVE = (
    *("-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", OLDEST_PYTHON, "--upgrade"),
    *("--fork-strategy", "fewest"),
    *("--no-header", "--annotation-style", "line"),
)
FILES = (
    ("runtime.in", "requirements.txt", ()),
    ("test.in", "requirements-test.txt", ()),
    ("caption.in", "requirements-caption.txt", ("--override", "setup/caption-overrides.txt")),
)
NEVER_INSTALLED = re.compile(r"sys_platform == '(never|emscripten)'")
ALWAYS_TRUE = re.compile(r" ; sys_platform != 'emscripten'")
NOISE = re.compile(r"(,\s)?(-c|--override) [^,]*")


def tidy(line: str) -> str:
    """Shorten one resolved line to `name==version ; marker  # via who`."""
    pin, _, reason = ALWAYS_TRUE.sub("", line).partition("#")
    reason = NOISE.sub("", reason.strip().removeprefix("via")).strip(" ,")
    direct = re.sub(r"-r setup/\S+", "asked for here", reason)
    return f"{pin.rstrip()}  # {direct}"


def main() -> None:
    """Write the three files; the resolver's own complaint ends the run."""
    environ = {**os.environ, "PIP_FIND_LINKS": "", "UV_FIND_LINKS": ""}
    for source, target, extra in FILES:
        command = [sys.executable, *RESOLVE, *extra, f"setup/{source}"]
        done = subprocess.run(command, cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - constant arguments
        lines = [line for line in done.stdout.splitlines() if line and not NEVER_INSTALLED.search(line)]
        header = f"# Written by `make pins` from setup/{source}. Change that file, not this one."
        (ROOT / target).write_text("\n".join([header, *map(tidy, lines)]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
