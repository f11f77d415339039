"""Who does which job, and what becomes of one that is given up."""

from dataclasses import dataclass

from articket.application.looking import LookAtPhoto
from articket.application.studio import Studio
from articket.application.work.compose import ComposeTicket
from articket.application.work.describe import DescribePhoto
from articket.application.work.erase import EraseFiles
from articket.application.work.paint import Paint
from articket.domain.faults import Fault
from articket.domain.jobs import DescribeJob, EraseJob, Job, LookJob, PaintJob, TicketJob


@dataclass(frozen=True, slots=True)
class Crew:
    """Everybody who works behind the pages."""

    paint: Paint
    describe: DescribePhoto
    look: LookAtPhoto
    compose: ComposeTicket
    erase: EraseFiles
    studio: Studio

    def run(self, job: Job) -> None:
        """Do a job; its faults are for the engine."""
        match job:
            case PaintJob():
                self.paint.run(job)
            case DescribeJob():
                self.describe.run(job)
            case LookJob():
                self.look.run(job)
            case TicketJob():
                self.compose.run(job)
            case EraseJob():
                self.erase.run(job)

    def give_up(self, job: Job, fault: Fault) -> None:
        """Write into the visit's row what will not come by itself."""
        match job:
            case PaintJob():
                self.paint.give_up(job, fault)
            case LookJob():
                self.look.give_up(job)
            case TicketJob():
                self.compose.give_up(job, fault)
            case _:
                return  # staff see it in the studio, and the sweep erases again
        self.studio.heard(job, None)  # the visit's row tells it from here on
