"""After Lichtenstein: Ben-Day dots, flat inks, black outlines, cream paper."""

from collections.abc import Callable

import cv2
import numpy as np

from articket.adapters.painters.exposure import BROWN_HUE, PINK_HUE, face_lightness
from articket.adapters.painters.raster import (
    Picture,
    Plane,
    blur,
    crisp,
    curve,
    enlarge_mask,
    stretch,
    without_specks,
)
from articket.adapters.painters.reading import Reading
from articket.adapters.painters.zones import Zones, find_zones

Flat = Callable[[tuple[int, ...], Plane], None]

PITCH = 9.0
PAPER = (253, 250, 240)
RED, YELLOW, BLUE = (214, 24, 38), (255, 214, 20), (18, 62, 150)
DOT_BLUE = (40, 110, 190)
INK = (16, 15, 22)
SKIN_LIGHT = [22.0, 32.0, 42.0, 52.0, 62.0, 73.0]
"""Lightness of a face, and below for each the ground its dots are printed on and the dots."""
SKIN_GROUND = [(92, 50, 34), (134, 78, 50), (186, 122, 84), (226, 172, 128), (250, 224, 196), PAPER]
SKIN_DOTS = [(38, 14, 16), (70, 24, 22), (122, 34, 34), (186, 50, 50), (218, 58, 64), (226, 60, 70)]
PALE_CHROMA = 22.0
"""Skin more coloured than this is browner than its lightness under a flash tells."""
FACE_QUANTILES = [0.02, 0.12, 0.25, 0.5, 0.75, 0.9, 0.97]
FACE_RADII = [0.58, 0.48, 0.40, 0.31, 0.25, 0.20, 0.12]
"""Dot radius, in pitches, at those quantiles of the face's lightness: dots whatever the exposure."""


def paint_lichtenstein(reading: Reading, seed: int) -> Picture:
    """Return the reading as Lichtenstein might have printed it; the seed turns nothing but the screen."""
    smooth = _lightened(reading)
    zones = find_zones(reading, smooth)
    light = smooth[..., 0]
    unit, wide, high = reading.unit, reading.out_width, reading.out_height
    pitch = PITCH * unit * reading.zoom
    screen = _screen(wide, high, pitch, seed)
    paper = [np.full((high, wide), tint, np.float32) for tint in PAPER]

    def lay(colour: tuple[int, ...], mask: Plane) -> None:
        for channel, tint in enumerate(colour):
            paper[channel] += (tint - paper[channel]) * mask

    def flat(colour: tuple[int, ...], zone: Plane, round_off: float = 2.0) -> None:
        if zone.any():
            lay(colour, enlarge_mask(crisp(zone, round_off * unit), wide, high))

    def dotted(colour: tuple[int, ...], zone: Plane, radius: Plane) -> None:
        if zone.any():
            dots = np.clip(stretch(radius, wide, high) * np.float32(pitch) - screen + np.float32(0.5), 0, 1)
            lay(colour, enlarge_mask(crisp(zone, 2 * unit), wide, high) * dots)

    ground, dots = _skin_inks(reading, zones)
    flat(ground, zones.skin)
    dotted(dots, zones.skin, _skin_radii(reading, zones, light))
    dotted(DOT_BLUE, zones.grey, curve(light, [42, 60, 75, 86], [0.56, 0.44, 0.34, 0.24]))
    dotted(DOT_BLUE, zones.grey_hair, curve(light, [25, 45, 65, 90], [0.6, 0.46, 0.34, 0.2]))
    dotted(DOT_BLUE, zones.pale_blue, curve(light, [58, 75, 95], [0.58, 0.46, 0.32]))
    flat(YELLOW, zones.yellow | zones.fair_hair)
    flat(RED, zones.red | zones.lips, 1.4)
    flat(BLUE, zones.blue | zones.dark)
    flat(YELLOW, zones.green)
    dotted(DOT_BLUE, zones.green, curve(light, [18, 45, 80], [0.8, 0.55, 0.36]))
    _dark_hair(flat, zones, light)
    lay(INK, enlarge_mask(_black(reading, smooth), wide, high))
    return cv2.convertScaleAbs(cv2.merge(paper))


