"""Read a design's layout file and say precisely what is wrong with it."""

from pathlib import Path
from typing import Final, Literal, cast

from articket.adapters.ticket_pdf.layout import Block, Code, Layout, Picture, Plate, Ring, Side, Text, Which
from articket.adapters.ticket_pdf.layout_source import HEX, Source, Table, is_numbers

CORNERS: Final = 3
POINTS_PER_MM: Final = 72 / 25.4
# How high a capital letter stands, in ems.
CAPITAL: Final = 0.72
SIDES: Final = ("front", "back", "one")


def read_layout(path: Path) -> Layout:
    """Return the layout in that file, or raise TemplateBroken naming the file, the line and the box."""
    return _LayoutFile(path).layout()


class _LayoutFile:
    def __init__(self, path: Path) -> None:
        self.source = Source(path)

    def layout(self) -> Layout:
        top = Table(self.source, self.source.data, "", 0)
        self.source.fonts = top.strings("fonts")
        self.source.colours = top.strings("colours")
        for name, colour in self.source.colours.items():
            if not HEX.fullmatch(colour):
                self.source.refuse("colours", 0, name, f"{colour!r} is no colour like #1B1813")
        sides = {name: self.side(name, top.table(name)) for name in SIDES if top.has(name)}
        top.close()
        if not {"front", "back"} <= set(sides) and "one" not in sides:
            self.source.refuse("", 0, "", "there are neither [front] and [back] nor [one]")
        return Layout(self.source.path.stem, self.source.fonts, self.source.colours, sides)

    def side(self, name: str, table: Table) -> Side:
        trim, bleed = table.numbers("trim", 2), table.number("bleed", 3.0)
        side = Side(
            label=f"{self.source.path.name}, line {self.source.line(name, 0, 'template')}, [{name}]",
            template=table.text("template"),
            trim=(trim[0], trim[1]),
            bleed=bleed,
            pictures=table.each("picture", self.picture),
            blocks=table.each("block", self.block),
            texts=table.each("text", self.text),
            rings=table.each("ring", self.ring),
            codes=table.each("qr", self.code),
        )
        table.close()
        self.check_inside(side, name)
        return side

    def check_inside(self, side: Side, name: str) -> None:
        width, height, bleed = *side.trim, side.bleed
        for kind, boxes in (
            ("picture", [each.box for each in side.pictures]),
            ("block", [each.box for each in side.blocks]),
        ):
            for index, (x, y, w, h) in enumerate(boxes):
                if min(x, y) < -bleed or x + w > width + bleed or y + h > height + bleed or min(w, h) <= 0:
                    self.source.refuse(f"{name}.{kind}", index, "box", "the box leaves the sheet or is empty")
        for index, code in enumerate(side.codes):
            x, y, size = code.box
            if min(x, y) < 0 or x + size > width or y + size > height or size <= 0:
                self.source.refuse(
                    f"{name}.qr", index, "box", "the QR code leaves the trimmed sheet or is empty"
                )
        self.check_words(side, name)

    def check_words(self, side: Side, name: str) -> None:
        width, height = side.trim
        for index, text in enumerate(side.texts):
            left = {"left": text.x, "right": text.x - text.width, "centre": text.x - text.width / 2}[
                text.align
            ]
            if left < 0 or left + text.width > width or not 0 <= text.y <= height:
                self.source.refuse(f"{name}.text", index, "x", f"{text.words!r} leaves the trimmed sheet")
            deep = (text.lines - 1) * text.leading / POINTS_PER_MM
            top, bottom = (text.y - deep, text.y) if text.rise else (text.y, text.y + deep)
            if top - text.size * CAPITAL / POINTS_PER_MM < 0 or bottom > height:
                why = f"with all its lines {text.words!r} leaves the trimmed sheet"
                self.source.refuse(f"{name}.text", index, "lines" if text.lines > 1 else "size", why)
        for index, ring in enumerate(side.rings):
            x, y = ring.centre
            outer = ring.radius + ring.size / POINTS_PER_MM
            if min(x, y) < outer or x + outer > width or y + outer > height:
                self.source.refuse(
                    f"{name}.ring", index, "centre", f"{ring.words!r} leaves the trimmed sheet"
                )

    def picture(self, table: Table) -> Picture:
        box, focus = table.numbers("box", 4), table.numbers("focus", 2, [0.5, 0.4])
        clip = table.take("clip", "box")
        if isinstance(clip, list):
            if len(clip) < CORNERS or any(not is_numbers(point, 2) for point in clip):
                table.refuse("clip", "a polygon is a list of three or more [x, y]")
            clip = tuple((float(x), float(y)) for x, y in clip)
        elif clip not in ("box", "oval"):
            table.refuse("clip", f"{clip!r} is neither 'box' nor 'oval' nor a polygon")
        if not all(0 <= part <= 1 for part in focus):
            table.refuse("focus", "both parts are between 0 and 1")
        zoom = table.number("zoom", 1.0)
        if zoom < 1:
            table.refuse("zoom", "below 1 the picture would not cover its box")
        return Picture(
            table.label,
            cast("Which", table.choice("of", ("main", "good", "bad"))),
            (box[0], box[1], box[2], box[3]),
            (focus[0], focus[1]),
            zoom,
            table.flag("follow_face"),
            clip,
            table.when(),
        )

    def block(self, table: Table) -> Block:
        box = table.numbers("box", 4)
        return Block(table.label, (box[0], box[1], box[2], box[3]), table.colour("fill"), table.when())

    def text(self, table: Table) -> Text:
        words, size = table.words(), table.number("size")
        tracking = table.number("tracking", 0.0)
        text = Text(
            label=f"{table.label} {words!r}",
            words=words,
            x=table.number("x"),
            y=table.number("y"),
            width=table.number("width"),
            font=table.font(),
            size=size,
            smallest=table.number("smallest", size * 0.6),
            leading=table.number("leading", size * 1.4),
            lines=int(table.number("lines", 1)),
            colour=table.colour("colour"),
            align=cast(
                "Literal['left', 'right', 'centre']",
                table.choice("align", ("left", "right", "centre"), "left"),
            ),
            tracking=tracking,
            tracking_latin=table.number("tracking_latin", tracking / 2),
            rotate=table.number("rotate", 0.0),
            rise=table.flag("rise"),
            plate=self.plate(table.table("plate")) if table.has("plate") else None,
            when=table.when(),
        )
        if not 0 < text.smallest <= text.size or text.width <= 0 or text.lines < 1:
            table.refuse("size", "size, smallest, width and lines are above 0, and smallest is at most size")
        return text

    def plate(self, table: Table) -> Plate:
        pad = table.numbers("pad", 4)
        plate = Plate(
            fill=table.colour("fill"),
            line=table.colour("line") if table.has("line") else None,
            line_width=table.number("line_width", 0.5),
            pad=(pad[0], pad[1], pad[2], pad[3]),
            min_width=table.number("min_width", 0.0),
        )
        table.close()
        return plate

    def ring(self, table: Table) -> Ring:
        words, centre = table.words(), table.numbers("centre", 2)
        return Ring(
            f"{table.label} {words!r}",
            words,
            (centre[0], centre[1]),
            table.number("radius"),
            table.font(),
            table.number("size"),
            table.colour("colour"),
            table.when(),
        )

    def code(self, table: Table) -> Code:
        box = table.numbers("box", 3)
        plate = table.colour("plate") if table.has("plate") else None
        return Code(table.label, (box[0], box[1], box[2]), table.colour("colour"), plate)
