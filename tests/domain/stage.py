"""A booth and its visits on which tests act, one command after another."""

from dataclasses import dataclass, field, replace

from doubles.experiences import tiny_experience

from articket.domain.booth import Booth, BoothStage
from articket.domain.commands import (
    Answer,
    Command,
    Confirm,
    Elapse,
    FinishPainting,
    GiveConsent,
    GiveName,
    Join,
    OfTheMonitor,
    Ready,
    StorePhoto,
)
from articket.domain.durations import Durations
from articket.domain.experience import Experience
from articket.domain.jobs import Job
from articket.domain.moderation import Policy
from articket.domain.transitions import Context, Scene, reduce
from articket.domain.visit import Visit

PICTURES = ("pear", "boat", "town", "cat", "moon")


@dataclass
class Theatre:
    booth: Booth = field(default_factory=lambda: Booth("main"))
    visits: dict[str, Visit] = field(default_factory=dict)
    jobs: list[Job] = field(default_factory=list)
    experience: Experience = field(default_factory=tiny_experience)
    durations: Durations = field(default_factory=Durations)
    now: float = 1000.0
    roll: float = 0.3
    numbers: int = 0
    policy: Policy = Policy.OFF

    def shows(self) -> BoothStage:
        """What the monitor is doing now; a call, so that no type checker thinks it stays so."""
        return self.booth.stage

    def draw(self) -> int:
        self.numbers += 1
        return self.numbers

    def do(self, command: Command, visit: str | None = None) -> bool:
        """Perform a command as the application does; True when something changed."""
        if isinstance(command, OfTheMonitor):
            visit = self.booth.visit
        context = Context(
            self.now, self.experience, self.durations, self.roll, PICTURES, self.draw, self.policy
        )
        present = self.visits.get(visit) if visit else None
        outcome = reduce(Scene(self.booth, present), command, context)
        self.booth = outcome.scene.booth
        if outcome.scene.visit is not None:
            self.visits[outcome.scene.visit.id] = outcome.scene.visit
        self.jobs += outcome.scene.jobs
        return outcome.changed

    def join(self, visit: str) -> None:
        self.visits[visit] = Visit(visit, "main", "ko", self.now)
        self.do(Join(), visit)

    def prepare(self, visit: str) -> None:
        self.do(GiveConsent("1", gallery=False, guardian=False), visit)
        self.do(GiveName(visit.title()), visit)
        self.do(StorePhoto(1), visit)
        self.do(Ready(), visit)

    def confirm(self, visit: str) -> None:
        assert self.booth.wall is not None
        self.do(Confirm(self.booth.wall.hung), visit)

    def answer_all(self, visit: str, option: str = "a") -> None:
        for step in range(len(self.experience.quiz.questions)):
            self.do(Answer(step, option), visit)

    def paint_all(self, visit: str) -> None:
        photo = self.visits[visit].photo
        assert photo is not None
        for style in self.experience.styles:
            self.do(FinishPainting(photo.number, style.id, "laptop", 1.0), visit)

    def wait(self, seconds: float) -> None:
        """Let time pass, ending each stage that is over on the way."""
        end = self.now + seconds
        while self.booth.deadline is not None and self.booth.deadline <= end:
            self.now = max(self.now, self.booth.deadline)
            if not self.do(Elapse(self.booth.step)):
                break
        self.now = end

    def hurry(self, **durations: float) -> None:
        self.durations = replace(self.durations, **durations)
