"""Lookers that need no model; they say what a test wants them to say."""

from dataclasses import dataclass, field

from articket.domain.faults import LookerFault


@dataclass
class SureLooker:
    """Gives every JPEG the same score, or raises the fault that waits."""

    score: float = 0.0
    seen: list[bytes] = field(default_factory=list)
    faults: list[LookerFault] = field(default_factory=list)

    def look(self, picture: bytes) -> float:
        self.seen.append(picture)
        if self.faults:
            raise self.faults.pop(0)
        if not picture.startswith(b"\xff\xd8"):
            raise LookerFault("looker-crashed", "It is no picture.")
        return self.score
