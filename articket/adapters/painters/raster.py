"""Planes and pictures: the few array operations that every painter uses."""

from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Picture: TypeAlias = NDArray[Any]
"""HxWx3, RGB, uint8."""
Plane: TypeAlias = NDArray[Any]
"""HxW or HxWxC, float32."""

Random: TypeAlias = np.random.Generator

FULL_TURN = 2 * np.pi


def blur(plane: Plane, sigma: float) -> Plane:
    """Return the plane under a Gaussian of `sigma` pixels."""
    return cv2.GaussianBlur(plane, (0, 0), max(0.3, sigma))


def shrink(plane: Plane, width: int, height: int) -> Plane:
    """Return the plane at a smaller size, every pixel an average."""
    return cv2.resize(plane, (width, height), interpolation=cv2.INTER_AREA)


def stretch(plane: Plane, width: int, height: int) -> Plane:
    """Return the plane at another size, linearly between pixels."""
    return cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR)


def curve(plane: Plane, at: list[float], value: list[float]) -> Plane:
    """Map a plane through a curve of straight pieces."""
    return np.interp(plane, at, value).astype(np.float32)


def smoothstep(value: Plane | float, low: float, high: float) -> Any:
    """Rise softly from 0 at `low` to 1 at `high`."""
    part = np.clip((value - low) / (high - low), 0, 1)
    return part * part * (3 - 2 * part)


def crisp(mask: Plane, sigma: float, soft: float = 0.12) -> Plane:
    """Return a mask with its outline rounded over `sigma` pixels and its edge about a pixel soft."""
    rounded = blur(mask.astype(np.float32), sigma)
    return _cut(rounded, 1 / (2 * soft))


def enlarge_mask(mask: Plane, width: int, height: int) -> Plane:
    """Return a soft-edged mask at a larger size with an edge as sharp as before."""
    zoom = width / mask.shape[1]
    if zoom <= 1:
        return stretch(mask, width, height)
    large = cv2.resize(mask, (width, height), interpolation=cv2.INTER_CUBIC)
    return _cut(large, min(zoom, 3.0))


def _cut(mask: Plane, steepness: float) -> Plane:
    cut: Plane = np.clip((mask - 0.5) * steepness + 0.5, 0, 1)
    return cut


def without_specks(mask: Plane, area: float) -> Plane:
    """Return a boolean mask without its connected blobs of fewer than `area` pixels."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    keep = stats[:, cv2.CC_STAT_AREA] >= area
    keep[0] = False
    kept: Plane = keep[labels]
    return kept


def cloud_noise(width: int, height: int, cell: float, random: Random, octaves: int = 2) -> Plane:
    """Return soft noise of mean 0 and deviation 1 whose blots are about `cell` pixels wide."""
    noise = np.zeros((height, width), np.float32)
    for octave in range(octaves):
        rows, columns = int(height / cell * 2**octave) + 3, int(width / cell * 2**octave) + 3
        seeds = random.standard_normal((rows, columns)).astype(np.float32)
        noise += 0.5**octave * cv2.resize(seeds, (width, height), interpolation=cv2.INTER_CUBIC)
    noise /= noise.std() + np.float32(1e-6)
    return noise


def ellipse_mask(
    shape: tuple[int, int], centre: tuple[float, float], radii: tuple[float, float]
) -> NDArray[np.uint8]:
    """Return 1 inside an upright ellipse and 0 outside."""
    mask = np.zeros(shape, np.uint8)
    axes = (max(1, int(radii[0])), max(1, int(radii[1])))
    cv2.ellipse(mask, (int(centre[0]), int(centre[1])), axes, 0, 0, 360, 1, -1)
    return mask
