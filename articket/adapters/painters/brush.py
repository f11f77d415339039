"""A loaded brush: curved strokes with bristles and relief on a canvas of colour and height."""

from dataclasses import dataclass

import cv2
import numpy as np

from articket.adapters.painters.flow import comb
from articket.adapters.painters.raster import Picture, Plane, Random, blur, stretch

SUBPIXEL = 4
LIGHT_FROM = (0.7, 0.7)
STEEPEST = 24.0
LIT_BRISTLE = np.array([9, 9, 7, 26], np.float32)
DARK_BRISTLE = np.array([13, 12, 8, 16], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """Strokes to lay: paths (NxKx2, canvas pixels), colours (Nx3 RGB), heights and widths (N)."""

    paths: Plane
    colours: Plane
    heights: Plane
    widths: Plane


def scatter(
    spacing: float, width: int, height: int, random: Random, density: Plane | None = None
) -> tuple[Plane, Plane]:
    """Return stroke places on a shaken grid in random order, thinned where `density` is under 1."""
    grid = np.meshgrid(
        np.arange(spacing / 2, width + spacing / 2, spacing),
        np.arange(spacing / 2, height + spacing / 2, spacing),
    )
    count = grid[0].size
    shaken = [
        np.clip((axis.ravel() + random.uniform(-0.5, 0.5, count) * spacing), 0, limit - 1).astype(np.float32)
        for axis, limit in zip(grid, (width, height), strict=True)
    ]
    columns, rows = shaken
    if density is not None:
        kept = density[rows.astype(int), columns.astype(int)] > random.uniform(0, 1, count)
        columns, rows = columns[kept], rows[kept]
    order = random.permutation(len(columns))
    return columns[order], rows[order]


def follow(angle: Plane, columns: Plane, rows: Plane, half: int, step: Plane) -> Plane:
    """Return paths (Nx(2·half+1)x2) through the given places along the flow, `step` pixels a move."""
    height, width = angle.shape
    paths = np.empty((len(columns), 2 * half + 1, 2), np.float32)
    paths[:, half, 0], paths[:, half, 1] = columns, rows
    start = angle[rows.astype(int).clip(0, height - 1), columns.astype(int).clip(0, width - 1)]
    for way in (1, -1):
        x, y = columns, rows
        dx, dy = np.cos(start) * way, np.sin(start) * way
        for taken in range(1, half + 1):
            x, y = x + dx * step, y + dy * step
            paths[:, half + way * taken, 0], paths[:, half + way * taken, 1] = x, y
            here = angle[y.astype(int).clip(0, height - 1), x.astype(int).clip(0, width - 1)]
            next_x, next_y = np.cos(here), np.sin(here)
            turn = np.where(next_x * dx + next_y * dy < 0, -1, 1)
            dx, dy = next_x * turn, next_y * turn
    return paths


def lay(canvas: Picture, strokes: Strokes, bristles: float) -> None:
    """Draw the strokes into a canvas (HxWx4 uint8: RGB and height), wide ones with two bristle lines."""
    fine = float(1 << SUBPIXEL)
    paths = np.round(strokes.paths * fine).astype(np.int32)
    widths = np.maximum(1, np.round(strokes.widths)).astype(int).tolist()
    paint = np.clip(np.concatenate([strokes.colours, strokes.heights[:, None]], 1), 0, 255)
    lit = np.clip(paint + LIT_BRISTLE * bristles, 0, 255).tolist()
    dark = np.clip(paint - DARK_BRISTLE * bristles, 0, 255).tolist()
    along = strokes.paths[:, -1] - strokes.paths[:, 0]
    across = np.stack([-along[:, 1], along[:, 0]], 1)
    across /= np.linalg.norm(across, axis=1, keepdims=True) + 1e-6
    aside = (across * (strokes.widths * 0.27)[:, None] * fine)[:, None, :]
    left = np.round(strokes.paths * fine - aside).astype(np.int32)[:, 1:]
    right = np.round(strokes.paths * fine + aside).astype(np.int32)[:, :-1]
    line = cv2.polylines
    for index, colour in enumerate(paint.tolist()):
        width = widths[index]
        line(canvas, [paths[index]], False, colour, width, cv2.LINE_8, SUBPIXEL)
        if width >= 4:
            line(canvas, [left[index]], False, lit[index], max(1, width // 3), cv2.LINE_8, SUBPIXEL)
            line(canvas, [right[index]], False, dark[index], max(1, width // 4), cv2.LINE_8, SUBPIXEL)


@dataclass(frozen=True, slots=True)
class Relief:
    """How strongly the paint's height throws light and how deep the bristles cut."""

    light: float
    bristle: float


def light_up(canvas: Picture, angle: Plane, relief: Relief, random: Random) -> Picture:
    """Return the canvas's colours lit from the upper left over its heights and combed bristles."""
    height, width = canvas.shape[:2]
    zoom = width / angle.shape[1]
    soft = cv2.GaussianBlur(canvas, (0, 0), 0.6 * zoom)
    steps = 4
    grain = comb(random.standard_normal(angle.shape).astype(np.float32), angle, steps, 1.5)
    grain *= np.float32(relief.bristle * np.sqrt(2 * steps + 1) * 0.6)
    ground = blur(soft[..., 3].astype(np.float32) + stretch(grain, width, height), 0.7 * zoom)
    slope_x = cv2.Sobel(ground, cv2.CV_32F, 1, 0, ksize=3, scale=zoom / 8)
    slope_y = cv2.Sobel(ground, cv2.CV_32F, 0, 1, ksize=3, scale=zoom / 8)
    shade = np.clip(slope_x * LIGHT_FROM[0] + slope_y * LIGHT_FROM[1], -STEEPEST, STEEPEST)
    rgb = soft[..., :3].astype(np.float32)
    brightness = cv2.transform(rgb, np.full((1, 3), 0.8 / 765, np.float32)) + np.float32(0.45)
    rgb += (shade * np.float32(relief.light) * brightness)[..., None]
    return np.clip(rgb, 0, 255).astype(np.uint8)
