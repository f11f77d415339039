"""Draw one side's own layer: paintings under the template, words and QR code over it."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from articket.adapters.ticket_pdf import qr
from articket.adapters.ticket_pdf.layout import Block, Code, Colour, Picture, Point, Ring, Side, Text
from articket.adapters.ticket_pdf.pictures import Jpeg
from articket.adapters.ticket_pdf.typefaces import Typefaces
from articket.adapters.ticket_pdf.typesetting import Column, Line, Setting, fit

MM: Final = 72 / 25.4
TEMPLATE: Final = "ArticketTemplate"
QUIET: Final = 4
Drawn = TypeVar("Drawn", Picture, Block, Text, Ring)
# A plate around small type keeps some room above and below it, in millimetres.
TIGHT: Final = 1.3
# Around a postmark letters stand at most this far apart, in ems, before the words are said again.
LOOSEST: Final = 0.55


def image_name(of: str) -> str:
    """Return the resource name of a painting."""
    return f"Articket{of.capitalize()}"


def placed(picture: Picture, jpeg: Jpeg, face: Point | None) -> tuple[float, float, float, float]:
    """Return where the whole painting lies (x, y, width, height in mm) to cover the picture's box."""
    x, y, w, h = picture.box
    focus = face if face is not None and picture.follow_face and picture.of == "main" else picture.focus
    scale = max(w / jpeg.width, h / jpeg.height) * picture.zoom
    width, height = jpeg.width * scale, jpeg.height * scale
    left = min(max(x + w / 2 - focus[0] * width, x + w - width), x)
    top = min(max(y + h / 2 - focus[1] * height, y + h - height), y)
    return (left, top, width, height)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One side being drawn onto a ReportLab canvas."""

    canvas: Canvas
    side: Side
    faces: Typefaces
    colour_of: Callable[[Colour], str]
    values: Mapping[str, object]
    keep_url: str | None
    face: Point | None

    def draw(self, jpegs: Mapping[str, Jpeg]) -> None:
        """Draw all layers; the names of images and template are resources that the page is given later."""
        for picture in self.shown(self.side.pictures):
            self.picture(picture, jpegs[picture.of])
        self.canvas.addLiteral(f"q /{TEMPLATE} Do Q")
        for block in self.shown(self.side.blocks):
            self.block(block)
        if self.keep_url is not None:
            for code in self.side.codes:
                self.code(code, self.keep_url)
        for text in self.shown(self.side.texts):
            self.text(text)
        for ring in self.shown(self.side.rings):
            self.ring(ring)

    def shown(self, things: Sequence[Drawn]) -> Iterator[Drawn]:
        """Yield what belongs on this ticket."""
        keeps = "keep" if self.keep_url is not None else "no_keep"
        return (thing for thing in things if thing.when in ("always", keeps))

    def x(self, x: float) -> float:
        """Turn millimetres from the trimmed left edge into points."""
        return (x + self.side.bleed) * MM

    def y(self, y: float) -> float:
        """Turn millimetres down from the trimmed top edge into points."""
        return (self.side.trim[1] + self.side.bleed - y) * MM

    def fill(self, colour: Colour) -> None:
        """Fill with a colour from now on."""
        self.canvas.setFillColor(HexColor(self.colour_of(colour)))

    def picture(self, picture: Picture, jpeg: Jpeg) -> None:
        """Place a painting, clipped to its window."""
        c = self.canvas
        x, y, w, h = picture.box
        path = c.beginPath()
        if picture.clip == "box":
            path.rect(self.x(x), self.y(y + h), w * MM, h * MM)
        elif picture.clip == "oval":
            path.ellipse(self.x(x), self.y(y + h), w * MM, h * MM)
        else:
            first, *others = picture.clip
            path.moveTo(self.x(first[0]), self.y(first[1]))
            for point in others:
                path.lineTo(self.x(point[0]), self.y(point[1]))
            path.close()
        left, top, width, height = placed(picture, jpeg, self.face)
        c.saveState()
        c.clipPath(path, stroke=0)
        c.transform(width * MM, 0, 0, height * MM, self.x(left), self.y(top + height))
        c.addLiteral(f"/{image_name(picture.of)} Do")
        c.restoreState()

    def block(self, block: Block) -> None:
        """Fill a rectangle."""
        x, y, w, h = block.box
        self.fill(block.fill)
        self.canvas.rect(self.x(x), self.y(y + h), w * MM, h * MM, stroke=0, fill=1)

    def code(self, code: Code, url: str) -> None:
        """Draw the QR code with its quiet zone."""
        x, y, size = code.box
        rows = qr.modules(url, size)
        unit = size / len(rows)
        if code.plate is not None:
            self.fill(code.plate)
            wide = (size + 2 * QUIET * unit) * MM
            self.canvas.rect(
                self.x(x - QUIET * unit), self.y(y + size + QUIET * unit), wide, wide, stroke=0, fill=1
            )
        self.fill(code.colour)
        path = self.canvas.beginPath()
        for row, column, length in qr.dark_runs(rows):
            path.rect(self.x(x + column * unit), self.y(y + (row + 1) * unit), length * unit * MM, unit * MM)
        self.canvas.drawPath(path, stroke=0, fill=1)

    def text(self, text: Text) -> None:
        """Set words into their column."""
        column = Column(
            text.font,
            text.width * MM,
            text.size,
            text.smallest,
            text.lines,
            text.tracking,
            text.tracking_latin,
        )
        setting = fit(text.words.format_map(self.values), column, self.faces)
        if not setting.lines:
            return
        c = self.canvas
        c.saveState()
        c.translate(self.x(text.x), self.y(text.y))
        c.rotate(text.rotate)
        leading = text.leading * setting.size / text.size
        top = leading * (len(setting.lines) - 1) if text.rise else 0.0
        shares = {"left": 0.0, "centre": 0.5, "right": 1.0}
        if text.plate is not None:
            self.plate(text, setting, top, leading, shares[text.align])
        self.fill(text.colour)
        for index, line in enumerate(setting.lines):
            self.line(line, setting, -line.width * setting.size * shares[text.align], top - index * leading)
        c.restoreState()

    def line(self, line: Line, setting: Setting, x: float, y: float) -> None:
        """Draw a line whose first letter's ink begins at x."""
        writing = self.canvas.beginText(x - line.left * setting.size, y)
        writing.setCharSpace(setting.tracking * setting.size)
        for run in line.runs:
            writing.setFont(run.face.name, setting.size * run.face.share)
            writing.textOut(run.letters)
        writing.setCharSpace(0)
        self.canvas.drawText(writing)

    def plate(self, text: Text, setting: Setting, top: float, leading: float, share: float) -> None:
        """Draw the rectangle that hugs the words."""
        plate = text.plate
        if plate is None:
            return
        width = max(plate.min_width * MM, max(line.width for line in setting.lines) * setting.size)
        left, right = (each * MM for each in plate.pad[::2])
        share_of_size = setting.size / text.size
        above, below = ((each * share_of_size + TIGHT * (1 - share_of_size)) * MM for each in plate.pad[1::2])
        bottom = top - leading * (len(setting.lines) - 1) - below
        self.fill(plate.fill)
        if plate.line is not None:
            self.canvas.setStrokeColor(HexColor(self.colour_of(plate.line)))
            self.canvas.setLineWidth(plate.line_width * MM)
        self.canvas.rect(
            -width * share - left,
            bottom,
            width + left + right,
            top + above - bottom,
            stroke=int(plate.line is not None),
            fill=1,
        )

    def ring(self, ring: Ring) -> None:
        """Set words around a circle, spread evenly."""
        words = ring.words.format_map(self.values)
        runs = self.faces.runs(words, ring.font)
        letters = [(run.face, letter) for run in runs for letter in f"{run.letters}"]
        if not letters:
            return
        gap = (runs[-1].face, " ") if runs[-1].face.has(" ") else letters[-1]
        dot = [gap, (runs[0].face, "·"), gap] if runs[0].face.has("·") else [gap, gap]
        around = 2 * math.pi * ring.radius * MM
        once = sum(face.width(letter) for face, letter in [*letters, *dot]) * ring.size
        count = len(letters) + len(dot)
        times = 1
        while (around - (times * once)) / (times * count) > LOOSEST * ring.size:
            times += 1
        if times > 1 and times * once > around:
            times -= 1
        size = ring.size * min(1.0, around / (times * once))
        spread = (around - times * once * size / ring.size) / (times * count)
        self.fill(ring.colour)
        c, run = self.canvas, 0.0
        for face, letter in (letters + dot) * times:
            wide = face.width(letter) * size
            angle = math.pi / 2 - 2 * math.pi * (run + wide / 2) / around
            run += wide + spread
            if letter == " ":
                continue
            c.saveState()
            c.translate(
                self.x(ring.centre[0] + ring.radius * math.cos(angle)),
                self.y(ring.centre[1] - ring.radius * math.sin(angle)),
            )
            c.rotate(math.degrees(angle) - 90)
            writing = c.beginText(-wide / 2, 0)
            writing.setFont(face.name, size * face.share)
            writing.textOut(letter)
            c.drawText(writing)
            c.restoreState()
