"""A design's template page, checked once and kept as a form that every ticket places."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)

from articket.adapters.ticket_pdf.layout import Side
from articket.domain.faults import TemplateBroken

MM: Final = 72 / 25.4
# How far a page box may be from the layout's, in millimetres: drawing programs round to points.
SLACK: Final = 0.3
EMBEDDED: Final = ("/FontFile", "/FontFile2", "/FontFile3")


class Template:
    """One side's static art as a Form XObject, with its own resources."""

    def __init__(self, path: Path, side: Side) -> None:
        self._side, self._file = side, path.name
        try:
            reader = PdfReader(path)
            if reader.is_encrypted:
                raise self._fault("it is encrypted")
            if len(reader.pages) != 1:
                raise self._fault(f"it has {len(reader.pages)} pages, and a side is one")
            page = reader.pages[0]
            self._check(page)
            self._form = self._as_form(page)
        except FileNotFoundError:
            raise self._fault("the file does not exist") from None
        except (PyPdfError, OSError, ValueError, KeyError, TypeError) as error:
            raise self._fault(f"it cannot be read as PDF: {error}") from error

    def placed_in(self, writer: PdfWriter) -> IndirectObject:
        """Copy the form with all it needs into a ticket, and return the reference to it."""
        copy = self._form.clone(writer)
        return writer._add_object(copy)  # noqa: SLF001 - pypdf has no other

    def _fault(self, why: str) -> TemplateBroken:
        return TemplateBroken("template-broken", f"{self._side.label}: template {self._file}: {why}")

    def _check(self, page: PageObject) -> None:
        width, height = self._side.sheet
        box = [float(each) / MM for each in page.mediabox]
        if abs(box[0]) > SLACK or abs(box[1]) > SLACK:
            raise self._fault("its MediaBox does not begin at 0,0")
        if abs(box[2] - width) > SLACK or abs(box[3] - height) > SLACK:
            raise self._fault(
                f"its MediaBox is {box[2]:.1f} x {box[3]:.1f} mm,"
                f" the layout wants {width:.1f} x {height:.1f} mm"
            )
        bleed = self._side.bleed
        trim = [float(each) / MM for each in page.trimbox]
        wanted = (bleed, bleed, width - bleed, height - bleed)
        if any(abs(found - want) > SLACK for found, want in zip(trim, wanted, strict=True)):
            raise self._fault(f"its TrimBox is not {bleed:g} mm inside the sheet")
        if page.rotation:
            raise self._fault(f"it is turned by {page.rotation} degrees")
        if float(page.get("/UserUnit", 1)) != 1:
            raise self._fault("its UserUnit is not 1")
        for font in _fonts(page.get("/Resources"), set()):
            if not _is_embedded(font):
                raise self._fault(f"its font {font.get('/BaseFont', '?')} is not embedded")

    def _as_form(self, page: PageObject) -> StreamObject:
        contents = page.get_contents()
        if contents is None:
            raise self._fault("it is empty")
        form = StreamObject()
        form.set_data(contents.get_data())
        form.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): ArrayObject([FloatObject(each) for each in page.mediabox]),
                NameObject("/Resources"): page["/Resources"],
            }
        )
        return form.flate_encode()


def _fonts(resources: PdfObject | None, seen: set[int]) -> Iterator[DictionaryObject]:
    """Yield the fonts of a page and of the forms and patterns within it."""
    found: Any = resources.get_object() if resources is not None else None
    if not isinstance(found, DictionaryObject) or id(found) in seen:
        return
    seen.add(id(found))
    yield from (font.get_object() for font in _values(found.get("/Font")))
    for kind in ("/XObject", "/Pattern"):
        for inner in _values(found.get(kind)):
            body: Any = inner.get_object()
            if isinstance(body, DictionaryObject):
                yield from _fonts(body.get("/Resources"), seen)


def _values(table: PdfObject | None) -> list[Any]:
    found: Any = table.get_object() if table is not None else {}
    return list(found.values())


def _is_embedded(font: DictionaryObject) -> bool:
    if font.get("/Subtype") == "/Type3":
        return True
    for part in [font, *(each.get_object() for each in font.get("/DescendantFonts", []))]:
        descriptor = part.get("/FontDescriptor")
        if descriptor is not None and any(key in descriptor.get_object() for key in EMBEDDED):
            return True
    return False
