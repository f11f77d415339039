"""What is no photo is refused with a code, cheaply, and nothing else is ever raised."""

import pickle
import struct
import time
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from photos.samples import astronaut, cat, saved, talkative_exif
from PIL import Image

from articket.adapters.photos.intake import MAX_BYTES, MAX_JPEG_SCANS, take_in
from articket.adapters.photos.jpeg_scans import count_scans
from articket.domain.faults import PhotoRefused

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow warns of damage before it gives up
SVG = b"<?xml version='1.0'?>\n<!-- drawn -->\n<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 64
AVIF = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + b"\0" * 64


def refused(data: bytes) -> PhotoRefused:
    with pytest.raises(PhotoRefused) as caught:
        take_in(data)
    return caught.value


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_claiming(width: int, height: int) -> bytes:
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = png_chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
    return b"\x89PNG\r\n\x1a\n" + header + body + png_chunk(b"IEND", b"")


def webp_claiming(width: int, height: int) -> bytes:
    whole = bytearray(saved(cat().convert("RGBA"), "WEBP", exif=talkative_exif()))
    assert whole[12:16] == b"VP8X"
    whole[24:30] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(whole)


def jpeg_claiming(width: int, height: int) -> bytes:
    whole = bytearray(saved(cat(), "JPEG"))
    at = whole.index(b"\xff\xc0") + 5
    whole[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(whole)


def heic_claiming(width: int, height: int) -> bytes:
    whole = bytearray(saved(cat(), "HEIF"))
    at = whole.index(b"ispe") + 8
    whole[at : at + 8] = struct.pack(">II", width, height)
    return bytes(whole)


def test_no_bytes_are_empty() -> None:
    assert refused(b"").code == "photo-empty"


def test_too_many_bytes_are_refused_before_they_are_read() -> None:
    fault = refused(saved(cat(), "JPEG") + b"\0" * MAX_BYTES)
    assert (fault.code, fault.params) == ("photo-too-many-bytes", {"limit_mb": 25})


def test_25_megabytes_are_taken_in() -> None:
    small = saved(cat(), "JPEG")
    assert take_in(small + b"\0" * (MAX_BYTES - len(small))).width == 451


@pytest.mark.parametrize(
    "data", [b"\0", b"hello", b"<html><body>no photo</body></html>", b"PK\3\4" + b"\0" * 99]
)
def test_what_nobody_knows_is_no_image(data: bytes) -> None:
    assert refused(data).code == "photo-not-an-image"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (saved(cat(), "GIF"), "GIF"),
        (saved(cat(), "BMP"), "BMP"),
        (saved(cat(), "TIFF"), "TIFF"),
        (saved(cat(), "TIFF", compression="jpeg"), "TIFF"),
        (saved(cat(), "PDF"), "PDF"),
        (saved(cat(), "ICO"), "ICO"),
        (saved(cat(), "JPEG2000", no_jp2=False), "JPEG 2000"),
        (SVG, "SVG"),
        (b"\xef\xbb\xbf  <SVG/>", "SVG"),
        (MP4, "video"),
        (AVIF, "AVIF"),
    ],
)
def test_a_kind_that_is_not_taken_in_is_named(data: bytes, kind: str) -> None:
    fault = refused(data)
    assert (fault.code, fault.params) == ("photo-kind", {"kind": kind})


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.6, 0.9])
def test_a_photo_cut_short_is_truncated(kind: str, share: float) -> None:
    whole = saved(astronaut(), kind)
    assert refused(whole[: int(len(whole) * share)]).code == "photo-truncated"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_photo_overwritten_after_its_header_is_damaged(kind: str) -> None:
    whole = saved(astronaut(), kind)
    half = len(whole) // 2
    assert refused(whole[:40] + b"\xa5" * half + whole[40 + half :]).code == "photo-damaged"


def test_a_heic_whose_size_is_a_lie_is_damaged() -> None:
    assert refused(heic_claiming(700, 700)).code == "photo-damaged"


