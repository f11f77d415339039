"""A painter behind A1111's interface: A1111 itself, Forge and reForge."""

from collections.abc import Mapping
from dataclasses import replace
from time import monotonic
from typing import Any, Final

from articket.adapters.servers.complaints import OK, fault_of
from articket.adapters.servers.http import get, post_json
from articket.adapters.servers.img2img import body_of, picture_in
from articket.adapters.servers.pictures import to_base64
from articket.application.fleet.ports import Brushwork, Canvas, Strokes
from articket.domain.experience import ControlNet, Lora
from articket.domain.faults import PainterFault, PainterFaultPermanent, PainterFaultTransient
from articket.domain.fleet.names import family_of, listed
from articket.domain.fleet.server import Address, Looked

API: Final = "/sdapi/v1"
# Lists come from memory, but wait for a thread where many paintings wait for one graphics card.
LIST_LIMIT_S: Final = 5.0
CAPTION_CHARACTERS: Final = 300
NO_MODEL: Final = "none"  # of preprocessors that work alone
# Another version or fork may lack a route, or fail at it, and paint all the same.
NO_LIST_EITHER_WAY: Final = frozenset(
    {"painter-no-api", "painter-order-refused", "painter-crashed", "painter-answer-broken"}
)
MIB: Final = 2**20
LIMIT_MEMORY_BYTES: Final = 2**50  # no card has as much: it is no memory then

Notes = tuple[str, ...]


