"""Whether two names mean the same thing: servers write them in several ways."""

import re
from collections.abc import Iterable
from typing import Final

from articket.domain.experience import ModelFamily

MODEL_FILES: Final = (".safetensors", ".ckpt", ".gguf", ".sft", ".pth", ".pt", ".bin")
# What follows a sampler's name where a version writes both in one.
SCHEDULES: Final = (
    "karras",
    "exponential",
    "polyexponential",
    "sgm uniform",
    "uniform",
    "kl optimal",
    "align your steps",
    "simple",
    "normal",
    "ddim",
    "beta",
    "turbo",
    "automatic",
)
# Parts of names that checkpoints of the larger family carry, or that are used at its sizes.
LARGE: Final = ("xl", "pony", "illustrious", "noob", "flux")

_HASH: Final = re.compile(r"\s*\[([0-9a-f]{6,64})\]\s*$", re.IGNORECASE)


def model_stem(name: str) -> str:
    """Return `folder/Name.safetensors [hash]` as `name`."""
    stem = _HASH.sub("", name).replace("\\", "/").rpartition("/")[2].strip().casefold()
    for ending in MODEL_FILES:
        stem = stem.removesuffix(ending)
    return stem


def same_model(asked: str, name: str | None, digest: str | None = None) -> bool:
    """Whether the checkpoint or LoRA asked for is the one of that name, or of that hash."""
    found = _HASH.search(asked)
    wanted = found[1].casefold() if found else None
    if wanted and digest and _same_hash(wanted, digest.casefold()):
        return True
    return bool(name) and model_stem(asked) == model_stem(name or "")


def listed(asked: str, names: Iterable[str]) -> str | None:
    """Return how a server lists what is asked for, None where it does not."""
    candidates = list(names)
    return (
        asked if asked in candidates else next((each for each in candidates if same_model(asked, each)), None)
    )


def same_sampler(asked: str, used: str) -> bool:
    """Whether both name one sampler, whether or not its scheduler stands behind it."""
    return _bare_sampler(asked) == _bare_sampler(used)


def family_of(model: str) -> ModelFamily:
    """Guess a checkpoint's family by its name; staff may overrule it, because sizes and LoRAs hang on it."""
    stem = model_stem(model)
    return "sdxl" if any(part in stem for part in LARGE) else "sd15"


def _same_hash(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _bare_sampler(name: str) -> str:
    bare = " ".join(name.casefold().split())
    for schedule in SCHEDULES:
        if bare.endswith(" " + schedule):
            return bare.removesuffix(" " + schedule)
    return bare
