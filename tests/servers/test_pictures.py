"""Which bytes of a server count as a painting."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from articket.adapters.servers.pictures import from_base64, to_base64, verified_size
from articket.domain.faults import PainterFaultTransient

SIZE = (160, 240)


def picture(kind: str = "PNG", size: tuple[int, int] = SIZE) -> bytes:
    across = np.linspace(20, 220, size[0], dtype=np.uint8)
    return encoded(np.broadcast_to(across[None, :, None], (size[1], size[0], 3)).copy(), kind)


def uniform(colour: tuple[int, int, int], noise: int = 0) -> bytes:
    chance = np.random.default_rng(7).integers(-noise, noise + 1, (SIZE[1], SIZE[0], 3))
    return encoded(np.clip(np.array(colour) + chance, 0, 255).astype(np.uint8))


def encoded(pixels: np.ndarray, kind: str = "PNG") -> bytes:
    file = BytesIO()
    Image.fromarray(pixels).save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_whole_picture_of_the_asked_size_passes(kind: str) -> None:
    assert verified_size(picture(kind), SIZE) == SIZE


def test_without_a_wish_any_size_passes() -> None:
    assert verified_size(picture(size=(96, 64))) == (96, 64)


def test_a_small_subject_on_white_is_a_picture() -> None:
    pixels = np.full((SIZE[1], SIZE[0], 3), 255, np.uint8)
    pixels[100:130, 60:90] = (90, 40, 20)
    assert verified_size(encoded(pixels), SIZE) == SIZE


BROKEN = {
    "empty": b"",
    "text": b"<html>504</html>",
    "half": picture()[: len(picture()) // 2],
    "half-jpeg": picture("JPEG")[:400],
    "gif": picture("GIF"),
    "smaller": picture(size=(152, 240)),
    "turned": picture(size=(240, 160)),
    "black": uniform((0, 0, 0)),
    "black-with-noise": uniform((3, 3, 3), noise=3),
    "grey": uniform((127, 127, 127)),
    "brown-with-noise": uniform((120, 90, 60), noise=25),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_is_no_painting_is_a_broken_answer(name: str) -> None:
    with pytest.raises(PainterFaultTransient) as fault:
        verified_size(BROKEN[name], SIZE)
    assert fault.value.code == "painter-answer-broken"


def test_a_black_picture_is_called_black() -> None:
    with pytest.raises(PainterFaultTransient, match="black"):
        verified_size(BROKEN["black"], SIZE)


def test_a_picture_of_far_too_many_pixels_is_not_unpacked() -> None:
    bomb = encoded(np.zeros((6000, 6000), np.uint8))
    with pytest.raises(PainterFaultTransient, match="too large"):
        verified_size(bomb)


@pytest.mark.parametrize("start", ["", "data:image/png;base64,"])
def test_a_picture_survives_its_packing(start: str) -> None:
    assert from_base64(start + to_base64(picture())) == picture()


@pytest.mark.parametrize("text", [None, 7, ["x"], "not base64!", "AAA"])
def test_what_cannot_be_unpacked_is_a_broken_answer(text: object) -> None:
    with pytest.raises(PainterFaultTransient) as fault:
        from_base64(text)
    assert fault.value.code == "painter-answer-broken"
