from collections.abc import Mapping
from dataclasses import dataclass, field

SAMPLERS = (
    *("euler", "euler_cfg_pp", "euler_ancestral", "heun", "heunpp2", "dpm_2", "dpm_2_ancestral", "lms"),
    *("dpm_fast", "dpm_adaptive", "dpmpp_2s_ancestral", "dpmpp_sde", "dpmpp_2m", "dpmpp_2m_sde"),
    *("dpmpp_3m_sde", "ddpm", "lcm", "ipndm", "ipndm_v", "deis", "res_multistep", "ddim", "uni_pc"),
)
SCHEDULERS = (
    *("simple", "sgm_uniform", "karras", "exponential", "ddim_uniform", "beta", "normal"),
    *("linear_quadratic", "kl_optimal"),
)


@dataclass(frozen=True)
class Behaviour:
    """How the server is.

    `seconds` is how long a sampler takes, and while `held` it takes for ever. More than `memory_pixels`
    end in an OutOfMemoryError, `exception` is the type and message of any other. `spoilt` is what becomes
    of a painting: black, grey, small, broken (no picture), nothing (no images), missing (of no file).
    `broken` says per route what comes instead of its answer: a kind of `faults.py` for every request, or
    several for the next requests, one after the other. `complains` answers 200 with node_errors.
    `uploads` are kept, renamed into a folder, or lost.
    `tells_cached` repeats the images of a prompt that was cached entirely; older servers tell none.
    """

    version: str = "0.3.64"
    gpu: str = "cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync"
    memory: tuple[int, int] = (20_000 * 2**20, 24_000 * 2**20)
    checkpoints: tuple[str, ...] = ("sd_xl_base_1.0.safetensors", "v1-5-pruned-emaonly.safetensors")
    loras: tuple[str, ...] = ()
    controlnets: tuple[str, ...] = ()
    samplers: tuple[str, ...] = SAMPLERS
    schedulers: tuple[str, ...] = SCHEDULERS
    seconds: float = 0.0
    held: bool = False
    login: tuple[str, str] | None = None
    memory_pixels: int | None = None
    exception: tuple[str, str] | None = None
    spoilt: str | None = None
    broken: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    uploads: str = "kept"
    complains: bool = False
    targets_interrupts: bool = True
    tells_cached: bool = False
    new_lists: bool = False
