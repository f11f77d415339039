"""What a painting process does with one order: from a photo's JPEG to a painting's JPEGs."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from articket.adapters.painters.faces import search_faces
from articket.adapters.painters.framing import Box, portrait_frame
from articket.adapters.painters.raster import Picture
from articket.adapters.painters.reading import Reading, bare, crop, read
from articket.adapters.painters.recipes import LAST_RESORT, RECIPES
from articket.adapters.painters.sight import name_colours
from articket.application.ports import FRAME_SIZE
from articket.domain.visit import Sight

PRINT_SIZE = (1252, 1819)
"""106 x 154 mm at 300 dpi."""
LARGE_SIZE = (848, 1232)
SMALL_SIZE = (300, 436)
VEIL_SIZE = (64, 93)
PRINT_DPI = 300
PRINT_QUALITY, SCREEN_QUALITY = 90, 84
LARGEST_SIDE = 2400
"""A larger photo is decoded at half its size: a painting shows no more."""

Photo = bytes | Path
Focus = tuple[float, float] | None
Mark = Callable[[float], None]


class UnreadableError(ValueError):
    """A photo's bytes are no picture."""


@dataclass(frozen=True, slots=True)
class PaintOrder:
    """One painting to make: a photo's JPEG or where it lies, which recipe, its seed and the focus."""

    photo: Photo
    recipe: str
    seed: int
    focus: Focus = None
    size: tuple[int, int] = PRINT_SIZE


@dataclass(frozen=True, slots=True)
class Painted:
    """A painting as JPEGs: for print, for screens, and a blur that tells nothing yet.

    `recipe` is the one that painted, "plain" where the ordered one failed with `fault`; `seconds` and
    `cpu_seconds` are what the order took in its process.
    """

    print: bytes
    large: bytes
    small: bytes
    veil: bytes
    recipe: str
    width: int
    height: int
    seconds: float
    cpu_seconds: float
    fault: str | None = None


class Readings:
    """The readings of the latest photos: the four orders of one photo share one."""

    def __init__(self, most: int = 2) -> None:
        self._most = most
        self._kept: dict[tuple[bytes, Focus, tuple[int, int]], Reading] = {}

    def of(self, photo: bytes, focus: Focus, size: tuple[int, int]) -> Reading:
        """Return the reading of a photo's frame; UnreadableError where it is no picture."""
        key = sha256(photo).digest(), focus, size
        reading = self._kept.pop(key, None) or _read_frame(photo, focus, size)
        self._kept[key] = reading
        while len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]
        return reading


def paint_order(order: PaintOrder, readings: Readings, mark: Mark) -> Painted:
    """Return the painting ordered, marking progress from 0 to 1."""
    started, cpu = time.perf_counter(), time.process_time()
    mark(0.05)
    picture, recipe, fault = _paint_photo(order, readings, mark)
    mark(0.85)
    jpegs = encode_sizes(picture)
    mark(1.0)
    height, width = picture.shape[:2]
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu
    return Painted(*jpegs, recipe, width, height, seconds, cpu_seconds, fault)


def _paint_photo(order: PaintOrder, readings: Readings, mark: Mark) -> tuple[Picture, str, str | None]:
    photo = _bytes(order.photo)
    try:
        reading = readings.of(photo, order.focus, order.size)
    except UnreadableError:
        raise
    except Exception as fault:  # noqa: BLE001 - the job's edge: a photo nobody can make sense of is still painted
        rgb = decode(photo)
        box = portrait_frame(rgb.shape[1], rgb.shape[0], (), order.focus)
        plain = RECIPES[LAST_RESORT](bare(crop(rgb, box), order.size), order.seed)
        return plain, LAST_RESORT, _named(fault)
    mark(0.3)
    return paint_surely(reading, order.recipe, order.seed)


def paint_surely(reading: Reading, recipe: str, seed: int) -> tuple[Picture, str, str | None]:
    """Return a painting, the recipe that painted it and, where that is the last resort, why."""
    try:
        return RECIPES[recipe](reading, seed), recipe, None
    except Exception as fault:  # noqa: BLE001 - the job's edge: whatever a recipe trips over, a visitor gets a painting
        return RECIPES[LAST_RESORT](reading, seed), LAST_RESORT, _named(fault)


