from io import BytesIO

import numpy as np
import pytest
from painters.pictures import Picture, jpeg_of, picture_of
from PIL import Image

from articket.adapters.painters.faces import search_faces
from articket.adapters.painters.laptop import LaptopPainter
from articket.adapters.painters.pool import PaintPool
from articket.adapters.painters.reading import Reading, read
from articket.adapters.painters.recipes import RECIPES
from articket.adapters.painters.sight import COLOUR_NAMES, name_colours
from articket.adapters.painters.studio_work import Focus, PaintOrder, Readings, paint_order, paint_surely
from articket.application.ports import Order
from articket.domain.faults import PainterFaultPermanent


@pytest.fixture
def laptop(pool: PaintPool) -> LaptopPainter:
    return LaptopPainter(pool)


def commission(photo: bytes, recipe: str, focus: tuple[float, float] | None = None) -> Order:
    return Order(photo, focus, "sea", recipe, None, 7)


def test_painting_comes_in_print_and_screen_sizes(laptop: LaptopPainter, photo: bytes) -> None:
    painted = laptop.paint(commission(photo, "lichtenstein"))
    assert picture_of(painted.print).shape == (1819, 1252, 3)
    assert picture_of(painted.large).shape == (1232, 848, 3)
    assert picture_of(painted.small).shape == (436, 300, 3)
    assert len(painted.veil) < 3000
    assert (painted.painter, painted.trouble) == ("laptop", None)
    assert painted.seconds > 0


def test_print_says_300_dpi_srgb_and_keeps_all_colour(laptop: LaptopPainter, photo: bytes) -> None:
    painted = laptop.paint(commission(photo, "plain"))
    with Image.open(BytesIO(painted.print)) as image:
        assert image.info["dpi"] == (300, 300)
        assert image.getexif().get_ifd(0x8769)[0xA001] == 1
        layers = image.layer  # type: ignore[attr-defined]
    assert {(horizontal, vertical) for _, horizontal, vertical, _ in layers} == {(1, 1)}


def test_same_order_is_the_same_file(laptop: LaptopPainter, photo: bytes) -> None:
    order = commission(photo, "picasso", (0.4, 0.3))
    first = laptop.paint(order)
    assert laptop.paint(order).print == first.print


def test_unknown_recipe_is_refused(laptop: LaptopPainter, photo: bytes) -> None:
    with pytest.raises(PainterFaultPermanent, match="no recipe"):
        laptop.paint(commission(photo, "monet"))


def test_a_photo_nobody_can_make_sense_of_is_still_painted(photo: bytes) -> None:
    class NoReadings(Readings):
        def of(self, photo: bytes, focus: Focus, size: tuple[int, int]) -> Reading:
            del photo, focus, size
            raise ZeroDivisionError

    order = PaintOrder(photo, "picasso", 7, size=(424, 616))
    painted = paint_order(order, NoReadings(), lambda _: None)
    assert (painted.recipe, painted.fault) == ("plain", "ZeroDivisionError: ")
    picture = picture_of(painted.print)
    assert picture.shape == (616, 424, 3)
    assert picture.std() > 30


def test_when_a_recipe_fails_the_plain_one_paints(face: Picture) -> None:
    broken = read(face)
    object.__setattr__(broken, "lab", np.zeros((1, 1, 3), np.float32))
    picture, recipe, fault = paint_surely(broken, "picasso", 1)
    assert recipe == "plain"
    assert fault
    assert (picture == RECIPES["plain"](broken, 1)).all()


def test_laptop_sees_the_astronaut_in_orange(laptop: LaptopPainter, photo: bytes) -> None:
    sight = laptop.see(photo, None)
    assert sight.faces == 1
    assert "orange" in sight.colours or "red" in sight.colours
    assert sight.face == pytest.approx((0.5, 0.3), abs=0.15)


def test_frame_is_a_portrait_cut(laptop: LaptopPainter, photo: bytes) -> None:
    assert picture_of(laptop.frame(photo, None)).shape == (872, 600, 3)
    assert laptop.frame(photo, (0.0, 0.5)) != laptop.frame(photo, (1.0, 0.5))


@pytest.mark.parametrize("size", [(832, 1216), (512, 768), (624, 912)])
@pytest.mark.parametrize("photo_size", [(512, 512), (1024, 640), (480, 1280)])
def test_a_server_gets_exactly_the_size_it_is_asked_with_the_face_well_placed(
    laptop: LaptopPainter, astronaut: Picture, size: tuple[int, int], photo_size: tuple[int, int]
) -> None:
    # The astronaut stands at the left of a wide photo, and at the bottom of a tall one.
    room = np.full((photo_size[1], photo_size[0], 3), 90, np.uint8)
    room[-512:, :480] = astronaut[:, :480]
    framed = picture_of(laptop.frame(jpeg_of(room), None, size))
    assert framed.shape == (size[1], size[0], 3)
    [face] = search_faces(framed).faces
    assert face.centre[0] / size[0] == pytest.approx(0.5, abs=0.12)
    assert 0.2 < face.centre[1] / size[1] < 0.55
    assert face.width == pytest.approx(face.height, rel=0.1)


def test_a_server_gets_the_part_of_the_photo_its_owner_chose(laptop: LaptopPainter, photo: bytes) -> None:
    framed = picture_of(laptop.frame(photo, (0.25, 0.5), (512, 768)))
    ours = picture_of(laptop.frame(photo, (0.25, 0.5)))
    alike = np.asarray(Image.fromarray(framed).resize((581, 872))).astype(int)
    assert np.abs(alike - ours[:, 9:590]).mean() < 6, "only the sides are trimmed, both by the same"


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ((200, 30, 30), "red"),
        ((240, 130, 20), "orange"),
        ((250, 220, 40), "yellow"),
        ((40, 140, 60), "green"),
        ((30, 70, 190), "blue"),
        ((120, 50, 160), "violet"),
        ((250, 160, 190), "pink"),
        ((110, 70, 40), "brown"),
        ((8, 8, 10), "black"),
        ((250, 250, 250), "white"),
        ((128, 128, 128), "grey"),
    ],
)
def test_colours_have_the_names_people_give_them(colour: tuple[int, int, int], name: str) -> None:
    assert name in COLOUR_NAMES
    assert name_colours(np.full((50, 40, 3), colour, np.uint8))[0] == name


def test_broken_photo_is_refused(laptop: LaptopPainter) -> None:
    with pytest.raises(PainterFaultPermanent, match="cannot be read"):
        laptop.frame(jpeg_of(np.zeros((9, 9, 3), np.uint8))[:40], None)
