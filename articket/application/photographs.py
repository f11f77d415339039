"""A photo on its way from the phone to the disk."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from articket.application import files
from articket.application.floor import Floor
from articket.application.ports import Ack, Barriers, Framer, Store
from articket.application.work.leftovers import destroy
from articket.domain.commands import Frame, StorePhoto
from articket.domain.faults import NotAllowed, PermanentFault, StaleStep, StoreRefused
from articket.domain.visit import Visit

LOCKS = 64


@dataclass(frozen=True, slots=True)
class TakePhoto:
    """Takes photos in: on disk before the answer goes out, and safe to repeat."""

    floor: Floor
    take_in: Callable[[bytes], bytes]
    framer: Framer
    store: Store
    barriers: Barriers
    locks: tuple[Lock, ...] = field(default_factory=lambda: tuple(Lock() for _ in range(LOCKS)))

    def take(self, visit: Visit, number: int, data: bytes, focus: tuple[float, float] | None) -> int:
        """Keep the upload as this photo of the visit and return its number.

        An upload that was taken before is answered as it was; raises PhotoRefused, StaleStep for
        a number that is not the next one, NotAllowed before consent, Gone after an erasure, and
        the store's faults.
        """
        taken = self._number(visit)
        if number <= taken:
            return self._as_before(visit, number, taken)
        if visit.consent is None:
            raise NotAllowed("consent-missing", "Nothing is taken before the visitor agreed.")
        if number != taken + 1:
            raise StaleStep("step-stale", f"The next photo has number {taken + 1}.")
        photo = self.take_in(data)
        frame = self.framer.frame(photo, focus)
        with self._alone(visit):
            taken = self._number(visit)
            if number <= taken:
                return self._as_before(visit, number, taken)  # the same upload came twice at once
            self._keep(files.source(visit.id, number), photo)
            self._keep(files.framed(visit.id, number), frame)
            self.barriers.reach("photo-stored")
            try:
                self.floor.apply(visit.booth, StorePhoto(number, focus), visit.id)
            except PermanentFault:
                self._discard(visit, files.source(visit.id, number), files.framed(visit.id, number))
                raise
        return number

    def move(self, visit: Visit, cmd_id: str, command: Frame) -> Ack:
        """Cut the same photo anew around another point."""
        with self._alone(visit):
            present = self.floor.visits.visit(visit.id) or visit
            cut = files.framed(visit.id, command.photo + 1)
            fits = present.photo is not None and present.photo.number == command.photo
            if fits and present.photo is not None:
                photo = self.store.get(files.source(visit.id, present.photo.source))
                self._keep(cut, self.framer.frame(photo, (command.x, command.y)))
            ack = self.floor.perform(visit.id, cmd_id, visit.booth, command, visit.id)
            if self.floor.erased(visit.id) or (fits and self._number(visit) == command.photo):
                self._discard(visit, cut)
            return ack

    def _alone(self, visit: Visit) -> Lock:
        return self.locks[hash(visit.id) % LOCKS]

    def _number(self, visit: Visit) -> int:
        present = self.floor.visits.visit(visit.id)
        return present.photo.number if present is not None and present.photo is not None else 0

    def _as_before(self, visit: Visit, number: int, taken: int) -> int:
        # A crop has a number too: an upload under it is another photo, not a repeated one.
        if not self.store.exists(files.source(visit.id, number)):
            raise StaleStep("step-stale", f"The next photo has number {taken + 1}.")
        return taken

    def _keep(self, name: str, data: bytes) -> None:
        try:
            self.store.put(name, data)
        except StoreRefused:
            # No row knows this number yet: the file is what a kill left behind, and another photo came since.
            self.store.delete(name)
            self.store.put(name, data)

    def _discard(self, visit: Visit, *names: str) -> None:
        """Delete what was refused; of a visit erased meanwhile, everything."""
        if self.floor.erased(visit.id):
            destroy(self.store, visit.id)
        for name in names:
            self.store.delete(name)
