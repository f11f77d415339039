"""Stand-in pictures for pages, made once and kept in the machine's temporary folder.

The visitor is the astronaut, painted by the booth's own painters; the house paintings are the project's.
"""

from __future__ import annotations

import io
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import skimage
from PIL import Image, ImageOps

from articket.adapters.painters.studio_work import LARGE_SIZE, PaintOrder, Readings, paint_order

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(tempfile.gettempdir()) / "articket-page-pictures-2"
GALLERIES = Path(__file__).resolve().parents[2] / "experiences"
RECIPES = {"spring": "vangogh", "autumn": "renoir", "winter": "picasso"}  # of the second pack
SEED = 7
READINGS = Readings()


@cache
def portrait() -> Image.Image:
    """Return the astronaut framed 106:154."""
    return _whole().crop((70, 0, 70 + 310, 450)).resize((600, 872), Image.Resampling.LANCZOS)


def _whole() -> Image.Image:
    return Image.fromarray(skimage.data.astronaut())  # type: ignore[no-untyped-call]


def painted(name: str) -> Path:
    """Return `photo`, or `<size>-<style>`, as the address of a visit's picture names it."""
    if name == "photo":
        return _kept(name, lambda: _jpeg(portrait()))
    if name == "source":
        return _kept(name, lambda: _jpeg(_whole()))
    size, _, style = name.partition("-")
    return _kept(name, lambda: _painting(style, size))


def gallery(name: str) -> Path:
    """Return a house painting, `<motif>.<style>`; a motif that the project does not have is a plain cat."""
    own = sorted(GALLERIES.glob(f"*/gallery/{name}.jpg"))
    return own[0] if own else _kept(f"house-{name}", lambda: _stand_in(name.rpartition(".")[2]))


def _painting(style: str, size: str) -> bytes:
    order = PaintOrder(_jpeg(portrait()), RECIPES.get(style, style), SEED, size=LARGE_SIZE)
    done = paint_order(order, READINGS, lambda _: None)
    return {"print": done.print, "large": done.large, "small": done.small, "veil": done.veil}[size]


def _stand_in(style: str) -> bytes:
    cat = ImageOps.fit(Image.fromarray(skimage.data.chelsea()), LARGE_SIZE)  # type: ignore[no-untyped-call]
    inks = {"vangogh": "#1e4aa8", "renoir": "#c4506c", "picasso": "#48637f", "lichtenstein": "#d3202c"}
    return _jpeg(ImageOps.colorize(ImageOps.grayscale(cat), inks.get(style, "#1b1813"), "#fff8e8"))


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def _kept(name: str, make: Callable[[], bytes]) -> Path:
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.jpg"
    if not path.is_file():
        half = FOLDER / f"{name}.{id(make)}.part"  # two requests may make the same picture at the same time
        half.write_bytes(make())
        half.replace(path)
    return path
