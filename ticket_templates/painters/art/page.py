"""A template page in millimetres: (0, 0) is the trimmed sheet's top left corner, y runs down."""

import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

MM = 72 / 25.4
BLEED = 3.0
POSTCARD = (100.0, 148.0)
FOUR_BY_SIX = (101.6, 152.4)
PAPER, INK, SOFT, RULE = "#F7F4EE", "#1B1813", "#5A5145", "#D6CEBE"
EVEN_ODD = 0

Point = tuple[float, float]


class Page:
    """One side's static art."""

    def __init__(self, path: Path, trim: Point) -> None:
        self.path = path
        self.w, self.h = trim
        size = ((self.w + 2 * BLEED) * MM, (self.h + 2 * BLEED) * MM)
        self.c = Canvas(str(path), pagesize=size, invariant=1, pageCompression=1)
        edge = BLEED * MM
        self.c.setTrimBox((edge, edge, size[0] - edge, size[1] - edge))
        self.c.setBleedBox((0, 0, *size))
        self.c.setTitle(path.stem)

    @property
    def full(self) -> tuple[float, float, float, float]:
        """The whole sheet with its bleed."""
        return (-BLEED, -BLEED, self.w + 2 * BLEED, self.h + 2 * BLEED)

    def at(self, x: float, y: float) -> Point:
        """Return a point on the canvas; a hundredth of a point is finer than any printer."""
        return (round((x + BLEED) * MM, 2), round((self.h + BLEED - y) * MM, 2))

    def save(self) -> None:
        """Write the file, without the Helvetica that ReportLab names on every page and nothing here uses."""
        self.c.showPage()
        self.c.save()
        writer = PdfWriter(clone_from=PdfReader(self.path))
        page = writer.pages[0]
        drawn = DecodedStreamObject()
        drawn.set_data(re.sub(rb"BT /F1 12 Tf 14.4 TL ET", b"", page.get_contents().get_data()))
        writer._replace_object(page.raw_get("/Contents"), drawn.flate_encode(9))  # noqa: SLF001 - pypdf has no other
        del page["/Resources"]["/Font"]
        writer.write(self.path)

    def fill(self, colour: str, alpha: float = 1.0) -> None:
        """Fill with a colour from now on."""
        plain = HexColor(colour)
        self.c.setFillColor(Color(plain.red, plain.green, plain.blue, alpha))

    def stroke(self, colour: str, width: float, alpha: float = 1.0) -> None:
        """Draw lines of a colour and a width from now on."""
        plain = HexColor(colour)
        self.c.setStrokeColor(Color(plain.red, plain.green, plain.blue, alpha))
        self.c.setLineWidth(round(width * MM, 2))

    def outline(self, points: Sequence[Point], path: PDFPathObject | None = None) -> PDFPathObject:
        """Return a closed path through the points, added to `path` if there is one."""
        path = path or self.c.beginPath()
        path.moveTo(*self.at(*points[0]))
        for point in points[1:]:
            path.lineTo(*self.at(*point))
        path.close()
        return path

    def polygon(self, points: Sequence[Point], colour: str, alpha: float = 1.0) -> None:
        """Fill a polygon."""
        self.fill(colour, alpha)
        self.c.drawPath(self.outline(points), stroke=0, fill=1)

    def box(
        self, x: float, y: float, w: float, h: float, colour: str, line: str | None = None, width: float = 0.3
    ) -> None:
        """Fill a rectangle, with a line around it if there is a colour for one."""
        self.fill(colour)
        if line:
            self.stroke(line, width)
        self.c.rect(*self.at(x, y + h), w * MM, h * MM, stroke=int(bool(line)), fill=1)

    def curve(self, points: Sequence[Point]) -> None:
        """Draw one Bezier stroke along four points, to a tenth of a point."""
        self.c.bezier(*(round(each, 1) for point in points for each in self.at(*point)))

    def keep_clear(self, window: Callable[[PDFPathObject], object]) -> None:
        """Leave a window open, whatever is drawn from now on."""
        path = self.c.beginPath()
        x, y, w, h = self.full
        self.outline(rectangle(x, y, w, h), path)
        window(path)
        self.c.clipPath(path, stroke=0, fill=0, fillMode=EVEN_ODD)

    def paper(self, colour: str, top: float = -BLEED) -> None:
        """Fill the sheet from a height down to its foot."""
        x, _, w, _ = self.full
        self.box(x, top, w, self.h + BLEED - top, colour)

    def window(self, points: Sequence[Point]) -> Callable[[PDFPathObject], object]:
        """Return a polygon's window."""
        return lambda path: self.outline(points, path)

    def oval_window(self, cx: float, cy: float, rx: float, ry: float) -> Callable[[PDFPathObject], object]:
        """Return an oval's window."""
        return lambda path: path.ellipse(*self.at(cx - rx, cy + ry), 2 * rx * MM, 2 * ry * MM)

    def oval(self, cx: float, cy: float, rx: float, ry: float) -> None:
        """Draw an oval line."""
        self.c.ellipse(*self.at(cx - rx, cy + ry), *self.at(cx + rx, cy - ry), stroke=1, fill=0)

    def dots(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        colour: str,
        pitch: float,
        size: Callable[[float, float], float],
    ) -> None:
        """Lay a dot screen into a rectangle; `size` maps a place (0..1) to the dot's share of the pitch."""
        self.c.saveState()
        clip = self.c.beginPath()
        clip.rect(*self.at(x, y + h), w * MM, h * MM)
        self.c.clipPath(clip, stroke=0)
        self.fill(colour)
        rows = int(h / (pitch * 0.866)) + 2
        for row in range(rows):
            for column in range(int(w / pitch) + 2):
                dx, dy = (column + 0.5 * (row % 2)) * pitch, row * pitch * 0.866
                share = size(dx / w, dy / h)
                if share > 0.05:
                    self.c.circle(
                        *self.at(x + dx, y + dy), round(share * pitch / 2 * MM, 2), stroke=0, fill=1
                    )
        self.c.restoreState()


def rectangle(x: float, y: float, w: float, h: float) -> list[Point]:
    """Return a rectangle's corners."""
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]


def inset(points: Sequence[Point], by: float, page: Page) -> list[Point]:
    """Return a convex polygon drawn in by a distance, but for the sides that lie on the sheet's edge."""
    x0, y0, w, h = page.full
    x1, y1 = x0 + w, y0 + h
    count = len(points)
    area = sum(points[i][0] * points[i - 1][1] - points[i - 1][0] * points[i][1] for i in range(count))
    sign = 1 if area > 0 else -1
    lines = []
    for i in range(count):
        (ax, ay), (bx, by_) = points[i], points[(i + 1) % count]
        dx, dy = bx - ax, by_ - ay
        length = math.hypot(dx, dy)
        outside = any(abs(ax - e) < 1e-6 and abs(bx - e) < 1e-6 for e in (x0, x1)) or any(
            abs(ay - e) < 1e-6 and abs(by_ - e) < 1e-6 for e in (y0, y1)
        )
        move = 0.0 if outside else by
        nx, ny = sign * dy / length, -sign * dx / length
        lines.append((ax + nx * move, ay + ny * move, dx, dy))
    moved = []
    for i in range(count):
        ax, ay, adx, ady = lines[i - 1]
        bx, by2, bdx, bdy = lines[i]
        cross = adx * bdy - ady * bdx
        t = ((bx - ax) * bdy - (by2 - ay) * bdx) / cross
        moved.append((ax + t * adx, ay + t * ady))
    return moved
