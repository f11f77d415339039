"""What the stand-in does, well or badly, and on which hardware it pretends to run."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

GIB: Final = 1024**3


class Flavour(StrEnum):
    """Which software it speaks like."""

    A1111 = "a1111"
    FORGE = "forge"
    REFORGE = "reforge"
    SDNEXT = "sdnext"
    SDCPP = "sdcpp"


class Fault(StrEnum):
    """What can go wrong with one painting.

    The first group breaks the picture or what is said about it, the second the work, the third the line.
    After `gateway-504` and `gateway-524` the work goes on without its client; `reset` and `reset-early` come
    when the work is done. `gateway-502`, `gateway-503`, `too-many`, `interstitial` and `hang` never reach
    the server.
    """

    BLACK = "black"
    UNIFORM = "uniform"
    TRUNCATED = "truncated"
    NOT_A_PICTURE = "not-a-picture"
    NOT_BASE64 = "not-base64"
    EMPTY = "empty"
    WRONG_SIZE = "wrong-size"
    WRONG_MODEL = "wrong-model"
    WRONG_SAMPLER = "wrong-sampler"

    OUT_OF_MEMORY = "out-of-memory"
    NAN = "nan"
    CRASH = "crash"

    GATEWAY_502 = "gateway-502"
    GATEWAY_503 = "gateway-503"
    GATEWAY_504 = "gateway-504"
    GATEWAY_524 = "gateway-524"
    TOO_MANY = "too-many"
    INTERSTITIAL = "interstitial"
    BROKEN_JSON = "broken-json"
    CUT_SHORT = "cut-short"
    RESET = "reset"
    RESET_EARLY = "reset-early"
    HANG = "hang"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A model by its name and the hash that a server shows beside it."""

    name: str
    short_hash: str = "31e35c80fc"

    @property
    def title(self) -> str:
        """Return how lists and options show it."""
        return f"{self.name}.safetensors [{self.short_hash}]"

    @property
    def aliases(self) -> frozenset[str]:
        """Return everything it may be called by."""
        return frozenset({self.name, self.title, f"{self.name}.safetensors", self.short_hash})


SDXL: Final = Checkpoint("sd_xl_base_1.0", "31e35c80fc")
SD15: Final = Checkpoint("v1-5-pruned-emaonly", "6ce0161689")
LORAS: Final = tuple(
    f"articket-{painter}-{family}"
    for painter in ("picasso", "renoir", "vangogh", "lichtenstein")
    for family in ("xl", "15")
)
SAMPLERS: Final = (
    "DPM++ 2M",
    "DPM++ SDE",
    "DPM++ 2M SDE",
    "Euler a",
    "Euler",
    "LMS",
    "Heun",
    "LCM",
    "DDIM",
    "UniPC",
)
CONTROLNETS: Final = ("control_v11p_sd15_canny [d14c016b]", "diffusers_xl_canny_full [2b69fca4]")


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the stand-in behaves; times in seconds, memory in bytes.

    Hardware: `seconds` a painting takes, `load_s` the first model's loading takes and `swap_s` every other,
    all of them under the lock; `memory_pixels` times batch is more than fits, after which only `oom_leaves`
    of it is free until a restart. Without `has_gpu` the memory route knows no card.

    Flags: `api`, `webui` (off: --nowebui), `auth` as "user:password", `prefix` the path it is mounted below.

    Faults: `next_faults` meet the next img2img in their order, `always` each one, `fail` is the share of
    the others that meet one of `fail_kinds`. `proxy_limit_s` is when a proxy cuts off with `proxy_status`
    while the work goes on; `ngrok` shows its page to whoever does not ask to skip it. `held_at` is the
    share at which a painting stands still as long as it is set. `hang` answers nobody until it ends,
    `dead` refuses connections and forgets all work.
    """

    flavour: Flavour = Flavour.A1111
    seconds: float = 0.0
    load_s: float = 0.0
    swap_s: float = 0.0
    caption_s: float = 0.0
    workers: int = 40
    has_gpu: bool = True
    memory_total: int = 24 * GIB
    memory_pixels: int | None = None
    oom_leaves: float = 0.5

    models: tuple[Checkpoint, ...] = (SDXL, SD15)
    loras: tuple[str, ...] = LORAS
    samplers: tuple[str, ...] = SAMPLERS
    controlnets: tuple[str, ...] | None = None
    sends_detect_maps: bool = True
    caption: str = "a portrait of a person smiling at the camera"
    caption_fails: bool = False

    api: bool = True
    webui: bool = True
    auth: str | None = field(default=None, repr=False)
    prefix: str = ""

    next_faults: tuple[Fault, ...] = ()
    always: Fault | None = None
    fail: float = 0.0
    fail_kinds: tuple[Fault, ...] = (Fault.CRASH, Fault.NAN, Fault.BLACK, Fault.EMPTY, Fault.RESET)
    proxy_limit_s: float | None = None
    proxy_status: int = 524
    ngrok: bool = False
    held_at: float | None = None
    hang: bool = False
    dead: bool = False

    def __post_init__(self) -> None:
        """Take plain strings and lists as well; ValueError for a word that means nothing here."""
        _put(self, "flavour", Flavour(self.flavour))
        _put(self, "always", None if self.always is None else Fault(self.always))
        _put(self, "next_faults", tuple(Fault(each) for each in self.next_faults))
        _put(self, "fail_kinds", tuple(Fault(each) for each in self.fail_kinds))
        _put(
            self,
            "models",
            tuple(each if isinstance(each, Checkpoint) else Checkpoint(each) for each in self.models),
        )
        for name in ("loras", "samplers", "controlnets"):
            value = getattr(self, name)
            _put(self, name, None if value is None else tuple(value))
        if not self.models:
            raise ValueError("A server has at least one model.")


def _put(behaviour: Behaviour, name: str, value: object) -> None:
    object.__setattr__(behaviour, name, value)
