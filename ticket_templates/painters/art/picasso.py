"""Picasso: a broken grid; the shard with the face stays whole, the others have slipped."""

from art.page import PAPER, Page, Point, inset
from art.post import SMALL_STAMPS, STAMPS, keep_stamps_clear, postmark, rule, stamps

CREAM, SLATE, OCHRE, SAND, NIGHT = "#F2E8D5", "#48637F", "#BD7F24", "#E3C98F", "#2C3E52"
SPEAK = "#3E5872"
GAP = 0.62
# The face's shard and those around it; the layout file cuts the slipped pictures to the same polygons.
FACE = [(24, 12), (72, 5), (87, 40), (78, 94), (34, 101), (15, 58)]
SHARDS = {
    "top": [(13, -3), (81, -3), (72, 5), (24, 12)],
    "top right": [(81, -3), (103, -3), (103, 33), (87, 40), (72, 5)],
    "right": [(103, 33), (103, 104), (78, 94), (87, 40)],
    "below": [(34, 101), (78, 94), (103, 104), (103, 122), (30, 127)],
    "left": [(-3, 64), (15, 58), (34, 101), (32.2, 112.5), (-3, 105)],
    "foot": [(-3, 105), (32.2, 112.5), (30, 127), (26, 151), (-3, 151)],
    "top left": [(-3, -3), (13, -3), (24, 12), (15, 58), (-3, 64)],
}
LABEL = [(30, 127), (103, 122), (103, 151), (26, 151)]


def duotone(page: Page, points: list[Point], dark: str, light: str) -> None:
    """Turn what is painted under a polygon into two colours: grey, then its lights, then its darks."""
    for mode, colour in (("Saturation", "#808080"), ("Multiply", light), ("Screen", dark)):
        page.c.setBlendMode(mode)
        page.polygon(points, colour)
    page.c.setBlendMode("Normal")


def front(page: Page) -> None:
    """Draw the cream joints of the grid, two tinted shards, and the label's plane."""
    whole = [inset(points, GAP, page) for points in (FACE, *SHARDS.values())]
    duotone(page, SHARDS["top left"], "#1D2B3B", "#D5E0EA")
    duotone(page, SHARDS["right"], "#3A2408", "#F3C675")
    page.c.saveState()
    for points in whole:
        page.keep_clear(page.window(points))
    page.paper(CREAM)
    page.c.restoreState()
    page.polygon(inset(LABEL, GAP, page), SLATE)


def back(page: Page) -> None:
    """Draw facets above and below the paper."""
    page.c.saveState()
    keep_stamps_clear(page, STAMPS, "cut")
    page.paper(PAPER)
    page.c.restoreState()
    top = (
        ([(-3, -3), (14, -3), (30, 11.2), (-3, 6.4)], SLATE),
        ([(14, -3), (46, -3), (58, 7.4), (30, 11.2)], SAND),
        ([(46, -3), (80, -3), (71, 3.4), (58, 7.4)], SLATE),
        ([(80, -3), (103, -3), (103, 15.6), (71, 3.4)], NIGHT),
        ([(58, 7.4), (71, 3.4), (103, 15.6), (103, 20.5)], OCHRE),
    )
    for points, colour in top:
        page.polygon(points, colour)
    page.stroke(PAPER, 0.8)
    for a, b in (
        ((14, -3), (30, 11.2)),
        ((46, -3), (58, 7.4)),
        ((80, -3), (71, 3.4)),
        ((71, 3.4), (58, 7.4)),
        ((71, 3.4), (103, 15.6)),
    ):
        page.c.line(*page.at(*a), *page.at(*b))
    stamps(page, STAMPS, "cut")
    postmark(page, 81.2, 92.7, SPEAK, 57)
    rule(page, 116.4, 9, 91)


def one(page: Page) -> None:
    """Break the painting off along facets above the paper."""
    keep_stamps_clear(page, SMALL_STAMPS, "cut")
    edge = [(-3, 90.5), (24, 93.6), (49, 88.2), (79, 93.0), (104.6, 86.5)]
    page.polygon([*edge, (104.6, 155.4), (-3, 155.4)], PAPER)
    facets = (
        ([(-6, 81.3), (24, 93.6), (-6, 90.2)], SLATE),
        ([(24, 93.6), (33, 86.2), (49, 88.2)], SAND),
        ([(79, 93.0), (88, 82.8), (108, 77.0), (108, 85.6)], OCHRE),
        ([(49, 88.2), (70, 86.0), (79, 93.0)], SLATE),
    )
    for points, colour in facets:
        page.polygon(points, colour)
        page.stroke(CREAM, 0.7)
        page.c.drawPath(page.outline(points), stroke=1, fill=0)
    stamps(page, SMALL_STAMPS, "cut")
    rule(page, 128.8, 8, page.w - 8)
