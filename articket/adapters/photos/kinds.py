"""What kind of file an upload is, judged by its bytes and never by its name."""

import re
import struct
from collections.abc import Iterator
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """A kind of photo that is taken in."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"
    HEIC = "HEIC"


_HEIC_BRANDS: Final = {
    b"heic",
    b"heix",
    b"hevc",
    b"hevx",
    b"heim",
    b"heis",
    b"hevm",
    b"hevs",
    b"mif1",
    b"msf1",
}
_AVIF_BRANDS: Final = {b"avif", b"avis"}
_REFUSED_STARTS: Final = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"8BPS", "Photoshop"),
    (b"\0\0\x01\0", "ICO"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\x1a\x45\xdf\xa3", "video"),
)
_WEBP_HEADER: Final = 30  # bytes that hold the size, in each of its three variants
_HEIC_SIZE: Final = re.compile(rb"ispe\0\0\0\0")
_BOX_HEADER: Final = 8
_FIRST_BYTES: Final = 4096  # where a text format has to show itself


def kind_of(data: bytes) -> Kind | None:
    """Return the kind that the first bytes claim, None for anything that is not taken in."""
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.WEBP
    brands = _brands(data)
    if brands & _HEIC_BRANDS and not brands & _AVIF_BRANDS:
        return Kind.HEIC
    return None


def refused_kind_of(data: bytes) -> str | None:
    """Return the name of a well-known kind that is not taken in, None for what nobody knows."""
    for start, name in _REFUSED_STARTS:
        if data.startswith(start):
            return name
    brands = _brands(data)
    if brands:
        return "AVIF" if brands & _AVIF_BRANDS else "video"
    head = data[:_FIRST_BYTES]
    if b"%PDF-" in head:
        return "PDF"
    if b"<svg" in head.lower():
        return "SVG"
    return None


def cut_short(kind: Kind, data: bytes) -> bool:
    """Tell whether the end that this kind of file promises is missing from `data`."""
    if kind is Kind.JPEG:
        return b"\xff\xd9" not in data
    if kind is Kind.PNG:
        return b"IEND" not in data
    if kind is Kind.WEBP:
        return len(data) < 8 + int.from_bytes(data[4:8], "little")
    return max((end for _, _, end in _boxes(data)), default=0) > len(data)


def webp_size(data: bytes) -> tuple[int, int] | None:
    """Read width and height in pixels from a WebP's header: its decoder allocates before it tells."""
    if len(data) < _WEBP_HEADER:
        return None
    chunk = data[12:16]
    if chunk == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None


def heic_sizes(data: bytes) -> list[tuple[int, int]]:
    """Read width and height in pixels of every picture and tile that a HEIC declares.

    Its decoder tells the size after cropping only, which may hide any amount of pixels.
    """
    return [
        struct.unpack_from(">II", data, found.end())
        for kind, start, end in _boxes(data)
        if kind == b"meta"
        for found in _HEIC_SIZE.finditer(data, start, min(end, len(data)) - 8)
    ]


def _brands(data: bytes) -> set[bytes]:
    if data[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(data[:4], "big"), 256)
    return {data[8:12], *(data[at : at + 4] for at in range(16, end, 4))}


def _boxes(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield type, start and end in bytes of each top-level box of an ISO file, as it claims them."""
    at = 0
    while at + _BOX_HEADER <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 0:
            size = len(data) - at  # to the end of the file
        elif size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size < _BOX_HEADER:  # no box at all: a foreign tail
            return
        yield data[at + 4 : at + 8], at, at + size
        at += size
