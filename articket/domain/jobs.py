"""Work that takes time, as a transition orders it: what, and for which visit, photo and style."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaintJob:
    """Paint this photo of this visit in this style; each round is a new try that staff asked for."""

    visit: str
    photo: int
    style: str
    round: int = 0

    @property
    def id(self) -> str:
        """Return the job's id: the same order twice is one job."""
        again = f":{self.round}" if self.round else ""
        return f"paint:{self.visit}:{self.photo}:{self.style}{again}"


@dataclass(frozen=True, slots=True)
class DescribeJob:
    """Say in a sentence what is on this photo."""

    visit: str
    photo: int

    @property
    def id(self) -> str:
        """Return the job's id."""
        return f"describe:{self.visit}:{self.photo}"


@dataclass(frozen=True, slots=True)
class LookJob:
    """Look whether everybody may see this photo."""

    visit: str
    photo: int

    @property
    def id(self) -> str:
        """Return the job's id."""
        return f"look:{self.visit}:{self.photo}"


@dataclass(frozen=True, slots=True)
class TicketJob:
    """Compose the visit's ticket; a remade one is a new edition."""

    visit: str
    edition: int

    @property
    def id(self) -> str:
        """Return the job's id."""
        return f"ticket:{self.visit}:{self.edition}"


@dataclass(frozen=True, slots=True)
class EraseJob:
    """Destroy the files of an erased visit."""

    visit: str

    @property
    def id(self) -> str:
        """Return the job's id."""
        return f"erase:{self.visit}"


Job = PaintJob | DescribeJob | LookJob | TicketJob | EraseJob
