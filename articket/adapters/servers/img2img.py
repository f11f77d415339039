"""The order for one painting as A1111 takes it, and what came back held against it."""

import json
from typing import Any

from articket.adapters.servers.complaints import shown, tells_of_memory
from articket.adapters.servers.http import Answer
from articket.adapters.servers.pictures import from_base64, to_base64, verified_size
from articket.application.fleet.ports import Brushwork
from articket.domain.experience import ControlNet, Lora
from articket.domain.faults import PainterFaultTransient
from articket.domain.fleet.names import same_model, same_sampler
from articket.domain.fleet.server import Address


def body_of(work: Brushwork) -> dict[str, Any]:
    """Return the request: everything said, because defaults differ from fork to fork, and nothing null."""
    photo = to_base64(work.photo)
    width, height = work.size
    body: dict[str, Any] = {
        "init_images": [photo],
        "prompt": with_loras(work.prompt, work.loras),
        "negative_prompt": work.negative_prompt,
        "styles": [],
        "width": width,
        "height": height,
        "resize_mode": 0,  # the photo has this size already
        "sampler_name": work.sampler,
        "scheduler": work.scheduler,
        "steps": work.steps,
        "cfg_scale": work.cfg_scale,
        "denoising_strength": work.denoising_strength,
        "seed": work.seed,
        "subseed": -1,
        "subseed_strength": 0.0,
        "batch_size": 1,
        "n_iter": 1,
        "restore_faces": False,
        "tiling": False,
        "include_init_images": False,
        "send_images": True,
        "save_images": False,
        "do_not_save_samples": True,
        "do_not_save_grid": True,
        "override_settings": {},
        "override_settings_restore_afterwards": True,
        "alwayson_scripts": {},
    }
    if work.checkpoint:
        body["override_settings"] = {"sd_model_checkpoint": work.checkpoint}
    if work.controlnet:
        body["alwayson_scripts"] = {"ControlNet": {"args": [_unit(work.controlnet, photo)]}}
    return body


def with_loras(prompt: str, loras: tuple[Lora, ...]) -> str:
    """Return the prompt with LoRAs as the server reads them out of it."""
    return " ".join([prompt, *(f"<lora:{lora.name}:{lora.weight:g}>" for lora in loras)])


def picture_in(answer: Answer, work: Brushwork, address: Address) -> tuple[bytes, str | None]:
    """Return the verified picture and the model it was made with.

    PainterFaultTransient `painter-answer-broken` for what is no such painting, whatever the status says.
    """
    found = answer.json()
    if not isinstance(found, dict) or not isinstance(found.get("images"), list):
        raise _broken("The server answered with something that is no painting.")
    info = _info(found.get("info"))
    if not found["images"]:
        # SD.Next says in this way that its memory ran out, and every server that somebody interrupted it.
        if tells_of_memory(answer.text()):
            raise PainterFaultTransient(
                "painter-out-of-memory", "The server's graphics card ran out of memory and sent no picture."
            )
        raise _broken("The server sent no picture. It may have been interrupted, or have run out of memory.")
    model = info.get("sd_model_name")
    _check_model(info, work, address)
    _check_sampler(info, work, address)
    picture = from_base64(found["images"][0])  # what follows are a ControlNet's sketches
    verified_size(picture, work.size)
    return picture, model if isinstance(model, str) and model else None


def _unit(controlnet: ControlNet, photo: str) -> dict[str, Any]:
    return {
        "enabled": True,
        "module": controlnet.module,
        "model": controlnet.model,
        "weight": controlnet.weight,
        "image": photo,
        "resize_mode": "Just Resize",
        "control_mode": "Balanced",
        "guidance_start": 0.0,
        "guidance_end": 1.0,
        "pixel_perfect": True,
        "save_detected_map": False,
    }


def _info(text: object) -> dict[str, Any]:
    """Return what the server says of how it painted: JSON in a string, nothing where it says nothing."""
    if isinstance(text, dict):
        return text
    try:
        info = json.loads(text) if isinstance(text, str) else {}
    except (ValueError, RecursionError):
        return {}
    return info if isinstance(info, dict) else {}


def _check_model(info: dict[str, Any], work: Brushwork, address: Address) -> None:
    name, digest = info.get("sd_model_name"), info.get("sd_model_hash")
    said = name if isinstance(name, str) else None
    if not work.checkpoint or (not said and not digest):
        return
    if not same_model(work.checkpoint, said, digest if isinstance(digest, str) else None):
        used = shown(said or str(digest), address)
        raise _broken(f"The server painted with the model {used} instead of {work.checkpoint}.")


def _check_sampler(info: dict[str, Any], work: Brushwork, address: Address) -> None:
    used = info.get("sampler_name")
    if isinstance(used, str) and used and not same_sampler(work.sampler, used):
        raise _broken(
            f"The server painted with the sampler {shown(used, address)} instead of {work.sampler}."
        )


def _broken(sentence: str) -> PainterFaultTransient:
    return PainterFaultTransient("painter-answer-broken", sentence)
