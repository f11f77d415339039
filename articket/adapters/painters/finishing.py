"""From what a server sent to a painting: cut to the ticket's shape, enlarged, derived for screens."""

import struct
import warnings
from io import BytesIO
from typing import Final

import cv2
import numpy as np
from PIL import Image

from articket.adapters.painters.framing import Box, portrait_frame
from articket.adapters.painters.raster import Picture
from articket.adapters.painters.studio_work import PRINT_SIZE, encode_sizes
from articket.application.fleet.ports import Finished
from articket.domain.faults import PainterFaultTransient

KINDS: Final = ("PNG", "JPEG", "WEBP")
LIMIT_BYTES: Final = 48 * 1024 * 1024
LIMIT_PIXELS: Final = 32_000_000
LEAST_WIDE: Final = 128
"""Pixels below which nothing could be made out on the ticket."""
PATCHES: Final = (40, 58)
LEAST_SPREAD: Final = 12
"""Of 255, between the darkest and the brightest patch: below it the picture is one single colour."""
SHARPENING: Final = 0.45
SHARPENING_REACH: Final = 0.7
"""In pixels of the picture before it was enlarged."""


def finish_picture(picture: bytes) -> Finished:
    """Return the painting's sizes from the bytes of a PNG, JPEG or WebP.

    PainterFaultTransient `painter-answer-broken` where it is no usable picture.
    """
    rgb = _decode(picture)
    box = portrait_frame(rgb.shape[1], rgb.shape[0], (), None)
    kept = rgb[box.y : box.y + box.height, box.x : box.x + box.width]
    _check(kept, box)
    return Finished(*encode_sizes(enlarge(kept)), pixels_wide=box.width)


def enlarge(kept: Picture) -> Picture:
    """Return a picture at print size, a little sharpened and nowhere brighter or darker than it was."""
    bigger = np.asarray(Image.fromarray(kept).resize(PRINT_SIZE, Image.Resampling.LANCZOS))
    factor = PRINT_SIZE[0] / kept.shape[1]
    if factor <= 1:
        return bigger
    grey = cv2.cvtColor(bigger, cv2.COLOR_RGB2GRAY).astype(np.float32)
    detail = (grey - cv2.GaussianBlur(grey, (0, 0), SHARPENING_REACH * factor)) * np.float32(SHARPENING)
    sharp = bigger + detail[..., None]
    # Lanczos and sharpening overshoot at edges; what the neighbourhood had before bounds both.
    patch = np.ones((3, 3), np.uint8)
    darkest = cv2.resize(cv2.erode(kept, patch), PRINT_SIZE, interpolation=cv2.INTER_LINEAR)
    brightest = cv2.resize(cv2.dilate(kept, patch), PRINT_SIZE, interpolation=cv2.INTER_LINEAR)
    bounded: Picture = np.rint(np.clip(sharp, darkest, brightest))
    return bounded.astype(np.uint8)


def _decode(picture: bytes) -> Picture:
    if not 0 < len(picture) <= LIMIT_BYTES:
        raise _broken("The picture is empty or has far too many bytes.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(picture), formats=KINDS) as opened:
                if opened.width * opened.height > LIMIT_PIXELS:
                    raise _broken("The picture has far too many pixels.")
                return np.asarray(opened.convert("RGB"))
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        struct.error,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as fault:
        raise _broken("What came is no whole picture.") from fault


def _check(kept: Picture, box: Box) -> None:
    if box.width < LEAST_WIDE:
        raise _broken(f"The picture is only {box.width} px wide.")
    patches = cv2.resize(kept, PATCHES, interpolation=cv2.INTER_AREA)
    if int(np.ptp(patches, axis=(0, 1)).max()) < LEAST_SPREAD:
        raise _broken("The picture is one single colour all over.")


def _broken(sentence: str) -> PainterFaultTransient:
    return PainterFaultTransient("painter-answer-broken", sentence)
