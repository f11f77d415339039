"""A painter behind ComfyUI: a workflow of one's own, filled in by its map."""

import re
from time import monotonic
from typing import Any, Final
from urllib.parse import quote

from articket.adapters.servers.comfyui_errand import Errand
from articket.adapters.servers.comfyui_names import known_as, sampler_of
from articket.adapters.servers.complaints import OK, fault_of
from articket.adapters.servers.http import get
from articket.adapters.servers.pictures import verified_size
from articket.adapters.servers.workflows import Workflow, Workflows
from articket.application.fleet.ports import Brushwork, Canvas, Strokes
from articket.domain.faults import PainterFault, PainterFaultPermanent, PainterFaultTransient
from articket.domain.fleet.names import family_of, listed
from articket.domain.fleet.server import Address, Looked

LIST_LIMIT_S: Final = 10.0  # the server reads its folders for a list
SEEDS: Final = 2**64
MIB: Final = 2**20
LIMIT_MEMORY_BYTES: Final = 2**50  # no card has as much: it is no memory then
LORAS: Final = ("LoraLoader", "lora_name")
SAMPLERS: Final = ("KSampler", "sampler_name")
CHECKPOINTS: Final = ("CheckpointLoaderSimple", "ckpt_name")
CONTROLNETS: Final = ("ControlNetLoader", "control_net_name")
# A server may lack a list and paint all the same.
NO_LIST_EITHER_WAY: Final = frozenset(
    {"painter-no-api", "painter-order-refused", "painter-crashed", "painter-answer-broken"}
)
# As in `cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync`.
_CARD: Final = re.compile(r"(?:\w+:\d+ )?(?P<name>.*?)(?: : \w+)?")


class ComfyUiServer:
    """Talks to one server; keeps nothing of a painting, so every thread may use it."""

    def __init__(self, address: Address, workflows: Workflows) -> None:
        """Keep the address, and the workflows that styles are painted by."""
        self._address = address
        self._workflows = workflows

    def look(self, limit_s: float) -> Looked:
        """Read memory and lists; `model` is the one that styles get which name none."""
        until = monotonic() + limit_s
        system, device = self._stats(until)
        usual = self._workflows.usual
        models = self._choices(_node_of(usual, "checkpoint", CHECKPOINTS), until)
        model = _usual_model(usual, models)
        samplers = self._choices(SAMPLERS, until)
        version = system.get("comfyui_version")
        return Looked(
            software=f"ComfyUI {version}" if isinstance(version, str) else "ComfyUI",
            family=family_of(model) if model else None,
            model=model,
            models=models,
            loras=self._choices(LORAS, until),
            samplers=None if samplers is None else known_as(samplers),
            controlnets=self._choices(_node_of(usual, "controlnet", CONTROLNETS), until),
            memory_free_mb=_mib(device.get("vram_free")),
            memory_total_mb=_mib(device.get("vram_total")),
            gpu=_card(device.get("name")),
        )

    def strokes(self, limit_s: float) -> Strokes:
        """Say whether the server has anything to do, for whomever; how far it is, it does not tell."""
        try:
            found = self._found("/queue", limit_s)
        except PainterFault:
            return Strokes(busy=None)
        match found:
            case {"queue_running": list() as running, "queue_pending": list() as pending}:
                return Strokes(busy=bool(running or pending))
        return Strokes(busy=None)

    def paint(self, work: Brushwork, limit_s: float) -> Canvas:
        """Paint by the style's workflow, leaving out what it or the server lacks, and look at the result.

        A role the workflow does not have is left to the workflow: it may know better, as fast models do.
        """
        begun = monotonic()
        until = begun + limit_s
        workflow = self._workflows.of(work.style)
        checkpoint = self._checkpoint(workflow, work, until)
        loras, lora_notes = self._loras(workflow, work, until)
        controlnet, controlnet_notes = self._controlnet(workflow, work, until)
        values = _values(work) | ({"checkpoint": checkpoint} if checkpoint else {})
        if work.controlnet and controlnet:
            values |= {"controlnet": controlnet, "controlnet_weight": work.controlnet.weight}
        errand = Errand(self._address, workflow, until, work.prompt)
        begun = monotonic()
        picture = errand.run(
            work.photo,
            lambda name: workflow.fill(
                values | {"photo": name},
                loras,
                controlled=controlnet is not None,
                # Else a server that painted the same before would find nothing left to put out.
                prefix=f"articket-{errand.prompt_id}",
            ),
        )
        seconds = monotonic() - begun
        verified_size(picture, work.size)
        return Canvas(picture, work.size, seconds, checkpoint, lora_notes + controlnet_notes)

    def caption(self, photo: bytes, limit_s: float) -> str | None:
        """Return None: ComfyUI has no words of its own for a photo."""
        del photo, limit_s
        return None

    def _checkpoint(self, workflow: Workflow, work: Brushwork, until: float) -> str | None:
        """Return the checkpoint as the server lists it, None where the workflow loads its own way."""
        if workflow.own("checkpoint") is None:
            return None
        models = self._choices(_node_of(workflow, "checkpoint", CHECKPOINTS), until)
        if work.checkpoint is None:
            model = _usual_model(workflow, models)
        else:
            model = work.checkpoint if models is None else listed(work.checkpoint, models)
        if model is None:
            wanted = f"the model {work.checkpoint}" if work.checkpoint else "any model"
            raise PainterFaultPermanent("painter-model-missing", f"The server does not have {wanted}.")
        return model

    def _loras(
        self, workflow: Workflow, work: Brushwork, until: float
    ) -> tuple[list[tuple[str, float]], tuple[str, ...]]:
        """Return files and weights of the LoRAs the server has, and a note where one is missing."""
        if not work.loras:
            return [], ()
        names = self._choices(LORAS, until) if workflow.loras is not None else ()
        found = [(listed(lora.name, names or ()), lora.weight) for lora in work.loras]
        kept = [(name, weight) for name, weight in found if name]
        return kept, () if len(kept) == len(work.loras) else ("lora-missing",)

    def _controlnet(
        self, workflow: Workflow, work: Brushwork, until: float
    ) -> tuple[str | None, tuple[str, ...]]:
        """Return the ControlNet's file, or a note where workflow or server lack it."""
        if work.controlnet is None:
            return None, ()
        node = _node_of(workflow, "controlnet", CONTROLNETS)
        names = self._choices(node, until) if workflow.controlled is not None else ()
        known = listed(work.controlnet.model, names or ())
        return known, () if known else ("controlnet-missing",)

    def _choices(self, node: tuple[str, str], until: float) -> tuple[str, ...] | None:
        """Return what may be chosen for a node's input, None where the server does not tell."""
        class_type, name = node
        path = f"/object_info/{quote(class_type, safe='')}"
        try:
            found = self._found(path, min(LIST_LIMIT_S, until - monotonic()))
        except PainterFault as fault:
            if fault.code in NO_LIST_EITHER_WAY:
                return None
            raise
        about = found.get(class_type) if isinstance(found, dict) else None
        return _list_of(about, name)

    def _stats(self, until: float) -> tuple[dict[str, Any], dict[str, Any]]:
        found = self._found("/system_stats", min(LIST_LIMIT_S, until - monotonic()))
        match found:
            case {"system": dict() as system, "devices": [dict() as device, *_]}:
                return system, device
            case {"system": dict() as system}:
                return system, {}
        raise PainterFaultTransient("painter-answer-broken", "The server answers with something unexpected.")

    def _found(self, path: str, limit_s: float) -> Any:
        answer = get(self._address, path, limit_s)
        if answer.status != OK:
            raise fault_of(answer, self._address)
        return answer.json()


