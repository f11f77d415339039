"""Of an erased visit nothing is left on disk or in the log but the receipt, counts and its id."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from durability.booth import NAME, PHOTO
from durability.killing import ENDS_WITHIN_S, TESTS, portrait
from erasure.booth import LOG, WAYS

SHORTEST = 9


def run(data: Path, way: str) -> subprocess.Popen[str]:
    data.mkdir()
    (data / PHOTO).write_bytes(portrait())
    return subprocess.Popen(
        [sys.executable, "-c", "from erasure.booth import main; main()", str(data), way],
        cwd=TESTS,
        env={"PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent))), "PATH": os.environ["PATH"]},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def shapes(secret: bytes) -> list[bytes]:
    """Return the bytes as they are, and what base64 makes of them at each of its three offsets."""
    found = [secret]
    for offset in range(3):
        coded = base64.b64encode(bytes(offset) + secret)
        # The first and last letters also carry bits of whatever stands beside.
        inner = coded[-(-offset * 8 // 6) : (offset + len(secret)) * 8 // 6]
        assert len(inner) >= SHORTEST
        found += [inner, inner.replace(b"+", b"-").replace(b"/", b"_")]
    return found


def escaped(secret: bytes) -> list[bytes]:
    """Return text as JSON escapes it."""
    try:
        return [json.dumps(secret.decode())[1:-1].encode()]
    except UnicodeDecodeError:
        return []


def leaks(folder: Path, secrets: list[bytes]) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != PHOTO]
    assert any(path.name == "articket.db" for path in files)
    return [
        f"{path.relative_to(folder)}: secret {number}"
        for path in files
        for number, secret in enumerate(secrets)
        if any(shape in path.read_bytes() for shape in (*shapes(secret), *escaped(secret)))
    ]


@pytest.mark.parametrize("way", sorted(WAYS))
def test_nothing_of_an_erased_visit_is_left(tmp_path: Path, way: str) -> None:
    data = tmp_path / "data"
    booth = run(data, way)
    try:
        assert booth.stdout is not None
        told: dict[str, Any] = json.loads(booth.stdout.readline())
        secrets = [base64.b64decode(each) for each in told["seen"]]
        assert told["left"] == []
        assert leaks(tmp_path, secrets) == [], "while it runs"
        booth.communicate("\n", timeout=ENDS_WITHIN_S)
    finally:
        booth.kill()
        booth.communicate()
    assert leaks(tmp_path, secrets) == [], "after it was closed"
    assert told["items"]["name"] == told["items"]["photo"] == 1
    if way == "after_everything":
        assert told["items"] == {
            "photo": 1, "paintings": 4, "sentence": 1, "name": 1, "answers": 8, "ticket": 1, "review": 1,
        }  # fmt: skip
        assert len(secrets) > 3 + 4 * 4, "every picture was looked for"
    assert (tmp_path / LOG).exists()


def test_the_search_would_find_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "articket.db").write_bytes(b"")
    for number in range(4):
        hay = b"x" * number + NAME.encode() + b"yy"
        (tmp_path / "hay").write_bytes(hay)
        assert leaks(tmp_path, [NAME.encode()])
        (tmp_path / "hay").write_bytes(base64.b64encode(hay))
        assert leaks(tmp_path, [NAME.encode()])
        (tmp_path / "hay").write_text(json.dumps(NAME))
        assert leaks(tmp_path, [NAME.encode()])
