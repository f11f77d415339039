"""Photos that phones and desktops send are taken in clean, upright and of bounded size."""

import multiprocessing
import re
import resource
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from io import BytesIO

import numpy as np
import pytest
from photos.samples import (
    COMMENT,
    MAKER,
    astronaut,
    cat,
    difference,
    pixels,
    profile,
    saved,
    segments,
    talkative_exif,
    temple,
)
from PIL import Image, ImageDraw

from articket.adapters.photos.intake import MAX_LONGER_SIDE, take_in

ONLY_PICTURE = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}  # JFIF header, tables, frame, scan
BACK = {  # what turns an upright picture into the one a camera stores with this orientation
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("photo", [astronaut, cat, temple])
@pytest.mark.parametrize(
    ("kind", "how"),
    [
        ("JPEG", {"quality": 95}),
        ("JPEG", {"quality": 95, "progressive": True}),
        ("PNG", {}),
        ("WEBP", {"quality": 95}),
        ("WEBP", {"lossless": True}),
        ("HEIF", {}),
    ],
)
def test_a_photo_of_every_kind_keeps_its_picture(
    photo: Callable[[], Image.Image], kind: str, how: dict[str, object]
) -> None:
    original = photo()
    taken = take_in(saved(original, kind, **how))
    assert (taken.width, taken.height) == original.size
    assert difference(taken.jpeg, original) < 5
    assert set(segments(taken.jpeg)) == ONLY_PICTURE


def test_of_an_mpo_the_first_picture_is_taken() -> None:
    mpo = saved(cat(), "MPO", save_all=True, append_images=[temple()], quality=95)
    assert b"MPF\0" in mpo
    taken = take_in(mpo)
    assert difference(taken.jpeg, cat()) < 5
    assert set(segments(taken.jpeg)) == ONLY_PICTURE


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_an_animation_the_first_picture_is_taken(kind: str) -> None:
    moving = saved(cat(), kind, save_all=True, append_images=[cat().rotate(180)], duration=100)
    assert difference(take_in(moving).jpeg, cat()) < 5


def corners() -> Image.Image:
    """A picture with four coloured corners, so that each of the eight orientations shows."""
    picture = temple().crop((0, 0, 600, 400))
    draw = ImageDraw.Draw(picture)
    for place, colour in {
        (0, 0): "red",
        (500, 0): "lime",
        (0, 300): "blue",
        (500, 300): "yellow",
    }.items():
        draw.rectangle((*place, place[0] + 99, place[1] + 99), fill=colour)
    return picture


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_orientation_ends_upright(kind: str, orientation: int) -> None:
    upright = corners()
    back = BACK[orientation]
    stored = upright if back is None else upright.transpose(back)
    quality = {} if kind == "PNG" else {"quality": 95}
    taken = take_in(saved(stored, kind, exif=talkative_exif(orientation), **quality))
    assert (taken.width, taken.height) == (600, 400)
    got = pixels(taken.jpeg)
    for (x, y), colour in {
        (50, 50): (255, 0, 0),
        (550, 50): (0, 255, 0),
        (50, 350): (0, 0, 255),
        (550, 350): (255, 255, 0),
    }.items():
        assert np.abs(got[y, x] - colour).max() < 12
    assert difference(taken.jpeg, upright) < 6


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_heic_is_turned_once(orientation: int) -> None:
    back = BACK[orientation]
    stored = corners() if back is None else corners().transpose(back)
    taken = take_in(saved(stored, "HEIF", exif=talkative_exif(orientation)))
    assert (taken.width, taken.height) == (600, 400)
    assert difference(taken.jpeg, corners()) < 6


@pytest.mark.parametrize("orientation", [0, 9, 77, 65535])
def test_an_orientation_that_does_not_exist_is_ignored(orientation: int) -> None:
    taken = take_in(saved(cat(), "JPEG", exif=talkative_exif(orientation)))
    assert (taken.width, taken.height) == cat().size


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow warns of what it then survives
def test_broken_exif_does_not_spoil_a_photo() -> None:
    whole = saved(cat(), "JPEG", exif=talkative_exif(6))
    at = whole.index(b"Exif\0\0") + 6
    for junk in (b"\xff" * 40, b"II*\0\xff\xff\xff\xff" + b"\xff" * 32, b"MM\0*" + b"\0" * 36):
        taken = take_in(whole[:at] + junk + whole[at + 40 :])
        assert taken.width * taken.height == cat().width * cat().height


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_nothing_but_the_picture_comes_out(kind: str) -> None:
    extras: dict[str, object] = {"exif": talkative_exif()}
    if kind != "HEIF":
        extras |= {"icc_profile": profile("sRGB")}
    if kind != "PNG":
        extras |= {"xmp": b"<x:xmpmeta>" + COMMENT + b"</x:xmpmeta>"}
    if kind == "JPEG":
        extras |= {"comment": COMMENT}
    data = saved(cat(), kind, **extras)
    assert MAKER.encode() in data
    jpeg = take_in(data).jpeg
    for trace in (b"Exif", b"ICC_PROFILE", b"xmp", b"http", b"GPS", MAKER.encode(), COMMENT):
        assert trace not in jpeg
    assert set(segments(jpeg)) == ONLY_PICTURE


def zip_tail() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("payload.txt", "payload")
    return out.getvalue()


@pytest.mark.parametrize("tail", [zip_tail(), b"<script>alert('payload')</script>", b"%PDF-1.7 payload"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_foreign_tail_is_gone(kind: str, tail: bytes) -> None:
    taken = take_in(saved(cat(), kind) + tail)
    assert b"payload" not in taken.jpeg
    assert set(segments(taken.jpeg)) == ONLY_PICTURE


def test_markup_inside_a_jpeg_is_gone() -> None:
    taken = take_in(saved(cat(), "JPEG", comment=b"<script>payload</script>"))
    assert b"payload" not in taken.jpeg


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1"])
def test_every_mode_of_png_becomes_rgb(mode: str) -> None:
    source = cat().convert(mode)
    taken = take_in(saved(source, "PNG"))
    assert difference(taken.jpeg, source.convert("RGB")) < (20 if mode in {"1", "P"} else 5)


def test_sixteen_bit_grey_keeps_its_tones() -> None:
    grey = cat().convert("L")
    deep = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    assert deep.mode == "I;16"
    assert difference(take_in(saved(deep, "PNG")).jpeg, grey) < 2


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_grey_photo_stays_grey(kind: str) -> None:
    assert difference(take_in(saved(cat().convert("L"), kind, quality=95)).jpeg, cat().convert("L")) < 4


def test_cmyk_keeps_its_colours() -> None:
    assert difference(take_in(saved(cat().convert("CMYK"), "JPEG", quality=95)).jpeg, cat()) < 5


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF"])
def test_what_is_transparent_becomes_white(kind: str) -> None:
    picture = cat().convert("RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 200, 300))
    got = pixels(take_in(saved(picture, kind)).jpeg)
    assert got[50:250, 20:180].min() > 245
    assert got[:, 220:].mean() < 200


@pytest.mark.parametrize("transparency", [5, bytes([0, 128, 255])])
def test_a_transparent_palette_becomes_white(transparency: int | bytes) -> None:
    take_in(saved(cat().convert("P"), "PNG", transparency=transparency))


def test_a_wide_profile_is_converted_to_srgb() -> None:
    swapped = bytearray(profile("sRGB"))
    # give the red colourant the green one's place: a profile whose effect nobody can miss
    red, green = (swapped.index(tag) for tag in (b"rXYZ", b"gXYZ"))
    swapped[red : red + 4], swapped[green : green + 4] = b"gXYZ", b"rXYZ"
    flat = Image.new("RGB", (300, 300), (250, 10, 10))
    for kind in ("JPEG", "PNG", "WEBP"):
        got = pixels(take_in(saved(flat, kind, icc_profile=bytes(swapped))).jpeg)
        red_mean, green_mean, _ = got.mean(axis=(0, 1))
        assert green_mean > 200, kind
        assert red_mean < 60, kind


@pytest.mark.parametrize("icc", [b"junk", profile("LAB"), profile("sRGB")[:200]])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_profile_that_does_not_fit_is_ignored(mode: str, icc: bytes) -> None:
    photo = cat().convert(mode)
    assert difference(take_in(saved(photo, "JPEG", icc_profile=icc, quality=95)).jpeg, photo) < 5


def test_a_colour_profile_on_a_grey_photo_is_harmless() -> None:
    grey = cat().convert("L")
    taken = take_in(saved(grey, "JPEG", icc_profile=profile("sRGB"), quality=95))
    assert difference(taken.jpeg, grey) < 4


@pytest.mark.parametrize(
    ("kind", "size"),
    [
        ("JPEG", (4032, 3024)),
        ("JPEG", (3024, 4032)),
        ("JPEG", (6000, 700)),
        ("PNG", (2001, 1000)),
        ("PNG", (1000, 4100)),
        ("WEBP", (2000, 2000)),
    ],
)
def test_the_longest_side_is_bounded_and_the_shape_stays(kind: str, size: tuple[int, int]) -> None:
    taken = take_in(saved(temple().resize(size), kind))
    assert max(taken.width, taken.height) == MAX_LONGER_SIDE
    assert taken.width / taken.height == pytest.approx(size[0] / size[1], rel=0.005)


def test_a_small_photo_is_never_enlarged() -> None:
    taken = take_in(saved(cat().resize((200, 260)), "JPEG"))
    assert (taken.width, taken.height) == (200, 260)


def test_intake_runs_in_threads_and_in_a_process_of_its_own() -> None:
    heic = saved(cat(), "HEIF")
    with ThreadPoolExecutor(4) as threads:
        jpegs = {taken.jpeg for taken in threads.map(take_in, [heic] * 8)}
    assert len(jpegs) == 1
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as processes:
        assert processes.submit(take_in, heic).result(60).jpeg in jpegs


def take_in_and_weigh(data: bytes) -> tuple[int, int, int]:
    """Sides and the kilobytes that the intake added to the highest memory of this process."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    taken = take_in(data)
    return taken.width, taken.height, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before


@pytest.mark.parametrize(
    ("kind", "how", "megabytes"),
    [("JPEG", {}, 80), ("JPEG", {"progressive": True}, 250), ("PNG", {"compress_level": 1}, 500)],
)
def test_48_megapixels_are_taken_in_within_bounded_memory(
    kind: str, how: dict[str, object], megabytes: int
) -> None:
    data = saved(Image.linear_gradient("L").resize((8000, 6000)).convert("RGB"), kind, **how)
    assert len(data) < 25_000_000
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as processes:
        width, height, kilobytes = processes.submit(take_in_and_weigh, data).result(60)
    assert (width, height) == (2000, 1500)
    assert kilobytes < megabytes * 1024


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        take_in(saved(cat(), "JPEG", exif=talkative_exif(6)))
    assert not [record for record in caplog.records if re.search(MAKER, record.getMessage())]
