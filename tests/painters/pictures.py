"""Pictures the painters are tried on."""

from io import BytesIO
from typing import Any

import cv2
import numpy as np
import skimage.data
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[Any]


def astronaut() -> Picture:
    """A smiling woman in an orange suit, 512 x 512."""
    return np.asarray(skimage.data.astronaut())  # type: ignore[no-untyped-call]


def portrait() -> Picture:
    """The astronaut's head and shoulders, 256 x 372."""
    return np.ascontiguousarray(astronaut()[0:372, 96:352])


def darkened(picture: Picture, part: float) -> Picture:
    """The portrait with skin and hair darkened and browned as those of a darker person are."""
    lab: Picture = cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    shape = picture.shape[:2]
    hue = cv2.phase(lab[..., 1], lab[..., 2], angleInDegrees=True)
    warm = (lab[..., 0] > 45) & (hue > 15) & (hue < 75)
    closed = cv2.morphologyEx(warm.astype(np.float32), cv2.MORPH_CLOSE, np.ones((5, 5)))
    skin = closed * _ellipse(shape, (129, 120), (50, 68))
    hair = (lab[..., 2] > 12) * (lab[..., 0] < 75) * _ellipse(shape, (129, 90), (84, 90)) * (1 - skin)
    own, around = (cv2.GaussianBlur(part.astype(np.float32), (0, 0), 2)[..., None] for part in (skin, hair))
    dark = lab * np.array([part, 0.4, 0.4], np.float32) + np.array([0, 11, 15], np.float32)
    mixed = lab * (1 - own) + dark * own
    mixed = mixed * (1 - 0.6 * around)
    rgb = cv2.cvtColor(mixed.astype(np.float32), cv2.COLOR_LAB2RGB)
    return np.clip(rgb * 255, 0, 255).astype(np.uint8)


def _ellipse(shape: tuple[int, ...], centre: tuple[int, int], axes: tuple[int, int]) -> Picture:
    mask = np.zeros(shape, np.float32)
    cv2.ellipse(mask, centre, axes, 0, 0, 360, 1.0, -1)
    return mask


def in_the_dark(picture: Picture) -> Picture:
    """The picture as a small sensor sees it with hardly any light."""
    noise = np.random.default_rng(3).normal(0, 4, picture.shape)
    return np.clip(picture * 0.13 + noise + 4, 0, 255).astype(np.uint8)


def odd_pictures() -> dict[str, Picture]:
    """Pictures that nobody should take and somebody will."""
    random = np.random.default_rng(1)
    grey = np.asarray(skimage.data.camera())  # type: ignore[no-untyped-call]
    return {
        "black": np.zeros((300, 200, 3), np.uint8),
        "white": np.full((300, 200, 3), 255, np.uint8),
        "one blue": np.full((200, 300, 3), (20, 40, 200), np.uint8),
        "tiny": random.integers(0, 256, (4, 3, 3)).astype(np.uint8),
        "a line": random.integers(0, 256, (3, 400, 3)).astype(np.uint8),
        "noise": random.integers(0, 256, (260, 180, 3)).astype(np.uint8),
        "grey": np.repeat(grey[::2, ::2, None], 3, 2),
        "one channel": grey[::2, ::2],
        "four channels": np.full((120, 90, 4), 128, np.uint8),
    }


def jpeg_of(picture: Picture) -> bytes:
    out = BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=95)
    return out.getvalue()


def picture_of(jpeg: bytes) -> Picture:
    with Image.open(BytesIO(jpeg)) as image:
        return np.asarray(image.convert("RGB"))
