"""ComfyUI's routes, as of 0.3.64."""

import json
import mimetypes
import uuid
from collections.abc import Callable
from typing import Any

from doubles.comfyui_parts.machine import Machine
from doubles.comfyui_parts.nodes import NODES, Input
from werkzeug import Request, Response

FOLDERS = ("input", "output", "temp")
Route = Callable[[Machine, Request, str], Response]


def answer(machine: Machine, request: Request) -> Response:
    """Answer; every route is there below /api as well."""
    path = request.path.removeprefix("/api")
    first, _, rest = path.removeprefix("/").partition("/")
    found = ROUTES.get((request.method, f"{first}/*" if rest and first != "upload" else path.lstrip("/")))
    if found:
        return found(machine, request, rest)
    if any(known == path.lstrip("/") for _, known in ROUTES):
        return Response("405: Method Not Allowed", 405, content_type="text/plain; charset=utf-8")
    return Response("404: Not Found", 404, content_type="text/plain; charset=utf-8")


def _json(body: object, status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json; charset=utf-8")


def _page(*_: object) -> Response:
    return Response("<!DOCTYPE html><title>ComfyUI</title>", content_type="text/html")


def _stats(machine: Machine, *_: object) -> Response:
    is_ = machine.behaviour
    free, total = is_.memory
    system: dict[str, Any] = {
        "os": "posix",
        "ram_total": 2**36,
        "ram_free": 2**35,
        "comfyui_version": is_.version,
    }
    device = {
        "name": is_.gpu,
        "type": "cuda",
        "index": 0,
        "vram_total": total,
        "vram_free": free,
        "torch_vram_total": total // 2,
        "torch_vram_free": free // 2,
    }
    return _json({"system": system, "devices": [device]})


def _node_info(machine: Machine, _: Request, name: str) -> Response:
    if name not in NODES:
        return _json({})
    node = NODES[name]
    required = {key: _input_info(machine, wanted) for key, wanted in node.inputs.items()}
    return _json(
        {
            name: {
                "input": {"required": required},
                "input_order": {"required": list(required)},
                "output": node.outputs,
                "name": name,
                "output_node": node.is_output,
            }
        }
    )


def _input_info(machine: Machine, wanted: Input) -> list[Any]:
    if wanted.kind == "UPLOAD":
        return [sorted(name for kind, _, name in machine.files if kind == "input"), {"image_upload": True}]
    if not wanted.choices:
        return [wanted.kind]
    choices = list(wanted.choices(machine.behaviour))
    return ["COMBO", {"options": choices}] if machine.behaviour.new_lists else [choices, {"tooltip": ""}]


def _upload(machine: Machine, request: Request, _: str) -> Response:
    image = request.files.get("image")
    kind = request.form.get("type", "input")
    folder = request.form.get("subfolder", "")
    if not image or not image.filename or kind not in FOLDERS or ".." in folder or folder.startswith("/"):
        return Response(status=400)
    overwrite = request.form.get("overwrite") in {"true", "1"}
    kind, folder, name = machine.upload((kind, folder, image.filename), image.read(), overwrite=overwrite)
    return _json({"name": name, "subfolder": folder, "type": kind})


def _view(machine: Machine, request: Request, _: str) -> Response:
    name = request.args.get("filename", "")
    if not name:
        return Response(status=404)
    if name.startswith("/") or ".." in name:
        return Response(status=400)
    data = machine.files.get((request.args.get("type", "output"), request.args.get("subfolder", ""), name))
    if data is None:
        return Response(status=404)
    return Response(data, content_type=mimetypes.guess_type(name)[0] or "application/octet-stream")


def _order(machine: Machine, request: Request, _: str) -> Response:
    body = request.get_json()
    if "prompt" not in body:
        wrong = {"type": "no_prompt", "message": "No prompt provided", "details": "", "extra_info": {}}
        return _json({"error": wrong, "node_errors": {}}, 400)
    checked = machine.validate(body["prompt"])
    if checked.error:
        return _json({"error": checked.error, "node_errors": checked.node_errors}, 400)
    prompt_id = str(body.get("prompt_id") or uuid.uuid4())
    work = machine.put(prompt_id, body["prompt"], checked.good, {"client_id": body.get("client_id")})
    node_errors = checked.node_errors
    if machine.behaviour.complains:
        node_errors = {"9": {"errors": [], "dependent_outputs": ["99"], "class_type": "KSampler"}}
    return _json({"prompt_id": prompt_id, "number": work.number, "node_errors": node_errors})


def _left(machine: Machine, *_: object) -> Response:
    left = len(machine.in_state("waiting", "running"))
    return _json({"exec_info": {"queue_remaining": left}})


def _queue(machine: Machine, *_: object) -> Response:
    with machine.changed:
        running, waiting = machine.in_state("running"), machine.in_state("waiting")
        told = {
            "queue_running": [work.item for work in running],
            "queue_pending": [work.item for work in waiting],
        }
    return _json(told)


def _change_queue(machine: Machine, request: Request, _: str) -> Response:
    body = request.get_json()
    gone = [work.prompt_id for work in machine.in_state("waiting")] if body.get("clear") else []
    for prompt_id in [*gone, *body.get("delete", [])]:
        machine.remove(prompt_id)
    return Response(status=200)


def _interrupt(machine: Machine, request: Request, _: str) -> Response:
    body = request.get_json(silent=True) or {}
    machine.interrupt(body.get("prompt_id") if machine.behaviour.targets_interrupts else None)
    return Response(status=200)


def _history(machine: Machine, *_: object) -> Response:
    with machine.changed:
        return _json(machine.history)


def _past(machine: Machine, _: Request, prompt_id: str) -> Response:
    with machine.changed:
        return _json({key: entry for key, entry in machine.history.items() if key == prompt_id})


def _change_history(machine: Machine, request: Request, _: str) -> Response:
    body = request.get_json()
    with machine.changed:
        for prompt_id in list(machine.history) if body.get("clear") else body.get("delete", []):
            machine.history.pop(prompt_id, None)
        machine.changed.notify_all()
    return Response(status=200)


ROUTES: dict[tuple[str, str], Route] = {
    ("GET", ""): _page,
    ("GET", "system_stats"): _stats,
    ("GET", "object_info/*"): _node_info,
    ("POST", "upload/image"): _upload,
    ("GET", "view"): _view,
    ("GET", "prompt"): _left,
    ("POST", "prompt"): _order,
    ("GET", "queue"): _queue,
    ("POST", "queue"): _change_queue,
    ("POST", "interrupt"): _interrupt,
    ("GET", "history"): _history,
    ("GET", "history/*"): _past,
    ("POST", "history"): _change_history,
}
