"""Tickets as PDF: a painting, the design's template with its windows, and the words."""

import io
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from PIL import ImageCms
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from articket.adapters.ticket_pdf.layout import Colour, Layout, Side
from articket.adapters.ticket_pdf.layout_file import read_layout
from articket.adapters.ticket_pdf.pictures import Jpeg, read_jpeg
from articket.adapters.ticket_pdf.sheet import MM, TEMPLATE, Sheet, image_name, placed
from articket.adapters.ticket_pdf.spelling import spell
from articket.adapters.ticket_pdf.template import Template
from articket.adapters.ticket_pdf.typefaces import Typefaces
from articket.domain.faults import TemplateBroken, TicketFailed
from articket.domain.ticket import RenderedTicket, TicketContent

SIDES: Final[Mapping[str, tuple[str, ...]]] = {"two": ("front", "back"), "one": ("one",)}
MM_PER_INCH: Final = 25.4
RESOLUTION: Final = "/PixelsPerInch"


class Design:
    """One design, loaded and checked: its layout, typefaces and templates."""

    def __init__(self, path: Path, fonts: Path, sides: Literal["two", "one"]) -> None:
        self.layout: Layout = read_layout(path)
        self.faces = Typefaces(fonts, self.layout.fonts)
        self.sides: list[tuple[Side, Template]] = []
        for name in SIDES[sides]:
            if name not in self.layout.sides:
                raise TemplateBroken(
                    "template-broken", f"{path.name}: there is no [{name}], which this booth prints."
                )
            side = self.layout.sides[name]
            self.sides.append((side, Template(path.parent / side.template, side)))


class PdfTickets:
    """Renders tickets from a folder of designs; safe to call from several threads."""

    def __init__(self, folder: Path, fonts: Path, sides: Literal["two", "one"]) -> None:
        paths = sorted(folder.glob("*.toml"))
        if not paths:
            raise TemplateBroken("template-broken", f"There is no layout file (*.toml) in {folder.name}/.")
        self._designs = {path.stem: Design(path, fonts, sides) for path in paths}
        self._srgb = _srgb_profile()
        # ReportLab's fonts read their files with one shared position, and its switches are global.
        self._lock = threading.Lock()

    def designs(self) -> frozenset[str]:
        """Return the names a TicketContent may ask for."""
        return frozenset(self._designs)

    def design(self, name: str) -> Design:
        """Return a design; raise TicketFailed where there is none of that name."""
        design = self._designs.get(name)
        if design is None:
            known = ", ".join(sorted(self._designs))
            raise TicketFailed(
                "ticket-design-unknown", f"There is no ticket design {name!r}; there are {known}."
            )
        return design

    def render(self, content: TicketContent) -> RenderedTicket:
        """Make the ticket; raise TicketFailed where the content lacks something the design needs."""
        design = self.design(content.design)
        files = {"main": content.main, "good": content.good.picture, "bad": content.bad.picture}
        used = {picture.of for side, _ in design.sides for picture in side.pictures}
        jpegs: Mapping[str, Jpeg] = {of: read_jpeg(path, of) for of, path in files.items() if of in used}
        with self._lock:
            overlay = self._overlay(design, content, jpegs)
        resolution = _pixels_per_inch(design, jpegs)
        return RenderedTicket(self._assembled(design, overlay, jpegs, resolution), resolution)

    def _overlay(self, design: Design, content: TicketContent, jpegs: Mapping[str, Jpeg]) -> bytes:
        rl_config.useA85 = 0
        out = io.BytesIO()
        first = next(iter(design.faces))
        canvas = Canvas(out, invariant=1, pageCompression=1, initialFontName=first.name)
        canvas.setTitle(f"Articket {content.number}")
        canvas.setAuthor("Articket")
        canvas.setSubject("")
        canvas.setCreator("Articket")
        values = _values(content, design)
        for side, _ in design.sides:
            width, height = (each * MM for each in side.sheet)
            bleed = side.bleed * MM
            canvas.setPageSize((width, height))
            trimmed = (bleed, bleed, width - bleed, height - bleed)
            canvas.setTrimBox(trimmed)
            # Viewers and print queues take the crop box for the page: the job has the paper's own size.
            canvas.setCropBox(trimmed)
            canvas.setBleedBox((0, 0, width, height))

            def colour_of(colour: Colour) -> str:
                return self._colour(colour, content)

            Sheet(canvas, side, design.faces, colour_of, values, content.keep_url, content.face).draw(jpegs)
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    def _colour(self, colour: Colour, content: TicketContent) -> str:
        """Return the colour; a match's colour is taken from the design of its own style, if there is one."""
        if colour.owner is None:
            return colour.hex
        style = content.good.style if colour.owner == "good" else content.bad.style
        design = self._designs.get(style)
        return design.layout.colours.get(colour.name, colour.hex) if design else colour.hex

    def _assembled(
        self, design: Design, overlay: bytes, jpegs: Mapping[str, Jpeg], resolution: float
    ) -> bytes:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(overlay)))
        images = {of: writer._add_object(jpeg.placed()) for of, jpeg in jpegs.items()}  # noqa: SLF001 - pypdf has no other
        for page, (side, template) in zip(writer.pages, design.sides, strict=True):
            objects = _resource(page, "/XObject")
            objects[NameObject(f"/{TEMPLATE}")] = template.placed_in(writer)
            for of in {picture.of for picture in side.pictures}:
                objects[NameObject(f"/{image_name(of)}")] = images[of]
            page[NameObject("/Group")] = DictionaryObject(
                {
                    NameObject("/S"): NameObject("/Transparency"),
                    NameObject("/CS"): NameObject("/DeviceRGB"),
                }
            )
        spell(writer)
        self._declare_srgb(writer)
        writer.add_metadata({RESOLUTION: f"{resolution:.1f}"})
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    def _declare_srgb(self, writer: PdfWriter) -> None:
        profile = StreamObject()
        profile.set_data(self._srgb)
        profile = profile.flate_encode()
        profile[NameObject("/N")] = NumberObject(3)
        reference = writer._add_object(profile)  # noqa: SLF001 - pypdf has no other
        intent = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/OutputIntent"),
                NameObject("/S"): NameObject("/GTS_PDFA1"),
                NameObject("/OutputConditionIdentifier"): TextStringObject("sRGB IEC61966-2.1"),
                NameObject("/DestOutputProfile"): reference,
            }
        )
        writer.root_object[NameObject("/OutputIntents")] = ArrayObject([intent])


