"""Which part of a photo is people, and how far that can be believed."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from articket.adapters.painters.faces import Face, Search, Sighting
from articket.adapters.painters.raster import Picture, Plane, blur, ellipse_mask, smoothstep

GRABCUT_SIZE = 160
GRABCUT_ROUNDS = 2
GRABCUT_SEED = 0
BELIEVABLE = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """The people of a photo: a soft mask (0-1), also of people only suspected, and the mask's confidence."""

    mask: Plane
    confidence: float


def find_figure(rgb: Picture, found: Search) -> Figure | None:
    """Return the people, or None where there is no face or the cut-out is not to be believed."""
    faces = [face for face in found.faces if face.width > 0.05 * rgb.shape[1]]
    if not faces:
        return None
    height, width = rgb.shape[:2]
    scale = GRABCUT_SIZE / max(height, width)
    small = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small_faces = [face.moved(0, 0, scale) for face in faces]
    likely = _likely(small.shape[:2], small_faces)
    cut = _grab_cut(small, small_faces, likely)
    if cut is None:
        return None
    confidence = _confidence(small, cut, small_faces, likely)
    if confidence < BELIEVABLE:
        return None
    others = [seen.moved(0, 0, scale) for seen in found.suspects]
    cut = np.maximum(cut, _other_people(small, cut, small_faces, others))
    opened = cv2.morphologyEx(cut, cv2.MORPH_OPEN, np.ones((3, 3)))
    opened = np.maximum(opened, _crowns(small.shape[:2], small_faces))
    mask = cv2.resize(blur(opened, 1.2), (width, height), interpolation=cv2.INTER_CUBIC)
    return Figure(np.clip(mask, 0, 1), confidence)


def _head_and_shoulders(face: Face, bottom: float) -> Plane:
    """Return the polygon of hair, neck, shoulders and chest below a face."""
    middle, y, w, h = face.x + face.width / 2, face.y, face.width, face.height
    outline = [
        (-0.75, y - 0.1 * h), (-0.4, y - 0.45 * h), (0.4, y - 0.45 * h), (0.75, y - 0.1 * h),
        (0.7, y + 1.1 * h), (1.7, y + 1.7 * h), (2.0, bottom), (-2.0, bottom),
        (-1.7, y + 1.7 * h), (-0.7, y + 1.1 * h),
    ]  # fmt: skip
    return np.array([[middle + across * w, down] for across, down in outline], np.int32)


def _likely(shape: tuple[int, int], faces: Sequence[Face]) -> Plane:
    mask = np.zeros(shape, np.uint8)
    for face in faces:
        cv2.fillPoly(mask, [_head_and_shoulders(face, shape[0] + 5)], 1)
    return mask


