"""Convex facets: a picture cut again and again along its edges."""

import heapq
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from articket.adapters.painters.raster import Plane, Random, blur

CUTTING_SIZE = 192
SMALLEST_TO_CUT = 110
SMALLEST = 40
SLIMMEST = 11.0
"""Ratio of a facet's long to its short variance from which it is a splinter."""

Polygon = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Facets:
    """Outlines (plan pixels) of convex facets that cover the picture."""

    outlines: tuple[Polygon, ...]

    def drawn(self, width: int, height: int, zoom: float) -> Plane:
        """Return each pixel's facet number."""
        labels = np.zeros((height, width), np.int32)
        for number, outline in enumerate(self.outlines):
            cv2.fillConvexPoly(labels, fixed_point(outline, zoom), number, cv2.LINE_8, 4)
        return labels


def fixed_point(outline: Polygon, zoom: float) -> NDArray[np.int32]:
    """Return plan coordinates as OpenCV's sixteenths of painting pixels."""
    return np.round(((outline + 0.5) * zoom - 0.5) * 16).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Cut:
    """A straight cut: pixels with x·nx + y·ny over `at` leave the facet."""

    nx: float
    ny: float
    at: float


def cut_facets(grey: Plane, count: int, random: Random, weight: Plane) -> Facets:
    """Return about `count` facets of a grey plane (0-1), smaller where `weight` and edges are strong."""
    scale = CUTTING_SIZE / max(grey.shape)
    small = blur(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), 1.2)
    height, width = small.shape
    cutter = _Cutter(small, cv2.resize(weight.astype(np.float32), (width, height)), random)
    outlines = {
        0: np.array([[-1, -1], [width + 1, -1], [width + 1, height + 1], [-1, height + 1]], np.float64)
    }
    for old, new, cut in cutter.cuts(count):
        outline = outlines[old]
        outlines[new], outlines[old] = _kept(outline, cut, 1), _kept(outline, cut, -1)
    return Facets(tuple((outline + 0.5) / scale - 0.5 for outline in outlines.values() if len(outline) > 2))


def _kept(outline: Polygon, cut: Cut, side: int) -> Polygon:
    """Return the part of a convex polygon on one side of a cut."""
    if len(outline) < 3:
        return outline
    heights = (outline @ np.array([cut.nx, cut.ny]) - cut.at) * side
    kept = []
    for index, here in enumerate(outline):
        following = (index + 1) % len(outline)
        low, high = heights[index], heights[following]
        if low >= 0:
            kept.append(here)
        if (low >= 0) != (high >= 0):
            kept.append(here + (outline[following] - here) * (low / (low - high)))
    return np.array(kept) if len(kept) > 2 else np.zeros((0, 2))


class _Cutter:
    """Cuts the most eventful facet again and again."""

    def __init__(self, grey: Plane, weight: Plane, random: Random) -> None:
        self._gx = cv2.Sobel(grey, cv2.CV_32F, 1, 0) / 8
        self._gy = cv2.Sobel(grey, cv2.CV_32F, 0, 1) / 8
        self._edge = cv2.magnitude(self._gx, self._gy)
        self._weight = weight
        self._random = random
        self._pixels: dict[int, tuple[Plane, Plane]] = {}
        self._queue: list[tuple[float, int]] = []

    def cuts(self, count: int) -> list[tuple[int, int, Cut]]:
        """Return the cuts in order: which facet, the new facet's number, where."""
        down, across = np.mgrid[0 : self._edge.shape[0], 0 : self._edge.shape[1]]
        self._push(0, down.ravel(), across.ravel())
        made: list[tuple[int, int, Cut]] = []
        while len(self._pixels) < count and self._queue:
            _, number = heapq.heappop(self._queue)
            ys, xs = self._pixels[number]
            cut = self._along_edges(ys, xs) or self._across_length(ys, xs)
            if len(ys) < SMALLEST_TO_CUT or cut is None:
                continue
            away = xs * cut.nx + ys * cut.ny > cut.at
            new = len(made) + 1
            self._push(number, ys[~away], xs[~away])
            self._push(new, ys[away], xs[away])
            made.append((number, new, cut))
        return made

    def _push(self, number: int, ys: Plane, xs: Plane) -> None:
        self._pixels[number] = ys, xs
        events = 0.035 + self._edge[ys, xs].mean()
        heapq.heappush(self._queue, (-float(len(ys) ** 1.1 * events * self._weight[ys, xs].mean()), number))

    def _along_edges(self, ys: Plane, xs: Plane) -> Cut | None:
        """Return a cut along the facet's main edge, unless it would leave a splinter."""
        gx, gy = self._gx[ys, xs], self._gy[ys, xs]
        normal = 0.5 * np.arctan2(2 * (gx * gy).sum(), (gx * gx).sum() - (gy * gy).sum())
        normal += self._random.normal(0, 0.22)
        if self._random.random() < 0.25:
            normal = self._random.uniform(0, np.pi)
        nx, ny = float(np.cos(normal)), float(np.sin(normal))
        place = xs * nx + ys * ny
        at = np.average(place, weights=self._edge[ys, xs] ** 1.5 + 1e-4)
        at += self._random.normal(0, 0.06) * np.ptp(place)
        limit = float(np.clip(at, *np.quantile(place, [0.26, 0.74])))
        away = place > limit
        return Cut(nx, ny, limit) if _stout(ys, xs, away) and _stout(ys, xs, ~away) else None

    def _across_length(self, ys: Plane, xs: Plane) -> Cut | None:
        """Return a cut across the facet's long axis, unless a part would be too small."""
        if len(ys) < 2 * SMALLEST:
            return None
        _, axes = np.linalg.eigh(np.cov(xs, ys))
        normal = np.arctan2(axes[1, 1], axes[0, 1]) + self._random.normal(0, 0.3)
        nx, ny = float(np.cos(normal)), float(np.sin(normal))
        place = xs * nx + ys * ny
        at = float(np.quantile(place, self._random.uniform(0.38, 0.62)))
        smaller = min(int((place > at).sum()), int((place <= at).sum()))
        return Cut(nx, ny, at) if smaller >= SMALLEST else None


def _stout(ys: Plane, xs: Plane, part: Plane) -> bool:
    if int(part.sum()) < SMALLEST:
        return False
    short, long = np.linalg.eigvalsh(np.cov(xs[part], ys[part]))
    return bool(long / (short + 0.5) <= SLIMMEST)
