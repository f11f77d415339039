"""`articket caption-server` as a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from photos.samples import cat, saved

from articket.caption_server.model import Blip
from articket.caption_server.uploads import LIMIT_BYTES, read_photo
from bench.hall.server import ROOT, free_port, wait_until

READY_S = 120
ENDS_WITHIN_S = 3.0
WITHIN_S = 60
NOT_INSTALLED = (
    "import sys; sys.modules.update(torch=None, transformers=None); "
    "from articket.cli import main; sys.exit(main(['caption-server']))"
)


class CaptionServer:
    """The real command, its output in a file."""

    def __init__(self, home: Path, model: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = home / "log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "articket", "caption-server"],
                cwd=home,
                env=environ(
                    ARTICKET_CAPTION_HOST="127.0.0.1",
                    ARTICKET_CAPTION_PORT=str(self.port),
                    ARTICKET_CAPTION_MODEL=model,
                    ARTICKET_CAPTION_DEVICE="cpu",
                ),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self._log.read_text("utf-8")

    def health(self) -> str:
        """Return what /healthz says, nothing where nobody answers."""
        try:
            return str(requests.get(f"{self.url}/healthz", timeout=WITHIN_S).json()["status"])
        except requests.ConnectionError:
            return ""

    def wait_for(self, *phases: str) -> None:
        assert wait_until(lambda: self.health() in phases, READY_S), self.said

    def end(self) -> tuple[int, float]:
        """Tell it to end; return its exit code and how long it took, in seconds."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(WITHIN_S)
        return code, time.monotonic() - began


def environ(**settings: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ARTICKET_")}
    return {**inherited, **settings, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], CaptionServer]]:
    started: list[CaptionServer] = []

    def begin(model: str) -> CaptionServer:
        started.append(CaptionServer(tmp_path, model))
        return started[-1]

    yield begin
    for server in started:
        if server.process.poll() is None:
            os.killpg(server.process.pid, signal.SIGKILL)
            server.process.wait(WITHIN_S)


@pytest.mark.alone
def test_the_command_serves_captions_of_a_saved_model(
    start: Callable[[str], CaptionServer], folder: Path, blip: Blip
) -> None:
    server = start(str(folder))
    server.wait_for("loading", "ready")
    server.wait_for("ready")
    photo = saved(cat(), "JPEG")
    wanted = blip.caption([blip.prepare(read_photo(photo))])[0]
    with requests.Session() as client:
        for _ in range(2):
            answer = client.post(
                f"{server.url}/generate_caption",
                files={"file": ("photo.jpg", photo, "image/jpeg")},
                timeout=WITHIN_S,
            )
            assert answer.json() == {"caption": wanted}
        # The client has a connection open, and must still read why its 17 MiB were sent back.
        large = client.post(
            f"{server.url}/generate_caption",
            files={"file": ("photo.jpg", b"\xff\xd8\xff" + b"\0" * (LIMIT_BYTES + 2**20), "image/jpeg")},
            timeout=WITHIN_S,
        )
        assert (large.status_code, large.json()["code"]) == (413, "photo-too-many-bytes")
        code, took_s = server.end()
    assert code == 0
    assert took_s < ENDS_WITHIN_S
    assert "Traceback" not in server.said
    assert "photo.jpg" not in server.said


@pytest.mark.alone
def test_the_command_ends_at_once_while_it_loads(start: Callable[[str], CaptionServer], folder: Path) -> None:
    server = start(str(folder))
    server.wait_for("loading", "ready")
    code, took_s = server.end()
    assert code == 0
    assert took_s < ENDS_WITHIN_S
    assert "Traceback" not in server.said


def test_a_model_that_is_missing_is_told_by_health_and_in_the_log(
    start: Callable[[str], CaptionServer],
) -> None:
    server = start("/nowhere/blip")
    server.wait_for("failed")
    assert "There is no folder /nowhere/blip." in server.said
    assert server.process.poll() is None
    assert server.end()[0] == 0


def run(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environ(**settings),
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )


def test_missing_packages_are_told_with_the_command_that_installs_them(tmp_path: Path) -> None:
    done = run(tmp_path, "-c", NOT_INSTALLED)
    assert done.returncode == 4
    assert done.stderr.startswith(
        "Articket cannot start.\nThe caption server needs torch and transformers. "
        "Start it by `make caption-server`"
    )


def test_wrong_settings_are_told(tmp_path: Path) -> None:
    done = run(tmp_path, "-m", "articket", "caption-server", ARTICKET_CAPTION_BATCH="0")
    assert done.returncode == 4
    assert done.stderr == "Articket cannot start.\nARTICKET_CAPTION_BATCH must be 1 to 64.\n"


def test_the_booth_itself_never_imports_torch(tmp_path: Path) -> None:
    """It starts on laptops where that is not installed."""
    code = "import sys, articket.cli; print({'torch', 'transformers'} & set(sys.modules))"
    assert run(tmp_path, "-c", code).stdout == "set()\n"
