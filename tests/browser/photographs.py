"""Real photographs, and files that only pretend to be one."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import numpy as np
import skimage
from PIL import Image
from pillow_heif import register_heif_opener


def _kept(name: str) -> Any:
    return getattr(skimage.data, name)()


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


@cache
def astronaut() -> bytes:
    """Somebody who smiles, 900 pixels wide."""
    return _jpeg(Image.fromarray(_kept("astronaut")).resize((900, 900), Image.Resampling.LANCZOS))


@cache
def cat() -> bytes:
    """Nobody, but with whiskers; lying."""
    return _jpeg(Image.fromarray(_kept("chelsea")))


@cache
def twelve_megapixels() -> bytes:
    """What a phone's camera gives: twelve million pixels with the grain of a dim hall, several megabytes."""
    picture = (
        Image.fromarray(_kept("astronaut"))
        .crop((0, 0, 512, 384))
        .resize((4032, 3024), Image.Resampling.BICUBIC)
    )
    grain = np.random.default_rng(7).normal(0, 9, (3024, 4032, 1))
    return _jpeg(Image.fromarray(np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8)))


@cache
def heic() -> bytes:
    """What some cameras keep and this browser cannot show."""
    register_heif_opener()
    out = io.BytesIO()
    Image.open(io.BytesIO(astronaut())).save(out, "HEIF", quality=95)
    return out.getvalue()


def truncated() -> bytes:
    """A photo whose transfer ended within its header."""
    return astronaut()[:300]


def gif() -> bytes:
    """A moving picture, as chats keep them."""
    frames = [Image.fromarray(np.full((64, 64, 3), shade, np.uint8)) for shade in (60, 200)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()
