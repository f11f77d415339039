"""Running all checks at once, each within its own time."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Thread
from time import monotonic

from articket.application.checkup.line import Line, bad

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Check:
    """Something to look at: under which name, how, and how long that may take."""

    subject: str
    run: Callable[[], Iterable[Line]]
    limit_s: float


@dataclass(slots=True)
class Look:
    """A check under way; its lines are kept as they come."""

    check: Check
    lines: list[Line] = field(default_factory=list)
    thread: Thread = field(init=False)

    def __post_init__(self) -> None:
        """Begin."""
        # A thread that hangs in a call of the system must not keep the command from ending.
        self.thread = Thread(target=self._run, name=f"check {self.check.subject}", daemon=True)
        self.thread.start()

    def result(self, until: float) -> list[Line]:
        """Wait for the end, or for that time of the monotonic clock, and return what was found."""
        self.thread.join(max(0.0, until - monotonic()))
        found = list(self.lines)
        if self.thread.is_alive():
            found.append(
                bad(
                    self.check.subject,
                    f"This took longer than {self.check.limit_s:g} s and was left.",
                    "See whether the disk, the network or the server behind it hangs.",
                )
            )
        return found

    def _run(self) -> None:
        try:
            for line in self.check.run():
                self.lines.append(line)
        except Exception as reason:
            # The thread's edge: one check that fails must not hide what the others found.
            log.exception("the check of %s failed", self.check.subject)
            self.lines.append(
                bad(
                    self.check.subject,
                    f"The check itself failed ({type(reason).__name__}).",
                    "This is a fault of Articket; what stands above this table says more.",
                )
            )


def inspect(checks: Sequence[Check]) -> Iterator[Line]:
    """Begin all checks at once and return their lines in the checks' order, as soon as they are known."""
    began = monotonic()
    looks = [Look(check) for check in checks]
    for look in looks:
        yield from look.result(began + look.check.limit_s)