def _lightened(reading: Reading) -> Plane:
    """Return the plan's Lab with local contrast, smoothed into flat shapes."""
    lab = reading.lab.copy()
    grey = np.clip(lab[..., 0] * 2.55, 0, 255).astype(np.uint8)
    local = cv2.createCLAHE(2.0, (6, 6)).apply(grey).astype(np.float32) / np.float32(2.55)
    lab[..., 0] = 0.55 * lab[..., 0] + 0.45 * local
    half = cv2.resize(lab, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    for _ in range(3):
        half = cv2.bilateralFilter(half, 7, 9, 5 * reading.unit)
    smooth = stretch(half, reading.width, reading.height)
    return blur(smooth, 1.5 * reading.unit)


def _screen(width: int, height: int, pitch: float, seed: int) -> Plane:
    """Return each pixel's distance to the nearest dot of a 45-degree screen."""
    across = np.arange(width, dtype=np.float32)[None]
    down = np.arange(height, dtype=np.float32)[:, None]
    shift = np.float32((seed % 7) / 7)
    turn = np.float32(np.sqrt(0.5) / pitch)
    first = (across + down) * turn + shift
    second = (down - across) * turn
    distance: Plane = cv2.magnitude(first - np.rint(first), second - np.rint(second))
    distance *= np.float32(pitch)
    return distance


def _skin_inks(reading: Reading, zones: Zones) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the ground and dots that print this face as light or dark as it is."""
    face = face_lightness(reading.lightness, reading.faces[0]) if reading.faces else SKIN_LIGHT[-1]
    _, green_red, blue_yellow = zones.tone
    brown = float(np.interp(np.degrees(np.arctan2(blue_yellow, green_red)), [PINK_HUE, BROWN_HUE], [0, 1]))
    face -= 0.6 * brown * max(0.0, float(np.hypot(green_red, blue_yellow)) - PALE_CHROMA)

    def between(inks: list[tuple[int, int, int]]) -> tuple[int, ...]:
        return tuple(int(np.interp(face, SKIN_LIGHT, [ink[c] for ink in inks])) for c in range(3))

    return between(SKIN_GROUND), between(SKIN_DOTS)


def _skin_radii(reading: Reading, zones: Zones, light: Plane) -> Plane:
    """Return dot radii in pitches by where a pixel stands among the face's own lights and shadows."""
    soft = blur(light, 2.2 * reading.unit)
    known = soft[(reading.face > 0.6) & zones.skin] if reading.faces else soft[zones.skin]
    if known.size < 50:
        return np.full(light.shape, 0.25, np.float32)
    steps = np.quantile(known, FACE_QUANTILES)
    steps = np.maximum.accumulate(steps + np.arange(len(steps)) * 1e-3)
    return curve(soft, list(steps), FACE_RADII)


def _dark_hair(flat: Flat, zones: Zones, light: Plane) -> None:
    """Print dark hair black with blue lights."""
    if zones.dark_hair.any():
        bright = float(np.quantile(light[zones.dark_hair], 0.78))
        flat(INK, zones.dark_hair)
        flat(BLUE, zones.dark_hair & (light > max(bright, 16)))


def _black(reading: Reading, smooth: Plane) -> Plane:
    """Return the black: deep shadows and ink lines, without specks."""
    unit = reading.unit
    light, green_red, blue_yellow = cv2.split(smooth)
    chroma = cv2.magnitude(green_red, blue_yellow)
    deep = np.where((chroma > 8) & (blue_yellow < -3), 11, 22).astype(np.float32)  # navy stays blue
    if reading.faces:
        face = face_lightness(light, reading.faces[0])
        deep -= reading.face * np.float32(max(0.0, 22 - 0.4 * face))
        gain = np.float32(max(1.0, 62 / max(face, 20.0)) - 1)
        light = light * (1 + reading.face * gain)  # a dark face is not one shadow
    light = light + np.clip(chroma - 12, 0, 20) * (1 - reading.face)  # nor is a dark colour
    solid = crisp(without_specks(smooth[..., 0] < deep, 60 * unit * unit), 1.5 * unit)
    fine = _ink_lines(light / 100, 2.0 * unit)
    lines: Plane = without_specks(fine, 70 * unit * unit).astype(np.uint8)
    lines = cv2.dilate(lines, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3)))
    return np.maximum(solid, crisp(lines, 1.3 * unit, 0.2))


def _ink_lines(grey: Plane, sigma: float, sharpness: float = 16.0) -> Plane:
    """Return where an extended difference of Gaussians falls dark."""
    return (1 + sharpness) * blur(grey, sigma) - sharpness * blur(grey, sigma * 1.6) < 0.30
