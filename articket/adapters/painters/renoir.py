"""After Renoir: feathery strokes, blue-violet shadows, cream lights, rosy cheeks, a garden behind."""

from dataclasses import dataclass

import cv2
import numpy as np

from articket.adapters.painters.brush import Relief, Strokes, follow, lay, light_up, scatter
from articket.adapters.painters.colour import Colour, lab_of, to_rgb
from articket.adapters.painters.flow import comb, doubled, halved
from articket.adapters.painters.raster import (
    FULL_TURN,
    Picture,
    Plane,
    Random,
    blur,
    cloud_noise,
    curve,
    shrink,
    stretch,
)
from articket.adapters.painters.reading import Reading

GARDEN: tuple[Colour, ...] = (
    (58, 92, 96),
    (74, 112, 138),
    (96, 132, 104),
    (142, 156, 112),
    (196, 178, 130),
    (206, 158, 150),
    (122, 140, 176),
    (226, 208, 178),
)
FEATHER = np.float32(np.deg2rad(-58))
WEAVE = 3.6


@dataclass(frozen=True, slots=True)
class Layer:
    """One coat of strokes; lengths in 768ths of the picture."""

    spacing: float
    width: float
    half: int
    step: float
    blur: float
    jitter: tuple[float, float]
    height: float


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """What Renoir works from: the reading at half its planning size."""

    width: int
    height: int
    unit: float
    lab: Plane
    backdrop: Plane
    face: Plane
    edge: Plane
    clouds: tuple[Plane, Plane, Plane]


def paint_renoir(reading: Reading, seed: int) -> Picture:
    """Return the reading as Renoir might have painted it."""
    random = np.random.default_rng(seed)
    sketch = _sketch(reading, random)
    angle = _angle(reading, sketch)
    colour = _colours(reading, sketch)
    wide, high = reading.out_width, reading.out_height
    canvas = stretch(to_rgb(blur(colour, 7 * sketch.unit)), wide, high)
    canvas = np.dstack([canvas, np.full((high, wide), 110, np.uint8)])
    face = sketch.face
    detail = blur(np.clip(sketch.edge * 30, 0, 1), 3 * sketch.unit)
    size = _face_size(reading)
    coats = (
        (Layer(9, 10, 3, 8, 4, (4, 5.5), 110), 1 - 0.9 * face),
        (Layer(7.4, 5.8, 3, 5.5, 1.8, (3.5, 5.5), 115), (0.5 + detail) * (1 - 0.8 * face)),
        (Layer(6.2 * size, 6.4 * size, 3, 5.0 * size, 2.2, (3.0, 6.5), 116), face * 1.1),
        (Layer(6.4 * size, 3.6 * size, 3, 3.8 * size, 1.2, (3.0, 7.0), 122), face * 0.8),
        (Layer(4.6, 3.0, 2, 3.6, 0.8, (2, 3.5), 118), detail * 0.85),
    )
    for layer, density in coats:
        _coat(canvas, reading, sketch, angle, colour, layer, np.clip(density, 0, 1), random)
    lit = light_up(canvas, angle, Relief(1.0, 8), random)
    return _glazed(
        reading, sketch, lit, to_rgb(comb(colour, shrink_angle(angle, sketch), 2, 3 * sketch.unit))
    )


def shrink_angle(angle: Plane, sketch: Sketch) -> Plane:
    """Return directions at the sketch's size."""
    cosine, sine = (shrink(part, sketch.width, sketch.height) for part in doubled(angle))
    return halved(cosine, sine)


