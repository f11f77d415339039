"""A fair on paper: hours in a second, no server, network or clock is real."""

import heapq
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import count

from articket.domain.fleet.commission import Commission
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.leasing import fail, finish, request
from articket.domain.fleet.schedule import assign
from articket.domain.fleet.server import Health, Try
from articket.domain.fleet.staffing import add_laptop, rested, seen
from articket.domain.fleet.urgency import likelihood, urgency_of
from bench.fair.lanes import Lanes
from bench.fair.visits import RULES, SEEN, STYLES, Guest, booth_of, pack, visit_of, with_server
from bench.fair.world import Fate, Outcome, Scenario, painting_of

HAND_S = 2.0
HANDS = 2
WATCH_S = 1.0
WORKER = "w"
LAPTOP = f"laptop-{WORKER}"


def play(scenario: Scenario, policy: str, seed: int) -> Outcome:
    """Play a scenario once."""
    day = PaperDay(Fate(scenario, seed))
    if policy == "ours":
        outcome = Ours(scenario, day).run()
    else:
        outcome = Lanes(scenario, day, pinned=policy == "first booth").run()
    outcome.busy_s = day.busy_s
    return outcome


class PaperDay:
    """What happens when, with servers that do as fate says."""

    def __init__(self, fate: Fate) -> None:
        self.now = 0.0
        self.busy_s = 0.0
        self._fate = fate
        self._entries: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()

    def at(self, when: float, what: Callable[[], None]) -> None:
        """Have something happen then."""
        heapq.heappush(self._entries, (when, next(self._order), what))

    def paint(self, machine: int, guest: Guest, style: str, then: Callable[[str | None], None]) -> None:
        """Have a server try a painting, and say what became of it."""
        attempt = self._fate.attempt(machine, painting_of(guest.number, style), self.now)
        self.busy_s += attempt.seconds
        self.at(self.now + attempt.seconds, lambda: then(attempt.code))

    def run(self) -> None:
        """Let everything happen."""
        while self._entries:
            self.now, _, what = heapq.heappop(self._entries)
            what()


class Ours:
    """The product's own schedule, moved by the same events as in the booth."""

    def __init__(self, scenario: Scenario, day: PaperDay) -> None:
        self._scenario, self._day = scenario, day
        self._outcome = Outcome()
        self._guests = {str(guest.number): guest for guest in scenario.guests}
        self._present: list[Guest] = []
        self._decided: set[Guest] = set()
        self._begun: set[str] = set()
        self._likely = cache(lambda answers, style: likelihood(pack(), answers, style))
        self._fleet = add_laptop(Fleet(), WORKER, HANDS if scenario.tickets else 0)
        for number in range(len(scenario.machines)):
            self._fleet = with_server(self._fleet, f"http://10.0.0.{number}:7860")

    def run(self) -> Outcome:
        """Play the scenario to its end."""
        for guest in self._scenario.guests:
            self._day.at(guest.photo_at, lambda guest=guest: self._come(guest))  # type: ignore[misc]
            if self._scenario.tickets:
                self._day.at(guest.decided_at, lambda guest=guest: self._decide(guest))  # type: ignore[misc]
        self._day.at(WATCH_S, self._watch)
        self._day.run()
        self._outcome.lost = 4 * len(self._guests) - len(self._outcome.done)
        return self._outcome

    def _come(self, guest: Guest) -> None:
        self._present.append(guest)
        now = self._day.now
        for style in STYLES:
            order = Commission(painting_of(guest.number, style), str(guest.number), 1, style, WORKER, now)
            self._fleet = request(self._fleet, order, now)
        self._weigh()

    def _decide(self, guest: Guest) -> None:
        self._present.remove(guest)
        self._decided.add(guest)
        self._weigh()

    def _weigh(self) -> None:
        for commission in self._fleet.commissions:
            guest = self._guests[commission.visit]
            visit = visit_of(guest, decided=guest in self._decided)
            booth = booth_of(guest.booth, [each for each in self._present if each.booth == guest.booth])
            urgency = urgency_of(visit, commission.style, booth, pack(), RULES.patience_s, self._likely)
            self._fleet = self._fleet.with_commission(replace(commission, urgency=urgency))
        self._plan()

    def _watch(self) -> None:
        """Do what the booth's watch does every second."""
        now = self._day.now
        for row in self._fleet.servers:
            if row.health is Health.RESTING:
                self._fleet = rested(self._fleet, row.id, now, busy=False)
            elif row.health is Health.BROKEN and now >= (row.again_at or 0.0):
                self._fleet = seen(self._fleet, row.id, row.address, SEEN, now)
        self._plan()
        last = self._scenario.guests[-1].decided_at
        if self._fleet.commissions or self._fleet.leases or now < last:
            self._day.at(now + WATCH_S, self._watch)

    def _plan(self) -> None:
        self._fleet = assign(self._fleet, RULES, self._day.now)
        for lease in self._fleet.leases:
            if lease.id not in self._begun and lease.commission:
                self._begun.add(lease.id)
                self._paint(lease.id, lease.server, lease.commission)

    def _paint(self, lease: str, server: str, commission: str) -> None:
        began, by_hand = self._day.now, server == LAPTOP
        number, _, style = commission.partition(" ")

        def end(code: str | None) -> None:
            now = self._day.now
            if code is not None:
                self._fleet = fail(self._fleet, lease, Try(now, now - began, code), RULES)
            else:
                if (int(number), style) not in self._outcome.done:
                    self._outcome.done[int(number), style] = now
                    self._outcome.by_hand += by_hand
                self._fleet = finish(self._fleet, lease, now - began, now, RULES)
            self._plan()

        if by_hand:
            self._day.at(began + HAND_S, lambda: end(None))
        else:
            machine = int(server.removeprefix("server-")) - 1
            self._day.paint(machine, self._guests[number], style, end)
