"""Stand-in pictures for pages: the astronaut in four manners, made once and kept in the machine's temporary folder."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import skimage
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

FOLDER = Path(tempfile.gettempdir()) / "articket-page-pictures"
STYLES = ("vangogh", "renoir", "picasso", "lichtenstein")
SIZES = {"veil": (12, 18), "small": (300, 436), "large": (848, 1232), "print": (848, 1232)}


@cache
def portrait() -> Image.Image:
    """Return the astronaut framed 106:154."""
    whole = Image.fromarray(skimage.data.astronaut())
    return whole.crop((70, 0, 70 + 310, 450)).resize((600, 872), Image.Resampling.LANCZOS)


def _manner(style: str, picture: Image.Image) -> Image.Image:
    match style:
        case "vangogh":
            swirled = ImageEnhance.Color(picture.filter(ImageFilter.ModeFilter(9))).enhance(1.7)
            return Image.blend(swirled, Image.new("RGB", swirled.size, "#1e4aa8"), 0.24)
        case "renoir":
            soft = picture.filter(ImageFilter.GaussianBlur(4))
            return Image.blend(
                ImageEnhance.Brightness(soft).enhance(1.15), Image.new("RGB", soft.size, "#f0c0b0"), 0.25
            )
        case "picasso":
            flat = ImageOps.posterize(picture.filter(ImageFilter.MedianFilter(9)), 2)
            return Image.blend(flat, Image.new("RGB", flat.size, "#bd7f24"), 0.3)
        case _:
            grey = ImageOps.autocontrast(ImageOps.grayscale(picture))
            return ImageOps.colorize(ImageOps.posterize(grey, 2), "#1b1813", "#ffd21f", "#d3202c").convert(
                "RGB"
            )


def _kept(name: str, make: object) -> Path:
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.jpg"
    if not path.is_file():
        assert callable(make)
        picture = make()
        half = path.with_suffix(".part")
        picture.save(half, "JPEG", quality=88)
        half.replace(path)
    return path


def painted(name: str) -> Path:
    """Return `photo`, or `<size>-<style>`, as the address of a visit's picture names it."""
    if name == "photo":
        return _kept(name, portrait)
    size, _, style = name.partition("-")
    return _kept(name, lambda: _manner(style, portrait()).resize(SIZES[size], Image.Resampling.LANCZOS))


def gallery(name: str) -> Path:
    """Return a house painting, `<motif>.<style>`: the project's own where it exists."""
    own = sorted(Path(__file__).resolve().parents[2].glob(f"**/gallery/{name}.jpg"))
    if own:
        return own[0]
    motif, _, style = name.partition(".")

    def make() -> Image.Image:
        pieces = {"cat": skimage.data.chelsea, "pear": skimage.data.coffee}
        picture = Image.fromarray(pieces.get(motif, skimage.data.astronaut)())
        return _manner(style, ImageOps.fit(picture, (848, 1232)))

    return _kept(name, make)