def _values(work: Brushwork) -> dict[str, str | float]:
    sampler, scheduler = sampler_of(work.sampler, work.scheduler)
    width, height = work.size
    return {
        "positive": work.prompt,
        "negative": work.negative_prompt,
        "seed": work.seed % SEEDS,
        # A1111 does only this share of the steps it is asked for; ComfyUI does them all.
        "steps": max(1, int(min(work.denoising_strength, 0.999) * work.steps) + 1),
        "cfg": work.cfg_scale,
        "denoise": work.denoising_strength,
        "sampler": sampler,
        "scheduler": scheduler,
        "width": width,
        "height": height,
    }


def _node_of(workflow: Workflow, role: str, usual: tuple[str, str]) -> tuple[str, str]:
    """Return the class of node and the input that a role of a workflow fills."""
    places = workflow.places.get(role)
    if not places:
        return usual
    return workflow.graph[places[0].node]["class_type"], places[0].input


def _usual_model(workflow: Workflow, models: tuple[str, ...] | None) -> str | None:
    """Return the workflow's own model where the server has it, else the first that the server has."""
    own: str | None = workflow.own("checkpoint")
    if own is None or models is None:
        return own
    return listed(own, models) or next(iter(models), None)


def _list_of(about: Any, name: str) -> tuple[str, ...] | None:
    """Return the choices for an input as either generation of nodes describes them."""
    match about:
        case {"input": {"required": dict() as inputs}}:
            match inputs.get(name):
                case [[*choices], *_] | ["COMBO", {"options": [*choices]}]:
                    return tuple(each for each in choices if isinstance(each, str) and each)
    return None


def _mib(memory: Any) -> int | None:
    if not isinstance(memory, int | float) or not 0 <= memory < LIMIT_MEMORY_BYTES:
        return None
    return int(memory) // MIB


def _card(name: Any) -> str | None:
    found = _CARD.fullmatch(name) if isinstance(name, str) else None
    return (found["name"] or None) if found else None
