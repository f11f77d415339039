"""Everything the four painters want to know about a photo, worked out once."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from articket.adapters.painters.exposure import exposed
from articket.adapters.painters.faces import Face, Search, search_faces
from articket.adapters.painters.figure import Figure, find_figure
from articket.adapters.painters.flow import Flow, read_flow
from articket.adapters.painters.framing import Box
from articket.adapters.painters.raster import Picture, Plane, blur, ellipse_mask, shrink, smoothstep

PLAN_AREA = 768 * 768
"""Pixels at which colour, flow and masks are planned; strokes, dots and lines are drawn at full size."""
SMALLEST_SIDE = 48
ALONE_FROM = (0.12, 0.22)
"""Parts of the width from which one face is taken to be the only one."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A photo as planned (RGB, `height`x`width`) and as to be painted (`out_height`x`out_width`).

    `unit` is the plan's size in relation to 768², by which strokes and dots scale, `zoom` leads from
    plan to painting. `lab` is the even-lit photo, `face` a soft mask of faces, `figure` a soft mask of
    people or None where nobody can be cut out with confidence, `backdrop` how freely (0-1) a painter
    may replace what stands behind.
    """

    rgb: Picture
    out_width: int
    out_height: int
    faces: tuple[Face, ...]
    lab: Plane
    flow: Flow
    face: Plane
    figure: Plane | None
    confidence: float
    backdrop: Plane

    @property
    def width(self) -> int:
        """Width of the plan in pixels."""
        return int(self.rgb.shape[1])

    @property
    def height(self) -> int:
        """Height of the plan in pixels."""
        return int(self.rgb.shape[0])

    @property
    def unit(self) -> float:
        """One 768th of the plan: what a length of 1 in a recipe is in plan pixels."""
        return float(np.sqrt(self.width * self.height / PLAN_AREA))

    @property
    def zoom(self) -> float:
        """Painting pixels for each plan pixel."""
        return self.out_width / self.width

    @property
    def lightness(self) -> Plane:
        """The plan's lightness, 0-100."""
        plane: Plane = self.lab[..., 0]
        return plane


def read(rgb: Picture, search: Search | None = None, size: tuple[int, int] | None = None) -> Reading:
    """Return the reading of a picture to be painted at `size` (width, height), by default its own."""
    height, width = rgb.shape[:2]
    out_width, out_height = size or (width, height)
    plan, scale = _plan(rgb, out_width, out_height)
    found = search_faces(plan) if search is None else _scaled(search, scale)
    faces = found.faces
    figure = find_figure(plan, found)
    unit = float(np.sqrt(plan.shape[0] * plan.shape[1] / PLAN_AREA))
    lab = exposed(plan, faces, None if figure is None else figure.mask)
    flow = read_flow(blur(lab[..., 0] / 100, 1.5 * unit), 4 * unit)
    backdrop = _quiet_parts(flow, unit) if figure is None else _behind(figure, found, flow, unit)
    return Reading(
        rgb=plan,
        out_width=out_width,
        out_height=out_height,
        faces=faces,
        lab=lab,
        flow=flow,
        face=_face_mask(plan.shape[:2], faces, unit),
        figure=None if figure is None else figure.mask,
        confidence=0.0 if figure is None else figure.confidence,
        backdrop=backdrop.astype(np.float32),
    )


def bare(rgb: Picture, size: tuple[int, int]) -> Reading:
    """Return a reading that knows nothing but the picture's pixels."""
    plan, _ = _plan(rgb, *size)
    shape = plan.shape[:2]
    nothing = np.zeros(shape, np.float32)
    lab = np.zeros((*shape, 3), np.float32)
    flow = Flow(nothing, nothing, nothing)
    return Reading(plan, *size, (), lab, flow, nothing, None, 0.0, nothing)


def crop(rgb: Picture, box: Box) -> Picture:
    """Return the part of a picture inside a box."""
    part: Picture = rgb[box.y : box.y + box.height, box.x : box.x + box.width]
    return part


def _plan(rgb: Picture, out_width: int, out_height: int) -> tuple[Picture, float]:
    """Return the picture at planning size, three channels, and the scale from the picture to it."""
    colour = cv2.cvtColor(rgb, cv2.COLOR_GRAY2RGB) if rgb.ndim == 2 else rgb[..., :3]
    part = min(1.0, float(np.sqrt(PLAN_AREA / (out_width * out_height))))
    width = max(SMALLEST_SIDE, round(out_width * part))
    height = max(SMALLEST_SIDE, round(out_height * part))
    if colour.shape[1] > width:
        return shrink(colour, width, height), width / colour.shape[1]
    larger = cv2.resize(colour, (width, height), interpolation=cv2.INTER_CUBIC)
    return larger, width / colour.shape[1]


def _scaled(search: Search, scale: float) -> Search:
    faces = tuple(face.moved(0, 0, scale) for face in search.faces)
    return Search(faces, tuple(seen.moved(0, 0, scale) for seen in search.suspects))


def _face_mask(shape: tuple[int, int], faces: Sequence[Face], unit: float) -> Plane:
    mask = np.zeros(shape, np.uint8)
    for face in faces:
        centre = (face.centre[0], face.y + 0.53 * face.height)
        mask |= ellipse_mask(shape, centre, (face.width * 0.5, face.height * 0.66))
    return blur(mask.astype(np.float32), 8 * unit)


def _behind(figure: Figure, found: Search, flow: Flow, unit: float) -> Plane:
    """Return what is behind people: all of it behind one large face, only quiet parts in company.

    Where several people are, or one small, another whom nobody noticed may stand in the rest.
    """
    widest = max(face.width for face in found.faces) / figure.mask.shape[1]
    company = len(found.faces) + len(found.suspects) > 1
    caution = 1.0 if company else 1 - smoothstep(widest, *ALONE_FROM)
    busy = blur(np.clip(flow.edge * 22, 0, 1), 16 * unit)
    quiet = 1 - smoothstep(busy, 0.16, 0.42)
    kept: Plane = (1 - figure.mask) * (1 - caution * (1 - quiet))
    return kept


def _quiet_parts(flow: Flow, unit: float) -> Plane:
    """Return where a picture without a believable figure has little to lose."""
    busy = blur(np.clip(flow.edge * 28, 0, 1), 10 * unit)
    return np.clip(1 - 1.6 * busy, 0, 1) * np.float32(0.8)
