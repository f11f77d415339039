"""When two names mean one model, LoRA or sampler."""

import pytest

from articket.domain.fleet.names import family_of, listed, same_model, same_sampler


@pytest.mark.parametrize(
    ("asked", "name", "digest"),
    [
        ("sd_xl_base_1.0", "sd_xl_base_1.0", None),
        ("sd_xl_base_1.0.safetensors [31e35c80fc]", "sd_xl_base_1.0", "31e35c80fc"),
        ("sdxl/sd_xl_base_1.0.safetensors", "sd_xl_base_1.0", None),
        ("sd_xl_base_1.0", "sdxl\\sd_xl_base_1.0.safetensors", None),
        ("renamed.safetensors [31e35c80fc]", "sd_xl_base_1.0", "31E35C80FC"),
        ("renamed.safetensors [31e35c80fc]", None, "31e35c80fcffff"),
    ],
)
def test_one_model_has_many_names(asked: str, name: str | None, digest: str | None) -> None:
    assert same_model(asked, name, digest)


@pytest.mark.parametrize(
    ("asked", "name", "digest"),
    [
        ("sd_xl_base_1.0", "sd_xl_base_0.9", None),
        ("sd_xl_base_1.0", None, "31e35c80fc"),
        ("sd_xl_base_1.0 [31e35c80fc]", "another", "0badc0ffee"),
        ("sd_xl_base_1.0", "", ""),
        ("xl", "sd_xl_base_1.0", None),
    ],
)
def test_other_models_are_other_models(asked: str, name: str | None, digest: str | None) -> None:
    assert not same_model(asked, name, digest)


def test_a_listed_name_that_is_exactly_right_comes_first() -> None:
    assert listed("b/ink", ["a/ink.safetensors", "b/ink"]) == "b/ink"
    assert listed("ink", ["a/ink.safetensors", "b/ink"]) == "a/ink.safetensors"
    assert listed("ink", ["inkwash"]) is None


@pytest.mark.parametrize(
    ("asked", "used"),
    [
        ("DPM++ 2M Karras", "DPM++ 2M"),
        ("DPM++ 2M", "DPM++ 2M Karras"),
        ("DPM++ 2M", "dpm++  2m sgm uniform"),
        ("Euler a", "Euler A"),
        ("DDIM", "DDIM"),
    ],
)
def test_a_schedule_makes_no_other_sampler(asked: str, used: str) -> None:
    assert same_sampler(asked, used)


@pytest.mark.parametrize(
    ("asked", "used"), [("DPM++ 2M", "DPM++ 2M SDE"), ("Euler", "Euler a"), ("DDIM", "PLMS")]
)
def test_other_samplers_are_other_samplers(asked: str, used: str) -> None:
    assert not same_sampler(asked, used)


@pytest.mark.parametrize(
    ("model", "family"),
    [
        ("sd_xl_base_1.0.safetensors [31e35c80fc]", "sdxl"),
        ("juggernautXL_v9", "sdxl"),
        ("ponyDiffusionV6", "sdxl"),
        ("Illustrious-v1", "sdxl"),
        ("flux1-dev", "sdxl"),
        ("v1-5-pruned-emaonly", "sd15"),
        ("xl-models/dreamshaper_8.safetensors", "sd15"),
    ],
)
def test_a_checkpoints_name_tells_its_family(model: str, family: str) -> None:
    assert family_of(model) == family
