import cv2
import numpy as np
import pytest
from painters.pictures import Picture, darkened, in_the_dark, odd_pictures

from articket.adapters.painters.faces import check_cascades, find_faces, search_faces
from articket.adapters.painters.reading import read


def test_cascades_are_there() -> None:
    check_cascades()


def test_astronaut_has_one_face_where_it_is(astronaut: Picture) -> None:
    (face,) = find_faces(astronaut)
    assert abs(face.centre[0] - 224) < 20
    assert abs(face.centre[1] - 115) < 25
    assert face.left_eye[0] < face.centre[0] < face.right_eye[0]
    assert face.frontal


@pytest.mark.parametrize("part", [0.66, 0.44])
def test_darker_skin_is_found_as_well(face: Picture, part: float) -> None:
    assert len(find_faces(darkened(face, part))) == 1


def test_face_is_found_in_the_dark(face: Picture) -> None:
    assert len(find_faces(in_the_dark(face))) == 1


def test_tilted_head_is_found(face: Picture) -> None:
    height, width = face.shape[:2]
    turn = cv2.getRotationMatrix2D((130, 120), 24, 1.0)
    tilted = cv2.warpAffine(face, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    assert find_faces(tilted)


def test_two_people_are_two_faces_largest_first(face: Picture) -> None:
    small = cv2.resize(face, None, fx=0.8, fy=0.8, interpolation=cv2.INTER_AREA)
    both = np.full((372, 256 + small.shape[1], 3), 200, np.uint8)
    both[:, :256] = face
    both[-small.shape[0] :, 256:] = small
    first, second = find_faces(both)
    assert first.width > second.width


@pytest.mark.parametrize("name", ["black", "white", "one blue", "tiny", "a line", "noise"])
def test_no_face_is_invented(name: str) -> None:
    assert find_faces(odd_pictures()[name]) == ()


def test_somebody_beside_the_found_face_is_not_painted_over(face: Picture) -> None:
    """A second person whose face no cascade sees, turned to the wall, still is no free backdrop."""
    hidden = face.copy()
    cv2.GaussianBlur(hidden[70:170, 80:180], (0, 0), 4, dst=hidden[70:170, 80:180])
    both = np.hstack([face, cv2.flip(hidden, 1)])
    reading = read(both)
    down, across = slice(150, 250), slice(256 + 100, 256 + 160)
    scale = reading.width / both.shape[1]
    there = reading.backdrop[
        int(down.start * scale * 0.5) : int(down.stop * scale * 0.6),
        int(across.start * scale) : int(across.stop * scale),
    ]
    assert float(there.mean()) < 0.6


def test_search_moves_into_a_crop(astronaut: Picture) -> None:
    inside = search_faces(astronaut).inside(150, 20, 200, 300)
    assert len(inside.faces) == 1
    assert inside.faces[0].x < 60
    assert search_faces(astronaut).inside(300, 300, 200, 200).faces == ()