def _resource(page: PageObject, kind: str) -> DictionaryObject:
    resources = page["/Resources"].get_object()
    if not isinstance(resources, DictionaryObject):
        raise TypeError("a page without resources")
    if kind not in resources:
        resources[NameObject(kind)] = DictionaryObject()
    table = resources[kind].get_object()
    if not isinstance(table, DictionaryObject):
        raise TypeError(f"a page whose {kind} is no dictionary")
    return table


def _pixels_per_inch(design: Design, jpegs: Mapping[str, Jpeg]) -> float:
    """Return the resolution of the large painting: its largest window without zoom, the first of them."""
    for side, _ in design.sides:
        for picture in side.pictures:
            if picture.of == "main":
                return jpegs["main"].width / (placed(picture, jpegs["main"], None)[2] / MM_PER_INCH)
    return 0.0


def _values(content: TicketContent, design: Design) -> Mapping[str, object]:
    """Return what the layout's braces stand for."""
    role = next(iter(design.layout.fonts))
    guest = content.words.get("guest", "")
    day = content.printed_on
    values = {
        **content.words,
        "number": content.number,
        "name": content.name if design.faces.can_write(content.name, role) else guest,
        "title": content.title,
        "after": content.after,
        "painter": content.painter,
        "medium": content.medium,
        "sentence": content.sentence,
        "until": content.until or "",
        "place": content.place,
        "day": f"{day.day:02}",
        "month": f"{day.month:02}",
        "year": day.year,
        "good_painter": content.good.painter,
        "good_words": content.good.words,
        "bad_painter": content.bad.painter,
        "bad_words": content.bad.words,
    }
    return _Values(values)


class _Values(dict[str, object]):
    """Answers a layout's braces, and says which words are missing."""

    def __missing__(self, key: str) -> object:
        raise TicketFailed(
            "ticket-words-missing", f"The experience has no ticket words {key!r} in this language."
        )


def _srgb_profile() -> bytes:
    """Return an sRGB profile without the moment of its making, so that tickets can be made twice alike."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    profile[84:100] = bytes(16)
    return bytes(profile)
