"""An installation without disk, network, threads or clock, in which tests act as phones and jobs do."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from doubles.stores import MemoryStore
from doubles.studio import CannedPainter, CannedRenderer, SameFrame, SharpEye
from doubles.visits import MemoryVisits
from doubles.world import IdleJobs, Listener, LoadedDice, OpenBarriers, StillClock

from articket.adapters.experiences import load_experience
from articket.application.floor import Floor, Rules
from articket.application.photographs import TakePhoto
from articket.application.ports import Barriers
from articket.application.rounds import Rounds
from articket.application.seals import Seals
from articket.application.studio import Studio
from articket.application.sweep import Sweep
from articket.application.work.compose import ComposeTicket, Occasion
from articket.application.work.describe import DescribePhoto
from articket.application.work.erase import EraseFiles
from articket.application.work.paint import Paint
from articket.domain.commands import Answer, Confirm, GiveConsent, GiveName, Ready
from articket.domain.durations import Durations
from articket.domain.experience import Experience
from articket.domain.jobs import DescribeJob, EraseJob, Job, PaintJob, TicketJob
from articket.domain.visit import Visit

PICTURES = ("pear", "boat", "town", "cat", "moon")
PACK = Path(__file__).parents[2] / "experiences/painters"


@cache
def painters_pack() -> Experience:
    return load_experience(PACK)


@dataclass
class Kit:
    visits: MemoryVisits = field(default_factory=MemoryVisits)
    store: MemoryStore = field(default_factory=MemoryStore)
    jobs: IdleJobs = field(default_factory=IdleJobs)
    live: Listener = field(default_factory=Listener)
    clock: StillClock = field(default_factory=StillClock)
    painter: CannedPainter = field(default_factory=CannedPainter)
    renderer: CannedRenderer = field(default_factory=CannedRenderer)
    eye: SharpEye = field(default_factory=SharpEye)
    framer: SameFrame = field(default_factory=SameFrame)
    barriers: Barriers = field(default_factory=OpenBarriers)
    studio: Studio = field(default_factory=Studio)
    experience: Experience = field(default_factory=painters_pack)

    @property
    def floor(self) -> Floor:
        rules = Rules(self.experience, Durations(), PICTURES, 72.0)
        return Floor(self.visits, self.jobs, self.live, self.clock, LoadedDice(), Seals(b"k" * 32), rules)

    @property
    def take_photo(self) -> TakePhoto:
        return TakePhoto(self.floor, lambda data: b"clean " + data, self.framer, self.store, self.barriers)

    @property
    def rounds(self) -> Rounds:
        return Rounds(self.floor)

    @property
    def erase_files(self) -> EraseFiles:
        return EraseFiles(self.visits, self.jobs, self.store)

    @property
    def sweep(self) -> Sweep:
        return Sweep(self.visits, self.store, self.erase_files, self.floor.dice)

    @property
    def paint(self) -> Paint:
        seals = self.floor.seals
        return Paint(self.floor, self.experience, self.painter, self.store, seals, self.studio, self.barriers)

    def run(self, job: Job) -> None:
        floor = self.floor
        match job:
            case PaintJob():
                self.paint.run(job)
            case DescribeJob():
                DescribePhoto(floor, self.eye, self.store).run(job)
            case TicketJob():
                self.compose.run(job)
            case EraseJob():
                self.erase_files.run(job)

    @property
    def compose(self) -> ComposeTicket:
        occasion = Occasion("", "", keep_url=lambda _: None, until=lambda _: None)
        return ComposeTicket(self.floor, self.experience, self.renderer, self.store, occasion, self.barriers)

    def run_all(self) -> list[Job]:
        """Do what waits in the outbox, and what that orders, and return it."""
        done: list[Job] = []
        while jobs := self.visits.pending(100):
            self.visits.handed_over(jobs)
            for job in jobs:
                self.run(job)
            done += jobs
        return done

    def visit(self, visit: str) -> Visit:
        found = self.visits.visit(visit)
        assert found is not None
        return found

    def join(self, entry: str = "entry") -> str:
        return self.floor.join("main", entry, "ko").visit.id

    def with_consent(self, entry: str = "entry", *, gallery: bool = False) -> str:
        visit = self.join(entry)
        consent = GiveConsent("1", gallery=gallery, guardian=False)
        assert self.floor.perform(visit, "k1", "main", consent, visit).code is None
        assert self.floor.perform(visit, "k2", "main", GiveName("하린"), visit).code is None
        return visit

    def photo(self, visit: str, number: int = 1, data: bytes = b"photo") -> int:
        return self.take_photo.take(self.visit(visit), number, data, None)

    def ready(self, entry: str = "entry", *, gallery: bool = False) -> str:
        visit = self.with_consent(entry, gallery=gallery)
        self.photo(visit)
        assert self.floor.perform(visit, "k3", "main", Ready(), visit).code is None
        return visit

    def confirm(self, visit: str) -> None:
        wall = self.visits.booth("main").wall
        assert wall is not None
        self.floor.apply("main", Confirm(wall.hung), visit)

    def decided(self, entry: str = "entry", *, gallery: bool = False) -> str:
        visit = self.ready(entry, gallery=gallery)
        self.confirm(visit)
        for step in range(len(self.experience.quiz.questions)):
            self.answer(visit, step)
        return visit

    def answer(self, visit: str, step: int) -> None:
        option = self.experience.quiz.questions[step].options[0].id
        self.floor.apply("main", Answer(step, option), visit)

    def erase(self, visit: str) -> None:
        self.floor.erase(self.visit(visit))