def _named(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"


def frame_photo(photo: Photo, focus: Focus, size: tuple[int, int]) -> bytes:
    """Return the photo's portrait crop as a JPEG of that size; what another shape leaves over is trimmed."""
    rgb = decode(_bytes(photo))
    height, width = rgb.shape[:2]
    box = portrait_frame(width, height, () if focus else search_faces(rgb).faces, focus)
    return encode(
        _fit(crop(rgb, _shaped(box, size)), size), SCREEN_QUALITY if size == FRAME_SIZE else PRINT_QUALITY
    )


def _shaped(box: Box, size: tuple[int, int]) -> Box:
    """Return the middle of a box in the shape of a size, where the two differ by more than a pixel."""
    wide = min(box.width, max(1, round(box.height * size[0] / size[1])))
    high = min(box.height, max(1, round(box.width * size[1] / size[0])))
    return Box(box.x + (box.width - wide) // 2, box.y + (box.height - high) // 2, wide, high)


def see_photo(photo: Photo, focus: Focus) -> Sight:
    """Return how many faces the frame shows, its two main colours, and the main face's middle."""
    rgb = decode(_bytes(photo))
    height, width = rgb.shape[:2]
    found = search_faces(rgb)
    box = portrait_frame(width, height, found.faces, focus)
    inside = [
        face
        for face in found.faces
        if box.x <= face.centre[0] < box.x + box.width and box.y <= face.centre[1] < box.y + box.height
    ]
    main = max(inside, key=lambda face: face.width, default=None)
    middle = None
    if main is not None:
        middle = (main.centre[0] - box.x) / box.width, (main.centre[1] - box.y) / box.height
    return Sight(faces=len(inside), colours=name_colours(crop(rgb, box)), face=middle)


def decode(photo: bytes) -> Picture:
    """Return a photo's RGB pixels upright; UnreadableError where it is no picture."""
    try:
        with Image.open(BytesIO(photo)) as header:
            longest = max(header.size)
    except (OSError, Image.DecompressionBombError) as fault:
        raise UnreadableError("The photo cannot be read as a picture.") from fault
    flag = cv2.IMREAD_COLOR if longest <= LARGEST_SIDE else cv2.IMREAD_REDUCED_COLOR_2
    bgr = cv2.imdecode(np.frombuffer(photo, np.uint8), flag)
    if bgr is None:
        raise UnreadableError("The photo cannot be read as a picture.")
    return cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)


def encode_sizes(picture: Picture) -> tuple[bytes, bytes, bytes, bytes]:
    """Return a painting's JPEGs: for print as it is, large, small, and its veil."""
    return (
        encode(picture, PRINT_QUALITY, PRINT_DPI),
        encode(_fit(picture, LARGE_SIZE), SCREEN_QUALITY),
        encode(_fit(picture, SMALL_SIZE), SCREEN_QUALITY),
        encode(_veiled(picture), SCREEN_QUALITY),
    )


def encode(picture: Picture, quality: int, dpi: int | None = None) -> bytes:
    """Return an RGB picture as an sRGB JPEG; for print, where `dpi` is given, in full colour resolution."""
    out = BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA001] = 1  # ColorSpace: sRGB
    density = {} if dpi is None else {"dpi": (dpi, dpi)}
    Image.fromarray(picture).save(
        out, "JPEG", quality=quality, subsampling=0 if dpi else 2, exif=exif, **density
    )
    return out.getvalue()


def _read_frame(photo: bytes, focus: Focus, size: tuple[int, int]) -> Reading:
    rgb = decode(photo)
    height, width = rgb.shape[:2]
    found = search_faces(rgb)
    box = portrait_frame(width, height, found.faces, focus)
    return read(crop(rgb, box), found.inside(box.x, box.y, box.width, box.height), size)


def _bytes(photo: Photo) -> bytes:
    return photo.read_bytes() if isinstance(photo, Path) else photo


def _fit(picture: Picture, size: tuple[int, int]) -> Picture:
    how = cv2.INTER_AREA if picture.shape[1] >= size[0] else cv2.INTER_CUBIC
    return cv2.resize(picture, size, interpolation=how)


def _veiled(picture: Picture) -> Picture:
    """Return the painting's colours without its shapes."""
    tiny = cv2.resize(picture, (8, 12), interpolation=cv2.INTER_AREA)
    return cv2.resize(tiny, VEIL_SIZE, interpolation=cv2.INTER_CUBIC)
