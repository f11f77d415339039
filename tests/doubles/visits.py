"""Booths and visits in memory; passes the same contract as the database."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from threading import RLock

from articket.application.ports import Ack, Keys, Tally
from articket.domain.booth import Booth
from articket.domain.day import Happening
from articket.domain.jobs import Job
from articket.domain.name_search import has
from articket.domain.print_queue import WAITING, PrintState
from articket.domain.visit import TicketStatus, Visit


@dataclass
class Rows:
    booths: dict[str, Booth] = field(default_factory=dict)
    visits: dict[str, tuple[Visit, float]] = field(default_factory=dict)
    keys: dict[str, Keys] = field(default_factory=dict)
    answers: dict[tuple[str, str], tuple[Ack, float]] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    day: list[tuple[str, Happening, float]] = field(default_factory=list)
    number: int = 0

    def copy(self) -> "Rows":
        return Rows(**{name: copy(getattr(self, name)) for name in self.__dataclass_fields__})


class MemoryTransaction:
    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def booth(self, booth: str) -> Booth:
        return self.rows.booths.setdefault(booth, Booth(booth))

    def visit(self, visit: str) -> Visit | None:
        found = self.rows.visits.get(visit)
        return found[0] if found else None

    def visit_by_entry(self, entry: bytes) -> Visit | None:
        return next(
            (self.visit(visit) for visit, keys in self.rows.keys.items() if keys.entry == entry), None
        )

    def save_booth(self, booth: Booth) -> None:
        self.rows.booths[booth.id] = booth

    def save_visit(self, visit: Visit, expires_at: float) -> None:
        self.rows.visits[visit.id] = (visit, expires_at)

    def add_visit(self, visit: Visit, keys: Keys, expires_at: float) -> None:
        self.rows.visits[visit.id] = (visit, expires_at)
        self.rows.keys[visit.id] = keys

    def next_number(self) -> int:
        self.rows.number += 1
        return self.rows.number

    def note(self, booth: str, happened: Sequence[Happening], at: float) -> None:
        self.rows.day += [(booth, each, at) for each in happened]

    def order(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            self.rows.jobs.setdefault(job.id, job)

    def answered(self, owner: str, cmd_id: str) -> Ack | None:
        found = self.rows.answers.get((owner, cmd_id))
        return found[0] if found else None

    def remember(self, owner: str, cmd_id: str, ack: Ack, at: float) -> None:
        self.rows.answers[owner, cmd_id] = (ack, at)

    def forget(self, visit: str) -> None:
        self.rows.answers = {key: kept for key, kept in self.rows.answers.items() if key[0] != visit}
        self.rows.jobs = {job.id: job for job in self.rows.jobs.values() if job.visit != visit}


class MemoryVisits:
    """Visits, Transaction and Outbox without a disk."""

    def __init__(self) -> None:
        self.rows = Rows()
        self._lock = RLock()

    @contextmanager
    def transaction(self) -> Iterator[MemoryTransaction]:
        with self._lock:
            draft = self.rows.copy()
            yield MemoryTransaction(draft)
            self.rows = draft

    def booth(self, booth: str) -> Booth:
        return self.rows.booths.get(booth, Booth(booth))

    def visit(self, visit: str) -> Visit | None:
        return MemoryTransaction(self.rows).visit(visit)

    def many(self, wanted: Sequence[str]) -> list[Visit]:
        return [visit for each in wanted if (visit := self.visit(each)) is not None]

    def by_token(self, token: bytes) -> Visit | None:
        return next(
            (self.visit(visit) for visit, keys in self.rows.keys.items() if keys.token == token), None
        )

    def by_keep(self, keep: bytes) -> Visit | None:
        return next((self.visit(visit) for visit, keys in self.rows.keys.items() if keys.keep == keep), None)

    def by_number(self, number: int) -> Visit | None:
        return next((v for v in self._present() if v.decision and v.decision.number == number), None)

    def with_tickets(self, booth: str, status: TicketStatus, limit: int) -> list[Visit]:
        def order(visit: Visit) -> float:
            if status is TicketStatus.PRINTED:
                return -(visit.ticket.printed_at or 0)
            return visit.decision.number if visit.decision else 0

        those = [v for v in self._present() if v.booth == booth and v.ticket.status is status]
        return sorted(those, key=order)[:limit]

    def to_print(self, booth: str, limit: int, states: Collection[PrintState] = WAITING) -> list[Visit]:
        ready = self.with_tickets(booth, TicketStatus.READY, len(self.rows.visits))
        return [visit for visit in ready if visit.ticket.print_job.state in states][:limit]

    def at_printer(self, booth: str, limit: int) -> list[Visit]:
        ready = self.with_tickets(booth, TicketStatus.READY, len(self.rows.visits))
        return [visit for visit in ready if visit.ticket.print_job.ref is not None][:limit]

    def last_number(self) -> int:
        return self.rows.number

    def named(self, booth: str, part: str, limit: int) -> list[Visit]:
        those = [v for v in self._present() if v.booth == booth and v.name and has(v.name, part)]
        return sorted(those, key=lambda visit: -visit.joined_at)[:limit]

    def under_way(self, booth: str, joined_since: float, limit: int) -> list[Visit]:
        those = [
            visit
            for visit in self._present()
            if visit.booth == booth
            and visit.ticket.status is TicketStatus.NONE
            and (visit.photo is not None or visit.joined_at >= joined_since)
        ]
        return sorted(those, key=lambda visit: -visit.joined_at)[:limit]

    def tally(self, booth: str, day_began: float) -> Tally:
        mine = [visit for visit in self._present() if visit.booth == booth]
        ready = [visit.ticket for visit in mine if visit.ticket.status is TicketStatus.READY]
        wanted = (*WAITING, PrintState.FAILED)
        since = [t.wanted_at for t in ready if t.print_job.state in wanted and t.wanted_at is not None]
        return Tally(
            painting=sum(visit.at_easels for visit in mine),
            paper=Counter(ticket.print_job.state for ticket in ready),
            stuck=sum(visit.ticket.status is TicketStatus.TROUBLE for visit in mine),
            waits_since=min(since, default=None),
            day=Counter(kind for of, kind, at in self.rows.day if of == booth and at >= day_began),
        )

    def gallery(self, booth: str, limit: int) -> list[Visit]:
        hung = [v for v in self._present() if v.booth == booth and v.on_the_wall]
        return sorted(hung, key=lambda visit: -(visit.revealed_at or 0))[:limit]

    def to_look_at(self, booth: str, now: float, limit: int) -> list[Visit]:
        mine = [(v.look_due, v) for v in self._present() if v.booth == booth]
        waiting = [(due, visit) for due, visit in mine if due is not None and due <= now]
        return [visit for _, visit in sorted(waiting, key=lambda pair: pair[0])][:limit]

    def looks_due(self, booth: str, now: float) -> int:
        return len(self.to_look_at(booth, now, len(self.rows.visits)))

    def expired(self, now: float, limit: int) -> list[Visit]:
        due = [(at, visit) for visit, at in self.rows.visits.values() if not visit.receipt and at <= now]
        return [visit for _, visit in sorted(due, key=lambda pair: pair[0])][:limit]

    def due(self, now: float) -> list[Booth]:
        return [b for b in self.rows.booths.values() if b.deadline is not None and b.deadline <= now]

    def forget_receipts(self, before: float, *, with_tickets: bool = True) -> None:
        with self._lock:
            old = {
                visit.id
                for visit, at in self.rows.visits.values()
                if visit.receipt and at < before and (with_tickets or not visit.receipt.had_ticket)
            }
            for visit in old:
                del self.rows.visits[visit], self.rows.keys[visit]
            self.rows.answers = {key: kept for key, kept in self.rows.answers.items() if kept[1] >= before}

    def choice(self, name: str) -> str | None:
        return self.rows.choices.get(name)

    def choose(self, name: str, value: str) -> None:
        self.rows.choices[name] = value

    def pending(self, limit: int) -> list[Job]:
        return list(self.rows.jobs.values())[:limit]

    def handed_over(self, jobs: Sequence[Job]) -> None:
        with self._lock:
            for job in jobs:
                self.rows.jobs.pop(job.id, None)

    def scrub(self) -> None:
        pass

    def answers(self) -> bool:
        return True

    def _present(self) -> list[Visit]:
        return [visit for visit, _ in self.rows.visits.values() if visit.receipt is None]
