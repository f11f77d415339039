"""One request for a painting, from its fields to the answer, as the server's own code goes through it."""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from PIL import Image

from articket.fake_sd.answers import Answer, CrashedError, HttpError, as_json
from articket.fake_sd.behaviour import Behaviour, Checkpoint, Fault, Flavour
from articket.fake_sd.machine import Job, Machine
from articket.fake_sd.pictures import STEP, Paint, Sketch, encode, fit, read_picture, unfinish

LORA: Final = re.compile(r"<lora:([^:>]+)(?::([^>]*))?>")
SEEDS: Final = 2**32
VERSIONS: Final = {
    Flavour.A1111: "1.10.1",
    Flavour.FORGE: "f2.0.1v1.10.1-previous-659-gc055f2d4",
    Flavour.REFORGE: "1.10.1",
    Flavour.SDNEXT: "2025-03-01",
}


@dataclass(frozen=True, slots=True)
class Work:
    """An img2img that the server has finished, whether or not its client was still there.

    `asked` are the fields as the server took them, without pictures; `began` is on the server's clock,
    `size` is what came out, `seconds` what it took under the lock.
    """

    asked: Mapping[str, Any]
    began: float
    size: tuple[int, int]
    seed: int
    steps: int
    sampler: str
    model: str
    loras: tuple[str, ...]
    lacked: tuple[str, ...]
    controlnets: tuple[str, ...]
    seconds: float
    interrupted: bool
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class Studio:
    """Who paints where: the machine, its behaviour now, the paint, fresh seeds, and where works are told."""

    machine: Machine
    behaviour: Behaviour
    paint: Paint
    seed: Callable[[], int]
    clock: Callable[[], float]
    tell: Callable[[Work], None]


def img2img(studio: Studio, fields: dict[str, Any], fault: Fault | None) -> Answer:
    """Paint in the server's own time; HttpError and CrashedError as the server has them."""
    if fields["init_images"] is None:
        raise HttpError(404, "Init image not found")
    if fields["mask"]:
        read_picture(fields["mask"])
    units = _check_scripts(studio.behaviour, fields)
    sampler = _sampler(studio.behaviour, fields)
    with ExitStack() as stack:
        stack.enter_context(studio.machine.lock.passed())
        began = studio.clock()
        photos = [read_picture(each) for each in fields["init_images"]]
        job = stack.enter_context(studio.machine.job("scripts_img2img", *_effort(studio.behaviour, fields)))
        return _paint(studio, fields, fault, _Task(photos, sampler, units, job, began))


@dataclass(frozen=True, slots=True)
class _Task:
    photos: list[Image.Image]
    sampler: str
    units: list[dict[str, Any]]
    job: Job
    began: float


def _paint(studio: Studio, fields: dict[str, Any], fault: Fault | None, task: _Task) -> Answer:
    machine, behaviour = studio.machine, studio.behaviour
    model = _model(machine, behaviour, fields)
    size = _size(fields)
    if not task.photos:
        raise CrashedError("IndexError", "list index out of range")
    machine.allot(size[0] * size[1] * (fields["batch_size"] or 1), fails=fault is Fault.OUT_OF_MEMORY)
    machine.start(task.job)
    seed = studio.seed() if fields["seed"] in {None, -1} else fields["seed"]
    # As on a real server, the same seed paints differently after another job.
    mixed, machine.last_seed = seed ^ machine.last_seed >> 1, seed
    count = (fields["batch_size"] or 1) * (fields["n_iter"] or 1)
    photo = fit(task.photos[0], size, fields["resize_mode"] or 0)
    sketches = [Sketch(photo, fields["prompt"] or "", mixed + number) for number in range(count)]
    paintings = [studio.paint(each).convert("RGB").resize(size) for each in sketches]
    whole = machine.finish(task.job)
    _break_down(fault)
    if not whole:
        paintings = [unfinish(paintings[0], seed)]
    used, lacked = _loras(behaviour, fields["prompt"] or "")
    told_sampler = "PLMS" if fault is Fault.WRONG_SAMPLER else task.sampler
    told_model = Checkpoint("another_model", "0badc0ffee") if fault is Fault.WRONG_MODEL else model
    info = _info(behaviour, fields, told_model, told_sampler, seed, count, task.job, used)
    images = encode(paintings, info["infotexts"][0], fault)
    if behaviour.sends_detect_maps and whole and images:
        images += encode([photo.convert("L").convert("RGB") for _ in task.units], "", None)
    names = tuple(str(unit.get("model")) for unit in task.units)
    plain = {name: value for name, value in fields.items() if name not in {"init_images", "mask"}}
    studio.tell(
        Work(
            plain, task.began, size, seed, task.job.steps, task.sampler, model.name, used, lacked, names,
            studio.clock() - task.began, not whole, fault,
        )
    )  # fmt: skip
    echoed = fields if fields["include_init_images"] else {**fields, "init_images": None, "mask": None}
    sent = [] if fields["send_images"] is False else images
    return as_json({"images": sent, "parameters": echoed, "info": json.dumps(info, ensure_ascii=False)})


def _effort(behaviour: Behaviour, fields: dict[str, Any]) -> tuple[float, int, int]:
    """Return seconds, real steps and parts; the strength is cut at 0.999, whatever was asked."""
    parts = max(1, fields["n_iter"] or 1)
    strength = 0.75 if fields["denoising_strength"] is None else fields["denoising_strength"]
    steps = int(min(strength, 0.999) * (fields["steps"] or 0)) + 1
    return behaviour.seconds * parts * max(1, fields["batch_size"] or 1), max(1, steps), parts


