"""How long four paintings take: cold, warm and at print size, wall and CPU.

Run as `python bench/painters.py [--json]`; with --json the last line is one JSON object.
"""

import argparse
import json
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import numpy as np
import skimage.data
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from articket.adapters.painters.pool import PaintPool
from articket.adapters.painters.studio_work import PRINT_SIZE, Painted, PaintOrder

BENCH_SIZE = (768, 768)
SLOW_FIRST = ("renoir", "vangogh", "picasso", "lichtenstein")
ROUNDS = 5


def photo(turn: int) -> bytes:
    """Return a fresh 1200 x 1744 photo, so that no reading of it is kept from before."""
    picture = np.asarray(skimage.data.astronaut())[0:436, 74:374]  # type: ignore[no-untyped-call]
    image = Image.fromarray(np.ascontiguousarray(picture)).resize((1200, 1744), Image.Resampling.BICUBIC)
    image.putpixel((0, 0), (turn % 256, 0, 0))
    out = BytesIO()
    image.save(out, "JPEG", quality=92)
    return out.getvalue()


def four(pool: PaintPool, turn: int, size: tuple[int, int]) -> tuple[float, float, list[Painted]]:
    """Paint one photo four times at once; return wall and CPU seconds and the paintings."""
    taken = photo(turn)
    orders = [PaintOrder(taken, recipe, turn, size=size) for recipe in SLOW_FIRST]
    started = time.perf_counter()
    with ThreadPoolExecutor(len(orders)) as threads:
        paintings = list(threads.map(pool.paint, orders))
    wall = time.perf_counter() - started
    return wall, sum(painting.cpu_seconds for painting in paintings), paintings


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the numbers as JSON in the last line")
    wanted = parser.parse_args()
    started = time.perf_counter()
    pool = PaintPool()
    pool.warm()
    warm_up = time.perf_counter() - started
    first, _, _ = four(pool, 0, BENCH_SIZE)
    warm = [four(pool, turn, BENCH_SIZE) for turn in range(1, ROUNDS + 1)]
    prints = [four(pool, turn, PRINT_SIZE) for turn in range(101, 101 + ROUNDS)]
    pool.close()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    numbers = {
        "four_warm_s": round(float(np.median([wall for wall, _, _ in warm])), 3),
        "four_cpu_s": round(float(np.median([cpu for _, cpu, _ in warm])), 3),
        "four_cold_s": round(warm_up + first, 3),
        "four_print_warm_s": round(float(np.median([wall for wall, _, _ in prints])), 3),
        "peak_mb": round(peak),
    }
    for painting in prints[-1][2]:
        seconds, size = painting.cpu_seconds, len(painting.print)
        print(f"{painting.recipe:14} {seconds:.2f} CPU s, {size:,} bytes at print size")
    for name, value in numbers.items():
        print(f"{name:20} {value}")
    if wanted.json:
        print(json.dumps(numbers))


if __name__ == "__main__":
    main()
