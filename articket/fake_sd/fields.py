"""The fields of a request for a painting: their types, defaults, and how values of other types are taken."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from articket.fake_sd.answers import InvalidError

_TEXTS: Final = (
    ("prompt", ""), ("negative_prompt", ""), ("sampler_name", None), ("scheduler", None),
    ("sampler_index", "Euler"), ("refiner_checkpoint", None), ("firstpass_image", None), ("mask", None),
    ("latent_mask", None), ("force_task_id", None), ("script_name", None), ("infotext", None),
)  # fmt: skip
_WHOLES: Final = (
    ("seed", -1), ("subseed", -1), ("seed_resize_from_h", -1), ("seed_resize_from_w", -1),
    ("batch_size", 1), ("n_iter", 1), ("steps", 50), ("width", 512), ("height", 512), ("resize_mode", 0),
    ("mask_blur", None), ("mask_blur_x", 4), ("mask_blur_y", 4), ("inpainting_fill", 0),
    ("inpaint_full_res_padding", 0), ("inpainting_mask_invert", 0),
)  # fmt: skip
_NUMBERS: Final = (
    ("cfg_scale", 7.0), ("denoising_strength", 0.75), ("subseed_strength", 0), ("eta", None),
    ("s_min_uncond", None), ("s_churn", None), ("s_tmax", None), ("s_tmin", None), ("s_noise", None),
    ("refiner_switch_at", None), ("image_cfg_scale", None), ("initial_noise_multiplier", None),
)  # fmt: skip
_SWITCHES: Final = (
    ("restore_faces", None), ("tiling", None), ("do_not_save_samples", False), ("do_not_save_grid", False),
    ("disable_extra_networks", False), ("override_settings_restore_afterwards", True), ("mask_round", True),
    ("inpaint_full_res", True), ("include_init_images", False), ("send_images", True),
    ("save_images", False),
)  # fmt: skip
_LISTS: Final = (("styles", None), ("init_images", None), ("script_args", ()))
_TABLES: Final = (("override_settings", None), ("comments", None), ("alwayson_scripts", None))

Kind = str
FIELDS: Final[Mapping[str, tuple[Kind, Any]]] = MappingProxyType(
    {
        name: (kind, default)
        for kind, group in (
            ("str", _TEXTS),
            ("int", _WHOLES),
            ("float", _NUMBERS),
            ("bool", _SWITCHES),
            ("list", _LISTS),
            ("dict", _TABLES),
        )
        for name, default in group
    }
)
INTERROGATE: Final[Mapping[str, tuple[Kind, Any]]] = MappingProxyType(
    {"image": ("str", None), "model": ("str", "clip")}
)
_BOOLEANS: Final = {
    **dict.fromkeys(("1", "on", "t", "true", "y", "yes"), True),
    **dict.fromkeys(("0", "off", "f", "false", "n", "no"), False),
}


class _UnfitError(Exception):
    """A value that the field cannot take: type and message as the validator says them."""


def read_body(body: bytes, content_type: str, *, pydantic: int) -> dict[str, Any]:
    """Return a body's JSON object; InvalidError where it is none."""
    if not body:
        raise InvalidError([_said(["body"], *MISSING[pydantic], None, pydantic)])
    if "json" not in content_type:
        raise InvalidError(
            [_said(["body"], *UNFIT[pydantic]["dict"], body.decode(errors="replace"), pydantic)]
        )
    try:
        value = json.loads(body)
    except json.JSONDecodeError as broken:
        where: list[str | int] = ["body", broken.pos]
        if pydantic == 1:
            raise InvalidError(
                [{"loc": where, "msg": str(broken), "type": "value_error.jsondecode"}]
            ) from broken
        said = {"type": "json_invalid", "loc": where, "msg": "JSON decode error", "input": {}}
        raise InvalidError([{**said, "ctx": {"error": broken.msg}}]) from broken
    if not isinstance(value, dict):
        raise InvalidError([_said(["body"], *UNFIT[pydantic]["dict"], value, pydantic)])
    return value


def take(
    given: Mapping[str, Any], fields: Mapping[str, tuple[Kind, Any]], *, pydantic: int
) -> dict[str, Any]:
    """Return every field with its value or default; unknown ones are ignored, null is taken everywhere."""
    taken: dict[str, Any] = {}
    unfit = []
    coerce = _COERCE[pydantic]
    for name, (kind, default) in fields.items():
        value = given.get(name, default)
        try:
            taken[name] = list(value) if value == () else None if value is None else coerce[kind](value)
        except _UnfitError as broken:
            kind_of_fault, message = broken.args
            unfit.append(_said(["body", name], kind_of_fault, message, value, pydantic))
    if unfit:
        raise InvalidError(unfit)
    return taken


