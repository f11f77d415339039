"""How samplers and schedulers that a style names in A1111's words are called on a ComfyUI server."""

import re
from collections.abc import Collection, Mapping
from typing import Final

SAMPLERS: Final[Mapping[str, str]] = {
    "DDIM": "ddim",
    "DEIS": "deis",
    "DPM adaptive": "dpm_adaptive",
    "DPM fast": "dpm_fast",
    "DPM++ 2M": "dpmpp_2m",
    "DPM++ 2M SDE": "dpmpp_2m_sde",
    "DPM++ 2M SDE Heun": "dpmpp_2m_sde_heun",
    "DPM++ 2S a": "dpmpp_2s_ancestral",
    "DPM++ 3M SDE": "dpmpp_3m_sde",
    "DPM++ SDE": "dpmpp_sde",
    "DPM2": "dpm_2",
    "DPM2 a": "dpm_2_ancestral",
    "DDPM": "ddpm",
    "Euler": "euler",
    "Euler a": "euler_ancestral",
    "Heun": "heun",
    "HeunPP2": "heunpp2",
    "IPNDM": "ipndm",
    "IPNDM_V": "ipndm_v",
    "LCM": "lcm",
    "LMS": "lms",
    "UniPC": "uni_pc",
}
SCHEDULERS: Final[Mapping[str, str]] = {
    "beta": "beta",
    "ddim": "ddim_uniform",
    "exponential": "exponential",
    "karras": "karras",
    "kl optimal": "kl_optimal",
    "normal": "normal",
    "polyexponential": "exponential",
    "sgm uniform": "sgm_uniform",
    "simple": "simple",
    "uniform": "normal",
}
# "Automatic" is the sampler's own scheduler; A1111 has these, and for every other sampler an even one.
AUTOMATIC: Final[Mapping[str, str]] = {
    "DPM++ 2M": "karras",
    "DPM++ 2M SDE": "exponential",
    "DPM++ 2M SDE Heun": "exponential",
    "DPM++ 2S a": "karras",
    "DPM++ 3M SDE": "exponential",
    "DPM++ SDE": "karras",
    "DPM2": "karras",
    "DPM2 a": "karras",
}
# Before A1111 had schedulers they stood behind the sampler's name.
_OLD_NAME: Final = re.compile(r"(?P<sampler>.+) (?P<scheduler>karras|exponential)")
_OF_ANY_CASE: Final = {name.casefold(): name for name in SAMPLERS}


def sampler_of(sampler: str, scheduler: str) -> tuple[str, str]:
    """Return ComfyUI's names of a sampler and a scheduler; one nobody knows is handed on as it stands."""
    name, plan = sampler.strip().casefold(), scheduler.strip().casefold()
    if (old := _OLD_NAME.fullmatch(name)) and old["sampler"] in _OF_ANY_CASE:
        name = old["sampler"]
        plan = old["scheduler"] if plan in {"", "automatic"} else plan
    known = _OF_ANY_CASE.get(name)
    if plan in {"", "automatic"}:
        plan = AUTOMATIC.get(known or "", "normal")
    return SAMPLERS[known] if known else sampler.strip(), SCHEDULERS.get(plan, scheduler.strip())


def known_as(samplers: Collection[str]) -> tuple[str, ...]:
    """Return the names a style may use for a server's samplers: A1111's, then the server's own."""
    return (*(name for name, called in SAMPLERS.items() if called in samplers), *samplers)
