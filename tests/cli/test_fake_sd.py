import argparse
import base64
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import requests
from PIL import Image

from articket.fake_sd.pictures import Sketch
from articket.stand_in import describe, paint

ROOT = Path(__file__).resolve().parents[2]
WITHIN_S = 60
SIZE = 128, 192


@contextmanager
def started(folder: Path, *options: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Start the command on a free port and yield it with what it says."""
    process = subprocess.Popen(
        [sys.executable, "-m", "articket", "fake-sd", "--port", "0", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        try:
            assert process.stdout is not None
            ready, _, _ = select.select([process.stdout], [], [], WITHIN_S)
            assert ready, "It says nothing."
            yield process, process.stdout.readline()
        finally:
            process.kill()


def photo() -> Image.Image:
    down, across = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    pixels = np.stack([down % 256, across * 2 % 256, (down + across) % 256], axis=-1)
    return Image.fromarray(pixels.astype(np.uint8))


def sent() -> str:
    out = BytesIO()
    photo().save(out, "JPEG")
    return base64.b64encode(out.getvalue()).decode()


def test_a_server_started_by_hand_paints_and_ends_when_told(tmp_path: Path) -> None:
    options = ("--seconds", "0", "--name", "atelier", "--auth", "booth:secret", "--model", "pony_xl")
    with started(tmp_path, *options) as (process, said):
        (url,) = re.findall(r"http://\S+:\d+", said)
        assert said.startswith("atelier paints at ")
        assert "secret" not in said
        order = {"init_images": [sent()], "prompt": "by van Gogh", "steps": 4, "width": 128, "height": 192}
        bare = requests.post(f"{url}/sdapi/v1/img2img", json=order, timeout=WITHIN_S)
        assert bare.status_code == 401
        login = ("booth", "secret")
        answer = requests.post(f"{url}/sdapi/v1/img2img", json=order, auth=login, timeout=WITHIN_S)
        painting = Image.open(BytesIO(base64.b64decode(answer.json()["images"][0])))
        assert painting.size == SIZE
        models = requests.get(f"{url}/sdapi/v1/sd-models", auth=login, timeout=WITHIN_S).json()
        assert [each["model_name"] for each in models] == ["pony_xl"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(WITHIN_S) == 0
        assert process.stdout is not None
        assert process.stdout.read() == ""


def test_a_taken_port_is_told_in_a_sentence(tmp_path: Path) -> None:
    with started(tmp_path) as (_, said):
        (port,) = re.findall(r":(\d+)", said)
        with started(tmp_path, "--port", port) as (second, told):
            assert second.wait(WITHIN_S) == 4
    assert told.startswith("fake-sd cannot start: 127.0.0.1:")


@pytest.mark.parametrize(
    "options", [("--fail", "2"), ("--seconds", "-1"), ("--auth", "nobody"), ("--flavour", "none")], ids=str
)
def test_options_that_cannot_be_are_refused(
    options: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    parser = argparse.ArgumentParser(prog="fake-sd")
    describe(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(options)
    assert options[0] in capsys.readouterr().err


def test_the_prompt_says_who_paints() -> None:
    names = ("Pablo Picasso", "Auguste Renoir", "Vincent van Gogh", "Roy Lichtenstein", "nobody at all")
    painted = {paint(Sketch(photo(), f"in the manner of {name}", 1)).tobytes() for name in names}
    assert len(painted) == 5
