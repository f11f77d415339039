"""Which letters the shapes on a ticket stand for, so that whoever searches or copies its text finds them."""

import re
import unicodedata
from typing import Final

from pypdf import PdfWriter
from pypdf.generic import StreamObject

from articket.adapters.ticket_pdf.scripts import ARABIC

MEANING: Final = re.compile(rb"(?<=> <)([0-9A-F]{4,6})(?=>)")


def spell(writer: PdfWriter) -> None:
    """Mend the fonts' tables: joined Arabic means its letters, and emoji need two units of UTF-16."""
    for page in writer.pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[attr-defined]
            table = font.get_object().get("/ToUnicode")
            stream = table.get_object() if table is not None else None
            if isinstance(stream, StreamObject):
                written = stream.get_data()
                meant = MEANING.sub(_meant, written)
                if meant != written:
                    stream.set_data(meant)


def _meant(found: re.Match[bytes]) -> bytes:
    letter = chr(int(found[1], 16))
    usual = unicodedata.normalize("NFKC", letter) if ARABIC.match(letter) else letter
    return usual.encode("utf-16-be").hex().upper().encode()
