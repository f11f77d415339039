from dataclasses import dataclass

from articket.application import files
from articket.application.floor import Floor
from articket.application.ports import Captioner, Store
from articket.application.work.leftovers import nothing_outlives
from articket.domain.commands import Describe
from articket.domain.jobs import DescribeJob


@dataclass(frozen=True, slots=True)
class DescribePhoto:
    """Lets the captioner look at a photo."""

    floor: Floor
    captioner: Captioner
    store: Store

    def run(self, job: DescribeJob) -> None:
        """Keep what the captioner saw; a photo that was replaced is not looked at."""
        with nothing_outlives(self.floor, self.store, job.visit):
            self._describe(job)

    def _describe(self, job: DescribeJob) -> None:
        visit = self.floor.visits.visit(job.visit)
        if visit is None or visit.photo is None or visit.photo.number != job.photo or visit.sight:
            return
        photo = self.store.get(files.source(visit.id, visit.photo.source))
        seen = self.captioner.see(photo, visit.photo.focus)
        command = Describe(job.photo, seen.sentence, seen.faces, seen.colours, seen.face, seen.reader)
        self.floor.apply(visit.booth, command, visit.id)
