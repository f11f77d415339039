"""Servers with their seconds, faults and bad hours, and visits that arrive, decide and wait."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from articket.domain.transitions.painting import styles_on_ticket
from bench.fair.visits import STYLES, Guest, pack


@dataclass(frozen=True, slots=True)
class Machine:
    """A server: seconds of a painting, and when it has no memory, from and until."""

    seconds: float
    no_memory: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One thing that happens at a fair; without `tickets` only the paintings count, there is no hand."""

    name: str
    machines: tuple[Machine, ...]
    guests: tuple[Guest, ...]
    fault_share: float = 0.0
    tickets: bool = True

    @property
    def lower_bound_s(self) -> float:
        """Return the seconds of all paintings on all servers at once, which nothing can undercut."""
        return 4 * len(self.guests) / sum(1 / each.seconds for each in self.machines)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What comes of a server's next attempt: after how long, and its fault if any."""

    seconds: float
    code: str | None = None


@dataclass(slots=True)
class Fate:
    """Decides attempts from painting, server and their count alone, so that every policy meets the same."""

    scenario: Scenario
    seed: int
    tried: Counter[tuple[int, str]] = field(default_factory=Counter)

    def attempt(self, machine: int, painting: str, now: float) -> Attempt:
        """Return what comes of it."""
        own = self.scenario.machines[machine]
        tried = self.tried[machine, painting]
        self.tried[machine, painting] += 1
        since, until = own.no_memory
        if since <= now < until:
            return Attempt(2.0, "painter-out-of-memory")
        chance = Random(f"{self.seed} {machine} {painting} {tried}")  # noqa: S311 - a fair, no secret
        if chance.random() < self.scenario.fault_share:
            return Attempt(own.seconds * chance.random(), "painter-crashed")
        return Attempt(own.seconds * chance.uniform(0.97, 1.03))


@dataclass(slots=True)
class Outcome:
    """When each painting was there, by guest and style; `busy_s` is what the servers worked in all.

    `strain` says what distorted a run in real time, by name.
    """

    done: dict[tuple[int, str], float] = field(default_factory=dict)
    busy_s: float = 0.0
    lost: int = 0
    by_hand: int = 0
    strain: dict[str, float] = field(default_factory=dict)


def painting_of(guest: int, style: str) -> str:
    """Return the name by which fate knows a painting."""
    return f"{guest} {style}"


def guests(count: int, every_s: float, quiz_s: float, *, monitors: int = 1) -> tuple[Guest, ...]:
    """Return visits that begin at each monitor at an interval, the monitors a little apart."""
    chance = Random(1)  # noqa: S311 - a fair, no secret
    found = []
    for number in range(count):
        start = (number // monitors) * every_s + (number % monitors) * every_s / monitors
        needs = styles_on_ticket(pack(), chance.choice(STYLES))
        found.append(Guest(number, f"booth-{number % monitors}", start, start + quiz_s, needs))
    return tuple(found)


def scenarios() -> tuple[Scenario, ...]:
    """Return what the project promises to be measured on."""
    crowd = guests(40, 0.0, 60.0)
    unequal = tuple(Machine(each) for each in (20.0, 30.0, 45.0, 60.0))
    weak = (unequal[0], Machine(30.0, (600.0, 1200.0)), *unequal[2:])
    return (
        Scenario("rush on equal servers", (Machine(30.0),) * 4, crowd, tickets=False),
        Scenario("rush on unequal servers", unequal, crowd, tickets=False),
        Scenario("one visitor at a time, two servers", (Machine(30.0),) * 2, guests(20, 120.0, 60.0)),
        Scenario(
            "three monitors, four unequal servers, faults", weak, guests(90, 120.0, 60.0, monitors=3), 0.1
        ),
    )
