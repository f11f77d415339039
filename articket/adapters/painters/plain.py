"""The last resort: broad, calm strokes from anything at all."""

import cv2
import numpy as np

from articket.adapters.painters.raster import Picture
from articket.adapters.painters.reading import Reading

STROKE = 7.0
LEVELS = 14.0


def paint_plain(reading: Reading, seed: int) -> Picture:
    """Return the photo in softened patches on grained paper; nothing in it can go wrong."""
    small = cv2.medianBlur(reading.rgb, 2 * max(1, int(STROKE * reading.unit / 2)) + 1)
    small = cv2.bilateralFilter(small, 7, 40, 5)
    stepped = np.round(small.astype(np.float32) / LEVELS) * LEVELS
    large = cv2.resize(stepped, (reading.out_width, reading.out_height), interpolation=cv2.INTER_CUBIC)
    grain = np.random.default_rng(seed).standard_normal(small.shape[:2]).astype(np.float32)
    grain = cv2.GaussianBlur(grain, (0, 0), sigmaX=2.5, sigmaY=0.8) * np.float32(14)
    large += cv2.resize(grain, (reading.out_width, reading.out_height))[..., None]
    return np.clip(large, 0, 255).astype(np.uint8)
