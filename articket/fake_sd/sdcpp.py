"""stable-diffusion.cpp's own server: few addresses, other errors, LoRAs by path."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from articket.fake_sd.answers import Answer, CrashedError, HttpError, Request, as_json
from articket.fake_sd.behaviour import Behaviour, Fault
from articket.fake_sd.fields import FIELDS, take
from articket.fake_sd.painting import Studio, img2img
from articket.fake_sd.pictures import read_picture

IMG2IMG: Final = "/sdapi/v1/img2img"
NOWHERE: Final = Answer(404, b"", "text/plain")


def respond(studio: Studio, request: Request, fault: Fault | None) -> Answer:
    """Answer as it does: no password, no progress, no memory, nothing at addresses it does not know."""
    if (request.method, request.path) == ("POST", IMG2IMG):
        return _paint(studio, request, fault)
    told = _LISTS.get(request.path)
    if request.method != "GET" or told is None:
        return NOWHERE
    return told(studio.behaviour)


def _paint(studio: Studio, request: Request, fault: Fault | None) -> Answer:
    try:
        asked = json.loads(request.body)
        _check(asked)
        fields = take({**asked, "init_images": _readable(asked)}, FIELDS, pydantic=2)
        done = json.loads(img2img(studio, fields, fault).body)
    except _RefusedError as refused:
        return as_json({"error": str(refused)}, 400)
    except (CrashedError, HttpError, json.JSONDecodeError) as crashed:
        return as_json({"error": "server_error", "message": str(crashed)}, 500)
    info = {**json.loads(done["info"]), "version": "stable-diffusion.cpp"}
    return as_json({"images": done["images"], "parameters": asked, "info": json.dumps(info)})


class _RefusedError(Exception):
    """What it says no to."""


def _check(asked: Any) -> None:
    if not isinstance(asked, dict):
        raise CrashedError("type_error", "cannot use value() with a list")
    if not asked.get("prompt"):
        raise _RefusedError("prompt required")
    if asked.get("width", 512) in {0, None} or asked.get("height", 512) in {0, None}:
        raise _RefusedError("width and height must be positive")


def _readable(asked: Mapping[str, Any]) -> list[str]:
    """Return the pictures it can read; one it cannot is as if it had not been sent."""
    grey = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
    readable = []
    for sent in asked.get("init_images") or []:
        try:
            read_picture(sent)
        except HttpError:
            continue
        readable.append(sent)
    return readable or [grey]


def _models(behaviour: Behaviour) -> Answer:
    model = behaviour.models[0]
    return as_json(
        [
            {
                "title": model.name,
                "model_name": model.name,
                "filename": f"{model.name}.safetensors",
                "hash": "8888888888",
            }
        ]
    )


def _loras(behaviour: Behaviour) -> Answer:
    return as_json([{"name": name, "path": f"{name}.safetensors"} for name in behaviour.loras])


def _samplers(_: Behaviour) -> Answer:
    return as_json(
        [{"name": name, "aliases": [name], "options": {}} for name in ("euler_a", "euler", "dpm++2m", "lcm")]
    )


def _options(behaviour: Behaviour) -> Answer:
    return as_json({"samples_format": "png", "sd_model_checkpoint": behaviour.models[0].name})


_LISTS: Final[Mapping[str, Callable[[Behaviour], Answer]]] = {
    "/": lambda _: Answer(200, b"Stable Diffusion Server is running", "text/plain"),
    "/sdapi/v1/sd-models": _models,
    "/sdapi/v1/loras": _loras,
    "/sdapi/v1/samplers": _samplers,
    "/sdapi/v1/schedulers": lambda _: as_json([{"name": "discrete", "label": "discrete"}]),
    "/sdapi/v1/options": _options,
    "/v1/models": lambda _: as_json(
        {"data": [{"id": "sd-cpp-local", "object": "model", "owned_by": "local"}]}
    ),
}
