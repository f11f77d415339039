"""One place where paintings are made: a rented image server, or the laptop itself."""

from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil
from statistics import median
from typing import Final

from articket.domain.experience import ModelFamily

TRIES_KEPT: Final = 12
SPEEDS_KEPT: Final = 5
# Until a server has painted: what a rented card of the middle class needs for a megapixel and a step.
USUAL_SPEED: Final = 0.55


class Kind(StrEnum):
    """How one talks to a server."""

    LAPTOP = "laptop"
    A1111 = "a1111"
    COMFYUI = "comfyui"


class Mode(StrEnum):
    """What staff want of a server: to paint, to finish what it has in hand, to take nothing."""

    ON = "on"
    DRAINING = "draining"
    OFF = "off"


class Health(StrEnum):
    """How a server is: not looked at yet, fine, left in peace, called again later, waiting for a person."""

    NEW = "new"
    READY = "ready"
    RESTING = "resting"
    BROKEN = "broken"
    SHUT = "shut"


@dataclass(frozen=True, slots=True)
class Login:
    """A server's Basic credentials."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is: URL without credentials or slash at the end, how to talk to it, the credentials.

    `limit_s` is how long an answer may take before a proxy on the way cuts it off, None where there is none.
    """

    url: str
    kind: Kind | None = None
    login: Login | None = None
    limit_s: float | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a server found; `model` is the checkpoint it has loaded, memory in MiB.

    Names are as the server lists them; None where it has no such list.
    """

    software: str
    family: ModelFamily | None = None
    model: str | None = None
    models: tuple[str, ...] | None = None
    loras: tuple[str, ...] | None = None
    samplers: tuple[str, ...] | None = None
    controlnets: tuple[str, ...] | None = None
    memory_free_mb: int | None = None
    memory_total_mb: int | None = None
    gpu: str | None = None


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt and when it ended; `code` is its fault, None for a painting."""

    at: float
    seconds: float
    code: str | None = None


@dataclass(frozen=True, slots=True)
class TooLarge:
    """A size at which the memory ran out, and until when nothing as large is sent."""

    pixels: int
    until: float


@dataclass(frozen=True, slots=True)
class Server:
    """A server with all that is known of it; `number` counts ateliers from 1, `worker` owns a laptop's row.

    `fails` counts faults in a row. `again_at` is when a broken or resting server is called again;
    `trial` says that it has one commission to prove itself. `speeds` are seconds per megapixel-step.
    `trouble_params` fill the gaps of the trouble's sentence.
    """

    id: str
    address: Address
    number: int = 0
    name: str = ""
    mode: Mode = Mode.ON
    health: Health = Health.NEW
    limit: int = 1
    worker: str | None = None
    wished_family: ModelFamily | None = None
    looked: Looked | None = None
    looked_at: float | None = None
    looking_until: float | None = None
    warm: bool = False
    fails: int = 0
    again_at: float | None = None
    trial: bool = False
    trouble: str | None = None
    trouble_since: float | None = None
    trouble_params: tuple[tuple[str, str | int], ...] = ()
    too_large: tuple[TooLarge, ...] = ()
    tries: tuple[Try, ...] = ()
    speeds: tuple[float, ...] = ()
    painted: int = 0
    lost: int = 0

    @property
    def kind(self) -> Kind | None:
        """Return how one talks to it, None until that was found out."""
        return self.address.kind

    @property
    def is_laptop(self) -> bool:
        """Whether it is this machine's own hand-written painters."""
        return self.address.kind is Kind.LAPTOP

    @property
    def label(self) -> str:
        """Return the painter's name in rows and pages: staff's own, `laptop`, or `atelier-<number>`."""
        return self.name or ("laptop" if self.is_laptop else f"atelier-{self.number}")

    @property
    def family(self) -> ModelFamily:
        """Return the family of the models it paints with, as staff said or a look found."""
        found = self.looked.family if self.looked else None
        return self.wished_family or found or "sdxl"

    @property
    def speed(self) -> float:
        """Return the seconds it takes for a megapixel and a step."""
        return median(self.speeds) if self.speeds else USUAL_SPEED

    @property
    def success(self) -> float | None:
        """Return the share of its attempts that became paintings, None before the first."""
        total = self.painted + self.lost
        return self.painted / total if total else None

    @property
    def usual_s(self) -> float | None:
        """Return the seconds of a painting, None before the first."""
        took = sorted(each.seconds for each in self.tries if each.code is None)
        return median(took) if took else None

    @property
    def late_s(self) -> float | None:
        """Return the seconds that 95 of 100 paintings stay below, None before the first."""
        took = sorted(each.seconds for each in self.tries if each.code is None)
        return took[ceil(0.95 * len(took)) - 1] if took else None

    def bears(self, pixels: int, now: float) -> bool:
        """Whether nothing of this size ran out of memory lately."""
        return all(pixels < each.pixels or now >= each.until for each in self.too_large)
