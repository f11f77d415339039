"""Faces in a photo, found by several cascades that check one another."""

from dataclasses import dataclass, replace
from functools import cache
from threading import Lock

import cv2
import cv2.data
import numpy as np

from articket.adapters.painters.raster import Picture, Plane

SEARCH_SIZE = 420
PROFILE_SIZE = 300
SMALLEST_FACE = 24
MOST_FACES = 8
SURE = 0.5
"""Score from which a sighting is a face."""
IN_COMPANY = -0.1
"""Score from which a sighting beside a sure face is one, too."""
FRONTAL_ZERO, PROFILE_ZERO = 55.5, 2.0
"""Cascade weights from which frontal faces and profiles were right on trial photos more often than not."""
WITNESS_WEIGHT = 0.3
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

    def inside(self, x: float, y: float, width: float, height: float) -> "Search":
        """Return what a crop of the photo shows, in the crop's pixels."""
        faces = [face.moved(x, y, 1.0) for face in self.faces]
        suspects = [seen.moved(x, y, 1.0) for seen in self.suspects]
        return Search(
            tuple(f for f in faces if 0 <= f.centre[0] < width and 0 <= f.centre[1] < height),
            tuple(s for s in suspects if -s.size / 2 <= s.x < width and -s.size / 2 <= s.y < height),
        )


def check_cascades() -> None:
    """Raise RuntimeError with a clear sentence where this OpenCV cannot find faces."""
    if not hasattr(cv2, "CascadeClassifier"):
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
    """Return faces and suspects: frontal and profile, then dark and uneven ones, tilted heads and busts."""
    scale = min(1.0, SEARCH_SIZE / max(rgb.shape[:2]))
    small = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if min(small.shape[:2]) < SMALLEST_FACE:
        return Search((), ())
    grey = cv2.equalizeHist(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))
    skin = _skin_like(small)
    with _ONE_AT_A_TIME:
        sure, suspects = _judge(_frontal(grey) + _profiles(grey), grey, skin)
        if not sure:
            even = cv2.createCLAHE(3.0, (8, 8)).apply(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))
            sure, suspects = _judge(suspects + _frontal(even), even, skin)
        if not sure:
            sure, suspects = _judge(suspects + _tilted(grey), grey, skin)
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


def _frontal(grey: Plane) -> list[Sighting]:
    found = _sightings("haarcascade_frontalface_alt2.xml", grey, 2)
    return [replace(seen, score=seen.score - FRONTAL_ZERO) for seen in found]


def _profiles(grey: Plane) -> list[Sighting]:
    """Return profiles looking either way; the cascade knows only one."""
    scale = min(1.0, PROFILE_SIZE / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    width = small.shape[1]
    name = "haarcascade_profileface.xml"
    seen = _sightings(name, small, 3, step=1.13)
    mirrored = _sightings(name, cv2.flip(small, 1), 3, step=1.13)
    seen += [replace(one, x=width - one.x - one.size) for one in mirrored]
    return [
        replace(one.moved(0, 0, 1 / scale), score=one.score - PROFILE_ZERO, frontal=False) for one in seen
    ]


def _tilted(grey: Plane) -> list[Sighting]:
    height, width = grey.shape
    found = []
    for angle in (TILT, -TILT):
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        turned = cv2.warpAffine(grey, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
        back = cv2.invertAffineTransform(turn)
        for s in _sightings("haarcascade_frontalface_alt2.xml", turned, 4):
            x, y = back @ np.array([s.x + s.size / 2, s.y + s.size / 2, 1.0])
            left, top = float(x) - s.size / 2, float(y) - s.size / 2
            found.append(Sighting(left, top, s.size, s.score - FRONTAL_ZERO - 0.3))
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


def _judge(sightings: list[Sighting], grey: Plane, skin: Plane) -> tuple[list[Sighting], list[Sighting]]:
    """Part sightings into sure faces and suspects, the best sighting of each face only."""
    doubtful = any(seen.frontal and -1.5 < seen.score < SURE + 0.5 for seen in sightings)
    witnesses = _sightings("haarcascade_frontalface_default.xml", grey, 3) if doubtful else []
    sure: list[Sighting] = []
    suspects: list[Sighting] = []
    company: list[Sighting] = []
    for seen in sorted(sightings, key=lambda s: (not s.frontal, -s.score, -s.size, s.x, s.y)):
        if any(seen.overlaps(known) for known in sure):
            continue
        share = _skin_share(seen, skin)
        heard = max((one.score for one in witnesses if one.overlaps(seen)), default=0.0)
        score = seen.score + WITNESS_WEIGHT * max(0.0, heard) + min(0.0, 2 * (share - SKIN_SHARE))
        if score > SURE:
            sure.append(seen)
        elif score > -1 and share > SKIN_SHARE and not any(seen.overlaps(known) for known in suspects):
            suspects.append(seen)
            if score > IN_COMPANY:
                company.append(seen)
    if sure:  # whoever stands beside a sure face, as large, is most likely a person too
        usual = float(np.median([seen.size for seen in sure]))
        sure += [seen for seen in company if 0.5 < seen.size / usual < 1.8]
    return sure, [one for one in suspects if not any(one.overlaps(known) for known in sure)]


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
