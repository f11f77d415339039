"""A photo parted into what a comic printer would ink alike: skin, lips, hair and plain colours."""

from dataclasses import dataclass

import cv2
import numpy as np

from articket.adapters.painters.faces import Face
from articket.adapters.painters.raster import Plane, blur, ellipse_mask, without_specks
from articket.adapters.painters.reading import Reading

USUAL_SKIN = (68.0, 16.0, 20.0)
"""Lab of skin where no face tells better."""
HEAD_PRIOR = 1.5
BURNT = 90.0
"""Lightness from which a face is over-exposed."""


@dataclass(frozen=True, slots=True, eq=False)
class Zones:
    """Boolean planes of the plan, each pixel in at most one, and the skin's colour (Lab)."""

    skin: Plane
    lips: Plane
    dark_hair: Plane
    fair_hair: Plane
    grey_hair: Plane
    red: Plane
    yellow: Plane
    green: Plane
    blue: Plane
    pale_blue: Plane
    grey: Plane
    dark: Plane
    tone: tuple[float, float, float]


def find_zones(reading: Reading, smooth: Plane) -> Zones:
    """Part a plan, given its smoothed Lab, into inks."""
    light, green_red, blue_yellow = cv2.split(smooth)
    chroma = cv2.magnitude(green_red, blue_yellow)
    hue = _hue(green_red, blue_yellow)
    shape = light.shape
    skin, lips, hair = (np.zeros(shape, bool) for _ in range(3))
    dark_hair, fair_hair, grey_hair = (np.zeros(shape, bool) for _ in range(3))
    tone = _skin_tone(smooth, reading.faces[0]) if reading.faces else USUAL_SKIN
    heads = np.zeros(shape, bool)
    for face in reversed(reading.faces):
        own_tone = _skin_tone(smooth, face)
        head = _head(shape, face)
        own_skin, own_hair, crown = _skin_and_hair(smooth, reading.figure, face, own_tone, head)
        own_lips = _lips(smooth, face, own_tone)
        own_skin &= ~_bright_neutral(smooth, face, own_tone)
        skin = (skin & ~head) | own_skin
        lips |= own_lips
        heads |= head
        if crown is not None:
            kind = _hair_kind(crown)
            {"dark": dark_hair, "fair": fair_hair, "grey": grey_hair}[kind][own_hair] = True
            hair |= own_hair
    elsewhere = ~heads & _like(smooth, hue, chroma, tone, 0.55 if reading.faces else 0.3)
    if reading.figure is not None:
        elsewhere &= reading.figure > 0.5
    skin = blur((skin | elsewhere).astype(np.float32), 3 * reading.unit) > 0.5
    lips = skin & without_specks(lips, 80 * reading.unit * reading.unit)
    skin &= ~lips
    hair &= ~(skin | lips)
    free = ~(skin | lips | hair)
    warm = free & (hue > -25) & (hue < 95)
    yellow = warm & (
        ((hue >= 62) & (chroma > 22) & (light > 40)) | ((hue >= 56) & (chroma > 40) & (light > 34))
    )
    red = warm & ~yellow & (chroma > 22) & (light > 20) & (reading.face < 0.9)
    cool = free & ((hue > 165) | (hue < -25)) & (chroma > 7)
    green = free & (hue >= 95) & (hue <= 165) & (chroma > 10) & (light > 18)
    neutral = free & ~(yellow | red | cool | green)
    return Zones(
        skin=skin,
        lips=lips,
        dark_hair=dark_hair & hair,
        fair_hair=fair_hair & hair,
        grey_hair=grey_hair & hair,
        red=red,
        yellow=yellow,
        green=green,
        blue=cool & (light < 58) & (light > 8),
        pale_blue=cool & (light >= 58),
        grey=neutral & (light >= 42) & (light < 86),
        dark=neutral & (light < 42) & (light >= 24),
        tone=tone,
    )


def _hue(green_red: Plane, blue_yellow: Plane) -> Plane:
    """Return hue in degrees from -90 to 270, so that reds are of one piece."""
    hue = cv2.phase(green_red, blue_yellow, angleInDegrees=True)
    return np.where(hue > 270, hue - 360, hue)


def _skin_tone(smooth: Plane, face: Face) -> tuple[float, float, float]:
    top, left = int(max(0, face.y + 0.5 * face.height)), int(max(0, face.x + 0.25 * face.width))
    cheeks = smooth[top : int(face.y + 0.8 * face.height), left : int(face.x + 0.75 * face.width)]
    pixels = cheeks.reshape(-1, 3)
    if not len(pixels):
        return USUAL_SKIN
    lit = pixels[pixels[:, 0] >= np.median(pixels[:, 0])]
    light, green_red, blue_yellow = np.median(lit, 0)
    return float(light), float(green_red), float(blue_yellow)


def _head(shape: tuple[int, int], face: Face) -> Plane:
    centre = (face.centre[0], face.y + 0.38 * face.height)
    head: Plane = ellipse_mask(shape, centre, (0.8 * face.width, 0.98 * face.height)) > 0
    return head


def _like(
    smooth: Plane, hue: Plane, chroma: Plane, tone: tuple[float, float, float], darkest: float
) -> Plane:
    """Return where the colour is this skin's, anywhere in the picture."""
    own_chroma = float(np.hypot(tone[1], tone[2]))
    own_hue = float(np.degrees(np.arctan2(tone[2], tone[1])))
    like: Plane = (
        (np.abs(hue - own_hue) < 14)
        & (np.abs(chroma - own_chroma) < max(10, 0.5 * own_chroma))
        & (smooth[..., 0] > tone[0] * darkest)
    )
    return like


