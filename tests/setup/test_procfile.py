import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Stands for the platform's Python: tells how it was called and with what.
PYTHON = '#!/bin/sh\necho "$* proxies=$ARTICKET_TRUSTED_PROXIES port=$PORT"\n'


@pytest.mark.parametrize("shell", ["sh", "bash"])
@pytest.mark.parametrize(("given", "used"), [(None, "1"), ("2", "2")])
def test_the_web_process_brings_the_front_end_and_serves_behind_one_proxy(
    tmp_path: Path, shell: str, given: str | None, used: str
) -> None:
    python = tmp_path / "python"
    python.write_text(PYTHON)
    python.chmod(0o755)
    kind, _, command = (ROOT / "Procfile").read_text().strip().partition(": ")
    assert kind == "web"
    environ = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "PORT": "5000"}
    if given:
        environ["ARTICKET_TRUSTED_PROXIES"] = given
    done = subprocess.run(
        [shell, "-c", command], env=environ, cwd=ROOT, capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.splitlines() == [
        f"setup/vendor.py proxies={given or ''} port=5000",
        f"-m articket serve proxies={used} port=5000",
    ]
