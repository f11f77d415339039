"""Forty visits on four servers that die, hang, run out of memory, answer garbage, and are replaced."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from doubles.a1111 import Double, a1111
from durability.booth import Phone
from fleet.houses import opened
from painters.pictures import jpeg_of, portrait

from articket.application import files
from articket.bootstrap import House
from articket.domain.fleet.server import Server
from articket.domain.visit import PaintingStatus, TicketStatus, Visit

VISITS = 40
SECONDS = (0.2, 0.4, 0.6, 0.9)
SPARE_SECONDS = 0.3
LIMIT_S = 500.0
GIVEN_UP_BY = 13
ATTEMPT_S = 10.0
LOOK_EVERY_S = 0.3
READY = (TicketStatus.READY, TicketStatus.PRINTED)
# What the mishaps below must look like to staff.
FAULTS = {
    "painter-unreachable",
    "painter-slow",
    "painter-out-of-memory",
    "painter-crashed",
    "painter-answer-broken",
}


class Staff:
    """The desk, and the fate of rented machines: what happens once so many visits have finished."""

    def __init__(self, house: House, doubles: list[Double], spare: Double) -> None:
        self._desk = house.ateliers.desk
        self.codes: set[str] = set()
        one, two, three, four = doubles
        self.due: list[tuple[int, Callable[[], object]]] = [
            (1, lambda: one.behave(next_faults=("nan", "black", "truncated", "crash"))),
            (2, lambda: three.behave(held_at=0.5)),
            (4, lambda: two.behave(dead=True)),
            (8, lambda: one.behave(memory_pixels=600_000)),
            (11, lambda: two.behave(dead=False)),
            (GIVEN_UP_BY, lambda: three.behave(held_at=None)),
            (15, lambda: four.behave(always="not-a-picture")),
            (17, lambda: two.behave(next_faults=("reset", "gateway-524", "broken-json", "empty"))),
            (19, lambda: self._desk.drain(self._row(four).id)),
            (20, lambda: self._desk.add(spare.url, "Spare")),
            (24, lambda: self._desk.remove(self._row(four).id)),
            (26, one.restart),
            (26, lambda: one.behave(memory_pixels=None)),
            (27, lambda: self._desk.test(self._row(one).id)),
            (30, lambda: two.behave(hang=True)),
            (35, lambda: two.behave(hang=False)),
        ]

    def look_up(self, finished: int) -> None:
        """Note what the staff page says is wrong, and do what is due."""
        for server in self._desk.fleet().servers:
            self.codes |= {each.code for each in server.tries if each.code}
        while self.due and self.due[0][0] <= finished and self._may_go_on():
            self.due.pop(0)[1]()

    def _may_go_on(self) -> bool:
        """Whoever stands still does so until it was given up, however quick the others are."""
        return self.due[0][0] != GIVEN_UP_BY or "painter-slow" in self.codes

    def _row(self, double: Double) -> Server:
        return next(each for each in self._desk.fleet().servers if each.address.url.startswith(double.url))


def seed_of(house: House, visit: Visit, style: str) -> int:
    (easel,) = [each for each in visit.easels if each.style == style]
    assert easel.round == 0
    assert visit.photo is not None
    return house.floor.seals.seed(visit.id, visit.photo.number, style)


class Done:
    """When each painting was first seen to be done, by its seed."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.at: dict[int, float] = {}

    def look(self, visits: Iterable[Visit]) -> None:
        now = monotonic()
        for visit in visits:
            for easel in visit.easels:
                if easel.status is PaintingStatus.DONE:
                    self.at.setdefault(seed_of(self._house, visit, easel.style), now)


def is_finished(visit: Visit) -> bool:
    return visit.ticket.status in READY and all(each.status is PaintingStatus.DONE for each in visit.easels)


@pytest.mark.timeout(LIMIT_S + 100)
def test_forty_visits_have_their_tickets_whatever_the_servers_do(tmp_path: Path) -> None:
    photo = jpeg_of(portrait())
    with ExitStack() as stack:
        doubles = [stack.enter_context(a1111(seconds=each)) for each in SECONDS]
        spare = stack.enter_context(a1111(seconds=SPARE_SECONDS))
        house = stack.enter_context(
            opened(
                tmp_path, *(each.url for each in doubles), patience_s=45.0, processes=2, attempt_s=ATTEMPT_S
            )
        )
        staff, done = Staff(house, doubles, spare), Done(house)
        phones = [Phone(house, f"phone-{number}") for number in range(VISITS)]
        for phone in phones:
            phone.prepare(photo)
        ends = monotonic() + LIMIT_S
        unfinished = {phone.id for phone in phones}
        while unfinished or staff.due:
            assert monotonic() < ends, f"{len(unfinished)} of {VISITS} are unfinished"
            visits = house.visits.many(sorted(unfinished))
            done.look(visits)
            unfinished -= {visit.id for visit in visits if is_finished(visit)}
            staff.look_up(VISITS - len(unfinished))
            booth = house.visits.booth("main")
            for phone in phones:
                # Whoever is called, or has lost the monitor and goes on by phone.
                if phone.id in unfinished and booth.position(phone.id) is None:
                    phone.prepare(photo)
                    phone.answer()
            Event().wait(LOOK_EVERY_S)

        visits = house.visits.many([phone.id for phone in phones])
        assert len({visit.decision.number for visit in visits if visit.decision}) == VISITS
        assert len(house.store.list(files.TICKETS)) == VISITS
        assert staff.codes >= FAULTS
        servers = [*doubles, spare]
        assert [each.most_at_once for each in servers] == [1] * len(servers)
        assert len(done.at) == VISITS * len(house.experience.styles)
        late = [
            work.seed
            for each in servers for work in each.works
            if work.seed in done.at and work.began > done.at[work.seed]
        ]  # fmt: skip
        assert late == [], "begun when the painting was already there"
        assert not house.ateliers.desk.fleet().commissions
