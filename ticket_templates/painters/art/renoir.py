"""Renoir: a painting that dissolves into light around an oval, and garlands of leaves and roses."""

import io
import math
import random

from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.utils import ImageReader

from art.page import MM, Page, Point
from art.post import SMALL_STAMPS, STAMPS, keep_stamps_clear, postmark, rule, stamps

PAPER, SPEAK, LINE = "#FBF1EA", "#A63A56", "#E6D3C6"
GREENS = ("#5F8A4F", "#7BA266", "#456B3C", "#93B57E", "#6E8F45", "#3F6A5A", "#A9B86A")
PETALS = (
    (1.0, 11, ("#F3C9CF", "#EDB3BE", "#F7DAD9"), 0.42),
    (0.74, 10, ("#E393A5", "#EBA9B6", "#D97A92"), 0.36),
    (0.46, 8, ("#CF6480", "#DB7F97", "#C4506C"), 0.30),
    (0.2, 5, ("#A63A56", "#8F2D48"), 0.24),
)
OVAL = (50.0, 62.2, 40.2, 55.2)
DOTS_PER_MM = 3.2


def leaf(page: Page, x: float, y: float, angle: float, size: float, colour: str) -> None:
    """Lay down a leaf with two touches: the shade, then the light on its upper half."""
    c = page.c
    c.saveState()
    c.translate(*page.at(x, y))
    c.rotate(angle)
    s = size * MM
    for tone, alpha, up, down in ((colour, 0.92, 0.34, 0.26), ("#DDE6B0", 0.34, 0.30, -0.08)):
        path = c.beginPath()
        path.moveTo(0, 0)
        path.curveTo(s * 0.22, s * up, s * 0.66, s * up * 0.9, s, s * 0.05)
        path.curveTo(s * 0.7, -s * down * 0.8, s * 0.26, -s * down, 0, 0)
        page.fill(tone, alpha)
        c.drawPath(path, stroke=0, fill=1)
    c.restoreState()


def rose(page: Page, x: float, y: float, r: float, seed: int) -> None:
    """Draw a rose of curled dabs, pale outside and deep within."""
    rnd = random.Random(seed)
    page.c.saveState()
    page.c.setLineCap(1)
    for ring, count, colours, wide in PETALS:
        for i in range(count):
            a = 2 * math.pi * i / count + rnd.uniform(-0.3, 0.3)
            d, turn = r * ring * rnd.uniform(0.78, 1.02), rnd.uniform(0.45, 0.85)
            page.stroke(rnd.choice(colours), r * wide * rnd.uniform(0.8, 1.15), 0.93)
            page.curve(
                [
                    (x + d * math.cos(a + turn * k), y - d * 0.92 * math.sin(a + turn * k))
                    for k in (-0.5, -0.15, 0.15, 0.5)
                ]
            )
    page.c.restoreState()


def garland(
    page: Page, centre: Point, radii: Point, start: float, end: float, seed: int, scale: float = 1.0
) -> None:
    """Wind leaves and roses along an oval's arc, from one angle to another (degrees, counterclockwise)."""
    rnd = random.Random(seed)
    (cx, cy), (rx, ry) = centre, radii
    steps = int(abs(end - start) / (1.9 / scale) * max(rx, ry) / 50)
    for i in range(steps):
        part = i / steps
        a = math.radians(start + (end - start) * part)
        thin = 1 - 0.45 * part**2
        along = math.degrees(math.atan2(ry * math.cos(a), -rx * math.sin(a)))
        for side in (1, -1):
            leaf(
                page,
                cx + rx * math.cos(a) + rnd.gauss(0, 0.8),
                cy - ry * math.sin(a) + rnd.gauss(0, 0.8),
                along + (0 if end > start else 180) + side * rnd.uniform(12, 80),
                scale * thin * rnd.uniform(3.6, 6.8),
                rnd.choice(GREENS),
            )
    roses = max(2, int(abs(end - start) / (15 / scale) * max(rx, ry) / 50))
    for i in range(roses):
        part = (i + 0.5) / roses
        a = math.radians(start + (end - start) * part + rnd.uniform(-3, 3))
        rose(
            page,
            cx + rx * math.cos(a) + rnd.uniform(-1.2, 1.2),
            cy - ry * math.sin(a) + rnd.uniform(-1, 1),
            scale * (1 - 0.4 * part) * rnd.uniform(2.9, 4.3),
            seed + i,
        )


