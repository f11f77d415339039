from io import BytesIO
from typing import Final

from PIL import Image

LONGEST_SIDE: Final = 512
"""Pixels; BLIP looks at 384."""
MOST_ELONGATED: Final = 2
"""The longer side over the shorter: beyond it a strip would be left, which the server takes for no photo."""
QUALITY: Final = 85


def shrink(photo: bytes) -> bytes:
    """Make the photo a JPEG of at most LONGEST_SIDE pixels, a strip's middle; ValueError if it is none."""
    try:
        with Image.open(BytesIO(photo), formats=("JPEG",)) as opened:
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # the decoder leaves out what is too fine
            middle = opened.crop(_middle(*opened.size))
        middle.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        small = BytesIO()
        middle.convert("RGB").save(small, "JPEG", quality=QUALITY)
    except (OSError, SyntaxError, Image.DecompressionBombError) as broken:
        raise ValueError("The photo cannot be read.") from broken
    return small.getvalue()


def _middle(width: int, height: int) -> tuple[int, int, int, int]:
    kept = MOST_ELONGATED * min(width, height)
    left, top = max(0, (width - kept) // 2), max(0, (height - kept) // 2)
    return left, top, left + min(width, kept), top + min(height, kept)