def _sketch(reading: Reading, random: Random) -> Sketch:
    width, height = max(1, reading.width // 2), max(1, reading.height // 2)
    unit = reading.unit / 2
    return Sketch(
        width=width,
        height=height,
        unit=unit,
        lab=shrink(reading.lab, width, height),
        backdrop=shrink(reading.backdrop, width, height),
        face=shrink(reading.face, width, height),
        edge=shrink(reading.flow.edge, width, height),
        clouds=(
            cloud_noise(width, height, 190 * unit, random),
            cloud_noise(width, height, 70 * unit, random),
            cloud_noise(width, height, 70 * unit, random),
        ),
    )


def _angle(reading: Reading, sketch: Sketch) -> Plane:
    """Return directions at planning size: feathery in the open, along the forms where there are any."""
    coherence = shrink(reading.flow.coherence, sketch.width, sketch.height)
    form = np.clip(sketch.edge * 45, 0, 1) * coherence * np.float32(1.2)
    air = 0.22 + 0.5 * sketch.backdrop * (1 - np.clip(form, 0, 1))
    feather = doubled(FEATHER + np.float32(0.6) * sketch.clouds[0])
    along = (shrink(part, sketch.width, sketch.height) for part in doubled(reading.flow.tangent))
    parts = (blur(form * a + air * b, 4 * sketch.unit) for a, b in zip(along, feather, strict=True))
    cosine, sine = (stretch(part, reading.width, reading.height) for part in parts)
    return halved(cosine, sine)


def _colours(reading: Reading, sketch: Sketch) -> Plane:
    lab, backdrop = sketch.lab, sketch.backdrop
    light = lab[..., 0]
    colour = lab.copy()
    colour[..., 0] = curve(light, [0, 20, 50, 80, 100], [12, 27, 54, 80, 95])
    own = 1 - 0.7 * sketch.face  # brown skin turns mauve under Renoir's blue shadows
    colour[..., 1] = lab[..., 1] * 1.2 + curve(light, [0, 35, 60, 100], [6, 4, 4, 2]) * own
    colour[..., 2] = lab[..., 2] * 1.15 + curve(light, [0, 30, 55, 80, 100], [-20, -12, -1, 7, 9]) * own
    chroma = cv2.magnitude(lab[..., 1], lab[..., 2])
    garden = _garden(reading, sketch, colour[..., 0])
    if reading.figure is None:
        free = backdrop * np.clip(1 - chroma / 22, 0, 1) * 0.85
    else:
        free = blur(backdrop, 2 * sketch.unit) * np.clip(1.15 - chroma / 60, 0.35, 1)
    colour += (garden - colour) * free[..., None]
    dapple = np.clip(sketch.clouds[0] + 0.6 * sketch.clouds[2], -2, 2) * (1 - 0.8 * sketch.face)
    colour[..., 0] += 3 * dapple
    colour[..., 2] += 3 * dapple
    _rouge(colour, reading)
    return colour.astype(np.float32)


def _garden(reading: Reading, sketch: Sketch, own_light: Plane) -> Plane:
    """Return drifting blooms and leaves, as light as what they replace."""
    large, small, fine = sketch.clouds
    place = np.clip((small * 0.9 + large * 0.5) * 1.3 + 3.2, 0, len(GARDEN) - 1.001)
    low = place.astype(int)
    part = (place - low)[..., None]
    tints = np.stack([lab_of(colour) for colour in GARDEN])
    garden = tints[low] * (1 - part) + tints[low + 1] * part
    light = sketch.lab[..., 0]
    if reading.figure is None:
        garden[..., 0] = 0.35 * garden[..., 0] + 0.65 * own_light
    else:
        middle = np.average(light[::2, ::2], weights=sketch.backdrop[::2, ::2] + 1e-3)
        lifted = (np.clip(middle, 35, 80) - 58) * 0.5
        garden[..., 0] = np.clip(
            garden[..., 0] * 0.75 + 14 + (light - middle) * 0.6 + 4 * fine + lifted, 12, 92
        )
    richer: Plane = garden * np.array([1, 1.12, 1.1], np.float32) + np.array([0, 2, 1], np.float32)
    return richer


def _rouge(colour: Plane, reading: Reading) -> None:
    """Warm the cheeks of every face, in place."""
    scale = colour.shape[1] / reading.width
    for face in reading.faces:
        radius = max(1.0, face.width * 0.08 * 2 * scale)
        for side in (0.25, 0.75):
            x, y = (face.x + face.width * side) * scale, (face.y + face.height * 0.64) * scale
            reach = int(3 * radius)
            top, left = max(0, int(y) - reach), max(0, int(x) - reach)
            patch = colour[top : int(y) + reach, left : int(x) + reach, 1]
            if not patch.size:
                continue
            down, across = np.ogrid[top : top + patch.shape[0], left : left + patch.shape[1]]
            patch += 8 * np.exp(-((across - x) ** 2 + (down - y) ** 2) / (radius * radius)).astype(np.float32)


def _face_size(reading: Reading) -> float:
    """Return how the strokes on a face scale with it."""
    widest = max((face.width for face in reading.faces), default=0.0)
    return float(np.clip(widest / (reading.width * 0.30), 0.55, 1.25))


def _coat(
    canvas: Picture,
    reading: Reading,
    sketch: Sketch,
    angle: Plane,
    colour: Plane,
    layer: Layer,
    density: Plane,
    random: Random,
) -> None:
    unit, zoom = reading.unit, reading.zoom
    dense = stretch(density.astype(np.float32), reading.width, reading.height)
    columns, rows = scatter(layer.spacing * unit, reading.width, reading.height, random, dense)
    count = len(columns)
    if not count:
        return
    here = (
        np.minimum(rows.astype(int) // 2, sketch.height - 1),
        np.minimum(columns.astype(int) // 2, sketch.width - 1),
    )
    source = blur(colour, layer.blur * sketch.unit) if layer.blur > 1 else colour
    spread = np.array([layer.jitter[0], layer.jitter[1], layer.jitter[1] * 1.3])
    paint = source[here] + random.normal(0, 1, (count, 3)) * spread
    step = layer.step * unit * random.uniform(0.7, 1.3, count).astype(np.float32)
    strokes = Strokes(
        paths=follow(angle, columns, rows, layer.half, step) * np.float32(zoom),
        colours=to_rgb(paint[None])[0].astype(np.float32),
        heights=layer.height + random.uniform(-14, 14, count),
        widths=layer.width * unit * zoom * random.uniform(0.7, 1.25, count),
    )
    lay(canvas, strokes, bristles=0.4)


def _glazed(reading: Reading, sketch: Sketch, lit: Picture, base: Picture) -> Picture:
    """Return the lit strokes softened, glazed with the combed base, blooming, on woven canvas."""
    wide, high, unit = reading.out_width, reading.out_height, reading.unit * reading.zoom
    soft = blur(lit, 0.7 * unit).astype(np.float32)
    ground = cv2.resize(base, (wide, high), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    share = stretch(np.float32(0.25) - np.float32(0.1) * sketch.face, wide, high)[..., None]
    soft += (ground - soft) * share
    quarter = shrink(soft, max(1, sketch.width // 2), max(1, sketch.height // 2))
    bloom = stretch(blur(quarter, 5 * sketch.unit), wide, high)
    soft = soft * np.float32(0.88) + np.float32(0.12) * (
        255 - (255 - soft) * (255 - bloom) * np.float32(1 / 255)
    )
    across = np.sin(np.arange(wide) * FULL_TURN / (WEAVE * unit))
    down = np.sin(np.arange(high) * FULL_TURN / (WEAVE * unit))
    weave = (1 + 0.015 * np.outer(down, across)).astype(np.float32)
    woven: Plane = soft * weave[..., None]
    return cv2.convertScaleAbs(woven)
