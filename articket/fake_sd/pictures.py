"""Pictures in and out: reading what was sent, the cheap paint, and all that can be wrong with one."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import numpy as np
from PIL import Image, ImageChops, ImageFilter, ImageOps, UnidentifiedImageError
from PIL.PngImagePlugin import PngInfo

from articket.fake_sd.answers import CrashedError, HttpError
from articket.fake_sd.behaviour import Fault

STEP: Final = 8
"""A model's latent picture is an eighth as large, so sizes are cut down to multiples of it."""
CROP, FILL = 1, 2


@dataclass(frozen=True, slots=True)
class Sketch:
    """What to paint: the photo in the size of the painting, the words and the seed."""

    photo: Image.Image
    prompt: str
    seed: int


Paint = Callable[[Sketch], Image.Image]


def read_picture(sent: Any) -> Image.Image:
    """Return a base64 picture, with or without a data URL before it; HttpError as a server says it."""
    if not isinstance(sent, str):
        raise CrashedError("AttributeError", f"'{type(sent).__name__}' object has no attribute 'startswith'")
    if sent.startswith(("http://", "https://")):
        # A real server fetches it. Nothing here may leave the machine.
        raise HttpError(500, "Invalid image url")
    if sent.startswith("data:image/"):
        sent = sent.partition(",")[2]
    try:
        return Image.open(BytesIO(base64.b64decode(sent))).convert("RGB")
    except (binascii.Error, UnidentifiedImageError, OSError, ValueError) as broken:
        raise HttpError(500, "Invalid encoded image") from broken


def fit(photo: Image.Image, size: tuple[int, int], resize_mode: int) -> Image.Image:
    """Return the photo in this size: stretched, cropped, or with its edges drawn out."""
    if resize_mode == CROP:
        return ImageOps.fit(photo, size)
    if resize_mode == FILL:
        ground = photo.resize(size).filter(ImageFilter.GaussianBlur(STEP))
        inner = ImageOps.contain(photo, size)
        ground.paste(inner, ((size[0] - inner.width) // 2, (size[1] - inner.height) // 2))
        return ground
    return photo.resize(size)


def tint(sketch: Sketch) -> Image.Image:
    """Paint in a few milliseconds: few colours, a hue of the seed's, and strokes across."""
    chance = np.random.default_rng(abs(sketch.seed))
    steps = np.arange(256) // 48 * 48
    lut = [int(value * strength) for strength in 0.6 + 0.4 * chance.random(3) for value in steps]
    strokes = np.sin(np.arange(sketch.photo.height) / 5 + chance.uniform(0, 6)) * 30 + 30
    column = Image.fromarray(strokes.astype(np.uint8)[:, None]).resize(sketch.photo.size)
    return ImageChops.add(sketch.photo.point(lut), Image.merge("RGB", (column, column, column)))


def unfinish(painting: Image.Image, seed: int) -> Image.Image:
    """Return it as an interrupt leaves it: half of it is noise still."""
    pixels = np.asarray(painting, dtype=np.float32)
    noise = np.random.default_rng(abs(seed)).uniform(0, 255, pixels.shape)
    return Image.fromarray(((pixels + noise) / 2).astype(np.uint8))


def encode(paintings: Sequence[Image.Image], infotext: str, fault: Fault | None) -> list[str]:
    """Return the paintings as bare base64 PNGs, spoilt as the fault says."""
    if fault is Fault.EMPTY:
        return []
    if fault is Fault.NOT_BASE64:
        return ["<this is no base64>" for _ in paintings]
    return [base64.b64encode(_bytes(each, infotext, fault)).decode() for each in paintings]


def _bytes(painting: Image.Image, infotext: str, fault: Fault | None) -> bytes:
    if fault is Fault.NOT_A_PICTURE:
        return b"These bytes are no picture at all, whatever the field's name says."
    if fault is Fault.BLACK:
        painting = Image.new("RGB", painting.size)
    elif fault is Fault.UNIFORM:
        shade = np.random.default_rng(0).integers(126, 129, (painting.height, painting.width, 3))
        painting = Image.fromarray(shade.astype(np.uint8))
    elif fault is Fault.WRONG_SIZE:
        painting = painting.resize((max(STEP, painting.width - STEP), painting.height + STEP))
    written = PngInfo()
    written.add_text("parameters", infotext)
    out = BytesIO()
    painting.save(out, "PNG", pnginfo=written, compress_level=1)
    whole = out.getvalue()
    return whole[: len(whole) // 2] if fault is Fault.TRUNCATED else whole
