"""The addresses an A1111 server knows, and what each of them answers."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

from articket.fake_sd import flavours
from articket.fake_sd.answers import (
    Answer,
    CrashedError,
    HttpError,
    Request,
    as_json,
    as_page,
    not_found,
)
from articket.fake_sd.behaviour import Behaviour, Fault, Flavour
from articket.fake_sd.fields import FIELDS, INTERROGATE, read_body, take
from articket.fake_sd.painting import VERSIONS, Studio, img2img
from articket.fake_sd.pictures import read_picture

API: Final = "/sdapi/v1"
IMG2IMG: Final = f"{API}/img2img"


@dataclass(frozen=True, slots=True)
class Call:
    """A request with the studio it came to and the fault it shall meet."""

    studio: Studio
    request: Request
    fault: Fault | None

    @property
    def behaviour(self) -> Behaviour:
        """Return how the server behaves."""
        return self.studio.behaviour


Handler = Callable[[Call], Answer]


def respond(call: Call) -> Answer:
    """Find the address, check who asks, and answer in one of the forty threads."""
    methods = _routes(call.behaviour).get(unquote(call.request.path))
    if methods is None:
        return not_found()
    handler = methods.get(call.request.method)
    if handler is None:
        return as_json({"detail": "Method Not Allowed"}, 405)
    flavour, auth = call.behaviour.flavour, call.behaviour.auth
    with call.studio.machine.workers.passed():
        if auth is not None and _is_guarded(call):
            sent = call.request.headers.get("authorization", "")
            if sent != "Basic " + base64.b64encode(auth.encode()).decode():
                return flavours.locked(flavour, tried=sent.startswith("Basic "))
        return _handled(handler, call)


def _handled(handler: Handler, call: Call) -> Answer:
    flavour = call.behaviour.flavour
    try:
        return handler(call)
    except HttpError as refused:
        return flavours.refusal(flavour, refused)
    except CrashedError as crashed:
        return flavours.breakdown(flavour, crashed)
    except (TypeError, ValueError, LookupError, AttributeError) as broken:
        # Values that no validator looks into break the real server in the same way.
        return flavours.breakdown(flavour, CrashedError(type(broken).__name__, str(broken)))


def _is_guarded(call: Call) -> bool:
    """Say whether the API's password is asked for; Forge tells its progress to everyone."""
    path = call.request.path
    if call.behaviour.flavour is Flavour.FORGE and path == f"{API}/progress":
        return False
    return path.startswith((API, "/controlnet"))


def _routes(behaviour: Behaviour) -> Mapping[str, Mapping[str, Handler]]:
    routes: dict[str, dict[str, Handler]] = {
        "/docs": {"GET": lambda _: as_page("FastAPI - Swagger UI")},
        "/openapi.json": {"GET": _schema},
    }
    if behaviour.webui:
        routes["/"] = {"GET": lambda _: as_page(_title(behaviour))}
        routes["/internal/ping"] = {"GET": lambda _: as_json({})}
    if behaviour.api or behaviour.flavour is Flavour.SDNEXT:
        routes |= {f"{API}/{name}": methods for name, methods in _API.items()}
        if behaviour.flavour is Flavour.FORGE:
            routes[f"{API}/sd-modules"] = {"GET": lambda _: as_json([])}
        if behaviour.flavour is Flavour.SDNEXT:
            routes[f"{API}/version"] = {"GET": _version}
    if behaviour.api and behaviour.controlnets is not None:
        routes["/controlnet/version"] = {"GET": lambda _: as_json({"version": 2})}
        routes["/controlnet/model_list"] = {"GET": _controlnet_models}
        routes["/controlnet/module_list"] = {"GET": lambda _: as_json({"module_list": ["none", "canny"]})}
    return routes


def _title(behaviour: Behaviour) -> str:
    return "SD.Next" if behaviour.flavour is Flavour.SDNEXT else "Stable Diffusion"


def _schema(call: Call) -> Answer:
    paths = {
        path: {
            method.lower(): {"responses": {"200": {"description": "Successful Response"}}}
            for method in methods
        }
        for path, methods in _routes(call.behaviour).items()
        if path not in {"/docs", "/openapi.json"}
    }
    return as_json({"openapi": "3.0.2", "info": {"title": "FastAPI", "version": "0.1.0"}, "paths": paths})


def _paint(call: Call) -> Answer:
    fields = _taken(call, FIELDS)
    try:
        return img2img(call.studio, fields, call.fault)
    except CrashedError as crashed:
        if call.behaviour.flavour is Flavour.SDNEXT and crashed.error == "OutOfMemoryError":
            return as_json({"images": [], "parameters": {**fields, "init_images": None}, "info": "{}"})
        raise


