"""After Van Gogh: curved, heavy strokes along the forms, swirling blue behind, relief in the paint."""

from dataclasses import dataclass

import cv2
import numpy as np

from articket.adapters.painters.brush import Relief, Strokes, follow, lay, light_up, scatter
from articket.adapters.painters.colour import Colour, lightness_ramp, look_up, to_rgb
from articket.adapters.painters.flow import doubled, halved
from articket.adapters.painters.raster import (
    FULL_TURN,
    Picture,
    Plane,
    Random,
    blur,
    curve,
    enlarge_mask,
    shrink,
    stretch,
    without_specks,
)
from articket.adapters.painters.reading import Reading

NIGHT: list[tuple[float, Colour]] = [
    (0, (14, 22, 66)),
    (25, (22, 44, 120)),
    (45, (38, 84, 168)),
    (62, (62, 128, 190)),
    (78, (120, 178, 196)),
    (92, (214, 222, 176)),
    (100, (250, 238, 170)),
]
VORTICES = (
    (0.84, 0.15, 0.17, 1),
    (0.14, 0.2, 0.15, -1),
    (0.1, 0.62, 0.13, 1),
    (0.93, 0.58, 0.13, -1),
    (0.5, 0.06, 0.1, 1),
)
"""Middle and radius as parts of the picture, and the way round."""
ACCENTS = np.array([[0, 6, 16], [-3, -14, 4], [4, -3, 14], [-4, 4, -16], [0, 14, 8]], np.float32)
"""Shifts in Lab towards orange, green, pale yellow, blue-violet and rose."""
NIGHT_ACCENTS = np.array([[-2, -9, -2], [-5, 5, -18], [7, -4, 20], [3, -8, 6], [-7, 2, -8]], np.float32)
CONTOUR = np.array([20, 28, 70], np.float32)


@dataclass(frozen=True, slots=True)
class Layer:
    """One coat of strokes; lengths in 768ths of the picture."""

    spacing: float
    width: float
    half: int
    step: float
    blur: float
    jitter: float
    height: float
    accents: float


def paint_vangogh(reading: Reading, seed: int) -> Picture:
    """Return the reading as Van Gogh might have painted it."""
    random = np.random.default_rng(seed)
    swirl, glow = _vortices(reading)
    angle = _angle(reading, swirl)
    colour = _colours(reading, glow)
    canvas = _primed(reading, colour)
    face, unit = reading.face, reading.unit
    detail = blur(np.clip(reading.flow.edge * 30, 0, 1), 3 * unit)
    people = np.float32(0.6) if reading.figure is None else reading.figure
    size = _face_size(reading)
    coats = (
        (Layer(9.5, 11, 3, 7, 4, 5, 110, 0.25), 1 - face),
        (Layer(8, 6.5, 3, 4.8, 2, 4.5, 130, 0.25), (0.35 * (1 - face) + detail * 0.9) * (1 - 0.8 * face)),
        (Layer(6 * size, 5.6 * size, 3, 4 * size, 1.6, 4.5, 130, 0.30), face),
        (Layer(4.6, 3.4, 2, 3.6, 0.8, 3, 140, 0.12), detail * 0.9 * people),
    )
    for layer, density in coats:
        _coat(canvas, reading, angle, colour, layer, np.clip(density, 0, 1), random)
    _contours(canvas, reading)
    return light_up(canvas, angle, Relief(1.5, 7), random)


