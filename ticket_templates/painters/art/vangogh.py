"""Van Gogh: a frame and a night sky laid in short thick strokes."""

import math
import random

from art.page import MM, PAPER, Page, rectangle
from art.post import SMALL_STAMPS, STAMPS, keep_stamps_clear, postmark, rule, stamps

DEEP = ("#0F2456", "#12285E", "#16357C", "#0E2250")
MIDDLE = ("#16357C", "#1B3F90", "#1E4AA8", "#1A3A86", "#21499A")
LIGHT = ("#2B5FC4", "#1E4AA8", "#3468C6", "#234FA8")
SPARK = ("#F4B92E", "#D9941C", "#7FB2E5", "#5C8FD8")
SPEAK = "#1E4AA8"
Stars = tuple[tuple[float, float, float], ...]
STARS: Stars = ((82.0, 3.5, 9.5), (30.0, -1.0, 7.0), (57.0, 9.5, 4.2))


def frame(page: Page, depth: float, seed: int) -> None:
    """Lay a frame of strokes along the sheet's sides, quiet in colour, its inner edge rough."""
    rnd = random.Random(seed)
    page.c.saveState()
    page.c.setLineCap(1)
    for layer, colours in enumerate((DEEP, MIDDLE, LIGHT)):
        strokes = []
        for side in "tblr":
            span = page.h if side in "lr" else page.w
            at = -6.0
            while at < span + 6:
                long = rnd.uniform(5, 11)
                reach = depth * (1 - 0.16 * layer)
                into = -2.5 + (reach + 2.5) * rnd.random() ** 0.72
                lean, bow = rnd.gauss(0, 0.32), rnd.gauss(0, 0.3)
                run = (
                    (at, into - lean),
                    (at + long / 3, into + bow),
                    (at + long * 2 / 3, into + bow),
                    (at + long, into + lean),
                )
                points = [
                    {"l": (v, u), "r": (page.w - v, u), "t": (u, v), "b": (u, page.h - v)}[side]
                    for u, v in run
                ]
                colour = rnd.choice(SPARK) if layer == 2 and rnd.random() < 0.1 else rnd.choice(colours)
                strokes.append(
                    (rnd.random(), colour, (1.7, 1.25, 0.8)[layer] * rnd.choice((0.85, 1.0, 1.1)), points)
                )
                at += (0.55, 0.8, 1.5)[layer] * rnd.uniform(0.7, 1.3)
        for _, colour, width, points in sorted(strokes):
            page.stroke(colour, width)
            page.curve(points)
    page.c.restoreState()


def sky(page: Page, top: float, bottom: float, edge: tuple[float, float], stars: Stars, seed: int) -> None:
    """Lay strokes that flow around stars over a band; `edge` is its lower side's place and roughness."""
    rnd = random.Random(seed)
    page.box(-3, top, page.w + 6, edge[0] - edge[1] - top, DEEP[1])
    page.fill("#F4B92E")
    for x, y, r in stars:
        page.c.circle(*page.at(x, y), r * 0.3 * MM, stroke=0, fill=1)
    page.c.saveState()
    page.c.setLineCap(1)
    for layer in range(3):
        strokes = []
        for _ in range(int((1050, 850, 420)[layer] * (bottom - top) / 18)):
            x, y = rnd.uniform(-3.0, page.w + 3), rnd.uniform(top, bottom)
            limit = (
                edge[0] + edge[1] * (math.sin(x / 9 + 1) * 0.5 + math.sin(x / 4.1) * 0.2) + rnd.gauss(0, 0.5)
            )
            if y > limit:
                continue
            near = min(stars, key=lambda s: math.hypot(x - s[0], y - s[1]) / s[2])
            glow = math.hypot(x - near[0], y - near[1]) / near[2]
            points, px, py = [], x, y
            for _step in range(4):
                points.append((px, py))
                dx, dy = _flow(px, py, stars)
                step = (1.5, 1.15, 0.9)[layer]
                px, py = px + dx * step, py + dy * step
            strokes.append(
                (
                    rnd.random(),
                    _shade(glow, layer, rnd),
                    (1.5, 0.95, 0.6)[layer] * rnd.choice((0.85, 1.0, 1.15)),
                    points,
                )
            )
        for _, colour, width, points in sorted(strokes):
            page.stroke(colour, width)
            page.curve(points)
    page.c.restoreState()


def _flow(x: float, y: float, stars: Stars) -> tuple[float, float]:
    dx, dy = 1.0, 0.28 * math.cos(x / 11)
    for sx, sy, r in stars:
        rx, ry = x - sx, y - sy
        pull = 3.2 * math.exp(-((math.hypot(rx, ry) / (r * 1.05)) ** 2))
        far = math.hypot(rx, ry) or 1
        dx, dy = dx - pull * ry / far, dy + pull * rx / far
    far = math.hypot(dx, dy) or 1
    return dx / far, dy / far


def _shade(glow: float, layer: int, rnd: random.Random) -> str:
    if glow < 0.26:
        return rnd.choice(("#FFE08A", "#FFD35C", "#F4B92E"))
    if glow < 0.5:
        return rnd.choice(("#F4B92E", "#F7D582", "#E9B847", "#D9C27E"))
    if glow < 0.74:
        return rnd.choice(("#9DBDDB", "#7FB2E5", "#C9CFA8", "#5C8FD8"))
    if layer == 2 and rnd.random() < 0.08:
        return rnd.choice(("#7FB2E5", "#5C8FD8", "#E9B847"))
    return rnd.choice((DEEP, MIDDLE, LIGHT)[layer])


def front(page: Page) -> None:
    """Draw the frame."""
    page.c.saveState()
    page.keep_clear(page.window(rectangle(3.2, 3.2, page.w - 6.4, page.h - 6.4)))
    page.paper(DEEP[1])
    page.c.restoreState()
    frame(page, 4.4, 11)


def back(page: Page) -> None:
    """Draw a strip of starry sky above the paper."""
    page.c.saveState()
    keep_stamps_clear(page, STAMPS, "box")
    page.paper(PAPER)
    page.c.restoreState()
    sky(page, -3, 17, (12.2, 2.6), STARS, 5)
    stamps(page, STAMPS, "box")
    postmark(page, 81.2, 92.7, SPEAK, 57)
    rule(page, 116.4, 9, 91)


def one(page: Page) -> None:
    """Draw paper under the painting, whose lower edge is painted over with strokes."""
    edge = 91.0
    keep_stamps_clear(page, SMALL_STAMPS, "box")
    page.paper(PAPER, edge)
    rnd = random.Random(4)
    page.c.saveState()
    page.c.setLineCap(1)
    for layer, colours in enumerate((DEEP, MIDDLE, LIGHT)):
        for _ in range((190, 170, 90)[layer]):
            x, y = rnd.uniform(-8, page.w + 4), edge + rnd.gauss(0, 1.15 - 0.25 * layer)
            long, bow = rnd.uniform(4, 9), rnd.gauss(0, 0.4)
            spark = layer == 2 and rnd.random() < 0.14
            page.stroke(rnd.choice(SPARK if spark else colours), (1.5, 1.1, 0.7)[layer])
            page.curve(
                (
                    (x, y),
                    (x + long / 3, y + bow),
                    (x + long * 2 / 3, y + bow),
                    (x + long, y + rnd.gauss(0, 0.4)),
                )
            )
    page.c.restoreState()
    stamps(page, SMALL_STAMPS, "box")
    rule(page, 128.8, 8, page.w - 8)
