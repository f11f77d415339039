"""A photo's light made even before anyone paints it, without making anyone's skin another skin."""

from collections.abc import Sequence

import cv2
import numpy as np

from articket.adapters.painters.colour import to_lab
from articket.adapters.painters.faces import Face
from articket.adapters.painters.raster import Picture, Plane, blur, ellipse_mask

SCENE_BAND = (0.40, 0.70)
"""Median lightness that a scene is brought to from outside."""
FACE_BAND = (0.36, 0.74)
"""Lightness within which a face keeps its own: dark skin stays dark, light skin light."""
WELL_LIT_FACE = (0.42, 0.76)
PINK_HUE, BROWN_HUE = 40.0, 48.0
"""Pinker skin than this is light by nature: where it is dark, it is in shadow. Brown skin is itself."""
SHADED_PINK_FLOOR = 0.63
GLOOMY_FLOOR = 0.5
"""In a photo that is dark all over nobody's skin can be told; the middle is the smallest mistake."""
GAMMA_RANGE = (0.42, 1.4)
NOISY = 1.6
"""Median noise of lightness from which a photo is smoothed first."""
UNDEREXPOSED = 30.0
"""Median lightness of a photo under which its colour cast is one of the lamp, not of the scene."""


def exposed(rgb: Picture, faces: Sequence[Face], figure: Plane | None) -> Plane:
    """Return the photo as Lab with full contrast, an even exposure, faces out of the dark and less noise."""
    lab = to_lab(rgb)
    gloomy = float(np.percentile(lab[::4, ::4, 0], 75)) < UNDEREXPOSED
    if gloomy:
        lab[..., 1:] -= np.median(lab[::4, ::4, 1:], (0, 1)) * np.float32(0.4)
    lab = _calmed(_stretched(lab))
    before = np.maximum(lab[..., 0], 4)
    light: Plane = np.clip(lab[..., 0] / 100, 0, 1)
    light = cv2.pow(light, _scene_gamma(light, faces))
    if faces:
        fill = _face_gamma(light, lab, faces[0], GLOOMY_FLOOR if gloomy else FACE_BAND[0])
        reach = _reach(lab.shape[:2], faces, figure)
        light = light + (cv2.pow(light, fill) - light) * reach
    lab[..., 0] = 100 * light
    if gloomy:
        lab[..., 0] = _with_contrast(lab[..., 0])
    richer = blur(np.clip(lab[..., 0] / before, 0.9, 3.0), 3)
    lab[..., 1:] *= (richer ** np.float32(0.75))[..., None]  # lifted shadows look bleached otherwise
    return lab


def face_lightness(lightness: Plane, face: Face) -> float:
    """Return the median of a plane over a face's skin: its inner ellipse."""
    centre = (face.centre[0], face.y + 0.55 * face.height)
    inner = ellipse_mask(lightness.shape, centre, (face.width * 0.34, face.height * 0.42))
    skin = lightness[inner > 0]
    return float(np.median(skin)) if skin.size else float(np.median(lightness))


def _stretched(lab: Plane) -> Plane:
    low, high = np.percentile(lab[::4, ::4, 0], [0.5, 99.5])
    low, high = min(low, 25.0), max(high, 38.0)
    lab[..., 0] = np.clip((lab[..., 0] - np.float32(low)) / np.float32(high - low), 0, 1) * 100
    return lab


def _scene_gamma(light: Plane, faces: Sequence[Face]) -> float:
    scene = float(np.clip(np.median(light[::4, ::4]), 0.03, 0.97))
    gamma = _towards(scene, SCENE_BAND)
    if faces:
        face = face_lightness(light, faces[0])
        if WELL_LIT_FACE[0] <= face <= WELL_LIT_FACE[1]:
            gamma = gamma**0.35  # a lit face before a dark curtain is right as it is
    return float(np.clip(gamma, *GAMMA_RANGE))


def _with_contrast(light: Plane) -> Plane:
    """Return lightness with half of the local contrast that darkness swallowed."""
    levels = np.clip(light * 2.55, 0, 255).astype(np.uint8)
    local = cv2.createCLAHE(2.0, (4, 4)).apply(levels).astype(np.float32) / np.float32(2.55)
    return cv2.addWeighted(light, 0.5, local, 0.5, 0)


def _face_gamma(light: Plane, lab: Plane, face: Face, brown_floor: float) -> float:
    """Return what lifts a face out of its own shadow, or calms a burnt one."""
    green_red, blue_yellow = (face_lightness(lab[..., channel], face) for channel in (1, 2))
    hue = float(np.degrees(np.arctan2(blue_yellow, green_red)))
    floor = float(np.interp(hue, [PINK_HUE, BROWN_HUE], [SHADED_PINK_FLOOR, brown_floor]))
    now = float(np.clip(face_lightness(light, face), 0.03, 0.97))
    return float(np.clip(_towards(now, (floor, FACE_BAND[1])), *GAMMA_RANGE))


def _reach(shape: tuple[int, int], faces: Sequence[Face], figure: Plane | None) -> Plane:
    """Return how far a face's own exposure reaches: the people, else around the heads."""
    if figure is not None:
        return blur(figure, 8)
    reach = np.zeros(shape, np.uint8)
    for face in faces:
        reach |= ellipse_mask(shape, face.centre, (face.width * 0.9, face.height * 1.2))
    return blur(reach.astype(np.float32), faces[0].width * 0.3)


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
