import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from painters.pictures import Picture, darkened, in_the_dark, odd_pictures, portrait

from articket.adapters.painters.colour import to_lab
from articket.adapters.painters.exposure import face_lightness
from articket.adapters.painters.raster import ellipse_mask
from articket.adapters.painters.reading import Reading, read
from articket.adapters.painters.recipes import RECIPES

BENCH = (256, 372)
LIKENESS = {"picasso": 17, "renoir": 13, "vangogh": 14, "lichtenstein": 19, "plain": 12}
"""How far, in lightness of 0-100, a painted face may be from the even-lit photo's."""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(portrait())


def digest(picture: Picture) -> str:
    return sha256(np.ascontiguousarray(picture).tobytes()).hexdigest()


def test_the_painters_are_these() -> None:
    assert set(RECIPES) == {"picasso", "renoir", "vangogh", "lichtenstein", "plain"}


@pytest.mark.parametrize("recipe", sorted(RECIPES))
def test_a_seed_paints_the_same_picture_twice(recipe: str, reading: Reading) -> None:
    assert digest(RECIPES[recipe](reading, 5)) == digest(RECIPES[recipe](reading, 5))


@pytest.mark.parametrize("recipe", sorted(RECIPES))
def test_another_seed_paints_another_picture(recipe: str, reading: Reading) -> None:
    assert digest(RECIPES[recipe](reading, 5)) != digest(RECIPES[recipe](reading, 6))


def test_another_process_paints_the_same(reading: Reading) -> None:
    code = (
        "from painters.test_recipes import RECIPES, digest, portrait, read\n"
        "reading = read(portrait())\n"
        "print(*[digest(RECIPES[name](reading, 5)) for name in sorted(RECIPES)])\n"
    )
    there = subprocess.run(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, "-c", code],
        cwd=Path(__file__).parent,
        env={"PYTHONPATH": f"{Path(__file__).parents[1]}:{Path(__file__).parents[2]}", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert there.stdout.split() == [digest(RECIPES[name](reading, 5)) for name in sorted(RECIPES)]


@pytest.mark.parametrize("recipe", sorted(RECIPES))
@pytest.mark.parametrize("size", [(256, 372), (424, 616), (90, 60)])
def test_painting_has_the_size_ordered(recipe: str, size: tuple[int, int]) -> None:
    painting = RECIPES[recipe](read(portrait(), size=size), 1)
    assert painting.shape == (size[1], size[0], 3)
    assert painting.dtype == np.uint8


@pytest.mark.parametrize("name", sorted(odd_pictures()))
def test_odd_pictures_are_painted(name: str) -> None:
    reading = read(odd_pictures()[name])
    for paint in RECIPES.values():
        painting = paint(reading, 2)
        assert painting.shape == (reading.out_height, reading.out_width, 3)


@pytest.mark.parametrize("recipe", sorted(RECIPES))
def test_larger_painting_is_the_same_painting(recipe: str) -> None:
    """At print size nothing gets finer: seen from afar both are alike."""
    small = RECIPES[recipe](read(portrait(), size=(424, 616)), 4)
    large = RECIPES[recipe](read(portrait(), size=(1252, 1819)), 4)

    def afar(picture: Picture) -> Picture:
        height, width = picture.shape[:2]
        rows, columns = height // 22, width // 15
        cut = picture[: rows * 22, : columns * 15].astype(np.float32)
        return np.asarray(cut.reshape(22, rows, 15, columns, 3).mean((1, 3)))

    chance = 32 if recipe == "picasso" else 20  # his facets fall where they like
    assert float(np.abs(afar(small) - afar(large)).mean()) < chance


@pytest.mark.parametrize("recipe", sorted(LIKENESS))
@pytest.mark.parametrize("part", [1.0, 0.66, 0.44])
def test_skin_stays_as_light_or_dark_as_it_is(recipe: str, part: float) -> None:
    reading = read(darkened(portrait(), part) if part < 1 else portrait(), size=(424, 616))
    assert abs(painted_lightness(reading, recipe) - photo_lightness(reading)) < LIKENESS[recipe]


@pytest.mark.parametrize("recipe", sorted(LIKENESS))
def test_darker_skin_is_painted_darker(recipe: str) -> None:
    readings = [read(picture, size=(424, 616)) for picture in (portrait(), darkened(portrait(), 0.44))]
    light, dark = (painted_lightness(reading, recipe) for reading in readings)
    assert dark < light - 12


@pytest.mark.parametrize("recipe", ["renoir", "vangogh"])
def test_photo_from_the_dark_is_not_painted_murky(recipe: str) -> None:
    reading = read(in_the_dark(portrait()), size=(424, 616))
    assert painted_lightness(reading, recipe) > 40


def test_even_exposure_keeps_dark_skin_dark() -> None:
    reading = read(darkened(portrait(), 0.44))
    assert 28 < face_lightness(reading.lightness, reading.faces[0]) < 52


def inner_face(reading: Reading, shape: tuple[int, int]) -> Picture:
    face, zoom = reading.faces[0], shape[1] / reading.width
    centre = (face.centre[0] * zoom, (face.y + 0.55 * face.height) * zoom)
    return ellipse_mask(shape, centre, (face.width * 0.34 * zoom, face.height * 0.42 * zoom)) > 0


def painted_lightness(reading: Reading, recipe: str) -> float:
    painting = RECIPES[recipe](reading, 3)
    return float(to_lab(painting)[..., 0][inner_face(reading, painting.shape[:2])].mean())


def photo_lightness(reading: Reading) -> float:
    return float(reading.lightness[inner_face(reading, reading.lightness.shape)].mean())
