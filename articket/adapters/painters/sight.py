"""What the laptop's own eye sees on a photo, for the caption's sentence."""

import cv2
import numpy as np

from articket.adapters.painters.colour import to_lab
from articket.adapters.painters.raster import Picture, Plane

NAMED = 2
SMALLEST_SHARE = 0.08
COLOUR_NAMES = (
    "red", "orange", "yellow", "green", "blue", "violet", "pink", "brown", "black", "white", "grey",
)  # fmt: skip
VIVID = 3.0
"""A coloured patch counts that much more than a black, white or grey one: it is what one would mention."""


def name_colours(rgb: Picture) -> tuple[str, ...]:
    """Return up to two names of the colours that a picture is mostly made of."""
    small = cv2.resize(rgb, (48, 64), interpolation=cv2.INTER_AREA)
    names = _named(to_lab(small)).ravel()
    shares = np.bincount(names, minlength=len(COLOUR_NAMES)) / names.size
    plain = {COLOUR_NAMES.index(name) for name in ("black", "white", "grey")}
    weights = [share * (1 if index in plain else VIVID) for index, share in enumerate(shares)]
    ranked = sorted(range(len(COLOUR_NAMES)), key=lambda index: -weights[index])
    kept = [index for index in ranked if weights[index] >= SMALLEST_SHARE * VIVID][:NAMED]
    return tuple(COLOUR_NAMES[index] for index in kept or ranked[:1])


def _named(lab: Plane) -> Plane:
    """Return each pixel's place in COLOUR_NAMES."""
    light, chroma = lab[..., 0], cv2.magnitude(lab[..., 1], lab[..., 2])
    hue = cv2.phase(lab[..., 1], lab[..., 2], angleInDegrees=True)
    wheel = np.select(
        [hue < 48, hue < 72, hue < 104, hue < 190, hue < 296, hue < 330],
        [COLOUR_NAMES.index(name) for name in ("red", "orange", "yellow", "green", "blue", "violet")],
        COLOUR_NAMES.index("pink"),
    )
    red_or_orange = (hue < 72) | (hue > 350)
    wheel[((hue < 40) | (hue > 340)) & (light > 58) & (chroma < 60)] = COLOUR_NAMES.index("pink")
    wheel[red_or_orange & (hue > 30) & (hue < 100) & (light < 52) & (chroma < 52)] = COLOUR_NAMES.index(
        "brown"
    )
    wheel[(hue >= 340) & (light <= 58)] = COLOUR_NAMES.index("red")
    grey = chroma < 11
    wheel[grey] = COLOUR_NAMES.index("grey")
    wheel[grey & (light > 84)] = COLOUR_NAMES.index("white")
    wheel[(light < 18) & (chroma < 22)] = COLOUR_NAMES.index("black")
    return wheel
