"""The stand-in image server started by hand: `articket fake-sd`, painting with the laptop's own recipes."""

import argparse
import signal
import sys
import threading
from types import FrameType
from typing import Any, Final

import numpy as np
from PIL import Image

from articket.adapters.network import in_url
from articket.adapters.painters.reading import read
from articket.adapters.painters.recipes import LAST_RESORT
from articket.adapters.painters.studio_work import paint_surely
from articket.fake_sd.behaviour import SDXL, Behaviour, Checkpoint, Flavour
from articket.fake_sd.pictures import Sketch
from articket.fake_sd.stand_in import StandIn
from articket.serving import CANNOT_START

USUAL_PORT: Final = 7860
WORDS: Final = {"picasso": "picasso", "renoir": "renoir", "gogh": "vangogh", "lichtenstein": "lichtenstein"}
"""Which word of a prompt calls which painter."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Name the options of the command."""
    parser.add_argument("--port", type=int, default=USUAL_PORT, help="0 takes any free one (7860)")
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 to be reached from other machines")
    parser.add_argument(
        "--seconds", type=_seconds, default=2.0, help="how long a painting takes at least (2)"
    )
    parser.add_argument("--fail", type=_share, default=0.0, help="share of paintings that fail, 0 to 1 (0)")
    parser.add_argument("--name", default="fake-sd", help="what it calls itself in the terminal")
    parser.add_argument("--auth", type=_auth, help="ask for this user:password")
    parser.add_argument("--model", default=SDXL.name, help="the checkpoint it says it has loaded")
    parser.add_argument("--flavour", type=Flavour, default=Flavour.A1111, help=", ".join(Flavour))


def fake_sd(*, port: int, host: str, name: str, model: str, **behaviour: Any) -> int:
    """Serve until told to end; behaviour are further fields of Behaviour."""
    behaves = Behaviour(models=(Checkpoint(model),), **behaviour)
    try:
        server = StandIn(behaves, paint=paint, host=host, port=port)
    except (OSError, OverflowError) as broken:
        _say(f"{name} cannot start: {host}:{port} cannot be opened ({broken}).", sys.stderr)
        return CANNOT_START
    ending = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ending.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    _say(f"{name} paints at http://{in_url(server.host)}:{server.port}, a stand-in without a GPU.")
    ending.wait()
    server.close()
    return 0


def paint(sketch: Sketch) -> Image.Image:
    """Paint as the painter whom the prompt names, or in plain strokes."""
    prompt = sketch.prompt.lower()
    recipe = next((each for word, each in WORDS.items() if word in prompt), LAST_RESORT)
    picture, _, _ = paint_surely(read(np.asarray(sketch.photo)), recipe, abs(sketch.seed))
    return Image.fromarray(picture)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds < float("inf"):
        raise ValueError(text)
    return seconds


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise ValueError(text)
    return share


def _auth(text: str) -> str:
    user, colon, password = text.partition(":")
    if not (user and colon and password):
        raise argparse.ArgumentTypeError("give it as user:password")
    return text


def _say(text: str, where: Any = None) -> None:
    print(text, file=where or sys.stdout, flush=True)