def _interrogate(call: Call) -> Answer:
    fields = _taken(call, INTERROGATE)
    if fields["image"] is None:
        raise HttpError(404, "Image not found")
    read_picture(fields["image"])
    machine, behaviour = call.studio.machine, call.behaviour
    with machine.lock.passed():
        if fields["model"] not in {"clip", "deepdanbooru"}:
            raise HttpError(404, "Model not found")
        with machine.job("interrogate", behaviour.caption_s, 0) as job:
            machine.finish(job)
    # The server catches whatever goes wrong here and lets the caption end with this word.
    return as_json({"caption": "<error>" if behaviour.caption_fails else behaviour.caption})


def _taken(call: Call, fields: Mapping[str, tuple[str, Any]]) -> dict[str, Any]:
    pydantic = flavours.PYDANTIC[call.behaviour.flavour]
    kind = call.request.headers.get("content-type", "")
    return take(read_body(call.request.body, kind, pydantic=pydantic), fields, pydantic=pydantic)


def _interrupt(call: Call) -> Answer:
    call.studio.machine.interrupt()
    return as_json({})


def _progress(call: Call) -> Answer:
    told = call.studio.machine.progress()
    return as_json({**told, "current_task": None} if call.behaviour.flavour is Flavour.FORGE else told)


def _models(call: Call) -> Answer:
    return as_json(
        [
            {
                "title": each.title,
                "model_name": each.name,
                "hash": each.short_hash,
                "sha256": None,
                "filename": f"/models/Stable-diffusion/{each.name}.safetensors",
                "config": None,
            }
            for each in call.behaviour.models
        ]
    )


def _loras(call: Call) -> Answer:
    return as_json(
        [
            {"name": name, "alias": name, "path": f"/models/Lora/{name}.safetensors", "metadata": {}}
            for name in call.behaviour.loras
        ]
    )


def _samplers(call: Call) -> Answer:
    return as_json(
        [
            {"name": name, "aliases": [f"k_{name.lower().replace(' ', '_')}"], "options": {}}
            for name in call.behaviour.samplers
        ]
    )


def _schedulers(_: Call) -> Answer:
    names = ("Automatic", "Uniform", "Karras", "Exponential", "SGM Uniform")
    return as_json(
        [{"name": each.lower().replace(" ", "_"), "label": each, "aliases": None} for each in names]
    )


def _scripts(call: Call) -> Answer:
    always = ["refiner", "seed"] + (["controlnet"] if call.behaviour.controlnets is not None else [])
    return as_json(
        {"txt2img": ["x/y/z plot", *always], "img2img": ["loopback", "sd upscale", "x/y/z plot", *always]}
    )


def _options(call: Call) -> Answer:
    chosen = call.studio.machine.chosen
    told: dict[str, Any] = {
        "samples_format": "png",
        "sd_model_checkpoint": chosen.title,
        "sd_checkpoint_hash": None,
        "sd_vae": "Automatic",
        "CLIP_stop_at_last_layers": 1,
    }
    if call.behaviour.flavour is Flavour.FORGE:
        told |= {"forge_preset": "xl", "forge_inference_memory": 1024, "forge_additional_modules": []}
    return as_json(told)


def _flags(call: Call) -> Answer:
    told: dict[str, Any] = {"api": True, "nowebui": not call.behaviour.webui}
    if call.behaviour.flavour in {Flavour.FORGE, Flavour.REFORGE}:
        told["forge_ref_a1111_home"] = None
    return as_json(told)


def _set_options(call: Call) -> Answer:
    try:
        wanted = json.loads(call.request.body)
    except json.JSONDecodeError as broken:
        raise CrashedError("JSONDecodeError", str(broken)) from broken
    known = json.loads(_options(call).body)
    for name, value in wanted.items():
        if name not in known:
            raise CrashedError("KeyError", repr(name))
        if name == "sd_model_checkpoint":
            model = next((each for each in call.behaviour.models if value in each.aliases), None)
            if model is None:
                raise CrashedError("RuntimeError", f"model {value!r} not found")
            call.studio.machine.chosen = model
    return as_json(None)


def _version(_: Call) -> Answer:
    return as_json({"app": "sd.next", "version": VERSIONS[Flavour.SDNEXT], "branch": "master"})


def _controlnet_models(call: Call) -> Answer:
    return as_json({"model_list": list(call.behaviour.controlnets or ())})


_API: Final[Mapping[str, dict[str, Handler]]] = {
    "img2img": {"POST": _paint},
    "interrogate": {"POST": _interrogate},
    "interrupt": {"POST": _interrupt},
    "progress": {"GET": _progress},
    "memory": {"GET": lambda call: as_json(call.studio.machine.memory())},
    "options": {"GET": _options, "POST": _set_options},
    "sd-models": {"GET": _models},
    "loras": {"GET": _loras},
    "samplers": {"GET": _samplers},
    "schedulers": {"GET": _schedulers},
    "scripts": {"GET": _scripts},
    "cmd-flags": {"GET": _flags},
}