def _said(where: list[str | int], kind: str, message: str, value: Any, pydantic: int) -> dict[str, Any]:
    if pydantic == 1:
        return {"loc": where, "msg": message, "type": kind}
    return {"type": kind, "loc": where, "msg": message, "input": value}


MISSING: Final = {1: ("value_error.missing", "field required"), 2: ("missing", "Field required")}
UNFIT: Final = {
    1: {
        "str": ("type_error.str", "str type expected"),
        "int": ("type_error.integer", "value is not a valid integer"),
        "float": ("type_error.float", "value is not a valid float"),
        "bool": ("type_error.bool", "value could not be parsed to a boolean"),
        "list": ("type_error.list", "value is not a valid list"),
        "dict": ("type_error.dict", "value is not a valid dict"),
    },
    2: {
        "str": ("string_type", "Input should be a valid string"),
        "int": ("int_type", "Input should be a valid integer"),
        "float": ("float_type", "Input should be a valid number"),
        "bool": ("bool_type", "Input should be a valid boolean"),
        "list": ("list_type", "Input should be a valid list"),
        "dict": ("dict_type", "Input should be a valid dictionary"),
    },
}
_UNREADABLE: Final = {
    "int": ("int_parsing", "Input should be a valid integer, unable to parse string as an integer"),
    "float": ("float_parsing", "Input should be a valid number, unable to parse string as a number"),
    "bool": ("bool_parsing", "Input should be a valid boolean, unable to interpret input"),
}
_FRACTION: Final = ("int_from_float", "Input should be a valid integer, got a number with a fractional part")


def _old_text(value: Any) -> str:
    if isinstance(value, str | int | float):
        return str(value)
    raise _UnfitError(*UNFIT[1]["str"])


def _old_number(kind: type[int] | type[float]) -> Callable[[Any], int | float]:
    """Pydantic 1 calls Python's own int and float, which cut 20.5 down to 20."""

    def number(value: Any) -> int | float:
        try:
            return kind(value)
        except (TypeError, ValueError, OverflowError) as broken:
            raise _UnfitError(*UNFIT[1][kind.__name__]) from broken

    return number


def _old_switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).lower() if isinstance(value, str | int) else ""
    if word in _BOOLEANS:
        return _BOOLEANS[word]
    raise _UnfitError(*UNFIT[1]["bool"])


def _new_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise _UnfitError(*UNFIT[2]["str"])


def _new_number(kind: type[int] | type[float]) -> Callable[[Any], int | float]:
    def number(value: Any) -> int | float:
        if not isinstance(value, str | int | float):
            raise _UnfitError(*UNFIT[2][kind.__name__])
        try:
            exact = float(value)
            if kind is int and exact != int(exact):
                raise _UnfitError(*(_UNREADABLE["int"] if isinstance(value, str) else _FRACTION))
            return int(value) if kind is int and not isinstance(value, str) else kind(exact)
        except (ValueError, OverflowError) as broken:
            raise _UnfitError(*_UNREADABLE[kind.__name__]) from broken

    return number


def _new_switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if not isinstance(value, str | int | float):
        raise _UnfitError(*UNFIT[2]["bool"])
    word = str(int(value)) if value in {0, 1} else str(value).lower()
    if word in _BOOLEANS:
        return _BOOLEANS[word]
    raise _UnfitError(*_UNREADABLE["bool"])


def _exactly(kind: type[list[Any]] | type[dict[str, Any]], pydantic: int) -> Callable[[Any], Any]:
    def same(value: Any) -> Any:
        if isinstance(value, kind):
            return value
        raise _UnfitError(*UNFIT[pydantic][kind.__name__])

    return same


_COERCE: Final[Mapping[int, Mapping[Kind, Callable[[Any], Any]]]] = {
    1: {
        "str": _old_text,
        "int": _old_number(int),
        "float": _old_number(float),
        "bool": _old_switch,
        "list": _exactly(list, 1),
        "dict": _exactly(dict, 1),
    },
    2: {
        "str": _new_text,
        "int": _new_number(int),
        "float": _new_number(float),
        "bool": _new_switch,
        "list": _exactly(list, 2),
        "dict": _exactly(dict, 2),
    },
}
