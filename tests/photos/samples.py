"""Real photos, saved the way phones and desktops save them."""

from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms
from pillow_heif import from_pillow
from skimage import data
from sklearn.datasets import load_sample_image

GPS = {1: "N", 2: (37.0, 33.0, 59.25), 3: "E", 4: (126.0, 58.0, 40.5)}
MAKER = "Loose Lips Phone Works"
COMMENT = b"my address is in here"


@cache
def astronaut() -> Image.Image:
    return Image.fromarray(data.astronaut())  # type: ignore[no-untyped-call] # scikit-image is half typed


@cache
def cat() -> Image.Image:
    return Image.fromarray(data.chelsea())  # type: ignore[no-untyped-call] # scikit-image is half typed


@cache
def temple() -> Image.Image:
    return Image.fromarray(load_sample_image("china.jpg"))


def saved(image: Image.Image, kind: str, **how: Any) -> bytes:
    out = BytesIO()
    if kind == "HEIF":
        heif = from_pillow(image)
        heif.save(out, quality=95, **how)
    else:
        image.save(out, kind, **how)
    return out.getvalue()


def talkative_exif(orientation: int = 1) -> bytes:
    """EXIF with a place, a maker and an orientation."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = MAKER
    exif.get_ifd(0x8825).update(GPS)
    return exif.tobytes()


def profile(name: Literal["sRGB", "LAB"]) -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()


def pixels(jpeg: bytes) -> NDArray[np.int16]:
    with Image.open(BytesIO(jpeg)) as image:
        assert (image.format, image.mode) == ("JPEG", "RGB")
        return np.asarray(image).astype(np.int16)


def difference(jpeg: bytes, expected: Image.Image) -> float:
    """Mean absolute difference of two pictures of the same size, in steps of 255."""
    return float(np.abs(pixels(jpeg) - np.asarray(expected.convert("RGB")).astype(np.int16)).mean())


def segments(jpeg: bytes) -> list[int]:
    """The markers of a JPEG with one scan; whatever follows its end fails the test."""
    markers, at = [], 2
    assert jpeg[:2] == b"\xff\xd8"
    while True:
        assert jpeg[at] == 0xFF
        markers.append(jpeg[at + 1])
        length = int.from_bytes(jpeg[at + 2 : at + 4], "big")
        at += 2 + length
        if markers[-1] == 0xDA:
            break
    scan = jpeg[at:]
    inner = {second for first, second in pairwise(scan) if first == 0xFF} - {0x00}
    assert scan.endswith(b"\xff\xd9")
    assert inner == {0xD9}
    return markers
