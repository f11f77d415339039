"""Read a design's layout file and say precisely what is wrong with it."""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from string import Formatter
from typing import Any, Final, Literal, TypeVar, cast

from articket.adapters.ticket_pdf.layout import (
    Block,
    Code,
    Colour,
    Layout,
    Picture,
    Plate,
    Ring,
    Side,
    Text,
    When,
)
from articket.domain.faults import TemplateBroken
from articket.domain.ticket import WORDS

# What a text box may put between braces, besides the words of WORDS.
FIELDS: Final = frozenset(
    {"number", "name", "title", "after", "painter", "medium", "sentence", "until", "place"}
    | {"day", "month", "year", "good_painter", "good_words", "bad_painter", "bad_words"}
)
SIDES: Final = ("front", "back", "one")
HEX: Final = re.compile(r"#[0-9A-Fa-f]{6}")
T = TypeVar("T")


def read_layout(path: Path) -> Layout:
    """Return the layout in that file, or raise TemplateBroken naming the file, the line and the box."""
    return _LayoutFile(path).layout()


class _LayoutFile:
    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.source = path.read_text(encoding="utf-8")
            self.data: dict[str, Any] = tomllib.loads(self.source)
        except tomllib.TOMLDecodeError as error:
            raise TemplateBroken("template-broken", f"{path.name}: {error}") from error
        except (OSError, UnicodeDecodeError) as error:
            raise TemplateBroken("template-broken", f"{path.name} cannot be read: {error}") from error
        self.fonts: dict[str, str] = {}
        self.colours: dict[str, str] = {}

    def layout(self) -> Layout:
        top = _Table(self, self.data, "", 0)
        self.fonts = top.strings("fonts")
        self.colours = top.strings("colours")
        for name, colour in self.colours.items():
            if not HEX.fullmatch(colour):
                self.refuse("colours", 0, name, f"{colour!r} is no colour like #1B1813")
        sides = {name: self.side(name, top.table(name)) for name in SIDES if top.has(name)}
        top.close()
        if not {"front", "back"} <= set(sides) and "one" not in sides:
            self.refuse("", 0, "", "there are neither [front] and [back] nor [one]")
        return Layout(self.path.stem, self.fonts, self.colours, sides)

    def side(self, name: str, table: "_Table") -> Side:
        trim, bleed = table.numbers("trim", 2), table.number("bleed", 3.0)
        side = Side(
            label=f"{self.path.name} [{name}]",
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
                    self.refuse(f"{name}.{kind}", index, "box", "the box leaves the sheet or is empty")
        for index, code in enumerate(side.codes):
            x, y, size = code.box
            if min(x, y) < 0 or x + size > width or y + size > height or size <= 0:
                self.refuse(f"{name}.qr", index, "box", "the QR code leaves the trimmed sheet or is empty")
        for index, text in enumerate(side.texts):
            left = {"left": text.x, "right": text.x - text.width, "centre": text.x - text.width / 2}[text.align]
            if left < 0 or left + text.width > width or not 0 <= text.y <= height:
                self.refuse(f"{name}.text", index, "x", f"{text.words!r} leaves the trimmed sheet")

    def picture(self, table: "_Table") -> Picture:
        box, focus = table.numbers("box", 4), table.numbers("focus", 2, [0.5, 0.4])
        clip = table.take("clip", "box")
        if isinstance(clip, list):
            if len(clip) < 3 or any(not _is_numbers(point, 2) for point in clip):
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
            cast("Literal['main', 'good', 'bad']", table.choice("of", ("main", "good", "bad"))),
            (box[0], box[1], box[2], box[3]),
            (focus[0], focus[1]),
            zoom,
            clip,
            table.when(),
        )

    def block(self, table: "_Table") -> Block:
        box = table.numbers("box", 4)
        return Block(table.label, (box[0], box[1], box[2], box[3]), table.colour("fill"), table.when())

    def text(self, table: "_Table") -> Text:
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
            align=cast("Literal['left', 'right', 'centre']", table.choice("align", ("left", "right", "centre"), "left")),
            tracking=tracking,
            tracking_latin=table.number("tracking_latin", tracking / 2),
            rotate=table.number("rotate", 0.0),
            rise=bool(table.take("rise", False)),
            plate=self.plate(table.table("plate")) if table.has("plate") else None,
            when=table.when(),
        )
        if not 0 < text.smallest <= text.size or text.width <= 0 or text.lines < 1:
            table.refuse("size", "size, smallest, width and lines are above 0, and smallest is at most size")
        return text

    def plate(self, table: "_Table") -> Plate:
        pad = table.numbers("pad", 4)
        plate = Plate(
            fill=table.colour("fill"),
            line=table.colour("line") if table.has("line") else None,
            line_width=table.number("line_width", 0.5),
            pad=(pad[0], pad[1], pad[2], pad[3]),
        )
        table.close()
        return plate

    def ring(self, table: "_Table") -> Ring:
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

    def code(self, table: "_Table") -> Code:
        box = table.numbers("box", 3)
        plate = table.colour("plate") if table.has("plate") else None
        return Code(table.label, (box[0], box[1], box[2]), table.colour("colour"), plate)

    def refuse(self, table: str, index: int, key: str, why: str) -> None:
        """Raise TemplateBroken with the place in the file."""
        place = f"{self.path.name}, line {self.line(table, index, key)}"
        box = f", [{table}] {index + 1}" if table else ""
        raise TemplateBroken("template-broken", f"{place}{box}{f', {key}' if key else ''}: {why}")

    def line(self, table: str, index: int, key: str) -> int:
        """Find the line where a table's key stands, as well as a plain search can."""
        lines = self.source.splitlines()
        header = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\s*\]\]?\s*(#.*)?")
        heads = [at for at, text in enumerate(lines) if header.fullmatch(text)] if table else [-1]
        if not heads:
            return 1
        start = heads[min(index, len(heads) - 1)]
        for at in range(start + 1, len(lines)):
            if lines[at].lstrip().startswith("["):
                break
            if key and re.match(rf"\s*{re.escape(key)}\b", lines[at]):
                return at + 1
        return max(start + 1, 1)


class _Table:
    """One table of the file, which must be read to its last key."""

    def __init__(self, file: _LayoutFile, data: Mapping[str, Any], name: str, index: int) -> None:
        self.file, self.data, self.name, self.index = file, data, name, index
        self.known: set[str] = set()
        self.label = f"{file.path.name} [{name}] {index + 1}"

    def refuse(self, key: str, why: str) -> None:
        self.file.refuse(self.name, self.index, key, why)

    def has(self, key: str) -> bool:
        return key in self.data

    def take(self, key: str, default: object = None) -> Any:
        self.known.add(key)
        if key not in self.data and default is None:
            self.refuse(key, f"{key} is missing")
        return self.data.get(key, default)

    def number(self, key: str, default: float | None = None) -> float:
        value = self.take(key, default)
        if not _is_number(value):
            self.refuse(key, f"{value!r} is no number")
        return float(value)

    def numbers(self, key: str, count: int, default: list[float] | None = None) -> list[float]:
        value = self.take(key, default)
        if not _is_numbers(value, count):
            self.refuse(key, f"{value!r} is no list of {count} numbers")
        return [float(each) for each in value]

    def text(self, key: str) -> str:
        value = self.take(key)
        if not isinstance(value, str):
            self.refuse(key, f"{value!r} is no text")
        return cast("str", value)

    def words(self) -> str:
        words = self.text("words")
        try:
            fields = {field for _, field, _, _ in Formatter().parse(words) if field is not None}
        except ValueError as error:
            self.refuse("words", f"{words!r}: {error}")
        if unknown := fields - FIELDS - set(WORDS):
            self.refuse("words", f"nothing on a ticket is called {', '.join(sorted(unknown))}")
        return words

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        value = self.take(key, default)
        if value not in choices:
            self.refuse(key, f"{value!r} is none of {', '.join(choices)}")
        return cast("str", value)

    def when(self) -> When:
        return cast("When", self.choice("when", ("always", "keep", "no_keep"), "always"))

    def font(self) -> str:
        return self.choice("font", tuple(self.file.fonts))

    def colour(self, key: str) -> Colour:
        value = self.text(key)
        owner, _, name = value.rpartition(".")
        own = self.file.colours.get(name, name)
        if owner not in ("", "good", "bad") or not HEX.fullmatch(own):
            self.refuse(key, f"{value!r} is no colour like #1B1813 and no name from [colours]")
        return Colour(own, cast("Literal['good', 'bad'] | None", owner or None), name)

    def strings(self, key: str) -> dict[str, str]:
        value = self.take(key)
        if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
            self.refuse(key, f"[{key}] names texts")
        return cast("dict[str, str]", value)

    def table(self, key: str) -> "_Table":
        value = self.take(key)
        if not isinstance(value, dict):
            self.refuse(key, f"{key} is no table")
        return _Table(self.file, value, f"{self.name}.{key}".lstrip("."), self.index if self.name else 0)

    def each(self, key: str, read: "Callable[[_Table], T]") -> tuple[T, ...]:
        values = self.take(key, [])
        if not isinstance(values, list) or not all(isinstance(each, dict) for each in values):
            self.refuse(key, f"write [[{self.name}.{key}]] with two brackets")
        found = []
        for index, value in enumerate(values):
            table = _Table(self.file, value, f"{self.name}.{key}", index)
            found.append(read(table))
            table.close()
        return tuple(found)

    def close(self) -> None:
        """Refuse keys that nobody read: they are slips of the pen."""
        for key in self.data:
            if key not in self.known:
                self.refuse(key, f"no such key; known are {', '.join(sorted(self.known))}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_numbers(value: object, count: int) -> bool:
    return isinstance(value, list) and len(value) == count and all(_is_number(each) for each in value)
