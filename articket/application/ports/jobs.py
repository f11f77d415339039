"""The way of a job from the command that ordered it to the engine that runs it."""

from collections.abc import Sequence
from typing import Protocol

from articket.domain.jobs import Job


class Outbox(Protocol):
    """Jobs that were committed with a command and wait to be handed to the engine."""

    def pending(self, limit: int) -> list[Job]:
        """Return the oldest jobs that were not handed over yet."""

    def handed_over(self, jobs: Sequence[Job]) -> None:
        """Forget jobs that the engine has."""


class Jobs(Protocol):
    """The engine that runs jobs durably."""

    def wake(self) -> None:
        """Say that the outbox has something new."""

    def forget(self, visit: str) -> None:
        """Delete what the engine keeps of this visit's finished and waiting jobs; what runs ends first."""