def _check_scripts(behaviour: Behaviour, fields: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the enabled ControlNet units; HttpError 422 for a script that is not there."""
    if fields["script_name"]:
        raise HttpError(422, f"Script '{fields['script_name']}' not found")
    units: list[dict[str, Any]] = []
    for name, script in (fields["alwayson_scripts"] or {}).items():
        if name.lower() != "controlnet" or behaviour.controlnets is None:
            raise HttpError(422, f"Script '{name}' not found")
        args = script.get("args", []) if isinstance(script, dict) else []
        units += [each for each in args if isinstance(each, dict) and each.get("enabled", True)]
    for unit in units:
        known = {name.partition(" [")[0] for name in behaviour.controlnets or ()}
        if str(unit.get("model", "None")).partition(" [")[0] not in known:
            raise CrashedError("RuntimeError", f"model not found: {unit.get('model')}")
    return units


def _sampler(behaviour: Behaviour, fields: dict[str, Any]) -> str:
    """Return the sampler asked for, or the server's first where it has no such."""
    asked = fields["sampler_name"] or fields["sampler_index"]
    for name in behaviour.samplers:
        if asked is not None and asked.lower() == name.lower():
            return name
    if behaviour.flavour is Flavour.SDNEXT:
        raise HttpError(404, "Sampler not found")
    return behaviour.samplers[0]


def _model(machine: Machine, behaviour: Behaviour, fields: dict[str, Any]) -> Checkpoint:
    """Load the model asked for; one that is not there is dropped without a word."""
    asked = (fields["override_settings"] or {}).get("sd_model_checkpoint")
    model = next((each for each in behaviour.models if asked in each.aliases), machine.chosen)
    machine.load(model)
    if not fields["override_settings_restore_afterwards"]:
        machine.chosen = model
    return model


def _size(fields: dict[str, Any]) -> tuple[int, int]:
    width, height = fields["width"], fields["height"]
    if not width or not height or not fields["steps"]:
        raise CrashedError("ZeroDivisionError", "integer division or modulo by zero")
    size = width // STEP * STEP, height // STEP * STEP
    if min(size) <= 0:
        raise CrashedError("ValueError", "height and width must be > 0")
    return size


def _break_down(fault: Fault | None) -> None:
    if fault is Fault.NAN:
        raise CrashedError("NansException", "A tensor with NaNs was produced in Unet.")
    if fault is Fault.CRASH:
        raise CrashedError("RuntimeError", "CUDA error: an illegal memory access was encountered")


def _loras(behaviour: Behaviour, prompt: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    named = [name for name, _ in LORA.findall(prompt)]
    used = tuple(name for name in named if name in behaviour.loras)
    return used, tuple(name for name in named if name not in behaviour.loras)


def _info(  # noqa: PLR0913, PLR0917 - the server tells all of it in one object
    behaviour: Behaviour,
    fields: dict[str, Any],
    model: Checkpoint,
    sampler: str,
    seed: int,
    count: int,
    job: Job,
    loras: tuple[str, ...],
) -> dict[str, Any]:
    version = VERSIONS.get(behaviour.flavour, VERSIONS[Flavour.A1111])
    extra = {"Schedule type": fields["scheduler"] or "Automatic"}
    if loras:
        hashes = ", ".join(f"{name}: {sha256(name.encode()).hexdigest()[:12]}" for name in loras)
        extra["Lora hashes"] = f'"{hashes}"'
    settings = ", ".join(
        (
            f"Steps: {fields['steps']}, Sampler: {sampler}, CFG scale: {fields['cfg_scale']}, Seed: {seed}",
            f"Size: {fields['width']}x{fields['height']}",
            f"Model hash: {model.short_hash}, Model: {model.name}",
            f"Denoising strength: {fields['denoising_strength']}, Version: {version}",
        )
    )
    seeds = [seed + number for number in range(count)]
    words = f"{fields['prompt']}\nNegative prompt: {fields['negative_prompt']}\n"
    return {
        "prompt": fields["prompt"],
        "all_prompts": [fields["prompt"]] * count,
        "negative_prompt": fields["negative_prompt"],
        "all_negative_prompts": [fields["negative_prompt"]] * count,
        "seed": seed,
        "all_seeds": seeds,
        "subseed": fields["subseed"],
        "all_subseeds": seeds,
        "subseed_strength": fields["subseed_strength"],
        "width": fields["width"],
        "height": fields["height"],
        "sampler_name": sampler,
        "cfg_scale": fields["cfg_scale"],
        "steps": fields["steps"],
        "batch_size": fields["batch_size"],
        "restore_faces": bool(fields["restore_faces"]),
        "face_restoration_model": None,
        "sd_model_name": model.name,
        "sd_model_hash": model.short_hash,
        "sd_vae_name": None,
        "sd_vae_hash": None,
        "seed_resize_from_w": fields["seed_resize_from_w"],
        "seed_resize_from_h": fields["seed_resize_from_h"],
        "denoising_strength": fields["denoising_strength"],
        "extra_generation_params": extra,
        "index_of_first_image": 0,
        "infotexts": [words + settings] * count,
        "styles": fields["styles"] or [],
        "job_timestamp": job.stamp,
        "clip_skip": 1,
        "is_using_inpainting_conditioning": False,
        "version": version,
    }
