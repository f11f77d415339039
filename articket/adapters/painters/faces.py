"""Faces in a photo, found by several cascades that check one another."""

from dataclasses import dataclass, replace
from functools import cache
from threading import Lock

import cv2
import numpy as np

from articket.adapters.painters.raster import Picture, Plane

SEARCH_SIZE = 448
SMALLEST_FACE = 26
MOST_FACES = 8
SURE = 1.0
"""Cascade score from which a frontal face needs no second witness."""
SKIN_SHARE = 0.35
TILT = 24.0
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Face:
    """One face in pixels of its photo, eyes as the photo shows them, left and right."""

    x: float
    y: float
    width: float
    height: float
    left_eye: tuple[float, float]
    right_eye: tuple[float, float]
    frontal: bool = True

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the face."""
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, x: float, y: float, scale: float) -> "Face":
        """Return the face in a photo cropped at (x, y) and then scaled."""

        def place(point: tuple[float, float]) -> tuple[float, float]:
            return (point[0] - x) * scale, (point[1] - y) * scale

        left, top = place((self.x, self.y))
        width, height = self.width * scale, self.height * scale
        return Face(left, top, width, height, place(self.left_eye), place(self.right_eye), self.frontal)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A square where a cascade saw something, with its score."""

    x: float
    y: float
    size: float
    score: float
    frontal: bool = True

    def moved(self, x: float, y: float, scale: float) -> "Sighting":
        """Return the sighting in a photo cropped at (x, y) and then scaled."""
        return replace(self, x=(self.x - x) * scale, y=(self.y - y) * scale, size=self.size * scale)

    def overlaps(self, other: "Sighting") -> bool:
        """Say whether two sightings are of the same face."""
        wide = min(self.x + self.size, other.x + other.size) - max(self.x, other.x)
        high = min(self.y + self.size, other.y + other.size) - max(self.y, other.y)
        if wide <= 0 or high <= 0:
            return False
        return wide * high > 0.3 * min(self.size, other.size) ** 2


@dataclass(frozen=True, slots=True)
class Search:
    """The faces of a photo, largest first, and places that may be faces but were not sure enough."""

    faces: tuple[Face, ...]
    suspects: tuple[Sighting, ...]


def check_cascades() -> None:
    """Raise RuntimeError with a clear sentence where this OpenCV cannot find faces."""
    if not hasattr(cv2, "CascadeClassifier") or not hasattr(cv2, "data"):
        raise RuntimeError(
            f"OpenCV {cv2.__version__} has no cascades to find faces with; "
            "install opencv-python-headless>=4.14,<5."
        )
    if _cascade("haarcascade_frontalface_alt2.xml").empty():
        raise RuntimeError("OpenCV's face cascades are missing; reinstall opencv-python-headless>=4.14,<5.")


def find_faces(rgb: Picture) -> tuple[Face, ...]:
    """Return the faces of an RGB picture, largest first."""
    return search_faces(rgb).faces


def search_faces(rgb: Picture) -> Search:
    """Return sure faces and suspects: frontal first, then both profiles, then tilted heads and busts."""
    scale = min(1.0, SEARCH_SIZE / max(rgb.shape[:2]))
    small = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if min(small.shape[:2]) < SMALLEST_FACE:
        return Search((), ())
    grey = cv2.equalizeHist(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))
    skin = _skin_like(small)
    with _ONE_AT_A_TIME:
        sure, suspects = _judge(_upright(grey), skin)
        if not sure:
            sure, suspects = _judge([*suspects, *_tilted(grey)], skin)
        if not sure:
            suspects += _busts(grey)
        faces = [_face(rgb, sighting, 1 / scale) for sighting in sure]
    faces.sort(key=lambda face: -face.width)
    return Search(tuple(faces[:MOST_FACES]), tuple(seen.moved(0, 0, 1 / scale) for seen in suspects))


@cache
def _cascade(name: str) -> cv2.CascadeClassifier:
    return cv2.CascadeClassifier(cv2.data.haarcascades + name)


def _sightings(
    name: str, grey: Plane, neighbours: int, *, step: float = 1.1, smallest: int = SMALLEST_FACE
) -> list[Sighting]:
    boxes, _, weights = _cascade(name).detectMultiScale3(
        grey, step, neighbours, minSize=(smallest, smallest), outputRejectLevels=True
    )
    return [
        Sighting(float(x), float(y), float(width), float(weight))
        for (x, y, width, _), weight in zip(boxes, np.ravel(weights), strict=True)
    ]


