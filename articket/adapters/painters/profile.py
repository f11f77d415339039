"""A face seen from two sides at once: split along a drawn profile, its halves shifted, its eyes enlarged."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from articket.adapters.painters.faces import Face
from articket.adapters.painters.raster import Plane, ellipse_mask
from articket.adapters.painters.reading import Reading

MOST_SPLIT = 3
NARROWEST = 90.0
"""In 768ths of the picture; smaller faces stay whole."""
OUTLINE = np.array(
    [
        [0.06, -1.35], [0.0, -0.95], [-0.05, -0.45], [0.02, -0.12], [-0.02, 0.05], [-0.16, 0.45],
        [-0.27, 0.68], [-0.22, 0.80], [-0.04, 0.86], [-0.05, 0.98], [-0.14, 1.08], [-0.04, 1.16],
        [-0.13, 1.28], [-0.03, 1.40], [0.0, 1.52], [-0.06, 1.72], [0.06, 1.95],
    ],
    np.float32,
)  # fmt: skip
"""Brow, nose, lips and chin, in eye distances across and down from between the eyes."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A profile line (Nx2, plan pixels) and the eye distance it is measured in."""

    line: Plane
    middle: Plane
    across: Plane
    down: Plane
    eyes: float


@dataclass(frozen=True, slots=True, eq=False)
class SplitFaces:
    """Where to look for each pixel of the split picture (columns, rows) and which side it is on."""

    columns: Plane
    rows: Plane
    faces: Plane
    side: Plane
    profiles: tuple[Profile, ...]


def draw_profile(face: Face) -> Profile:
    """Return the profile line in the middle of a face."""
    left, right = np.array(face.left_eye, np.float32), np.array(face.right_eye, np.float32)
    middle, across = (left + right) / 2, right - left
    eyes = float(np.linalg.norm(across)) + 1e-6
    across = across / eyes
    down = np.array([-across[1], across[0]], np.float32)
    steps = np.linspace(0, len(OUTLINE) - 1, 90)
    points = [np.interp(steps, np.arange(len(OUTLINE)), OUTLINE[:, axis]) for axis in (0, 1)]
    rounded = [np.convolve(np.pad(axis, 2, mode="edge"), np.ones(5) / 5, "valid") for axis in points]
    line = middle + rounded[0][:, None] * eyes * across + rounded[1][:, None] * eyes * down
    return Profile(line, middle, across, down, eyes)


def split_faces(reading: Reading) -> SplitFaces:
    """Return how to look at a plan so that its larger frontal faces show both their sides."""
    shape = (reading.height, reading.width)
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    look_x, look_y = columns.copy(), rows.copy()
    faces, side = np.zeros(shape, np.uint8), np.zeros(shape, np.float32)
    profiles = []
    for face in _to_split(reading):
        profile = draw_profile(face)
        profiles.append(profile)
        centre = (face.centre[0], face.y + 0.53 * face.height)
        faces |= ellipse_mask(shape, centre, (face.width * 0.47, face.height * 0.64))
        u, v = _own_axes(profile, columns, rows)
        line_u, line_v = _own_axes(profile, profile.line[:, 0], profile.line[:, 1])
        right = u > np.interp(v, line_v, line_u)
        reach = np.exp(-((u / 1.25) ** 4 + ((v - 0.35) / 1.55) ** 4)).astype(np.float32) * profile.eyes
        near = reach > 0.35 * profile.eyes
        side[near & right] = 1
        side[near & ~right] = -1
        aside = -np.where(right, 0.05, -0.02) * reach
        upward = np.where(right, 0.17, -0.05) * reach
        look_x += profile.across[0] * aside + profile.down[0] * upward
        look_y += profile.down[1] * upward
        _enlarge_eyes(face, profile, (columns, rows), (look_x, look_y))
    return SplitFaces(look_x.astype(np.float32), look_y.astype(np.float32), faces, side, tuple(profiles))


def _to_split(reading: Reading) -> Sequence[Face]:
    narrowest = NARROWEST * reading.unit
    return [face for face in reading.faces[:MOST_SPLIT] if face.frontal and face.width >= narrowest]


def _own_axes(profile: Profile, columns: Plane, rows: Plane) -> tuple[Plane, Plane]:
    """Return places in eye distances across and down from between the eyes."""
    dx, dy = columns - profile.middle[0], rows - profile.middle[1]
    u = (dx * profile.across[0] + dy * profile.across[1]) / profile.eyes
    v = (dx * profile.down[0] + dy * profile.down[1]) / profile.eyes
    return u, v


def _enlarge_eyes(
    face: Face, profile: Profile, places: tuple[Plane, Plane], look: tuple[Plane, Plane]
) -> None:
    for eye, shift, strength, reach in (
        (face.left_eye, -0.05, 0.34, 0.42),
        (face.right_eye, 0.17, 0.44, 0.46),
    ):
        x = eye[0] - profile.down[0] * shift * profile.eyes
        y = eye[1] - profile.down[1] * shift * profile.eyes
        distance = np.hypot(places[0] - x, places[1] - y) / (reach * profile.eyes)
        pull = np.clip(1 - distance * distance, 0, 1) ** 1.5 * strength
        look[0][...] -= (places[0] - x) * pull
        look[1][...] -= (places[1] - y) * pull