def _vortices(reading: Reading) -> tuple[Plane, Plane]:
    """Return a swirling direction (radians) and the glow around its middles (0-1)."""
    width, height = max(8, reading.width // 4), max(8, reading.height // 4)
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    across, down = across / width, down / height
    wave = 0.55 * np.sin(FULL_TURN * (across * 0.9 + 0.15)) + 0.35 * np.sin(
        FULL_TURN * (down * 1.1 + across * 0.5)
    )
    to_x, to_y = np.cos(wave), np.sin(wave)
    glow = np.zeros_like(across)
    tall = height / width
    for x, y, radius, way in _clear_vortices(reading):
        dx, dy = across - x, (down - y) * tall
        distance = np.sqrt(dx * dx + dy * dy) + 1e-4
        pull = np.exp(-((distance / radius) ** 2) * 0.9) * 6
        to_x += pull * (-dy / distance * way + 0.18 * dx / distance)
        to_y += pull * (dx / distance * way + 0.18 * dy / distance)
        rings = np.exp(-((distance / (radius * 0.8)) ** 2)) * (0.55 + 0.45 * np.cos(distance / radius * 9.5))
        glow = np.maximum(glow, rings)
    length = np.hypot(to_x, to_y) + 1e-6
    large = [
        stretch(plane.astype(np.float32), reading.width, reading.height)
        for plane in (to_x / length, to_y / length, glow)
    ]
    return cv2.phase(large[0], large[1]), large[2]


def _clear_vortices(reading: Reading) -> list[tuple[float, float, float, int]]:
    """Return the vortices that keep away from every face."""
    clear = list(VORTICES)
    for face in reading.faces:
        x, y = face.centre[0] / reading.width, face.centre[1] / reading.height
        reach = 0.6 * max(face.width / reading.width, face.height / reading.height)
        clear = [v for v in clear if np.hypot(v[0] - x, v[1] - y) > reach]
    return clear


def _angle(reading: Reading, swirl: Plane) -> Plane:
    flow, unit = reading.flow, reading.unit
    form = np.clip(flow.edge * 40, 0, 1) * flow.coherence
    air = np.clip(reading.backdrop * 1.3, 0, 1) * (1 - 0.75 * form) + 0.10
    along, swirled = doubled(flow.tangent), doubled(swirl)
    cosine, sine = (blur(form * a + air * b, 5 * unit) for a, b in zip(along, swirled, strict=True))
    return halved(cosine, sine)


def _colours(reading: Reading, glow: Plane) -> Plane:
    light, backdrop = reading.lightness, reading.backdrop
    colour = reading.lab.copy()
    colour[..., 1:] *= 1.5
    colour[..., 1] += curve(light, [0, 30, 60, 100], [2, 3, -2, -6])
    colour[..., 2] += curve(light, [0, 40, 75, 100], [-14, 0, 12, 14])  # blue shadows, yellow lights
    free = np.clip((0.86 + 0.14 * glow) * backdrop, 0, 1)
    if reading.figure is None:
        night = 24 + 0.56 * light + 46 * glow * backdrop
    else:
        middle = np.average(light[::4, ::4], weights=backdrop[::4, ::4] + 1e-3)
        night = np.clip(45 + (light - middle) * 0.75, 8, 86) + 48 * glow * backdrop
        free = blur(free, 2 * reading.unit)
    colour += (look_up(lightness_ramp(NIGHT), night) - colour) * free[..., None]
    return colour.astype(np.float32)


def _primed(reading: Reading, colour: Plane) -> Picture:
    half = shrink(colour, max(1, reading.width // 2), max(1, reading.height // 2))
    ground = to_rgb(blur(half * np.array([0.8, 1, 1], np.float32), 3 * reading.unit))
    ground = stretch(ground, reading.out_width, reading.out_height)
    return np.dstack([ground, np.full(ground.shape[:2], 90, np.uint8)])


def _face_size(reading: Reading) -> float:
    """Return how the strokes on a face scale with it."""
    widest = max((face.width for face in reading.faces), default=0.0)
    return float(np.clip(widest / (reading.width * 0.30), 0.55, 1.3))


def _coat(
    canvas: Picture,
    reading: Reading,
    angle: Plane,
    colour: Plane,
    layer: Layer,
    density: Plane,
    random: Random,
) -> None:
    unit, zoom = reading.unit, reading.zoom
    columns, rows = scatter(layer.spacing * unit, reading.width, reading.height, random, density)
    count = len(columns)
    if not count:
        return
    here = rows.astype(int), columns.astype(int)
    source = blur(colour, layer.blur * unit) if layer.blur > 1 else colour
    paint = source[here].copy()
    paint += random.normal(0, 1, (count, 3)) * np.array([1, 0.9, 1.3]) * layer.jitter
    pick = random.integers(0, len(ACCENTS), count)
    behind = reading.backdrop[here] > 0.5
    accent = np.where(behind[:, None], NIGHT_ACCENTS[pick], ACCENTS[pick])
    paint += accent * (random.random(count) < layer.accents)[:, None]
    step = layer.step * unit * random.uniform(0.75, 1.25, count).astype(np.float32)
    strokes = Strokes(
        paths=follow(angle, columns, rows, layer.half, step) * np.float32(zoom),
        colours=to_rgb(paint[None])[0].astype(np.float32),
        heights=layer.height + random.uniform(-40, 40, count),
        widths=layer.width * unit * zoom * random.uniform(0.75, 1.2, count),
    )
    lay(canvas, strokes, bristles=1.0)


def _contours(canvas: Picture, reading: Reading) -> None:
    """Draw the dark blue outlines of forms into the wet paint."""
    unit = reading.unit
    grey = reading.lightness / 100
    line = (17 * blur(grey, 1.6 * unit) - 16 * blur(grey, 2.7 * unit)) < 0.22
    line = blur(without_specks(line, 90 * unit * unit).astype(np.float32), 1.0 * unit)
    people = np.float32(0.7) if reading.figure is None else reading.figure
    strength = enlarge_mask(line, reading.out_width, reading.out_height) * np.float32(0.62)
    strength *= stretch(np.clip(people + 0.15 + 0 * line, 0, 1), reading.out_width, reading.out_height)
    rgb = canvas[..., :3]
    rgb[...] = (rgb * (1 - strength[..., None]) + CONTOUR * strength[..., None]).astype(np.uint8)
