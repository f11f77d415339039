"""Orders for a painting that wait for somebody, and leases: who works on which."""

from dataclasses import dataclass
from enum import StrEnum

from articket.domain.experience import ModelFamily


@dataclass(frozen=True, slots=True)
class Urgency:
    """How badly a commission is needed: lower ranks come first; without a `deadline` nobody waits yet."""

    rank: tuple[float, ...] = (9.0,)
    deadline: float | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What a painting asks of a server: pixels, steps really done, and the checkpoint where one is named."""

    pixels: int
    steps: int
    checkpoint: str | None = None

    @property
    def megapixel_steps(self) -> float:
        """Return the size of the work in millions of pixels times steps."""
        return self.pixels / 1e6 * self.steps


@dataclass(frozen=True, slots=True)
class Commission:
    """A painting somebody's worker waits for; `tried` are the servers that failed, one entry an attempt.

    Until `hold_until` it waits for its caption, unless it is `described`. `code` is the last fault.
    `hand` says that the fleet is of no avail, and why in `code`: the laptop's own painters do it.
    """

    id: str
    visit: str
    photo: int
    style: str
    worker: str
    asked_at: float
    round: int = 0
    hold_until: float = 0.0
    tried: tuple[str, ...] = ()
    hedged: bool = False
    hand: bool = False
    code: str | None = None
    urgency: Urgency = Urgency()


class Purpose(StrEnum):
    """What a server is leased for."""

    PAINT = "paint"
    HEDGE = "hedge"
    WARM_UP = "warm-up"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Lease:
    """A server's one place, taken; `commission` is None unless it paints.

    `begun` says that the worker took it up. `expected_s` is the estimate, `limit_s` when it is given up.
    `scale` makes the painting smaller where memory is short; `family` is what the server paints with.
    """

    id: str
    server: str
    worker: str
    since: float
    expected_s: float
    limit_s: float
    purpose: Purpose = Purpose.PAINT
    commission: str | None = None
    begun: bool = False
    scale: float = 1.0
    family: ModelFamily | None = None
    first_call: bool = False
