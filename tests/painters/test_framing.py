from hypothesis import given
from hypothesis import strategies as st

from articket.adapters.painters.faces import Face
from articket.adapters.painters.framing import RATIO, portrait_frame

sides = st.integers(min_value=1, max_value=6000)
parts = st.floats(min_value=0, max_value=1)


def face_at(x: float, y: float, size: float) -> Face:
    return Face(x, y, size, size, (x + 0.31 * size, y + 0.39 * size), (x + 0.69 * size, y + 0.39 * size))


faces = st.lists(
    st.builds(
        face_at,
        st.floats(-500, 7000),
        st.floats(-500, 7000),
        st.floats(1, 3000),
    ),
    max_size=5,
)


@given(sides, sides, faces, st.none() | st.tuples(parts, parts))
def test_frame_lies_inside_the_photo(
    width: int, height: int, people: list[Face], focus: tuple[float, float] | None
) -> None:
    box = portrait_frame(width, height, people, focus)
    assert box.x >= 0
    assert box.y >= 0
    assert box.width >= 1
    assert box.height >= 1
    assert box.x + box.width <= width
    assert box.y + box.height <= height


@given(st.integers(200, 6000), st.integers(200, 6000), faces)
def test_frame_has_the_ticket_s_ratio_and_no_photo_is_wasted(
    width: int, height: int, people: list[Face]
) -> None:
    box = portrait_frame(width, height, people, None)
    assert abs(box.width / box.height - RATIO) < 0.01
    assert box.width == width or box.height == height


def test_frame_moves_to_the_focus() -> None:
    left = portrait_frame(3000, 2000, [face_at(2500, 500, 300)], (0.1, 0.5))
    assert left.x == 0


def test_eyes_stand_at_two_fifths() -> None:
    face = face_at(700, 1800, 400)
    box = portrait_frame(2000, 4000, [face], None)
    eyes = (face.left_eye[1] - box.y) / box.height
    assert abs(eyes - 0.42) < 0.02


def test_group_is_kept_whole_when_it_fits() -> None:
    people = [face_at(1300, 500, 200), face_at(1700, 520, 180), face_at(2050, 480, 190)]
    box = portrait_frame(4000, 2000, people, None)
    assert all(box.x <= f.x and f.x + f.width <= box.x + box.width for f in people)


def test_wide_group_keeps_the_largest_face_whole() -> None:
    people = [face_at(100, 500, 300), face_at(3500, 500, 200)]
    box = portrait_frame(4000, 1000, people, None)
    assert box.x <= 100
    assert box.x + box.width >= 400


def test_passer_by_does_not_move_the_frame() -> None:
    alone = portrait_frame(4000, 2000, [face_at(1000, 500, 500)], None)
    watched = portrait_frame(4000, 2000, [face_at(1000, 500, 500), face_at(3800, 500, 60)], None)
    assert alone == watched
