"""A painting's JPEG, checked and ready to be placed byte for byte."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, UnidentifiedImageError
from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject

from articket.domain.faults import TicketFailed

COLOUR_SPACES: Final = {"RGB": "/DeviceRGB", "L": "/DeviceGray"}
# A file that was cut short lacks its last marker; decoding three paintings to learn the same takes 15 ms.
END_OF_IMAGE: Final = b"\xff\xd9"


@dataclass(frozen=True, slots=True)
class Jpeg:
    """A whole JPEG file with its size in pixels."""

    data: bytes
    width: int
    height: int
    mode: str

    def placed(self) -> StreamObject:
        """Return the image as a PDF object that holds the file's bytes unchanged."""
        image = StreamObject.initialize_from_dictionary(
            {"__streamdata__": self.data, NameObject("/Filter"): NameObject("/DCTDecode")}
        )
        image.update(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/XObject"),
                    NameObject("/Subtype"): NameObject("/Image"),
                    NameObject("/Width"): NumberObject(self.width),
                    NameObject("/Height"): NumberObject(self.height),
                    NameObject("/BitsPerComponent"): NumberObject(8),
                    NameObject("/ColorSpace"): NameObject(COLOUR_SPACES[self.mode]),
                }
            )
        )
        return image


def read_jpeg(path: Path, which: str) -> Jpeg:
    """Return the picture in that file; raise TicketFailed where it is missing, cut short or no RGB JPEG."""
    try:
        data = path.read_bytes()
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            width, height, mode = image.width, image.height, image.mode
            if mode not in COLOUR_SPACES:
                raise _broken(which, f"its colours are {mode}, not RGB")
            if not data.rstrip(b"\0").endswith(END_OF_IMAGE):
                raise _broken(which, "its file is cut short")
    except FileNotFoundError:
        raise _broken(which, "its file does not exist") from None
    except UnidentifiedImageError:
        raise _broken(which, "it is no JPEG") from None
    except OSError as error:
        raise _broken(which, str(error)) from None
    return Jpeg(data, width, height, mode)


def _broken(which: str, why: str) -> TicketFailed:
    # The file's name may tell whose picture it is, so the sentence does not.
    return TicketFailed(
        "ticket-picture-broken", f"The {which} painting cannot be placed on the ticket: {why}."
    )
