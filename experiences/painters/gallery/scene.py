"""A small stage for motifs: smooth shapes, rounded by light from the upper left, throwing shadows."""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 106, 154
PIXELS = 8
"""Pixels to a millimetre."""

Plane = NDArray[Any]
Point = tuple[float, float]
Colour = tuple[int, int, int]


def smooth(points: Sequence[Point], *, closed: bool = True, steps: int = 16) -> Plane:
    """Return a Catmull-Rom curve through the points, in millimetres."""
    through = np.array(points, np.float64)
    if closed:
        padded = np.concatenate([through[-1:], through, through[:2]])
    else:
        padded = np.concatenate([through[:1], through, through[-1:]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        bend = (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
        parts.append(0.5 * (2 * b + (c - a) * t + bend))
    return np.concatenate(parts)


def ellipse(x: float, y: float, across: float, down: float, turn: float = 0.0) -> Plane:
    """Return an ellipse's outline, in millimetres; `turn` in degrees."""
    angle = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    c, s = np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn))
    u, v = across * np.cos(angle), down * np.sin(angle)
    return np.stack([x + c * u - s * v, y + s * u + c * v], 1)


class Scene:
    """A picture under way; all lengths are millimetres of the ticket's front."""

    def __init__(self, seed: int) -> None:
        self.rgb: Plane = np.zeros((HEIGHT * PIXELS, WIDTH * PIXELS, 3), np.float32)
        self.random = np.random.default_rng(seed)
        self.rows, self.columns = (
            np.mgrid[0 : self.rgb.shape[0], 0 : self.rgb.shape[1]].astype(np.float32) / PIXELS
        )

    def wash(self, stops: Sequence[tuple[float, Colour]], top: float = 0, bottom: float = HEIGHT) -> None:
        """Fill a band with colours from top to bottom."""
        at = [top + stop * (bottom - top) for stop, _ in stops]
        band = (self.rows >= top) & (self.rows <= bottom)
        for channel in range(3):
            ramp = np.interp(self.rows, at, [colour[channel] for _, colour in stops])
            self.rgb[..., channel] = np.where(band, ramp, self.rgb[..., channel])

    def mask(self, outline: Plane, soft: float = 0.0) -> Plane:
        """Return 1 inside an outline."""
        mask = np.zeros(self.rgb.shape[:2], np.float32)
        area = self._area(outline, 3 * soft + 0.5)
        part = mask[area]
        origin = np.array([area[1].start, area[0].start]) / PIXELS
        drawn = np.zeros(part.shape, np.float32)
        cv2.fillPoly(
            drawn, [np.round((outline - origin) * PIXELS * 16).astype(np.int32)], 1.0, cv2.LINE_AA, 4
        )
        part[...] = cv2.GaussianBlur(drawn, (0, 0), soft * PIXELS) if soft and drawn.size else drawn
        return mask

    def _area(self, outline: Plane, margin: float) -> tuple[slice, slice]:
        """Return the part of the picture around an outline."""
        low = np.floor((outline.min(0) - margin) * PIXELS).astype(int)
        high = np.ceil((outline.max(0) + margin) * PIXELS).astype(int)
        height, width = self.rgb.shape[:2]
        left, right = np.clip([low[0], high[0]], 0, width)
        top, bottom = np.clip([low[1], high[1]], 0, height)
        return slice(int(top), int(bottom)), slice(int(left), int(right))

    def fill(self, mask: Plane, colour: Colour, strength: float = 1.0) -> None:
        """Lay a flat colour."""
        rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
        if rows.size:
            area = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
            part = self.rgb[area]
            part += (np.array(colour, np.float32) - part) * (mask[area] * strength)[..., None]

    def shape(
        self,
        outline: Plane,
        colour: Colour,
        *,
        shade: Colour | None = None,
        light: Colour | None = None,
        roundness: float = 1.0,
        gloss: float = 0.0,
    ) -> Plane:
        """Lay a body rounded by the light and return its mask."""
        whole = self.mask(outline)
        area = self._area(outline, 1.0)
        mask, ground = whole[area], self.rgb[area]
        if not mask.any():
            return whole
        inside = (
            cv2.distanceTransform((np.pad(mask, 1) > 0.5).astype(np.uint8), cv2.DIST_L2, 5)[1:-1, 1:-1]
            / PIXELS
        )
        deep = max(0.5, float(inside.max()))
        part = np.clip(inside / deep, 0, 1)
        dome = cv2.GaussianBlur(np.sqrt(part * (2 - part)) * deep, (0, 0), 0.12 * deep * PIXELS + 1)
        nx = -cv2.Sobel(dome, cv2.CV_32F, 1, 0, ksize=3) * PIXELS / 8 * roundness
        ny = -cv2.Sobel(dome, cv2.CV_32F, 0, 1, ksize=3) * PIXELS / 8 * roundness
        lit = (-0.55 * nx - 0.6 * ny + 0.58) / np.sqrt(nx * nx + ny * ny + 1)
        dark = shade or tuple(int(c * 0.38) for c in colour)
        bright = light or tuple(int(c + (255 - c) * 0.45) for c in colour)
        tones = zip(dark, colour, bright, strict=True)
        body = np.stack([np.interp(lit, [-0.35, 0.5, 0.98], tone) for tone in tones], -1)
        if gloss:
            body += (gloss * 255 * np.clip((lit - 0.93) / 0.06, 0, 1) ** 2)[..., None]
        ground += (np.clip(body, 0, 255).astype(np.float32) - ground) * mask[..., None]
        return whole

    def shadow(
        self, outline: Plane, strength: float = 0.5, soft: float = 2.0, tint: Colour = (30, 26, 60)
    ) -> None:
        """Darken under an outline."""
        self.fill(self.mask(outline, soft), tint, strength)

    def line(self, points: Plane, width: float, colour: Colour) -> None:
        """Draw a line along points."""
        area = self._area(points, width + 0.5)
        ground = self.rgb[area]
        if not ground.size:
            return
        drawn = np.zeros(ground.shape[:2], np.uint8)
        origin = np.array([area[1].start, area[0].start]) / PIXELS
        path = [np.round((points - origin) * PIXELS * 16).astype(np.int32)]
        cv2.polylines(drawn, path, False, 255, max(1, round(width * PIXELS)), cv2.LINE_AA, 4)
        ground += (np.array(colour, np.float32) - ground) * (drawn / np.float32(255))[..., None]

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 1.0) -> None:
        """Add a soft light."""
        distance = np.hypot(self.columns - x, self.rows - y) / radius
        self.fill(np.exp(-(distance**2)), colour, strength)

    def clouds(self, top: float, bottom: float, colour: Colour, cell: float, strength: float) -> None:
        """Let soft clouds drift over a band, wider than high."""
        height, width = self.rgb.shape[:2]
        total = np.zeros((height, width), np.float32)
        for octave in range(4):
            rows, columns = int(HEIGHT / cell * 2.2 * 2**octave) + 3, int(WIDTH / cell * 2**octave) + 3
            seeds = self.random.standard_normal((rows, columns)).astype(np.float32)
            total += 0.55**octave * cv2.resize(seeds, (width, height), interpolation=cv2.INTER_CUBIC)
        cover = np.clip((total - 0.15) / 0.9, 0, 1)
        edge = np.clip((self.rows - top) / 4, 0, 1) * np.clip((bottom - self.rows) / 10, 0, 1)
        self.fill(cover * edge, colour, strength)

    def mottle(self, mask: Plane, cell: float, amount: float) -> None:
        """Vary the lightness of an area in blots."""
        height, width = self.rgb.shape[:2]
        seeds = self.random.standard_normal((int(HEIGHT / cell) + 3, int(WIDTH / cell) + 3)).astype(
            np.float32
        )
        blots = cv2.resize(seeds, (width, height), interpolation=cv2.INTER_CUBIC)
        self.rgb += (blots * amount * mask)[..., None]

    def picture(self) -> Plane:
        """Return the scene as RGB uint8."""
        return np.clip(self.rgb, 0, 255).astype(np.uint8)