def _upright(grey: Plane) -> list[Sighting]:
    found = _sightings("haarcascade_frontalface_alt2.xml", grey, 2)
    width = grey.shape[1]
    profiles = _sightings("haarcascade_profileface.xml", grey, 4, step=1.12)
    mirrored = _sightings("haarcascade_profileface.xml", cv2.flip(grey, 1), 4, step=1.12)
    found += [Sighting(s.x, s.y, s.size, s.score - 3.0, False) for s in profiles]
    found += [Sighting(width - s.x - s.size, s.y, s.size, s.score - 3.0, False) for s in mirrored]
    return found


def _tilted(grey: Plane) -> list[Sighting]:
    height, width = grey.shape
    found = []
    for angle in (TILT, -TILT):
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        turned = cv2.warpAffine(grey, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
        back = cv2.invertAffineTransform(turn)
        for s in _sightings("haarcascade_frontalface_alt2.xml", turned, 4):
            x, y = back @ np.array([s.x + s.size / 2, s.y + s.size / 2, 1.0])
            found.append(Sighting(float(x) - s.size / 2, float(y) - s.size / 2, s.size, s.score - 0.5))
    return found


def _busts(grey: Plane) -> list[Sighting]:
    """Return head places of upper bodies: suspects, never faces to take apart."""
    bodies = _sightings("haarcascade_upperbody.xml", grey, 4, smallest=60)
    return [Sighting(s.x + 0.28 * s.size, s.y + 0.05 * s.size, 0.44 * s.size, 0.0) for s in bodies]


def _skin_like(rgb: Picture) -> Plane:
    """Return 1 where the chroma is one that skin of any tone has; all 1 in a grey picture."""
    ycc = cv2.cvtColor(rgb, cv2.COLOR_RGB2YCrCb)
    if float(np.std(ycc[..., 1])) < 3.0:
        return np.ones(rgb.shape[:2], np.float32)
    return (cv2.inRange(ycc, (20, 131, 77), (255, 180, 133)) > 0).astype(np.float32)


def _judge(sightings: list[Sighting], skin: Plane) -> tuple[list[Sighting], list[Sighting]]:
    """Part sightings into sure faces and suspects, the best sighting of each face only."""
    sure: list[Sighting] = []
    suspects: list[Sighting] = []
    for sighting in sorted(sightings, key=lambda s: (-s.score, -s.size, s.x, s.y)):
        if any(sighting.overlaps(known) for known in sure):
            continue
        share = _skin_share(sighting, skin)
        witnesses = sum(sighting.overlaps(other) for other in sightings) - 1
        score = sighting.score + 2.0 * (share - SKIN_SHARE) + 0.5 * witnesses
        if share > 0.15 and score > SURE:
            sure.append(sighting)
        elif not any(sighting.overlaps(known) for known in suspects):
            suspects.append(sighting)
    return sure, suspects


def _skin_share(sighting: Sighting, skin: Plane) -> float:
    inset = 0.2 * sighting.size
    left, top = int(max(0, sighting.x + inset)), int(max(0, sighting.y + inset))
    right, bottom = int(sighting.x + sighting.size - inset), int(sighting.y + sighting.size - inset)
    part = skin[top:bottom, left:right]
    return float(part.mean()) if part.size else 0.0


def _face(rgb: Picture, sighting: Sighting, scale: float) -> Face:
    x, y, size = sighting.x * scale, sighting.y * scale, sighting.size * scale
    usual = ((x + size * 0.31, y + size * 0.39), (x + size * 0.69, y + size * 0.39))
    left, right = _eyes(rgb, x, y, size) if sighting.frontal else (None, None)
    eyes = (left or usual[0], right or usual[1])
    if abs(eyes[0][1] - eyes[1][1]) > size * 0.2 or eyes[1][0] - eyes[0][0] < size * 0.22:
        eyes = usual
    return Face(x, y, size, size, *eyes, sighting.frontal)


def _eyes(
    rgb: Picture, x: float, y: float, size: float
) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    left, top = int(max(0, x)), int(max(0, y + size * 0.15))
    brow = rgb[top : int(y + size * 0.6), left : int(x + size)]
    if min(brow.shape[:2]) < 8:
        return None, None
    zoom = 160 / size
    grey = cv2.cvtColor(cv2.resize(brow, None, fx=zoom, fy=zoom), cv2.COLOR_RGB2GRAY)
    found: list[tuple[float, float, float] | None] = [None, None]
    eyes = _cascade("haarcascade_eye.xml").detectMultiScale(grey, 1.08, 4, minSize=(20, 20), maxSize=(70, 70))
    for ex, ey, ew, eh in eyes:
        across, down = (ex + ew / 2) / zoom, (ey + eh / 2) / zoom
        side = 0 if across < size / 2 else 1
        known = found[side]
        if known is None or ew > known[2]:
            found[side] = (left + across, top + down, float(ew))
    first, second = ((eye[0], eye[1]) if eye else None for eye in found)
    return first, second
