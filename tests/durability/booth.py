"""A whole installation as a process of its own that tests may kill: data folder, place to stop at or "-".

It opens a visit, or goes on with the one that is there, and drives it as a phone would until its ticket is
ready; then it prints what became of it as JSON. Everything it paints is written down, start and end.
"""

import json
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic

from articket.adapters.painters.laptop import LaptopPainter
from articket.adapters.painters.pool import PaintPool
from articket.application.ports import Ack, Barriers, Order, Painted
from articket.bootstrap import House, build, secrets_of
from articket.domain.commands import Answer, Command, Confirm, GiveConsent, GiveName, GiveReview, Ready
from articket.domain.durations import Durations
from articket.domain.visit import TicketStatus, Visit
from articket.settings import Settings

PACK = Path(__file__).parents[2] / "experiences/painters"
PHOTO = "portrait.jpg"
ENTRY = "entry"
NAME = "하린하린"
COMMENT = "정말 고마웠어요, 안녕!"
DEADLINE_S = 90.0
LOOK_EVERY_S = 0.02
READY = (TicketStatus.READY, TicketStatus.PRINTED)


class Notebook:
    """Lines on disk before anything goes on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()

    def write(self, *words: object) -> None:
        with self._lock, self._path.open("a") as file:
            file.write(" ".join(str(word) for word in words) + "\n")
            file.flush()
            os.fsync(file.fileno())


class StoppingBarriers:
    """Leaves a mark at one place and stands still there for ever."""

    def __init__(self, place: str, mark: Path) -> None:
        self._place = place
        self._mark = mark

    def reach(self, place: str) -> None:
        if place == self._place:
            self._mark.touch()
            Event().wait()


class WatchedPainter:
    """Paints in the pool, quickly, and notes each painting by its seed, which visit, photo and style make."""

    def __init__(self, pool: PaintPool, notes: Notebook, barriers: Barriers) -> None:
        self._hand = LaptopPainter(pool)
        self._notes = notes
        self._barriers = barriers
        self.name = self._hand.name

    def paint(self, order: Order) -> Painted:
        self._notes.write("began", order.style, order.seed)
        Thread(target=self._barriers.reach, args=("brush-in-hand",), daemon=True).start()
        painted = self._hand.paint(replace(order, recipe="plain"))
        self._notes.write("finished", order.style, order.seed)
        return painted


def open_house(data: Path, place: str) -> House:
    settings = Settings(
        data_dir=data,
        experience=PACK,
        painter_processes=1,
        public_url="https://booth.example.org",
        durations=Durations(painting_min_s=1.0),
    )
    barriers = StoppingBarriers(place, data / "reached")
    notes = Notebook(data / "painted.log")
    return build(
        settings,
        secrets_of(settings),
        barriers=barriers,
        painter=lambda pool: WatchedPainter(pool, notes, barriers),
    )


class Phone:
    """Acts for one visit, asking before each step what is still to do, as a phone does after a reconnect."""

    def __init__(self, house: House, entry: str = ENTRY) -> None:
        self._house = house
        opened = house.floor.join("main", entry, "ko")
        self.id = opened.visit.id
        self.token = opened.token

    @property
    def visit(self) -> Visit:
        found = self._house.visits.visit(self.id)
        assert found is not None
        return found

    def send(self, cmd_id: str, command: Command) -> Ack:
        return self._house.floor.perform(self.id, cmd_id, "main", command, self.id)

    def prepare(self, photo: bytes) -> None:
        booth = self._house.visits.booth("main")
        if booth.called(self.id) and booth.wall:
            self.send("confirm", Confirm(booth.wall.hung))
        if self.visit.consent is None:
            self.send("consent", GiveConsent("1", gallery=True, guardian=False))
        if self.visit.name is None:
            self.send("name", GiveName(NAME))
        if self.visit.photo is None:
            self._house.take_photo.take(self.visit, 1, photo, None)
        if not self.visit.sent:
            self.send("ready", Ready())

    def answer(self) -> None:
        questions = self._house.experience.quiz.questions
        while self.visit.decision is None:
            at = self.visit.at
            ack = self.send(f"answer-{at}", Answer(at, questions[at].options[at % 2].id))
            assert ack.code is None, ack

    def review(self) -> None:
        assert self.send("review", GiveReview(5, COMMENT)).code is None


def wait_for(what: Callable[[], bool]) -> None:
    deadline = monotonic() + DEADLINE_S
    pause = Event()
    while not what():
        assert monotonic() < deadline, "it never happened"
        pause.wait(LOOK_EVERY_S)


def main() -> None:
    logging.basicConfig(level=logging.WARNING)
    data, place = Path(sys.argv[1]), sys.argv[2]
    house = open_house(data, place)
    house.start()
    phone = Phone(house)
    phone.prepare((data / PHOTO).read_bytes())
    phone.answer()
    wait_for(lambda: phone.visit.ticket.status in READY)
    wait_for(lambda: all(easel.status.value == "done" for easel in phone.visit.easels))
    visit = phone.visit
    assert visit.decision is not None
    seeds = {style.id: house.floor.seals.seed(visit.id, 1, style.id) for style in house.experience.styles}
    told = {
        "status": visit.ticket.status,
        "number": visit.decision.number,
        "tickets": house.store.list("tickets/"),
        "seeds": seeds,
        "revision": house.visits.booth("main").revision,
    }
    house.close()
    sys.stdout.write(json.dumps(told) + "\n")
