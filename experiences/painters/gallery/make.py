"""Paint the house's own paintings with the laptop's painters: run `python experiences/painters/gallery/make.py`."""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[2])]

from motifs import MOTIFS  # noqa: E402 - after the path that it lies in

from articket.adapters.painters.reading import read  # noqa: E402
from articket.adapters.painters.recipes import RECIPES  # noqa: E402
from articket.adapters.painters.studio_work import LARGE_SIZE, encode  # noqa: E402

PAINTINGS = (
    ("pear", "picasso", 12),
    ("pear", "renoir", 5),
    ("pear", "vangogh", 7),
    ("pear", "lichtenstein", 7),
    ("boat", "picasso", 4),
    ("town", "vangogh", 7),
    ("flowers", "renoir", 5),
    ("cat", "vangogh", 3),
    ("lighthouse", "lichtenstein", 7),
)
LARGEST_FILE = 160_000


def jpeg_of(motif: str, style: str, seed: int) -> bytes:
    """Return a painting as a JPEG that a monitor loads at once."""
    painting = RECIPES[style](read(MOTIFS[motif](), size=LARGE_SIZE), seed)
    for quality in range(86, 40, -3):
        jpeg = encode(painting, quality)
        if len(jpeg) <= LARGEST_FILE:
            return jpeg
    raise ValueError(f"{motif}.{style} does not fit into {LARGEST_FILE} bytes.")


def main() -> None:
    """Paint all, or those named, into this folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", help="motif.style")
    parser.add_argument("--to", type=Path, default=HERE)
    wanted = parser.parse_args()
    for motif, style, seed in PAINTINGS:
        name = f"{motif}.{style}"
        if not wanted.only or name in wanted.only:
            jpeg = jpeg_of(motif, style, seed)
            (wanted.to / f"{name}.jpg").write_bytes(jpeg)
            print(f"{name}: {len(jpeg):,} bytes")


if __name__ == "__main__":
    main()
