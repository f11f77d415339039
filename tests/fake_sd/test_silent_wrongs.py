"""Everything that a server gets wrong with a 200."""

import base64

import pytest
from doubles.a1111 import a1111
from fake_sd.asking import info, paint, pictures, spread
from PIL import UnidentifiedImageError


def test_an_unknown_model_is_dropped_and_the_current_one_paints() -> None:
    with a1111() as server:
        answer = paint(server, override_settings={"sd_model_checkpoint": "nobody_has_this"})
    assert answer.status_code == 200
    assert info(answer)["sd_model_name"] == "sd_xl_base_1.0"


def test_an_unknown_sampler_becomes_the_first_of_the_list() -> None:
    with a1111() as server:
        assert info(paint(server, sampler_name="Made Up"))["sampler_name"] == "DPM++ 2M"


def test_a_missing_lora_is_ignored() -> None:
    with a1111(loras=["here"]) as server:
        assert paint(server, prompt="a <lora:here:0.8> <lora:gone:1> pear").status_code == 200
        assert (server.works[0].loras, server.works[0].lacked) == (("here",), ("gone",))


def test_a_strength_above_one_is_cut_and_unknown_fields_are_ignored() -> None:
    with a1111() as server:
        assert paint(server, denoising_strength=1.5, steps=20, magic=True).status_code == 200
        assert server.works[0].steps == 20


def test_without_send_images_there_are_none() -> None:
    with a1111() as server:
        assert paint(server, send_images=False).json()["images"] == []


@pytest.mark.parametrize(("fault", "limit"), [("black", 0), ("uniform", 3)])
def test_a_picture_can_show_nothing(fault: str, limit: int) -> None:
    with a1111(always=fault) as server:
        (painting,) = pictures(paint(server))
    assert spread(painting) <= limit


def test_a_picture_can_end_in_the_middle() -> None:
    with a1111(next_faults=["truncated"]) as server:
        answer = paint(server)
        with pytest.raises(OSError, match="truncated"):
            pictures(answer)
        assert len(pictures(paint(server))) == 1


def test_bytes_can_be_no_picture() -> None:
    with a1111(always="not-a-picture") as server, pytest.raises(UnidentifiedImageError):
        pictures(paint(server))


def test_texts_can_be_no_base64() -> None:
    with a1111(always="not-base64") as server:
        (text,) = paint(server).json()["images"]
    with pytest.raises(ValueError, match="base64"):
        base64.b64decode(text, validate=True)


def test_there_can_be_no_picture_at_all() -> None:
    with a1111(always="empty") as server:
        assert paint(server).json()["images"] == []


def test_a_picture_can_have_another_size() -> None:
    with a1111(always="wrong-size") as server:
        (painting,) = pictures(paint(server))
    assert painting.size != (64, 96)


def test_another_model_or_sampler_than_asked_for_can_have_been_used() -> None:
    asked = {"sd_model_checkpoint": "sd_xl_base_1.0"}
    with a1111(next_faults=["wrong-model", "wrong-sampler"]) as server:
        model, sampler = (info(paint(server, override_settings=asked)) for _ in range(2))
    assert (model["sd_model_name"], model["sampler_name"]) == ("another_model", "Euler a")
    assert (sampler["sd_model_name"], sampler["sampler_name"]) == ("sd_xl_base_1.0", "PLMS")
