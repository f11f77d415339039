from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from caption_server.gates import Gate
from caption_server.models import save_model

from articket.caption_server.captioning import Captioning, Limits
from articket.caption_server.model import Blip, load_blip
from bench.hall.server import wait_until


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a tiny model."""
    return save_model(tmp_path_factory.mktemp("blip"))


@pytest.fixture(scope="session")
def blip(folder: Path) -> Blip:
    torch.set_num_threads(1)  # a tiny model gains nothing by more, and beside other tests they only wait
    return load_blip(str(folder), "cpu")


@pytest.fixture
def gate(blip: Blip) -> Gate:
    return Gate(blip)


@pytest.fixture
def captioning(gate: Gate) -> Iterator[Captioning]:
    """Return captioning with a model behind a gate, ready."""
    made = Captioning(lambda: gate, Limits(largest_batch=4))
    made.start()
    assert wait_until(lambda: made.status.phase == "ready", 10)
    yield made
    gate.open()
    assert made.end(10)
