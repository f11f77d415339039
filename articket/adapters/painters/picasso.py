"""After Picasso: faces from two sides at once, convex facets, eight colour families, thick ink."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from articket.adapters.painters.colour import Colour, lightness_ramp, to_rgb
from articket.adapters.painters.facets import Facets, cut_facets, fixed_point
from articket.adapters.painters.profile import SplitFaces, split_faces
from articket.adapters.painters.raster import (
    Picture,
    Plane,
    Random,
    blur,
    curve,
    enlarge_mask,
    stretch,
    without_specks,
)
from articket.adapters.painters.reading import Reading

FACET_COUNT = 105
STOPS = (6.0, 30.0, 56.0, 80.0, 97.0)
FAMILIES: dict[str, tuple[Colour, Colour, Colour, Colour, Colour]] = {
    "ochre": ((38, 24, 22), (122, 66, 34), (222, 152, 42), (250, 206, 96), (253, 238, 190)),
    "cream": ((34, 28, 34), (112, 92, 84), (196, 166, 126), (240, 220, 178), (252, 246, 228)),
    "rose": ((44, 16, 30), (140, 40, 52), (216, 104, 98), (244, 176, 160), (253, 228, 216)),
    "red": ((40, 10, 18), (150, 24, 32), (214, 50, 42), (238, 120, 84), (250, 206, 170)),
    "blue": ((12, 16, 48), (26, 56, 128), (58, 112, 182), (136, 186, 214), (224, 238, 240)),
    "lavender": ((28, 18, 50), (84, 62, 126), (146, 124, 182), (200, 184, 216), (240, 232, 242)),
    "teal": ((8, 30, 38), (14, 84, 88), (60, 146, 132), (150, 204, 176), (228, 242, 220)),
    "grey": ((20, 20, 28), (70, 74, 88), (132, 138, 146), (196, 198, 196), (246, 244, 236)),
}
NAMES = tuple(FAMILIES)
FREEDOM, PLAIN_FREEDOM = 16.0, 9.0
"""How far (in Lab) a facet's family may be from its own colour, with faces and without."""
BEHIND = np.array([0.9, 0.45, 0.8, 0.7, 2.2, 1.3, 2.0, 0.35])
LIT_SIDE, SHADED_SIDE = ("ochre", "cream", "ochre", "rose"), ("lavender", "blue", "rose", "lavender", "teal")
FAINT = 0.012
"""Edge strength under which a silhouette follows nothing in the photo and is left out."""
INK = np.array([18, 14, 22], np.float32)
SEAM = np.array([28, 22, 30], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Cubes:
    """The plan in facets: each pixel's facet, and per facet its centre and shares of face and people."""

    labels: Plane
    sizes: Plane
    centre_x: Plane
    centre_y: Plane
    face: Plane
    people: Plane

    def mean(self, plane: Plane) -> Plane:
        """Return a plane's mean in each facet."""
        total = np.bincount(self.labels.ravel(), weights=plane.ravel(), minlength=len(self.sizes))
        return (total / self.sizes).astype(np.float32)

    def spread(self, values: Plane) -> Plane:
        """Return each facet's value at its pixels."""
        plane: Plane = values.astype(np.float32)[self.labels]
        return plane


def paint_picasso(reading: Reading, seed: int) -> Picture:
    """Return the reading as Picasso might have painted it."""
    random = np.random.default_rng(seed)
    split = split_faces(reading)
    face = blur(split.faces.astype(np.float32), 4 * reading.unit)
    two_sided = cv2.remap(
        _brightened(reading), split.columns, split.rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    weight = 1 + 1.2 * face + (0 if reading.figure is None else 0.6 * reading.figure)
    facets = cut_facets(two_sided[..., 0] / 100, FACET_COUNT, random, weight)
    cubes = _cubes(reading, facets, split, face)
    x, y = _own_places(reading, cubes)
    look_x, look_y = _shaken(reading, cubes, x, y, random)
    shaken = cv2.remap(two_sided, look_x, look_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    lab = _coloured(reading, cubes, split, shaken, (x, y), face, random)
    rgb = to_rgb(lab).astype(np.float32) + _brushed(cubes, x, y, random)
    wide, high, zoom = reading.out_width, reading.out_height, reading.zoom
    picture: Plane = cv2.resize(np.clip(rgb, 0, 255), (wide, high), interpolation=cv2.INTER_CUBIC)
    _draw_seams(picture, reading, facets, face)
    outline = enlarge_mask(_ink(reading, shaken[..., 0] / 100, face), wide, high)[..., None] * np.float32(
        0.95
    )
    picture += (INK - picture) * outline
    painted = cv2.convertScaleAbs(np.clip(picture, 0, 255))
    ink = tuple(INK.tolist())
    for profile in split.profiles:
        width = max(2, int(profile.eyes * 0.045 * zoom))
        cv2.polylines(painted, [fixed_point(profile.line, zoom)], False, ink, width, cv2.LINE_AA, 4)
    _draw_silhouette(painted, reading, split, (look_x, look_y))
    return painted


def _brightened(reading: Reading) -> Plane:
    """Return the plan's Lab lighter than life, faces less so: facets need light to glow."""
    lab = reading.lab.copy()
    median = float(np.clip(np.median(lab[::4, ::4, 0]) / 100, 0.1, 0.9))
    gamma = float(np.clip(np.log(0.64) / np.log(median), 0.6, 1.0))
    light = np.clip(lab[..., 0] / 100, 0, 1)
    raised = cv2.pow(light, gamma)
    lab[..., 0] = 100 * (raised + (cv2.pow(light, gamma**0.4) - raised) * reading.face)
    return lab


def _cubes(reading: Reading, facets: Facets, split: SplitFaces, face: Plane) -> Cubes:
    labels = facets.drawn(reading.width, reading.height, 1.0)
    if split.profiles:
        halves = labels * 2 + (split.side > 0) * (split.faces > 0)
        labels = np.unique(halves, return_inverse=True)[1].reshape(labels.shape).astype(np.int32)
    sizes = np.bincount(labels.ravel()).astype(np.float32) + np.float32(1e-3)
    rows, columns = np.mgrid[0 : reading.height, 0 : reading.width].astype(np.float32)
    empty = np.zeros(len(sizes), np.float32)
    cubes = Cubes(labels, sizes, empty, empty, empty, empty)
    people = np.full(len(sizes), 0.5, np.float32) if reading.figure is None else cubes.mean(reading.figure)
    return Cubes(labels, sizes, cubes.mean(columns), cubes.mean(rows), cubes.mean(face), people)


def _own_places(reading: Reading, cubes: Cubes) -> tuple[Plane, Plane]:
    """Return each pixel's place from its facet's centre."""
    columns = np.arange(reading.width, dtype=np.float32)[None]
    rows = np.arange(reading.height, dtype=np.float32)[:, None]
    return columns - cubes.spread(cubes.centre_x), rows - cubes.spread(cubes.centre_y)


def _shaken(reading: Reading, cubes: Cubes, x: Plane, y: Plane, random: Random) -> tuple[Plane, Plane]:
    """Return where to look so that every facet shows its part a little moved, turned and enlarged."""
    count = len(cubes.sizes)
    far = (1 - 0.8 * cubes.face) * reading.unit * (0.6 if reading.figure is None else 1.0)
    move_x, move_y = random.normal(0, 8, count) * far, random.normal(0, 8, count) * far
    turn = random.normal(0, 0.06, count) * (1 - 0.75 * cubes.face)
    scale = 1 - random.uniform(-0.02, 0.10, count) * (1 - 0.7 * cubes.face)
    cosine, sine = cubes.spread(np.cos(turn) * scale), cubes.spread(np.sin(turn) * scale)
    return (
        cubes.spread(cubes.centre_x + move_x) + cosine * x - sine * y,
        cubes.spread(cubes.centre_y + move_y) + sine * x + cosine * y,
    )


def _coloured(
    reading: Reading,
    cubes: Cubes,
    split: SplitFaces,
    shaken: Plane,
    places: tuple[Plane, Plane],
    face: Plane,
    random: Random,
) -> Plane:
    """Return the facets in their colour families, as light as the photo: that keeps the likeness."""
    half = cv2.resize(shaken, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    for _ in range(2):
        half = cv2.bilateralFilter(half, 7, 12, 5 * reading.unit)
    smooth = stretch(half, reading.width, reading.height)
    light = smooth[..., 0]
    families = _families(cubes, smooth, random, FREEDOM if reading.faces else PLAIN_FREEDOM)
    _family_sides(families, cubes, split, random)
    people = reading.figure
    behind = np.float32(0.45) if people is None else 1 - people
    light = light - curve(light, [55, 98], [0, 22]) * behind
    turn = random.uniform(0, 2 * np.pi, len(cubes.sizes))
    radius = np.sqrt(cubes.sizes / np.pi)
    shade = places[0] * cubes.spread(np.cos(turn) / radius) + places[1] * cubes.spread(np.sin(turn) / radius)
    stepped = 0.35 * light + 0.65 * _posterised(light)
    level = (0.28 if people is None else 0.5 * (1 - 0.35 * people)) * (1 - face)
    own = cubes.spread(cubes.mean(light))
    light = np.clip(stepped * (1 - level) + own * level + shade * (10 - 7 * face), 2, 100)
    lab: Plane = _ramps()[cubes.spread(families).astype(np.int32), light.astype(np.int32)]
    lab[..., 0] = 0.5 * lab[..., 0] + 0.5 * light
    own_colour = 0.18 if reading.faces else 0.52  # a thing without a face is known by its colour
    lab[..., 1:] = lab[..., 1:] * np.float32(1.18 * (1 - own_colour)) + smooth[..., 1:] * np.float32(
        1.5 * own_colour
    )
    return lab


@cache
def _ramps() -> Plane:
    """Return each family's ramp; not at import, since the first colour OpenCV converts takes 0.1 s."""
    return np.stack([lightness_ramp(list(zip(STOPS, tints, strict=True))) for tints in FAMILIES.values()])


def _posterised(light: Plane, steps: int = 5, soft: float = 0.18) -> Plane:
    level = light / 100 * steps
    whole = np.floor(level)
    part = np.clip((level - whole - 0.5) / (2 * soft) + 0.5, 0, 1)
    posterised: Plane = (whole + part) / steps * 100
    return posterised


def _families(cubes: Cubes, smooth: Plane, random: Random, freedom: float) -> Plane:
    """Return each facet's family, drawn near its own colour, cool ones behind people."""
    own = np.stack([cubes.mean(smooth[..., 1]), cubes.mean(smooth[..., 2])], -1) * 1.6
    distance = np.linalg.norm(_ramps()[None, :, 56, 1:] - own[:, None], axis=-1)
    chance = np.exp(-distance / freedom).astype(np.float64)
    behind = cubes.people < 0.4
    chance[behind] = (chance[behind] + 0.03) * BEHIND
    chance[~behind] += 0.0025 * freedom
    chance[~behind, NAMES.index("grey")] *= 0.5 if freedom > PLAIN_FREEDOM else 0.15
    ladder = np.cumsum(chance / chance.sum(1, keepdims=True), 1)
    families: Plane = (random.random(len(chance))[:, None] > ladder[:, :-1]).sum(1)
    return families


def _family_sides(families: Plane, cubes: Cubes, split: SplitFaces, random: Random) -> None:
    """Give a split face a warm and a cool side, in place."""
    if not split.profiles:
        return
    sides = cubes.mean(split.side)
    for index in np.flatnonzero(cubes.face > 0.45):
        choice = LIT_SIDE if sides[index] < 0 else SHADED_SIDE
        families[index] = NAMES.index(choice[int(random.integers(len(choice)))])


def _brushed(cubes: Cubes, x: Plane, y: Plane, random: Random) -> Plane:
    """Return the grain of a dry brush, going another way in each facet."""
    grain = cv2.GaussianBlur(
        random.standard_normal((512, 512)).astype(np.float32), (0, 0), sigmaX=5, sigmaY=0.9
    )
    turn = np.pi * random.random(len(cubes.sizes))
    cosine, sine = cubes.spread(np.cos(turn)), cubes.spread(np.sin(turn))
    column, row = cosine * x + sine * y + 256, cosine * y - sine * x + 256
    brushed = cv2.remap(grain, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    return (brushed * np.float32(3.2 / grain.std()))[..., None]


def _draw_seams(picture: Plane, reading: Reading, facets: Facets, face: Plane) -> None:
    seams = np.zeros(picture.shape[:2], np.uint8)
    outlines = [fixed_point(outline, reading.zoom) for outline in facets.outlines]
    width = max(1, round(1.6 * reading.unit * reading.zoom))
    cv2.polylines(seams, outlines, True, 255, width, cv2.LINE_AA, 4)
    share = stretch(0.8 - 0.5 * face, reading.out_width, reading.out_height) * seams / np.float32(255)
    picture += (SEAM - picture) * share[..., None]


def _ink(reading: Reading, grey: Plane, face: Plane) -> Plane:
    """Return ink along the dark side of edges, finer in faces."""
    unit = reading.unit

    def dark_side(sigma: float, depth: float, area: float) -> Plane:
        difference = blur(grey, sigma * unit) - blur(grey, sigma * 1.6 * unit)
        return without_specks(difference < -depth, area * unit * unit)

    bold = dark_side(2.8, 0.026, 320) if reading.faces else dark_side(3.0, 0.010, 420)
    fine = dark_side(1.9, 0.022, 60) & (face > 0.3)
    return np.clip((blur((bold | fine).astype(np.float32), 1.5 * unit) - 0.45) / 0.3 + 0.5, 0, 1)


def _draw_silhouette(
    painted: Picture, reading: Reading, split: SplitFaces, look: tuple[Plane, Plane]
) -> None:
    """Draw the outline of people, except along the picture's edge."""
    if reading.figure is None:
        return
    unit, zoom = reading.unit, reading.zoom
    moved = cv2.remap(reading.figure, split.columns, split.rows, cv2.INTER_LINEAR)
    moved = cv2.remap(moved, look[0], look[1], cv2.INTER_LINEAR)
    contours, _ = cv2.findContours((moved > 0.5).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    edge = cv2.dilate(blur(reading.flow.edge, 3 * unit), np.ones((9, 9), np.uint8))
    limit = np.array([reading.width - 1, reading.height - 1])
    border = int(4 * unit)
    for contour in contours:
        if cv2.contourArea(contour) <= 9000 * unit * unit:
            continue
        points = cv2.approxPolyDP(contour, 5 * unit, True)[:, 0]
        at_edge = ((points <= border) | (points >= limit - border)).any(1)
        following = np.roll(points, -1, 0)
        middles = ((points + following) / 2).astype(int)
        seen = edge[middles[:, 1], middles[:, 0]] > FAINT
        drawn = ~(at_edge & np.roll(at_edge, -1, 0)) & seen
        lines = [
            fixed_point(np.stack(pair), zoom) for pair in zip(points[drawn], following[drawn], strict=True)
        ]
        cv2.polylines(painted, lines, False, tuple(INK.tolist()), round(5 * unit * zoom), cv2.LINE_AA, 4)
