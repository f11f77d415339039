"""An event in a data folder, played through the real commands, jobs, database and files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from application.kit import PICTURES, painters_pack
from doubles.studio import CannedPainter, CannedRenderer, SharpEye
from doubles.world import IdleJobs, Listener, LoadedDice, OpenBarriers, StillClock

from articket.adapters.database.engine import Database
from articket.adapters.database.roster import SqlRoster
from articket.adapters.database.visits import SqlVisits
from articket.adapters.stores.folder import FolderStore
from articket.application.floor import Floor, Rules
from articket.application.photographs import TakePhoto
from articket.application.ports import Order, Painted
from articket.application.rounds import Rounds
from articket.application.seals import Seals
from articket.application.studio import Studio
from articket.application.work.compose import ComposeTicket, Occasion
from articket.application.work.describe import DescribePhoto
from articket.application.work.erase import EraseFiles
from articket.application.work.paint import Paint
from articket.domain.booth import BoothStage
from articket.domain.commands import (
    Answer,
    Command,
    Confirm,
    GiveConsent,
    GiveName,
    GiveReview,
    LeaveLine,
    MarkPrinted,
    Ready,
    Reprint,
    Reset,
)
from articket.domain.durations import Durations
from articket.domain.experience import Experience
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.server import Address, Kind, Server, Try
from articket.domain.jobs import DescribeJob, EraseJob, PaintJob, TicketJob
from articket.domain.visit import Visit

SEOUL = ZoneInfo("Asia/Seoul")
BOOTH = "main"
NAME = "하린"
NOWHERE = {"ARTICKET_HOST": "127.0.0.1"}


def at(text: str, zone: ZoneInfo = SEOUL) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()


@dataclass
class Hand(CannedPainter):
    """Says that it took so long."""

    seconds: float = 12.0

    def paint(self, order: Order) -> Painted:
        return replace(super().paint(order), seconds=self.seconds)


@dataclass
class Fair:
    """One booth; every visitor does things in seconds that a test gives."""

    data: Path
    clock: StillClock = field(default_factory=StillClock)
    painter: Hand = field(default_factory=Hand)
    retention_hours: float = 72.0
    compose_s: float = 0.0
    came: int = 0
    url: str | None = None

    @cached_property
    def database(self) -> Database:
        self.data.mkdir(exist_ok=True)
        return Database(self.url or f"sqlite:///{self.data / 'articket.db'}")

    @cached_property
    def visits(self) -> SqlVisits:
        return SqlVisits(self.database)

    @cached_property
    def store(self) -> FolderStore:
        return FolderStore(self.data / "store")

    @cached_property
    def experience(self) -> Experience:
        return painters_pack()

    @cached_property
    def floor(self) -> Floor:
        rules = Rules(self.experience, Durations(), PICTURES, self.retention_hours)
        return Floor(self.visits, IdleJobs(), Listener(), self.clock, LoadedDice(), Seals(b"k" * 32), rules)

    def close(self) -> None:
        self.database.close()

    def do(self, visit: str, command: Command) -> None:
        self.floor.apply(BOOTH, command, visit)

    def visit(self, visit: str) -> Visit:
        found = self.visits.visit(visit)
        assert found is not None
        return found

    def work(self) -> None:
        """Do what waits in the outbox, and what that orders."""
        while jobs := self.visits.pending(100):
            self.visits.handed_over(jobs)
            for job in jobs:
                self._run(job)

    def _run(self, job: object) -> None:
        floor, store, barriers = self.floor, self.store, OpenBarriers()
        match job:
            case PaintJob():
                paint = Paint(floor, self.experience, self.painter, store, floor.seals, Studio(), barriers)
                paint.run(job)
            case DescribeJob():
                DescribePhoto(floor, SharpEye(), store).run(job)
            case TicketJob():
                occasion = Occasion("", "", keep_url=lambda _: None, until=lambda _: None)
                renderer = CannedRenderer()
                self.clock.wait(self.compose_s)
                ComposeTicket(floor, self.experience, renderer, store, occasion, barriers).run(job)
            case EraseJob():
                EraseFiles(self.visits, IdleJobs(), store).run(job)

    def join(self, time: float | None = None, locale: str = "ko") -> str:
        self.clock.time = time if time is not None else self.clock.time
        self.came += 1
        return self.floor.join(BOOTH, f"entry-{self.came}", locale).visit.id

    def agree(self, visit: str, seconds: float = 10) -> None:
        self.clock.wait(seconds)
        self.do(visit, GiveConsent("1", gallery=False, guardian=False))

    def photograph(self, visit: str, seconds: float = 30) -> None:
        self.clock.wait(seconds)
        self.do(visit, GiveName(NAME))
        take = TakePhoto(self.floor, lambda data: b"clean " + data, _SameFrame(), self.store, OpenBarriers())
        take.take(self.visit(visit), 1, f"photo of {visit}".encode(), None)
        self.do(visit, Ready())
        self.work()

    def step_up(self, visit: str, seconds: float = 5) -> None:
        """Confirm at the monitor where the visit is called, else go on by phone."""
        self.clock.wait(seconds)
        booth = self.visits.booth(BOOTH)
        if booth.called(visit) and booth.wall is not None:
            self.do(visit, Confirm(booth.wall.hung))
        else:
            self.do(visit, LeaveLine())

    def answer(self, visit: str, count: int = 8, seconds: float = 8, turn: int = 0) -> None:
        """Answer so many questions; `turn` chooses among the options as bits do."""
        for step, question in enumerate(self.experience.quiz.questions[:count]):
            self.clock.wait(seconds)
            self.do(visit, Answer(step, question.options[turn >> step & 1].id))
        self.work()

    def leave_monitor(self, seconds: float = 20) -> None:
        self.clock.wait(seconds)
        if self.visits.booth(BOOTH).stage is not BoothStage.IDLE:
            self.floor.apply(BOOTH, Reset())
        self.work()

    def hand_out(self, visit: str, seconds: float = 45) -> None:
        self.clock.wait(seconds)
        self.do(visit, MarkPrinted())

    def print_again(self, visit: str, reason: str = "paper") -> None:
        self.do(visit, Reprint(reason))
        self.hand_out(visit)

    def review(self, visit: str, stars: int, comment: str = "") -> None:
        self.do(visit, GiveReview(stars, comment))

    def erase(self, visit: str) -> None:
        self.floor.erase(self.visit(visit))
        self.work()

    def expire(self) -> None:
        Rounds(self.floor, BOOTH).erase_old()
        self.work()

    def whole(self, time: float | None = None, locale: str = "ko", turn: int = 0) -> str:
        """Bring one visitor all the way to a printed ticket."""
        visit = self.join(time, locale)
        self.agree(visit)
        self.photograph(visit)
        self.step_up(visit)
        self.answer(visit, turn=turn)
        self.leave_monitor()
        self.hand_out(visit)
        return visit

    def with_server(self, label: str, *, painted: int, lost: int, faults: tuple[str, ...] = ()) -> None:
        """Put a server with a history into the fleet, as the keeper would."""
        tries = tuple(Try(self.clock.time, 20.0, code) for code in faults)
        server = Server(
            f"id-{label}",
            Address(f"http://192.0.2.7:7860/{label}", Kind.A1111),
            name=label,
            painted=painted,
            lost=lost,
            tries=tries,
        )
        with SqlRoster(self.database).transaction() as page:
            page.save(replace(page.fleet, servers=(*page.fleet.servers, server)))

    def fleet(self) -> Fleet:
        return SqlRoster(self.database).fleet()


class _SameFrame:
    def frame(
        self, photo: bytes, focus: tuple[float, float] | None, size: tuple[int, int] = (600, 872)
    ) -> bytes:
        del focus, size
        return photo


@contextmanager
def fair_in(data: Path, url: str | None = None) -> Iterator[Fair]:
    fair = Fair(data, url=url)
    fair.visits.booth(BOOTH)
    try:
        yield fair
    finally:
        fair.close()
