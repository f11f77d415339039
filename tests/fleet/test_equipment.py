"""What a server is known to lack for the styles."""

from dataclasses import replace

from doubles.experiences import style

from articket.domain.experience import ControlNet, Lora, Parameters, Style
from articket.domain.fleet.equipment import Lack, lacks
from articket.domain.fleet.server import Looked

XL = Parameters("DPM++ 2M", "Karras", 30, 6.5, 0.6, 832, 1216, checkpoint="dreamshaperXL")
CANNY = ControlNet("canny", "diffusers_xl_canny_full", 0.5)
STYLE = replace(
    style("sea", "sky", "sun"),
    loras=(Lora("waves-xl", 0.8, "sdxl"), Lora("waves-15", 0.8, "sd15")),
    parameters={"sdxl": replace(XL, controlnet=CANNY)},
)
EVERYTHING = Looked(
    "A1111",
    models=("xl/dreamshaperXL.safetensors [4496b36d48]",),
    loras=("Waves-XL",),
    samplers=("DPM++ 2M Karras",),
    controlnets=("diffusers_xl_canny_full [2b69fca4]",),
)


def found(looked: Looked, *styles: Style) -> list[Lack]:
    return list(lacks(looked, styles or (STYLE,), "sdxl"))


def test_nothing_is_lacking_in_whatever_way_the_server_writes_it() -> None:
    assert found(EVERYTHING) == []


def test_each_thing_is_named_once_for_the_family_that_the_server_paints_with() -> None:
    empty = Looked("A1111", models=(), loras=(), samplers=(), controlnets=())
    assert found(empty, STYLE, STYLE) == [
        Lack("checkpoint", "dreamshaperXL"),
        Lack("lora", "waves-xl"),
        Lack("sampler", "DPM++ 2M"),
        Lack("controlnet", "diffusers_xl_canny_full"),
    ]


def test_nothing_is_known_to_be_lacking_without_a_list() -> None:
    assert found(Looked("A1111")) == []


def test_a_style_without_parameters_for_the_family_asks_for_its_loras_only() -> None:
    assert found(replace(EVERYTHING, loras=()), replace(STYLE, parameters={})) == [Lack("lora", "waves-xl")]


def test_a_preprocessor_that_works_alone_needs_any_controlnet() -> None:
    alone = replace(
        STYLE, parameters={"sdxl": replace(XL, controlnet=ControlNet("reference_only", "None", 0.5))}
    )
    assert found(EVERYTHING, alone) == []
    assert found(replace(EVERYTHING, controlnets=()), alone) == [Lack("controlnet", "None")]