def _grab_cut(small: Picture, faces: Sequence[Face], likely: Plane) -> Plane | None:
    height, width = small.shape[:2]
    trimap = np.where(likely > 0, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    for face in faces:
        core = ellipse_mask(
            (height, width),
            (face.centre[0], face.y + 0.5 * face.height),
            (face.width * 0.36, face.height * 0.5),
        )
        trimap[core > 0] = cv2.GC_FGD
        left, right = (int(face.centre[0] + side * 0.3 * face.width) for side in (-1, 1))
        trimap[max(0, int(face.y + face.height * 1.3)) :, max(0, left) : max(0, right)] = cv2.GC_FGD
    rim = trimap[:2]
    rim[rim == cv2.GC_PR_BGD] = cv2.GC_BGD
    for column in (slice(0, 2), slice(width - 2, width)):
        side = trimap[: height // 2, column]
        side[side == cv2.GC_PR_BGD] = cv2.GC_BGD
    cv2.setRNGSeed(GRABCUT_SEED)  # GrabCut seeds its k-means from the process-wide generator
    try:
        cv2.grabCut(
            small,
            trimap,
            (0, 0, width, height),  # not looked at: the mask says it all
            np.zeros((1, 65)),
            np.zeros((1, 65)),
            GRABCUT_ROUNDS,
            cv2.GC_INIT_WITH_MASK,
        )
    except cv2.error:
        return None  # every pixel one colour, or nothing left to call background
    cut: Plane = ((trimap == cv2.GC_FGD) | (trimap == cv2.GC_PR_FGD)).astype(np.float32)
    return cut


def _confidence(small: Picture, cut: Plane, faces: Sequence[Face], likely: Plane) -> float:
    """Return how much the cut-out looks like people: size, agreement with shoulders, colours that part."""
    share = float(cut.mean())
    plausible = float(smoothstep(share, 0.03, 0.08)) * (1 - float(smoothstep(share, 0.86, 0.95)))
    shoulders = likely > 0
    agreement = float((cut * shoulders).sum() / max(1.0, float(np.maximum(cut, shoulders).sum())))
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    inside = cv2.erode(cut, np.ones((3, 3))) > 0
    near = (cv2.dilate(cut, np.ones((13, 13))) > 0) & (cv2.dilate(cut, np.ones((5, 5))) == 0)
    if not inside.any() or not near.any():
        return 0.0
    edge = cv2.morphologyEx(cut, cv2.MORPH_GRADIENT, np.ones((3, 3))) > 0
    contrast = cv2.morphologyEx(lab[..., 0], cv2.MORPH_GRADIENT, np.ones((3, 3)))
    steps = float(np.median(contrast[edge])) / (float(np.median(contrast[near])) + 4.0)
    heads = float(np.mean([_covered(cut, face) for face in faces]))
    return (
        plausible
        * float(smoothstep(agreement, 0.15, 0.5))
        * (0.45 + 0.55 * float(smoothstep(steps, 0.5, 1.6)))
        * float(smoothstep(heads, 0.5, 0.9))
    )


def _crowns(shape: tuple[int, int], faces: Sequence[Face]) -> Plane:
    """Return where hair and hats are, whatever their colours: a grey head before a grey wall stays whole."""
    crowns = np.zeros(shape, np.uint8)
    for face in faces:
        centre = (face.centre[0], face.y + 0.34 * face.height)
        crowns |= ellipse_mask(shape, centre, (face.width * 0.5, face.height * 0.62))
    return crowns.astype(np.float32)


def _covered(cut: Plane, face: Face) -> float:
    part = cut[
        int(max(0, face.y)) : int(face.y + face.height), int(max(0, face.x)) : int(face.x + face.width)
    ]
    return float(part.mean()) if part.size else 0.0


def _other_people(small: Picture, cut: Plane, faces: Sequence[Face], suspects: Sequence[Sighting]) -> Plane:
    """Return where more people may stand: suspected faces and face-sized textured patches of skin colour."""
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    face = max(faces, key=lambda one: one.width)
    cheeks = _inner(lab, face)
    people = np.zeros_like(cut)
    for seen in suspects:
        _stand(people, seen.x + seen.size / 2, seen.y + seen.size / 2, seen.size)
    if cheeks.size == 0:
        return people
    tone = np.median(cheeks.reshape(-1, 3), 0)
    chroma = cv2.magnitude(lab[..., 1] - tone[1], lab[..., 2] - tone[2])
    like = (chroma < 9) & (np.abs(lab[..., 0] - tone[0]) < 32) & (cut < 0.5)
    like = cv2.morphologyEx(like.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, stats, centres = cv2.connectedComponentsWithStats(like)
    usual = 0.6 * face.width * face.height
    for index in range(1, count):
        _, _, wide, high, area = stats[index]
        textured = float(lab[..., 0][labels == index].std()) > 5
        compact = area > 0.4 * wide * high and 0.4 < wide / high < 2.0
        if 0.12 * usual < area < 2.5 * usual and compact and textured:
            _stand(people, centres[index][0], centres[index][1], 1.25 * float(np.sqrt(area)))
    return people


def _inner(lab: Plane, face: Face) -> Plane:
    top, left = int(max(0, face.y + 0.5 * face.height)), int(max(0, face.x + 0.25 * face.width))
    return lab[top : int(face.y + 0.8 * face.height), left : int(face.x + 0.75 * face.width)]


def _stand(people: Plane, x: float, y: float, size: float) -> None:
    """Mark a head and what stands under it."""
    cv2.ellipse(people, (int(x), int(y)), (int(size * 0.75) + 1, int(size * 0.95) + 1), 0, 0, 360, 1.0, -1)
    body = [(x - 0.4 * size, y), (x + 0.4 * size, y), (x + 1.3 * size, y + 1.4 * size)]
    body += [(x + 1.4 * size, y + 5 * size), (x - 1.4 * size, y + 5 * size), (x - 1.3 * size, y + 1.4 * size)]
    cv2.fillPoly(people, [np.array(body, np.int32)], 1.0)
