"""Whatever colours a decoded photo has, become plain sRGB on white."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageCms

WHITE: Final = (255, 255, 255)
_DEEP_GREY: Final = ("I", "I;16", "I;16L", "I;16B")


def resizable(image: Image.Image) -> Image.Image:
    """Return `image` in a mode of 8 bits a channel that can be averaged: L, LA, RGB, RGBA or CMYK."""
    if image.mode in _DEEP_GREY:
        return image.point(lambda grey: grey * (1 / 256)).convert("L")
    if "transparency" in image.info or image.mode in ("PA", "La", "RGBa"):
        return image.convert("RGBA")
    if image.mode == "P":
        return image.convert("RGB")
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK"):
        return image
    return image.convert("RGB")


def to_srgb(image: Image.Image, icc: bytes | None) -> Image.Image:
    """Lay `image` on white and convert it from its ICC profile to sRGB, as mode RGB.

    A profile that is broken or meant for other channels is ignored: the photo matters more.
    """
    opaque = _on_white(image)
    return (_converted(opaque, icc) if icc else None) or opaque.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in ("LA", "RGBA"):
        return image
    plain = Image.new(image.mode[:-1], image.size, WHITE if image.mode == "RGBA" else WHITE[0])
    plain.paste(image.convert(plain.mode), mask=image.getchannel("A"))
    return plain


def _converted(image: Image.Image, icc: bytes) -> Image.Image | None:
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc))
        if profile.profile.xcolor_space.strip() == "RGB" and image.mode == "L":
            image = image.convert("RGB")
        return ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
