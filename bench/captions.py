"""How fast BLIP captions photos, one at a time and in batches, and how much memory that takes.

The architecture is the published base model's, its weights are random: as fast as the real one, but every
caption runs to the full 30 words, which real ones seldom do, so this is the slowest case. It is saved to a
folder and loaded as the caption server loads it.

Usage: python bench/captions.py [--json] [--device auto|cpu|cuda] [--tiny] [--rounds N] [--batches 1,2,4,8]
"""

import argparse
import json
import resource
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch.cuda import max_memory_allocated, memory_allocated, reset_peak_memory_stats, synchronize

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from caption_server.models import BASE, TINY, save_model  # noqa: E402  (the tests' own models)

from articket.caption_server.model import Blip, load_blip, precision  # noqa: E402  (found through the path above)

PHOTO_SIDES = (1500, 2000)  # as the booth sends them
MEGABYTE = 1024 * 1024


def seconds(blip: Blip, prepared: Sequence[Any], rounds: int) -> float:
    """Return the median of so many runs, after one that warms up."""
    times = []
    for number in range(rounds + 1):
        began = perf_counter()
        captions = blip.caption(prepared)
        if blip.device == "cuda":
            synchronize()
        if number:
            times.append(perf_counter() - began)
        assert len(captions) == len(prepared)
    return median(times)


def memory_mb(device: str) -> float:
    """Return the most memory that was in use: the card's for tensors, else this process's."""
    if device == "cuda":
        return float(max_memory_allocated()) / MEGABYTE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def photos(count: int) -> list[Image.Image]:
    """Return different noisy photos of the size that the booth sends."""
    chance = np.random.default_rng(3)
    return [Image.fromarray(chance.integers(0, 256, (*PHOTO_SIDES, 3), dtype=np.uint8)) for _ in range(count)]


def measure(folder: Path, device: Any, rounds: int, batches: Sequence[int]) -> dict[str, Any]:
    """Load the model in a folder and return everything that was measured."""
    began = perf_counter()
    blip = load_blip(str(folder), device)
    loaded_s = perf_counter() - began
    idle_mb = memory_allocated() / MEGABYTE if blip.device == "cuda" else memory_mb("cpu")
    pictures = photos(4)
    began = perf_counter()
    prepared = [blip.prepare(each) for each in pictures] * (max(batches) // 4 + 1)
    prepared_s = perf_counter() - began
    rows = []
    for size in batches:
        if blip.device == "cuda":
            reset_peak_memory_stats()
        took_s = seconds(blip, prepared[:size], rounds)
        rows.append(
            {
                "batch": size,
                "seconds": round(took_s, 4),
                "captions_per_s": round(size / took_s, 2),
                "memory_mb": round(memory_mb(blip.device)),
            }
        )
    return {
        "device": blip.device,
        "name": torch.cuda.get_device_name()
        if blip.device == "cuda"
        else f"{torch.get_num_threads()} threads",
        "precision": str(precision(blip.device)).removeprefix("torch."),
        "load_s": round(loaded_s, 2),
        "idle_memory_mb": round(idle_mb),
        "prepare_photo_s": round(prepared_s / 4, 4),
        "runs": rows,
    }


def main() -> None:
    """Print a line for each size of batch, and everything as JSON in the last line."""
    options = argparse.ArgumentParser()
    options.add_argument("--json", action="store_true", help="print the last line only")
    options.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    options.add_argument("--tiny", action="store_true", help="a model as small as can be, to try this out")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--batches", default="1,2,4,8")
    asked = options.parse_args()
    batches = [int(each) for each in asked.batches.split(",")]
    with tempfile.TemporaryDirectory() as held:
        folder = save_model(Path(held), TINY if asked.tiny else BASE)
        found = {
            "model": "tiny" if asked.tiny else "base",
            **measure(folder, asked.device, asked.rounds, batches),
        }
    if not asked.json:
        for key, value in found.items():
            if key != "runs":
                print(key, value)
        for row in found["runs"]:
            print(*(f"{key} {value}" for key, value in row.items()))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
