"""The house's paintings small, where a phone shows several: on a slow line four large ones outlast a call."""

import io
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image

LARGEST: Final = (440, 640)  # pixels
QUALITY: Final = 75


def small(path: Path) -> bytes:
    """Return a JPEG that fits into LARGEST; one that fits already keeps its size."""
    return _made(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _made(path: Path, _: int) -> bytes:
    out = io.BytesIO()
    with Image.open(path) as picture:
        picture.thumbnail(LARGEST)
        picture.convert("RGB").save(out, "JPEG", quality=QUALITY, progressive=True, optimize=True)
    return out.getvalue()