@pytest.mark.parametrize(
    ("claiming", "width", "height"),
    [
        (png_claiming, 60_000, 60_000),
        (png_claiming, 2**31 - 1, 2**31 - 1),
        (png_claiming, 10_000, 5_300),
        (jpeg_claiming, 60_000, 60_000),
        (webp_claiming, 16_383, 16_383),
        (webp_claiming, 2**24, 2**8),
        (heic_claiming, 16_000, 16_000),
    ],
)
def test_a_bomb_is_refused_by_its_header_alone(
    claiming: Callable[[int, int], bytes], width: int, height: int
) -> None:
    data = claiming(width, height)
    began = time.process_time()
    assert refused(data).code == "photo-too-many-pixels"
    assert time.process_time() - began < 1


def test_the_limit_of_pixels_is_told() -> None:
    fault = refused(png_claiming(60_000, 60_000))
    assert (fault.code, fault.params) == ("photo-too-many-pixels", {"limit_megapixels": 50})


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    whole = saved(cat(), "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    bomb = whole[:last] + whole[last:-2] * (MAX_JPEG_SCANS + 1) + b"\xff\xd9"
    assert count_scans(whole, MAX_JPEG_SCANS) == 10
    assert refused(bomb).code == "photo-damaged"


def test_scans_are_counted_within_the_first_picture_only() -> None:
    mpo = saved(cat(), "MPO", save_all=True, append_images=[cat()] * 3, exif=talkative_exif())
    assert count_scans(mpo + b"\xff\xda" * 500, MAX_JPEG_SCANS) == 1


@pytest.mark.parametrize("size", [(1, 1), (199, 900), (900, 199), (4000, 390)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_too_small_to_paint_is_refused(kind: str, size: tuple[int, int]) -> None:
    fault = refused(saved(cat().resize(size), kind))
    assert (fault.code, fault.params) == ("photo-too-small", {"shortest": 200})


def test_a_refusal_crosses_processes_whole() -> None:
    fault = pickle.loads(pickle.dumps(refused(SVG)))  # noqa: S301 - as a process pool does with its own
    assert (type(fault), fault.code, fault.params, str(fault)) == (
        PhotoRefused,
        "photo-kind",
        {"kind": "SVG"},
        "SVG is not taken in. [photo-kind]",
    )


STARTS = [
    b"",
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\xff\0\0\0WEBPVP8X",
    b"\0\0\0\x14ftypheic\0\0\0\0mif1",
]
WHOLE = {kind: saved(cat(), kind, exif=talkative_exif(6)) for kind in ("JPEG", "PNG", "WEBP", "HEIF")}
WHOLE["progressive"] = saved(cat(), "JPEG", progressive=True)
WHOLE["palette"] = saved(cat().convert("P"), "PNG", transparency=b"\0\x80")


def sound(data: bytes) -> None:
    """Take in or refuse: whatever comes out is a whole picture."""
    try:
        taken = take_in(data)
    except PhotoRefused:
        return
    with Image.open(BytesIO(taken.jpeg)) as image:
        image.load()
        assert image.size == (taken.width, taken.height)


@given(st.sampled_from(STARTS), st.binary(max_size=2000))
@settings(max_examples=300)
@example(b"\xff\xd8", b"\xff" * 100_000)
@example(b"\xff\xd8\xff\xe0\0\0", b"")
def test_random_bytes_raise_nothing_but_refusals(start: bytes, rest: bytes) -> None:
    sound(start + rest)


@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), max_size=12),
    st.floats(0, 1),
    st.sampled_from([700, 10**9]),  # headers are worth more tries than pixels
)
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_cut_and_flipped_photos_raise_nothing_but_refusals(
    kind: str, flips: list[tuple[float, int]], cut: float, reach: int
) -> None:
    data = bytearray(WHOLE[kind])
    reach = min(len(data), reach)
    for place, flip in flips:
        data[int(place * reach)] ^= flip
    sound(bytes(data[: len(data) - int(cut**8 * len(data))]))
