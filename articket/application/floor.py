"""The one way into the domain: every command is a transaction, its jobs and its answer included."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from articket.application.ports import Ack, Change, Clock, Dice, Jobs, Keys, Live, Transaction, Visits
from articket.application.seals import Seals, hashed
from articket.domain.booth import Booth
from articket.domain.commands import Command, Erase, Join, OfTheMonitor
from articket.domain.day import Happening, happenings
from articket.domain.durations import Durations
from articket.domain.experience import Experience
from articket.domain.faults import Fault, Gone
from articket.domain.moderation import Policy
from articket.domain.names import EVERY_NAME, Filter
from articket.domain.transitions import Context, Scene, reduce
from articket.domain.visit import Visit

T = TypeVar("T")
NEIGHBOURS_SHOWN = 5
SECONDS_AN_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What the organiser decided: the pack, the durations, the pictures for the wall, the retention.

    `policy` says who looks at a photo before it is shown, `unfit` which names are not.
    """

    experience: Experience
    durations: Durations
    pictures: tuple[str, ...]
    retention_hours: float
    policy: Policy = Policy.OFF
    unfit: Filter = EVERY_NAME


@dataclass(frozen=True, slots=True)
class Opened:
    """A visit that was opened, or opened before from the same entry, and its phone's secret."""

    visit: Visit
    token: str


@dataclass(frozen=True, slots=True)
class Floor:
    """Performs commands on booths and visits, and tells the pages what changed."""

    visits: Visits
    jobs: Jobs
    live: Live
    clock: Clock
    dice: Dice
    seals: Seals
    rules: Rules

    def join(self, booth: str, entry: str, locale: str, *, assisted: bool = False) -> Opened:
        """Open a visit from an entry; the same entry always leads to the same visit.

        Raises NotAllowed where the line is closed.
        """
        now = self.clock.now()
        opened = Opened(Visit(self.seals.visit(entry), booth, locale, now, assisted), self.seals.token(entry))
        keys = Keys(hashed(opened.token), hashed(self.seals.keep(opened.visit.id)), hashed(entry))
        with self.visits.transaction() as transaction:
            known = transaction.visit_by_entry(keys.entry)
            if known is not None:
                return Opened(known, opened.token)
            before = transaction.booth(booth)
            outcome = reduce(Scene(before, opened.visit), Join(), self._context(transaction, now))
            transaction.add_visit(opened.visit, keys, self.expiry(opened.visit))
            transaction.save_booth(outcome.scene.booth)
            transaction.note(booth, (Happening.JOINED,), now)
        self.live.publish(_change(Scene(before), outcome.scene))
        return opened

    def perform(self, owner: str, cmd_id: str, booth: str, command: Command, visit: str | None = None) -> Ack:
        """Perform a command that somebody sent; a repeated one gets its old answer, a fault is one too."""

        def ask(transaction: Transaction, now: float) -> tuple[Ack, Scene | None, Scene | None]:
            known = transaction.answered(owner, cmd_id)
            if known is not None:
                return known, None, None
            before: Scene | None = None
            after: Scene | None = None
            try:
                before, after = self._apply(transaction, booth, command, visit, now)
                ack = Ack(after.booth.revision)
            except Fault as fault:
                ack = Ack(transaction.booth(booth).revision, fault.code, tuple(fault.params.items()))
            transaction.remember(owner, cmd_id, ack, now)
            return ack, before, after

        return self._commit(ask)

    def apply(self, booth: str, command: Command, visit: str | None = None) -> Scene:
        """Perform a command of a clock or a job, which repeat themselves harmlessly; faults are raised."""

        def just(transaction: Transaction, now: float) -> tuple[Scene, Scene, Scene]:
            before, after = self._apply(transaction, booth, command, visit, now)
            return after, before, after

        return self._commit(just)

    def erase(self, visit: Visit) -> Visit:
        """Erase a visit, leaving its receipt; one that was erased before keeps the receipt it has."""
        if visit.receipt is not None:
            return visit
        number = f"{visit.decision.number}-" if visit.decision else ""
        command = Erase(number + self.seals.receipt(visit.id))
        try:
            after = self.apply(visit.booth, command, visit.id).visit
        except Gone:
            after = self.visits.visit(visit.id)  # somebody was quicker
        return after or visit

    def erased(self, visit: str) -> bool:
        """Whether nothing of this visit may be kept any more."""
        present = self.visits.visit(visit)
        return present is None or present.receipt is not None

    def expiry(self, visit: Visit) -> float:
        """Return when the visit is erased by itself."""
        return visit.joined_at + self.rules.retention_hours * SECONDS_AN_HOUR

    def _commit(self, work: Callable[[Transaction, float], tuple[T, Scene | None, Scene | None]]) -> T:
        with self.visits.transaction() as transaction:
            answer, before, after = work(transaction, self.clock.now())
        if before is not None and after is not None and before.booth.revision != after.booth.revision:
            if after.jobs:
                self.jobs.wake()
            self.live.publish(_change(before, after))
        return answer

    def _apply(
        self, transaction: Transaction, booth: str, command: Command, visit: str | None, now: float
    ) -> tuple[Scene, Scene]:
        present = transaction.booth(booth)
        if isinstance(command, OfTheMonitor):
            visit = present.visit
        before = Scene(present, transaction.visit(visit) if visit else None)
        outcome = reduce(before, command, self._context(transaction, now))
        after = outcome.scene
        if not outcome.changed:
            return before, before
        transaction.save_booth(after.booth)
        if after.visit is not None and after.visit != before.visit:
            expires_at = self.expiry(after.visit)
            transaction.save_visit(after.visit, expires_at)
            if before.visit is not None:
                transaction.note(booth, happenings(before.visit, after.visit, expires_at), now)
        if isinstance(command, Erase) and visit:
            transaction.forget(visit)
        transaction.order(after.jobs)
        return before, after

    def _context(self, transaction: Transaction, now: float) -> Context:
        rules = self.rules
        return Context(
            now,
            rules.experience,
            rules.durations,
            self.dice.roll(),
            rules.pictures,
            transaction.next_number,
            rules.policy,
            rules.unfit,
        )


def _change(before: Scene, after: Scene) -> Change:
    old, new = before.booth, after.booth
    phones = {visit for visit in (old.visit, new.visit) if visit and _monitor(old) != _monitor(new)}
    if after.visit is not None and before.visit != after.visit:
        phones.add(after.visit.id)
    lined_up = {place.visit for place in new.line} - {place.visit for place in old.line}
    left = {place.visit for place in old.line} - {place.visit for place in new.line}
    phones |= lined_up | left
    shown = {new.visit, *(place.visit for place in new.line[:NEIGHBOURS_SHOWN])}
    monitor = (
        _monitor(old) != _monitor(new)
        or old.line != new.line
        or bool(phones & shown)
        or _on_the_wall(before.visit) != _on_the_wall(after.visit)
    )
    return Change(
        booth=new.id,
        rev=new.revision,
        phones=frozenset(phones),
        monitor=monitor,
        line=(old.line, old.place) != (new.line, new.place),
    )


def _on_the_wall(visit: Visit | None) -> tuple[str, str | None] | None:
    """Return what the idle gallery shows of a visit and says of it, None where it does not hang there."""
    return (visit.id, visit.public_name) if visit is not None and visit.on_the_wall else None


def _monitor(booth: Booth) -> tuple[object, ...]:
    return (booth.step, booth.deadline, booth.wall, booth.door, booth.blanked, booth.visit)