def veil(page: Page, around: tuple[float, float, float, float] = OVAL) -> None:
    """Lay a veil of soft dabs of light over everything outside the oval."""
    x0, y0, w, h = page.full
    d = DOTS_PER_MM
    alpha = Image.new("L", (round(w * d), round(h * d)), 255)
    cx, cy, rx, ry = around
    rnd = random.Random(2)
    draw = ImageDraw.Draw(alpha)
    for _ in range(4200):
        a, out = rnd.uniform(0, 2 * math.pi), 1.0 + abs(rnd.gauss(0, 0.4))
        x, y = cx + rx * out * math.cos(a), cy + ry * out * math.sin(a)
        tone = int(182 + 58 * min(1.0, (out - 1) / 0.3) + rnd.gauss(0, 11))
        lean = a + math.pi / 2 + rnd.gauss(0, 0.3)
        long = rnd.uniform(2.5, 6) * d
        px, py = (x - x0) * d, (y - y0) * d
        draw.line(
            (
                px - long * math.cos(lean),
                py - long * math.sin(lean),
                px + long * math.cos(lean),
                py + long * math.sin(lean),
            ),
            fill=max(150, min(247, tone)),
            width=round(rnd.uniform(1.2, 2.6) * d),
        )
    alpha = alpha.filter(ImageFilter.GaussianBlur(0.75 * d)).point(lambda tone: tone // 3 * 3)
    image = Image.new("RGB", alpha.size, PAPER)
    image.putalpha(alpha)
    held = io.BytesIO()
    image.save(held, "PNG")
    held.seek(0)
    left, bottom = page.at(x0 - 0.5, y0 + h + 0.5)
    page.c.drawImage(ImageReader(held), left, bottom, (w + 1) * MM, (h + 1) * MM, mask="auto")


def front(page: Page) -> None:
    """Draw the veil, the oval's double line and its garland."""
    cx, cy, rx, ry = OVAL
    page.c.saveState()
    page.keep_clear(page.oval_window(cx, cy, rx, ry))
    veil(page)
    page.c.restoreState()
    page.stroke("#FFF9F2", 2.2)
    page.oval(cx, cy, rx + 0.9, ry + 0.9)
    page.stroke("#C4506C", 0.32)
    page.oval(cx, cy, rx + 2.1, ry + 2.1)
    garland(page, (cx, cy), (rx + 1, ry + 1), 268, 348, 5)
    garland(page, (cx, cy), (rx + 1, ry + 1), 272, 200, 21)
    garland(page, (cx, cy), (rx + 1, ry + 1), 118, 148, 33, 0.72)


def back(page: Page) -> None:
    """Draw garlands in the corners of warm paper."""
    page.c.saveState()
    keep_stamps_clear(page, STAMPS, "oval")
    page.paper(PAPER)
    page.c.restoreState()
    garland(page, (105, -3), (37, 28), 274, 182, 9, 1.0)
    stamps(page, STAMPS, "oval", LINE)
    postmark(page, 81.2, 92.7, SPEAK, 57)
    rule(page, 116.4, 9, 91, LINE)


def one(page: Page) -> None:
    """Let the paper rise in an arc under the painting, with a garland along it."""
    keep_stamps_clear(page, SMALL_STAMPS, "oval")
    edge, rise = 92.5, 6.0
    path = page.c.beginPath()
    path.moveTo(*page.at(-3, page.h + 3))
    path.lineTo(*page.at(-3, edge - rise))
    path.curveTo(*page.at(20, edge + 1.5), *page.at(82, edge + 1.5), *page.at(page.w + 3, edge - rise))
    path.lineTo(*page.at(page.w + 3, page.h + 3))
    path.close()
    page.fill(PAPER)
    page.c.drawPath(path, stroke=0, fill=1)
    for shift, colour, width in ((0.0, "#FFF9F2", 1.4), (1.0, "#C4506C", 0.32)):
        page.stroke(colour, width)
        page.curve(
            (
                (-3, edge - rise + shift),
                (20, edge + 1.5 + shift),
                (82, edge + 1.5 + shift),
                (page.w + 3, edge - rise + shift),
            )
        )
    garland(page, (50.8, 20.0), (66, 72), 222, 262, 14, 0.9)
    stamps(page, SMALL_STAMPS, "oval", LINE)
    rule(page, 128.8, 8, page.w - 8, LINE)
