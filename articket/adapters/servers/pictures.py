"""Whether what a server sent is a painting: a whole picture, of the right size, with something on it."""

import struct
from base64 import b64decode, b64encode
from io import BytesIO
from typing import Final

import numpy as np
from PIL import Image

from articket.domain.faults import PainterFaultTransient

PICTURE_KINDS: Final = ("PNG", "JPEG", "WEBP")
LIMIT_PIXELS: Final = 32_000_000
# Averaged over squares, because a picture that failed may still have noise in single pixels.
SQUARE: Final = 8
LEAST_SPREAD: Final = 12  # of 255, between the darkest and the brightest square of a channel


def verified_size(picture: bytes, size: tuple[int, int] | None = None) -> tuple[int, int]:
    """Return width and height in pixels of a painting, which are exactly `size` where that was asked for.

    PainterFaultTransient `painter-answer-broken` where it is none.
    """
    if not picture:
        raise _broken("The server sent an empty picture.")
    try:
        with Image.open(BytesIO(picture), formats=PICTURE_KINDS) as opened:
            found = opened.size
            if size is not None and found != size:
                raise _broken(
                    f"The server sent {found[0]} x {found[1]} pixels instead of {size[0]} x {size[1]}."
                )
            if found[0] * found[1] > LIMIT_PIXELS:
                raise _broken(
                    f"The server sent a picture of {found[0]} x {found[1]} pixels, which is too large."
                )
            pixels = opened.convert("RGB")
    except (
        OSError,
        SyntaxError,
        ValueError,
        struct.error,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        raise _broken("The server sent something that is no whole picture.") from None
    darkest, spread = _darkness_and_spread(pixels)
    if spread < LEAST_SPREAD:
        colour = "black" if darkest < LEAST_SPREAD else "nearly one single colour"
        raise _broken(f"The server sent a picture that is {colour} all over.")
    return found


def from_base64(text: object) -> bytes:
    """Return the bytes of bare base64 or a data address; faults as above."""
    if not isinstance(text, str):
        raise _broken("The server sent something else where the picture should be.")
    bare = text.partition(",")[2] if text.startswith("data:") else text
    try:
        return b64decode("".join(bare.split()), validate=True)
    except ValueError:
        raise _broken("The server sent a picture that cannot be unpacked.") from None


def to_base64(picture: bytes) -> str:
    """Return a picture as a request carries it."""
    return b64encode(picture).decode("ascii")


def _darkness_and_spread(pixels: Image.Image) -> tuple[int, int]:
    """Return the brightest channel's lowest value, and the widest channel's distance, from 0 to 255."""
    small = pixels.reduce(SQUARE) if min(pixels.size) >= 2 * SQUARE else pixels
    channels = [np.asarray(channel) for channel in small.split()]
    return max(int(each.min()) for each in channels), max(int(np.ptp(each)) for each in channels)


def _broken(sentence: str) -> PainterFaultTransient:
    return PainterFaultTransient("painter-answer-broken", sentence)
