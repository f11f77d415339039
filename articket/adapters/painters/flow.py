"""Which way a brush would go: directions read from a picture, and noise combed along them."""

from dataclasses import dataclass

import cv2
import numpy as np

from articket.adapters.painters.raster import Plane, blur

NO_SECOND_MAP = np.empty(0, np.float32)
"""The first map holds columns and rows both."""


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """Directions along edges (radians), how sure they are (0-1) and how strong the edges are."""

    tangent: Plane
    coherence: Plane
    edge: Plane


def read_flow(grey: Plane, sigma: float) -> Flow:
    """Return the structure tensor's flow of a grey plane (0-1), gathered over `sigma` pixels."""
    across = cv2.Scharr(grey, cv2.CV_32F, 1, 0) / 32
    down = cv2.Scharr(grey, cv2.CV_32F, 0, 1) / 32
    xx, xy, yy = blur(across * across, sigma), blur(across * down, sigma), blur(down * down, sigma)
    gradient = cv2.phase(xx - yy, 2 * xy) * np.float32(0.5)
    trace = xx + yy
    coherence = cv2.magnitude(xx - yy, 2 * xy) / (trace + np.float32(1e-6))
    return Flow(gradient + np.float32(np.pi / 2), coherence, cv2.sqrt(trace))


def doubled(angle: Plane) -> tuple[Plane, Plane]:
    """Return a direction as a vector of twice its angle, where both ways along a line are one."""
    cosine, sine = cv2.polarToCart(np.ones_like(angle), angle * np.float32(2))
    return cosine, sine


def halved(cosine: Plane, sine: Plane) -> Plane:
    """Return the direction of a doubled vector, radians."""
    return cv2.phase(cosine, sine) * np.float32(0.5)


def comb(plane: Plane, angle: Plane, steps: int, length: float) -> Plane:
    """Return the plane averaged along the flow, `steps` steps of `length` pixels both ways."""
    height, width = angle.shape
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    ahead_x, ahead_y = cv2.polarToCart(np.full_like(angle, length), angle)
    ahead = cv2.merge([ahead_x, ahead_y])
    start = cv2.merge([columns, rows])
    gathered = plane.astype(np.float32)
    source = gathered.copy()
    for way in (1.0, -1.0):
        step, place = ahead * np.float32(way), start
        for taken in range(1, steps + 1):
            place = cv2.add(place, step)
            sample = cv2.remap(source, place, NO_SECOND_MAP, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
            cv2.accumulate(sample, gathered)
            if taken < steps:
                step = _same_way(
                    cv2.remap(ahead, place, NO_SECOND_MAP, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REFLECT),
                    step,
                )
    return gathered * np.float32(1 / (2 * steps + 1))


def _same_way(step: Plane, before: Plane) -> Plane:
    back = (step[..., 0] * before[..., 0] + step[..., 1] * before[..., 1]) < 0
    step[back] *= -1
    return step