def _skin_and_hair(
    smooth: Plane, figure: Plane | None, face: Face, tone: tuple[float, float, float], head: Plane
) -> tuple[Plane, Plane, Plane | None]:
    """Return a head's skin and hair and the hair's colour, each pixel by whose colour it is nearer."""
    shape = head.shape
    middle = (face.centre[0], face.y + 0.56 * face.height)
    inner = ellipse_mask(shape, middle, (0.34 * face.width, 0.44 * face.height)) > 0
    down, across = np.ogrid[0 : shape[0], 0 : shape[1]]
    oval = np.hypot((across - middle[0]) / (0.47 * face.width), (down - middle[1]) / (0.62 * face.height))
    to_skin = _apart(smooth, tone, light_weight=0.35)
    if tone[0] > BURNT:
        to_skin *= np.float32(0.5)  # what is left of a burnt face's colour says little
    crown = _crown(smooth, figure, face, to_skin)
    below = down > face.y + 0.5 * face.height
    reach = (across > face.x - 0.15 * face.width) & (across < face.x + 1.15 * face.width)
    person = np.ones(shape, bool) if figure is None else figure > 0.4
    neck = below & reach & (down < face.y + 1.6 * face.height) & (to_skin < 1.6) & person
    if crown is None:
        return (
            inner | (head & person & (to_skin + HEAD_PRIOR * (oval - 1) < 1.6)) | neck,
            np.zeros(shape, bool),
            None,
        )
    to_hair = _apart(smooth, crown, light_weight=0.6)
    cheek = below & (oval < 0.95)
    above = down < face.y + 0.02 * face.height
    nearer = to_skin + HEAD_PRIOR * (oval - 1) - 1.2 * cheek + 1.5 * above < to_hair
    skin = inner | (head & person & nearer & ((to_skin < 2.6) | cheek)) | neck
    hair = head & person & ~skin & (to_hair < 2.2) & (down < face.y + 1.15 * face.height)
    return skin, hair, crown


def _apart(smooth: Plane, tone: tuple[float, float, float] | Plane, light_weight: float) -> Plane:
    """Return the distance of every pixel to a colour; 1 is a clear difference."""
    light = np.abs(smooth[..., 0] - np.float32(tone[0])) * np.float32(light_weight)
    chroma = cv2.magnitude(smooth[..., 1] - np.float32(tone[1]), smooth[..., 2] - np.float32(tone[2]))
    return cv2.magnitude(light, chroma) / np.float32(11)


def _crown(smooth: Plane, figure: Plane | None, face: Face, to_skin: Plane) -> Plane | None:
    """Return the median colour of what grows above the brow, or None where nothing differs from skin."""
    top, bottom = int(max(0, face.y - 0.3 * face.height)), int(max(0, face.y + 0.12 * face.height))
    left, right = int(max(0, face.x + 0.1 * face.width)), int(face.x + 0.9 * face.width)
    area = np.s_[top:bottom, left:right]
    other = to_skin[area] > 0.9
    if figure is not None:
        other &= figure[area] > 0.6
    pixels = smooth[area][other]
    if len(pixels) < 0.08 * face.width * face.height * 0.3:
        return None
    median: Plane = np.median(pixels, 0)
    return median


def _bright_neutral(smooth: Plane, face: Face, tone: tuple[float, float, float]) -> Plane:
    """Return teeth and the whites of eyes: lighter than the skin and clearly less coloured."""
    shape = smooth.shape[:2]
    features = np.zeros(shape, np.uint8)
    for eye in (face.left_eye, face.right_eye):
        features |= ellipse_mask(shape, eye, (0.14 * face.width, 0.08 * face.height))
    teeth = (face.centre[0], face.y + 0.785 * face.height)
    features |= ellipse_mask(shape, teeth, (0.2 * face.width, 0.075 * face.height))
    chroma = cv2.magnitude(smooth[..., 1], smooth[..., 2])
    pale: Plane = (
        (features > 0)
        & (smooth[..., 0] > tone[0] - 4)
        & (chroma < 0.66 * np.hypot(tone[1], tone[2]))
        & (smooth[..., 0] > 45)
    )
    return pale


def _hair_kind(crown: Plane) -> str:
    light, chroma = float(crown[0]), float(np.hypot(crown[1], crown[2]))
    if light < 34:
        return "dark"
    return "fair" if chroma > 13 else "grey"


def _lips(smooth: Plane, face: Face, tone: tuple[float, float, float]) -> Plane:
    """Return what is clearly redder than the skin where a mouth is."""
    shape = smooth.shape[:2]
    mouth = ellipse_mask(
        shape, (face.centre[0], face.y + 0.82 * face.height), (0.24 * face.width, 0.13 * face.height)
    )
    redder = (smooth[..., 1] > tone[1] + 7) & (smooth[..., 0] < tone[0] - 6) & (smooth[..., 0] > 18)
    lips = ((mouth > 0) & redder).astype(np.uint8)
    closed: Plane = cv2.morphologyEx(lips, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8)) > 0
    columns = np.flatnonzero(closed.any(0))
    middle = (face.left_eye[0] + face.right_eye[0]) / 2
    if columns.size == 0:
        return closed
    both_sides = min(middle - columns[0], columns[-1] - middle)
    whole = both_sides > 0.1 * face.width
    return closed if whole else np.zeros_like(closed)  # half a lip looks like a wound
