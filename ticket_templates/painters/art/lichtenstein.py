"""Lichtenstein: panels, thick black lines and a dot screen."""

import math
import random

from art.page import Page
from art.post import SMALL_STAMPS, STAMPS, keep_stamps_clear, postmark, rule, stamps

PAPER, INK, RED, YELLOW, SPEAK = "#FFFDF5", "#111111", "#D3202C", "#FFD21F", "#B81622"
LINE = 1.6
SPLIT = 96.0


def burst(page: Page, cx: float, cy: float, rx: float, ry: float, seed: int) -> None:
    """Draw a bubble that shouts."""
    rnd = random.Random(seed)
    points = []
    for i in range(26):
        a = 2 * math.pi * i / 26
        r = 1.0 if i % 2 else 0.79 + rnd.uniform(-0.03, 0.03)
        points.append((cx + rx * r * math.cos(a), cy + ry * r * math.sin(a)))
    page.polygon([(x + 0.9, y + 0.9) for x, y in points], INK)
    page.fill(YELLOW)
    page.stroke(INK, 0.9)
    page.c.setLineJoin(0)
    page.c.drawPath(page.outline(points), stroke=1, fill=1)


def front(page: Page) -> None:
    """Draw three panels: two windows, one of them in yellow light, and one where a bubble shouts."""
    x, _, w, _ = page.full
    page.c.setBlendMode("Multiply")
    page.box(x, SPLIT, 57, 55, YELLOW)
    page.c.setBlendMode("Normal")
    page.box(54.4, SPLIT, 49, 55, PAPER)
    page.dots(54.4, SPLIT, 49, 55, RED, 2.3, lambda _x, y: 0.12 + 0.8 * y)
    page.box(x, SPLIT - LINE / 2, w, LINE, INK)
    page.box(53.6 - LINE / 2, SPLIT, LINE, 56, INK)
    burst(page, 78.2, 114.2, 21.2, 14.4, 4)
    page.box(58.6, 131.6, 36.4, 11.4, PAPER, INK, 0.6)


def back(page: Page) -> None:
    """Draw a dot screen above, a yellow strip below."""
    page.c.saveState()
    keep_stamps_clear(page, STAMPS, "panel")
    page.paper(PAPER)
    page.c.restoreState()
    page.dots(-3, -3, 106, 33, RED, 2.3, lambda _x, y: 0.92 * max(0.0, 1 - y) ** 0.8)
    stamps(page, STAMPS, "panel", "#111111")
    postmark(page, 81.2, 92.7, SPEAK, 57)
    rule(page, 116.4, 9, 91, INK)
    page.box(-3, 144.6, 106, 8, YELLOW)
    page.box(-3, 144.0, 106, 0.9, INK)


def one(page: Page) -> None:
    """Close the painting's panel with a black line; dots rise into the paper."""
    keep_stamps_clear(page, SMALL_STAMPS, "panel")
    page.paper(PAPER, 91)
    page.dots(-3, 91, 108, 19, RED, 2.3, lambda x, y: 0.9 * max(0.0, x - 0.3) * max(0.0, 1 - y))
    page.box(-3, 91 - LINE / 2, 108, LINE, INK)
    stamps(page, SMALL_STAMPS, "panel", "#111111")
    rule(page, 128.8, 8, page.w - 8, INK)
    page.box(-3, 149.6, 108, 8, YELLOW)
    page.box(-3, 149.0, 108, 0.9, INK)
