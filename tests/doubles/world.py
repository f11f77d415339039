"""A clock that stands still, dice that were thrown before, and listeners that only listen."""

from dataclasses import dataclass, field

from articket.application.ports import Change


@dataclass
class StillClock:
    time: float = 1_700_000_000.0

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float) -> None:
        self.time += seconds


@dataclass
class LoadedDice:
    value: float = 0.0
    thrown: int = 0

    def roll(self) -> float:
        return self.value

    def secret(self) -> str:
        self.thrown += 1
        return f"secret-{self.thrown}"


@dataclass
class Listener:
    changes: list[Change] = field(default_factory=list)

    def publish(self, change: Change) -> None:
        self.changes.append(change)


@dataclass
class IdleJobs:
    woken: int = 0
    forgotten: list[str] = field(default_factory=list)

    def wake(self) -> None:
        self.woken += 1

    def forget(self, visit: str) -> None:
        self.forgotten.append(visit)


class OpenBarriers:
    def reach(self, place: str) -> None:
        pass


class PowerCutError(BaseException):
    """The process dies here; nothing may catch it."""


@dataclass
class CuttingBarriers:
    """Cuts the power at a place, once."""

    place: str | None
    reached: list[str] = field(default_factory=list)

    def reach(self, place: str) -> None:
        self.reached.append(place)
        if place == self.place:
            self.place = None
            raise PowerCutError
