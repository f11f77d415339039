"""What every back has: two stamps with windows, a postmark, the foot's rule."""

import math

from art.page import RULE, Page, Point, rectangle

# Where the postcard's two stamps lie, and how far their windows are inside them.
STAMPS = ((9.0, 69.5, 26.0, 33.0), (40.0, 69.5, 26.0, 33.0))
SMALL_STAMPS = ((53.6, 85.0, 19.0, 24.4), (74.6, 85.0, 19.0, 24.4))
BORDER = 2.1
COARSE, FINE = 2.6, 2.1

Places = tuple[tuple[float, float, float, float], ...]


def perforated(x: float, y: float, w: float, h: float, pitch: float) -> list[Point]:
    """Return a stamp's outline, with half round bites out of its sides."""
    across, down = round(w / pitch), round(h / pitch)
    points: list[Point] = []

    def side(start: Point, step: Point, count: int, inwards: Point) -> None:
        pitch_here = math.hypot(*step)
        radius = pitch_here * 0.3
        ux, uy = step[0] / pitch_here, step[1] / pitch_here
        points.append(start)
        for i in range(count):
            mx, my = start[0] + step[0] * (i + 0.5), start[1] + step[1] * (i + 0.5)
            for k in range(9):
                turn = math.pi * k / 8
                along, into = -radius * math.cos(turn), radius * math.sin(turn)
                points.append((mx + ux * along + inwards[0] * into, my + uy * along + inwards[1] * into))

    side((x, y), (w / across, 0), across, (0, 1))
    side((x + w, y), (0, h / down), down, (-1, 0))
    side((x + w, y + h), (-w / across, 0), across, (0, -1))
    side((x, y + h), (0, -h / down), down, (1, 0))
    return points


def stamp_window(stamp: tuple[float, float, float, float], shape: str) -> list[Point]:
    """Return the polygon through which a stamp's picture is seen."""
    x, y, w, h = stamp
    b = BORDER
    if shape == "oval":
        rx, ry = w / 2 - b, h / 2 - b
        return [
            (x + w / 2 + rx * math.cos(math.radians(a)), y + h / 2 + ry * math.sin(math.radians(a)))
            for a in range(0, 360, 5)
        ]
    if shape == "cut":
        k = w * 0.085
        return [(x + b, y + b + k), (x + w - b, y + b), (x + w - b, y + h - b - k), (x + b, y + h - b)]
    return rectangle(x + b, y + b, w - 2 * b, h - 2 * b)


def keep_stamps_clear(page: Page, places: Places, shape: str) -> None:
    """Leave the stamps' windows open, whatever is drawn later."""
    for place in places:
        page.keep_clear(page.window(stamp_window(place, shape)))


def stamps(page: Page, places: Places, shape: str, edge: str = RULE) -> None:
    """Lay the stamps' paper around their windows."""
    page.c.saveState()
    keep_stamps_clear(page, places, shape)
    for place in places:
        page.fill("#FFFFFF")
        page.stroke(edge, 0.15)
        pitch = FINE if place[2] < STAMPS[0][2] else COARSE
        page.c.drawPath(page.outline(perforated(*place, pitch)), stroke=1, fill=1)
    page.c.restoreState()
    for place in places:
        if shape == "panel":
            page.stroke("#111111", 0.8)
            page.c.drawPath(page.outline(stamp_window(place, shape)), stroke=1, fill=0)


def postmark(page: Page, cx: float, cy: float, colour: str, waves_to: float) -> None:
    """Draw the postmark's rings and the waves that cancel the stamp on its left."""
    page.c.saveState()
    page.c.setBlendMode("Multiply")
    page.stroke(colour, 0.3)
    page.oval(cx, cy, 9.8, 9.8)
    page.oval(cx, cy, 6.6, 6.6)
    page.c.setLineCap(1)
    for i in range(4):
        y = cy - 3.6 + i * 2.4
        x = cx - math.sqrt(9.8**2 - (y - cy) ** 2) - 0.7
        path = page.c.beginPath()
        path.moveTo(*page.at(x, y))
        while x > waves_to:
            path.curveTo(*page.at(x - 1.6, y - 1.4), *page.at(x - 3.2, y + 1.4), *page.at(x - 4.8, y))
            x -= 4.8
        page.c.drawPath(path)
    page.c.restoreState()


def rule(page: Page, y: float, left: float, right: float, colour: str = RULE) -> None:
    """Draw the line above the foot."""
    page.box(left, y, right - left, 0.25, colour)
