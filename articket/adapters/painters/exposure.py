"""A photo's light made even before anyone paints it, without making anyone's skin another skin."""

from collections.abc import Sequence

import cv2
import numpy as np

from articket.adapters.painters.colour import to_lab
from articket.adapters.painters.faces import Face
from articket.adapters.painters.raster import Picture, Plane, blur, ellipse_mask

SCENE_BAND = (0.40, 0.66)
"""Median lightness that a scene is brought to from outside."""
FACE_BAND = (0.33, 0.76)
"""Lightness within which a face keeps its own: dark skin stays dark, light skin light."""
WELL_LIT_FACE = (0.42, 0.76)
GAMMA_RANGE = (0.42, 1.5)
NOISY = 1.6
"""Median noise of lightness from which a photo is smoothed first."""


def exposed(rgb: Picture, faces: Sequence[Face]) -> Plane:
    """Return the photo as Lab with full contrast, an even exposure and less sensor noise."""
    lab = _stretched(to_lab(rgb))
    gamma = _gamma(lab[..., 0], faces)
    lab[..., 0] = 100 * cv2.pow(np.clip(lab[..., 0] / 100, 0, 1), gamma)
    if gamma < 1:
        lab[..., 1:] *= np.float32(gamma**-0.35)  # lifted shadows look bleached otherwise
    return _calmed(lab)


def face_lightness(lightness: Plane, face: Face) -> float:
    """Return the median lightness (0-100) of a face's skin: its inner ellipse."""
    centre = (face.centre[0], face.y + 0.55 * face.height)
    inner = ellipse_mask(lightness.shape, centre, (face.width * 0.34, face.height * 0.42))
    skin = lightness[inner > 0]
    return float(np.median(skin)) if skin.size else 60.0


def _stretched(lab: Plane) -> Plane:
    low, high = np.percentile(lab[::4, ::4, 0], [0.5, 99.5])
    low, high = min(low, 25.0), max(high, 38.0)
    lab[..., 0] = np.clip((lab[..., 0] - np.float32(low)) / np.float32(high - low), 0, 1) * 100
    return lab


def _gamma(lightness: Plane, faces: Sequence[Face]) -> float:
    scene = float(np.clip(np.median(lightness[::4, ::4]) / 100, 0.03, 0.97))
    gamma = _towards(scene, SCENE_BAND)
    if faces:
        face = float(np.clip(face_lightness(lightness, faces[0]) / 100, 0.03, 0.97))
        if WELL_LIT_FACE[0] <= face <= WELL_LIT_FACE[1]:
            gamma = gamma**0.35  # a lit face before a dark curtain is right as it is
        gamma *= _towards(face**gamma, FACE_BAND)
    return float(np.clip(gamma, *GAMMA_RANGE))


def _towards(value: float, band: tuple[float, float]) -> float:
    return float(np.log(np.clip(value, *band)) / np.log(value))


def _calmed(lab: Plane) -> Plane:
    rough = cv2.absdiff(lab[..., 0], cv2.medianBlur(lab[..., 0], 3))
    noise = float(np.mean(np.minimum(rough[::2, ::2], 12)))
    if noise < NOISY:
        return lab
    calm: Plane = cv2.bilateralFilter(lab, 7, min(24.0, 7 * noise), 3)
    calm[..., 1:] = blur(calm[..., 1:], 2.0)
    return calm
