"""Paintings bound to a server when they come in: the first booth's way, and round robin."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

from bench.fair.visits import STYLES, Guest
from bench.fair.world import Outcome, Scenario

ATTEMPTS = 3


class Day(Protocol):
    """A day at the fair, on paper or in real time: what happens in it happens one after the other."""

    @property
    def now(self) -> float:
        """Return the seconds since the doors opened."""

    def at(self, when: float, what: Callable[[], None]) -> None:
        """Have something happen then."""

    def paint(self, machine: int, guest: Guest, style: str, then: Callable[[str | None], None]) -> None:
        """Have a server try a painting, and afterwards say its fault's code, None for a painting."""

    def run(self) -> None:
        """Let everything happen."""


@dataclass(slots=True)
class Lane:
    """A server with a line of its own."""

    machine: int
    waiting: deque[tuple[Guest, str, int]] = field(default_factory=deque)
    busy: bool = False


class Lanes:
    """Two painters to each of two endpoints, all four or none, where `pinned`; round robin otherwise."""

    def __init__(self, scenario: Scenario, day: Day, *, pinned: bool) -> None:
        self._scenario, self._day, self._pinned = scenario, day, pinned
        self._lanes = [Lane(number) for number in range(len(scenario.machines))]
        self._turn = count()
        self._failed: set[int] = set()
        self.outcome = Outcome()

    def run(self) -> Outcome:
        """Play the scenario to its end."""
        for guest in self._scenario.guests:
            self._day.at(guest.photo_at, lambda guest=guest: self._come(guest))  # type: ignore[misc]
        self._day.run()
        outcome = self.outcome
        if self._pinned:
            outcome.done = {key: at for key, at in outcome.done.items() if key[0] not in self._failed}
        outcome.lost = 4 * len(self._scenario.guests) - len(outcome.done)
        return outcome

    def _come(self, guest: Guest) -> None:
        for place, style in enumerate(STYLES):
            self._queue(self._lane(guest, place), (guest, style, 0))

    def _lane(self, guest: Guest, place: int) -> Lane:
        if not self._pinned:
            return self._lanes[next(self._turn) % len(self._lanes)]
        # Of four servers every other visit has the other two.
        pairs = max(1, len(self._lanes) // 2)
        number: int = 2 * (guest.number % pairs) + place // 2
        return self._lanes[number]

    def _queue(self, lane: Lane, painting: tuple[Guest, str, int]) -> None:
        lane.waiting.append(painting)
        self._begin(lane)

    def _begin(self, lane: Lane) -> None:
        if lane.busy or not lane.waiting:
            return
        lane.busy = True
        guest, style, tried = lane.waiting.popleft()

        def end(code: str | None) -> None:
            lane.busy = False
            if code is None:
                self.outcome.done[guest.number, style] = self._day.now
            elif tried + 1 >= ATTEMPTS:
                self._failed.add(guest.number)
            elif self._pinned:
                lane.waiting.appendleft((guest, style, tried + 1))
            else:
                self._queue(self._lanes[next(self._turn) % len(self._lanes)], (guest, style, tried + 1))
            self._begin(lane)

        self._day.paint(lane.machine, guest, style, end)
