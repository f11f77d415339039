"""An upload becomes a clean photo: upright, sRGB, of bounded size, with nothing in it but pixels."""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin
from pillow_heif import HeifImageFile

from articket.adapters.photos.colour import resizable, to_srgb
from articket.adapters.photos.jpeg_scans import count_scans
from articket.adapters.photos.kinds import Kind, cut_short, heic_sizes, kind_of, refused_kind_of, webp_size
from articket.domain.faults import PhotoRefused

MEGABYTE: Final = 1_000_000
MAX_BYTES: Final = 25 * MEGABYTE
MAX_MEGAPIXELS: Final = 50
MAX_PIXELS: Final = MAX_MEGAPIXELS * 1024 * 1024  # sensors sold as 50 megapixels have up to 50.3 million
MIN_SHORTER_SIDE: Final = 200
MAX_LONGER_SIDE: Final = 2000
MAX_JPEG_SCANS: Final = 64  # a progressive photo has about ten
JPEG_QUALITY: Final = 90

_ORIENTATION_TAG: Final = 0x0112
_UPRIGHT: Final = 1
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# What the decoders were seen, or are documented, to raise on bytes that are not what they claim.
_DECODER_FAULTS: Final = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    RuntimeError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)


@dataclass(frozen=True, slots=True)
class Intake:
    """A photo fit to be kept and painted: an sRGB JPEG without metadata, its sides in pixels."""

    jpeg: bytes
    width: int
    height: int


def take_in(data: bytes) -> Intake:
    """Turn the bytes of an upload into a clean photo, or raise PhotoRefused.

    JPEG (MPO too), PNG, WebP and HEIC are taken in; of an animation the first frame. Photos are
    turned upright and reduced to MAX_LONGER_SIDE, never enlarged. Runs in any thread or process.
    """
    kind = _admitted(data)
    try:
        photo = _photo(kind, data)
    except _DECODER_FAULTS as fault:
        raise _translated(fault, kind, data) from None
    return _encoded(photo)


def _admitted(data: bytes) -> Kind:
    if not data:
        raise PhotoRefused("photo-empty", "The upload has no bytes.")
    if len(data) > MAX_BYTES:
        raise PhotoRefused(
            "photo-too-many-bytes",
            f"The upload has more than {MAX_BYTES} bytes.",
            limit_mb=MAX_BYTES // MEGABYTE,
        )
    kind = kind_of(data)
    if kind is None:
        other = refused_kind_of(data)
        if other is None:
            raise PhotoRefused("photo-not-an-image", "The upload is no kind of picture we know.")
        raise PhotoRefused("photo-kind", f"{other} is not taken in.", kind=other)
    return kind


def _photo(kind: Kind, data: bytes) -> Image.Image:
    """Decode, reduce, turn upright and convert: mode RGB, sides within the limits."""
    if kind is Kind.WEBP:
        _check_size(_webp_size(data))
    if kind is Kind.HEIC:
        for size in heic_sizes(data):
            _check_pixels(size)
    if kind is Kind.JPEG and count_scans(data, MAX_JPEG_SCANS) > MAX_JPEG_SCANS:
        raise PhotoRefused("photo-damaged", f"The JPEG has more than {MAX_JPEG_SCANS} scans.")
    with _opened(kind, data) as image:
        _check_size(image.size)
        if kind is Kind.JPEG:
            image.draft(None, _reduced(image.size))  # decodes at a half, a quarter or an eighth
        image.load()
        turn = _turn(image)
        icc = image.info.get("icc_profile")
        photo = resizable(image)
        photo.thumbnail((MAX_LONGER_SIDE, MAX_LONGER_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
        photo = to_srgb(photo, icc)
    return photo if turn is None else photo.transpose(turn)


def _opened(kind: Kind, data: bytes) -> Image.Image:
    """Open with the one decoder for `kind`: no registry of plug-ins that threads would share."""
    stream = BytesIO(data)
    if kind is Kind.JPEG:
        return JpegImagePlugin.JpegImageFile(stream)
    if kind is Kind.PNG:
        return PngImagePlugin.PngImageFile(stream)
    if kind is Kind.WEBP:
        return WebPImagePlugin.WebPImageFile(stream)
    heic: Image.Image = HeifImageFile(stream)  # type: ignore[no-untyped-call] # pillow_heif is half typed
    return heic


def _webp_size(data: bytes) -> tuple[int, int]:
    size = webp_size(data)
    if size is None:
        raise ValueError("the WebP's header is missing")
    return size


def _check_pixels(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise PhotoRefused(
            "photo-too-many-pixels",
            f"The photo has more than {MAX_PIXELS} pixels.",
            limit_megapixels=MAX_MEGAPIXELS,
        )


def _check_size(size: tuple[int, int]) -> None:
    _check_pixels(size)
    if min(_reduced(size)) < MIN_SHORTER_SIDE:
        raise PhotoRefused(
            "photo-too-small",
            f"The shorter side has less than {MIN_SHORTER_SIDE} pixels, or would have once reduced.",
            shortest=MIN_SHORTER_SIDE,
        )


def _reduced(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, MAX_LONGER_SIDE / max(1, *size))
    return round(size[0] * scale), round(size[1] * scale)


def _turn(image: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION_TAG, _UPRIGHT))
    except _DECODER_FAULTS:
        return None  # unreadable metadata does not spoil a readable photo


def _translated(fault: Exception, kind: Kind, data: bytes) -> PhotoRefused:
    if cut_short(kind, data) or "truncated" in str(fault).lower():
        return PhotoRefused("photo-truncated", f"The {kind} ends early.")
    return PhotoRefused("photo-damaged", f"The {kind} cannot be decoded: {type(fault).__name__}.")


def _encoded(photo: Image.Image) -> Intake:
    photo.info.clear()  # the encoder would copy a comment
    out = BytesIO()
    photo.save(out, "JPEG", quality=JPEG_QUALITY)
    return Intake(out.getvalue(), photo.width, photo.height)
