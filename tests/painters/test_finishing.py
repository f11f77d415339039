"""From what a server sent to a painting."""

from io import BytesIO

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from painters.pictures import Picture, picture_of
from PIL import Image

from articket.adapters.painters.finishing import LIMIT_PIXELS, enlarge, finish_picture
from articket.adapters.painters.laptop import LaptopPainter
from articket.adapters.painters.pool import PaintPool
from articket.domain.faults import PainterFaultTransient

PRINT = (1819, 1252, 3)


def sent(picture: Picture, kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.fromarray(picture).save(out, kind)
    return out.getvalue()


def canvas(size: tuple[int, int]) -> Picture:
    """A picture with shapes in every corner, whose middle has a red cross."""
    wide, high = size
    picture = np.full((high, wide, 3), (30, 60, 140), np.uint8)
    picture[: high // 2, : wide // 2] = (220, 200, 90)
    picture[high // 2 :, wide // 2 :] = (240, 240, 230)
    picture[high // 2 - 12 : high // 2 + 12] = picture[:, wide // 2 - 12 : wide // 2 + 12] = (200, 0, 0)
    return picture


def broken(data: bytes) -> str:
    with pytest.raises(PainterFaultTransient) as told:
        finish_picture(data)
    assert told.value.code == "painter-answer-broken"
    return told.value.sentence


@pytest.mark.parametrize(
    ("size", "kept", "kind"),
    [
        ((832, 1216), 832, "PNG"),
        ((832, 1216), 832, "JPEG"),
        ((832, 1216), 832, "WEBP"),
        ((512, 768), 512, "PNG"),
        ((624, 912), 624, "PNG"),
        ((1024, 1024), 705, "PNG"),
        ((1252, 1819), 1252, "PNG"),
        ((1664, 2432), 1664, "PNG"),
    ],
)
def test_a_picture_becomes_a_print_of_the_ticket_s_shape_and_says_what_was_kept(
    size: tuple[int, int], kept: int, kind: str
) -> None:
    finished = finish_picture(sent(canvas(size), kind))
    assert finished.pixels_wide == kept
    picture = picture_of(finished.print)
    assert picture.shape == PRINT
    assert np.abs(picture[909, 626].astype(int) - (200, 0, 0)).max() < 16, "what was in the middle still is"
    assert picture_of(finished.large).shape == (1232, 848, 3)
    assert picture_of(finished.small).shape == (436, 300, 3)
    assert picture_of(finished.veil).shape == (93, 64, 3)


def test_the_print_says_300_dpi_and_keeps_all_colour() -> None:
    with Image.open(BytesIO(finish_picture(sent(canvas((832, 1216)))).print)) as image:
        assert image.info["dpi"] == (300, 300)
        assert {(each[1], each[2]) for each in image.layer} == {(1, 1)}  # type: ignore[attr-defined]


def test_nothing_gets_brighter_or_darker_than_its_neighbourhood_was(astronaut: Picture) -> None:
    two_pixels_as_sent = np.ones((13, 13), np.uint8)
    for picture in (canvas((512, 744)), cv2.resize(astronaut[:, :352], (512, 744))):
        big = enlarge(picture)
        before = np.asarray(Image.fromarray(picture).resize(PRINT[1::-1], Image.Resampling.NEAREST))
        assert (big <= cv2.dilate(before, two_pixels_as_sent)).all()
        assert (big >= cv2.erode(before, two_pixels_as_sent)).all()


def test_edges_are_steeper_than_merely_enlarged_ones(astronaut: Picture) -> None:
    picture = cv2.resize(astronaut[:, :352], (512, 744))
    merely = np.asarray(Image.fromarray(picture).resize(PRINT[1::-1], Image.Resampling.LANCZOS))
    sharp, smooth = (
        (np.diff(each.astype(np.float32), axis=1) ** 2).mean() for each in (enlarge(picture), merely)
    )
    assert sharp > 1.1 * smooth


def test_a_picture_larger_than_the_print_is_only_made_smaller(astronaut: Picture) -> None:
    large = cv2.resize(astronaut[:, :352], (1760, 2557), interpolation=cv2.INTER_CUBIC)
    smaller = np.asarray(Image.fromarray(large).resize(PRINT[1::-1], Image.Resampling.LANCZOS))
    assert (enlarge(large) == smaller).all()


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (3, 2, 5), (128, 128, 128), (200, 20, 20)])
def test_a_picture_of_one_colour_is_refused_even_with_noise_on_it(colour: tuple[int, int, int]) -> None:
    flat = np.full((1216, 832, 3), colour, np.uint8)
    assert "one single colour" in broken(sent(flat))
    noise = np.random.default_rng(1).normal(0, 8, flat.shape)
    assert "one single colour" in broken(sent(np.clip(flat + noise, 0, 255).astype(np.uint8)))


def test_a_dark_picture_with_something_on_it_is_kept(astronaut: Picture) -> None:
    dark = cv2.resize((astronaut[:, :352] * 0.15).astype(np.uint8), (832, 1209))
    assert picture_of(finish_picture(sent(dark)).print).max() > 20


def test_grey_transparent_and_indexed_pictures_are_finished() -> None:
    colours = Image.fromarray(canvas((832, 1216)))
    for mode in ("L", "RGBA", "P", "LA"):
        out = BytesIO()
        colours.convert(mode).save(out, "PNG")
        assert picture_of(finish_picture(out.getvalue()).print).shape == PRINT


def test_what_is_no_picture_is_refused() -> None:
    gif, whole = sent(canvas((832, 1216)), "GIF"), sent(canvas((832, 1216)))
    for data in (b"", b"<html>502</html>", b'{"images": []}', gif, whole[:200], whole[: len(whole) // 2]):
        assert broken(data)
    assert "px wide" in broken(sent(canvas((64, 93))))


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_does() -> None:
    side = int(LIMIT_PIXELS**0.5) + 8
    for each in (side, 4 * side):
        out = BytesIO()
        Image.new("1", (each, each)).save(out, "PNG")
        assert len(out.getvalue()) < 200_000
        assert broken(out.getvalue())


@settings(max_examples=40)
@given(st.sampled_from(["PNG", "JPEG", "WEBP"]), st.integers(0, 10**6), st.binary(min_size=1, max_size=8))
def test_damaged_bytes_become_a_painting_or_a_broken_answer_and_nothing_else(
    kind: str, place: int, damage: bytes
) -> None:
    whole = sent(canvas((144, 208)), kind)
    at = place % len(whole)
    try:
        finished = finish_picture(whole[:at] + damage + whole[at + len(damage) :])
    except PainterFaultTransient:
        return
    assert picture_of(finished.print).shape == PRINT


def test_the_pool_finishes_and_hands_on_the_fault(pool: PaintPool) -> None:
    laptop = LaptopPainter(pool)
    picture = sent(canvas((512, 768)))
    assert laptop.finish(picture) == finish_picture(picture)
    with pytest.raises(PainterFaultTransient) as told:
        laptop.finish(b"broken")
    assert told.value.code == "painter-answer-broken"
    assert laptop.finish(picture).pixels_wide == 512, "the pool goes on"
