"""The art around a painting in a tall picture for a story, 90 x 160 mm: the fronts' temperaments again.

A phone covers the upper and the lower sixth with its own buttons; what is drawn there is never read.
"""

from collections.abc import Callable

from art import lichtenstein, picasso, renoir, vangogh
from art.page import Page, Point, inset, rectangle

STORY = (84.0, 154.0)  # and the pages' 3 mm around it
SPLIT = 133.0
OVAL = (42.0, 58.0, 36.0, 50.0)


def stories() -> dict[str, Callable[[Page], None]]:
    """Return what draws each painter's page."""
    return {"lichtenstein": dots, "picasso": shards, "renoir": oval, "vangogh": strokes}


def strokes(page: Page) -> None:
    """Van Gogh: the frame of strokes."""
    page.c.saveState()
    page.keep_clear(page.window(rectangle(2.6, 2.6, page.w - 5.2, page.h - 5.2)))
    page.paper(vangogh.DEEP[1])
    page.c.restoreState()
    vangogh.frame(page, 4.0, 11)


def dots(page: Page) -> None:
    """Lichtenstein: a panel of dots below, closed by a black line, and a yellow strip above."""
    x, _, w, _ = page.full
    ink, line = lichtenstein.INK, lichtenstein.LINE
    page.box(x, SPLIT, w, 30, lichtenstein.PAPER)
    page.dots(x, SPLIT, w, 30, lichtenstein.RED, 2.3, lambda _x, y: 0.15 + 0.8 * y)
    page.box(x, SPLIT - line / 2, w, line, ink)
    page.box(x, -3, w, 4.4, lichtenstein.YELLOW)
    page.box(x, 1.4 - 0.3, w, 0.9, ink)


def shards(page: Page) -> None:
    """Picasso: the cream joints of the broken grid, and planes of slate and ochre laid over its corners."""

    def tall(points: list[Point]) -> list[Point]:
        return [(x * 90 / 106 + (3 * 90 / 106 - 3), y * 160 / 154 + (3 * 160 / 154 - 3)) for x, y in points]

    grid = {name: tall(points) for name, points in picasso.SHARDS.items()}
    page.polygon(grid["top left"], "#1D2B3B", 0.42)
    page.polygon(grid["right"], picasso.OCHRE, 0.38)
    page.c.saveState()
    for points in (tall(picasso.FACE), *grid.values()):
        page.keep_clear(page.window(inset(points, picasso.GAP, page)))
    page.paper(picasso.CREAM)
    page.c.restoreState()
    page.polygon(inset(tall(picasso.LABEL), picasso.GAP, page), picasso.SLATE)


def oval(page: Page) -> None:
    """Renoir: a veil of light around an oval with its garland."""
    cx, cy, rx, ry = OVAL
    page.c.saveState()
    page.keep_clear(page.oval_window(cx, cy, rx, ry))
    renoir.veil(page, OVAL)
    page.c.restoreState()
    page.stroke("#FFF9F2", 2.2)
    page.oval(cx, cy, rx + 0.9, ry + 0.9)
    page.stroke("#C4506C", 0.32)
    page.oval(cx, cy, rx + 2.1, ry + 2.1)
    renoir.garland(page, (cx, cy), (rx + 1, ry + 1), 268, 348, 5)
    renoir.garland(page, (cx, cy), (rx + 1, ry + 1), 272, 200, 21)
    renoir.garland(page, (cx, cy), (rx + 1, ry + 1), 118, 148, 33, 0.72)
