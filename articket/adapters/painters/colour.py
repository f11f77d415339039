"""Colour as painters think of it: lightness apart from hue (CIE Lab, lightness 0-100)."""

import cv2
import numpy as np

from articket.adapters.painters.raster import Picture, Plane

Colour = tuple[int, int, int]


def to_lab(picture: Picture) -> Plane:
    """Return an RGB picture of 0-255 as Lab."""
    return cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)


def to_rgb(lab: Plane) -> Picture:
    """Return a Lab plane as an RGB picture of uint8."""
    rgb = cv2.cvtColor(lab.astype(np.float32), cv2.COLOR_LAB2RGB)
    return cv2.convertScaleAbs(np.clip(rgb, 0, 1), alpha=255)


def lab_of(colour: Colour) -> Plane:
    """Return one RGB colour as Lab."""
    swatch: Plane = cv2.cvtColor(np.array([[colour]], np.float32) / 255, cv2.COLOR_RGB2LAB)[0, 0]
    return swatch


def lightness_ramp(stops: list[tuple[float, Colour]]) -> Plane:
    """Return a table of 101 Lab colours, one for each lightness, through the given stops."""
    at = [stop for stop, _ in stops]
    labs = [lab_of(colour) for _, colour in stops]
    scale = np.arange(101, dtype=np.float32)
    channels = [np.interp(scale, at, [lab[channel] for lab in labs]) for channel in range(3)]
    return np.stack(channels, -1).astype(np.float32)


def look_up(table: Plane, lightness: Plane) -> Plane:
    """Return the ramp's colour for each lightness, between its steps as well."""
    exact = np.clip(lightness, 0, 100)
    low = np.minimum(exact.astype(np.int32), 99)
    part = (exact - low)[..., None].astype(np.float32)
    colours: Plane = table[low] * (1 - part) + table[low + 1] * part
    return colours