class A1111Server:
    """Talks to one server; keeps nothing, so every thread may use it."""

    def __init__(self, address: Address) -> None:
        """Keep the address."""
        self._address = address

    def look(self, limit_s: float) -> Looked:
        """Read the server's lists and memory; PainterFaults where it does not answer as an A1111."""
        until = monotonic() + limit_s
        memory = self._memory(until)
        models = _names(self._must("/sd-models", until), "title", "model_name")
        options = self._maybe("/options", until)
        loaded = _text(options, "sd_model_checkpoint")
        controlnets = self._controlnets(until) if self._has_controlnet(until) else ()
        likely = loaded or next(iter(models or ()), None)
        return Looked(
            software=self._software(options, until),
            family=family_of(likely) if likely else None,
            model=loaded,
            models=models,
            loras=_names(self._maybe("/loras", until), "name"),
            samplers=_names(self._maybe("/samplers", until), "name"),
            controlnets=controlnets,
            memory_free_mb=_mib(memory, "free"),
            memory_total_mb=_mib(memory, "total"),
        )

    def strokes(self, limit_s: float) -> Strokes:
        """Say how far the server is; it tells of whatever it paints, for whomever."""
        try:
            found = self._found("/progress", limit_s, {"skip_current_image": "true"})
        except PainterFault:
            return Strokes(busy=None)
        state = found.get("state") if isinstance(found, dict) else None
        if not isinstance(state, dict):
            return Strokes(busy=None)
        # Early in a job the count is -1.
        busy = bool(state.get("job")) or bool(state.get("job_count"))
        share = found.get("progress")
        if not busy or not isinstance(share, int | float):
            return Strokes(busy=busy)
        return Strokes(busy=True, share=float(min(1, max(0, share))))

    def paint(self, work: Brushwork, limit_s: float) -> Canvas:
        """Paint, leaving out what the server lacks, and look at what came back before it counts."""
        until = monotonic() + self._bounded(limit_s)
        checkpoint = self._checkpoint(work, until)
        loras, lora_notes = self._loras(work, until)
        controlnet, controlnet_notes = self._controlnet(work, until)
        body = body_of(replace(work, checkpoint=checkpoint, loras=loras, controlnet=controlnet))
        begun = monotonic()
        answer = post_json(self._address, f"{API}/img2img", body, until - begun)
        if answer.status != OK:
            raise fault_of(answer, self._address)
        seconds = monotonic() - begun
        picture, model = picture_in(answer, work, self._address)
        return Canvas(picture, work.size, seconds, model, lora_notes + controlnet_notes)

    def caption(self, photo: bytes, limit_s: float) -> str | None:
        """Ask what is on a photo; the server's words of styles and artists behind it are left away."""
        asked = {"image": to_base64(photo), "model": "clip"}
        answer = post_json(self._address, f"{API}/interrogate", asked, self._bounded(limit_s))
        if answer.status != OK:
            raise fault_of(answer, self._address)
        said = _text(answer.json(), "caption")
        if not said or "<error>" in said:
            return None
        return said.partition(", ")[0].strip()[:CAPTION_CHARACTERS] or None

    def _checkpoint(self, work: Brushwork, until: float) -> str | None:
        """Return the checkpoint as the server lists it."""
        if work.checkpoint is None:
            return None
        models = _names(self._maybe("/sd-models", until), "title", "model_name")
        if models is None:
            return work.checkpoint
        known = listed(work.checkpoint, models)
        if known is None:  # the server would pass over it in silence, and paint with another
            raise PainterFaultPermanent(
                "painter-model-missing", f"The server does not have the model {work.checkpoint}."
            )
        return known

    def _loras(self, work: Brushwork, until: float) -> tuple[tuple[Lora, ...], Notes]:
        """Return the LoRAs the server has, by its own names, and a note where one is missing."""
        if not work.loras:
            return (), ()
        entries = self._maybe("/loras", until)
        names = [name for key in ("name", "alias") for name in _names(entries, key) or ()]
        found = [(lora, listed(lora.name, names)) for lora in work.loras]
        kept = tuple(replace(lora, name=name) for lora, name in found if name)
        return kept, () if len(kept) == len(work.loras) else ("lora-missing",)

    def _controlnet(self, work: Brushwork, until: float) -> tuple[ControlNet | None, Notes]:
        """Return the ControlNet with the model as the server lists it, or a note where it is missing."""
        wanted = work.controlnet
        if wanted is None:
            return None, ()
        models = self._controlnets(until) if self._has_controlnet(until) else ()
        if models is None or (models and wanted.model.casefold() == NO_MODEL):
            return wanted, ()
        known = listed(wanted.model, models)
        return (replace(wanted, model=known), ()) if known else (None, ("controlnet-missing",))

    def _has_controlnet(self, until: float) -> bool:
        found = self._maybe("/scripts", until)
        scripts = found.get("img2img") if isinstance(found, dict) else None
        return isinstance(scripts, list) and "controlnet" in {str(each).casefold() for each in scripts}

    def _controlnets(self, until: float) -> tuple[str, ...] | None:
        """Return the models of a ControlNet that is there, None where it does not list them."""
        found = self._maybe("/controlnet/model_list", until, api="")
        models = found.get("model_list") if isinstance(found, dict) else None
        return tuple(filter(_is_name, models)) if isinstance(models, list) else None

    def _software(self, options: Any, until: float) -> str:
        if isinstance(options, dict) and "forge_preset" in options:
            return "Forge"
        flags = self._maybe("/cmd-flags", until)
        return "reForge" if isinstance(flags, dict) and "forge_ref_a1111_home" in flags else "A1111"

    def _memory(self, until: float) -> Any:
        """Return the graphics card's memory in bytes by name; some servers do not tell."""
        try:
            found = self._must("/memory", until)
        except PainterFaultPermanent as fault:
            if fault.code == "painter-no-api":  # without the API the next route is missing as well
                return None
            raise
        cuda = found.get("cuda") if isinstance(found, dict) else None
        return cuda.get("system", cuda) if isinstance(cuda, dict) else None

    def _must(self, path: str, until: float) -> Any:
        found = self._found(path, _within(until))
        if found is None:
            raise PainterFaultTransient(
                "painter-answer-broken", "The server answers with something unexpected."
            )
        return found

    def _maybe(self, path: str, until: float, api: str = API) -> Any:
        """Return what lies there, None where nothing does; raise where the server itself is the trouble."""
        try:
            return self._found(path, _within(until), api=api)
        except PainterFault as fault:
            if fault.code in NO_LIST_EITHER_WAY:
                return None
            raise

    def _found(
        self, path: str, limit_s: float, params: Mapping[str, str] | None = None, api: str = API
    ) -> Any:
        answer = get(self._address, api + path, limit_s, params=params)
        if answer.status != OK:
            raise fault_of(answer, self._address)
        return answer.json()

    def _bounded(self, limit_s: float) -> float:
        return min(limit_s, self._address.limit_s or limit_s)


def _within(until: float) -> float:
    return min(LIST_LIMIT_S, until - monotonic())


def _names(entries: Any, *keys: str) -> tuple[str, ...] | None:
    """Return the first of these keys that each entry of a list has, None where it is no list."""
    if not isinstance(entries, list):
        return None
    found = (next((_text(entry, key) for key in keys if _text(entry, key)), None) for entry in entries)
    return tuple(filter(None, found))


def _text(found: Any, key: str) -> str | None:
    value = found.get(key) if isinstance(found, dict) else None
    return value if _is_name(value) else None


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _mib(memory: Any, key: str) -> int | None:
    value = memory.get(key) if isinstance(memory, dict) else None
    if not isinstance(value, int | float) or not 0 <= value < LIMIT_MEMORY_BYTES:
        return None
    return int(value) // MIB
