from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from articket.domain.booth import Booth
from articket.domain.durations import Durations
from articket.domain.experience import Experience
from articket.domain.faults import Gone
from articket.domain.jobs import Job
from articket.domain.moderation import Policy
from articket.domain.names import EVERY_NAME, Filter
from articket.domain.visit import Visit


@dataclass(frozen=True, slots=True)
class Context:
    """What a transition may know of the world: the time, the pack, chance, and the next ticket number.

    `roll` is a random number in [0, 1); `number` draws the installation's next ticket number;
    `policy` says who looks at a new photo first, `unfit` names what no monitor should say.
    """

    now: float
    experience: Experience
    durations: Durations
    roll: float
    pictures: tuple[str, ...]
    number: Callable[[], int]
    policy: Policy = Policy.OFF
    unfit: Filter = EVERY_NAME


@dataclass(frozen=True, slots=True)
class Scene:
    """A booth and the one visit a command is about, with the jobs ordered so far."""

    booth: Booth
    visit: Visit | None = None
    jobs: tuple[Job, ...] = ()

    @property
    def guest(self) -> Visit:
        """Return the visit, or raise Gone where a command came without one."""
        if self.visit is None or self.visit.receipt is not None:
            raise Gone("visit-gone", "The command belongs to a visit that is not here any more.")
        return self.visit

    @property
    def controls(self) -> bool:
        """Whether the scene's visit controls the monitor."""
        return self.visit is not None and self.booth.controller == self.visit.id

    def with_booth(self, booth: Booth) -> Self:
        """Return the scene with this booth."""
        return replace(self, booth=booth)

    def with_visit(self, visit: Visit) -> Self:
        """Return the scene with this visit."""
        return replace(self, visit=visit)

    def ordering(self, *jobs: Job) -> Self:
        """Return the scene with more jobs ordered."""
        return replace(self, jobs=self.jobs + jobs)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command led to: the scene after it, and whether anything changed at all."""

    scene: Scene
    changed: bool
