import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from articket.application import files
from articket.application.floor import Floor
from articket.application.ports import Barriers, LocalStore, TicketRenderer
from articket.application.work.leftovers import nothing_outlives
from articket.domain.commands import FailTicket, StoreTicket
from articket.domain.experience import Experience
from articket.domain.faults import Fault, PermanentFault
from articket.domain.jobs import TicketJob
from articket.domain.ticket import Match, TicketContent
from articket.domain.transitions.painting import styles_on_ticket
from articket.domain.visit import PRINT_PIXELS_WIDE, TicketStatus, Visit


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a ticket says about the event, and where its visitor finds the paintings later."""

    event: str
    place: str
    keep_url: Callable[[str], str | None]
    until: Callable[[Visit], str | None]

    @property
    def where(self) -> str:
        """Return event and place in one line, as far as they were set."""
        return " ".join(part for part in (self.event, self.place) if part)


@dataclass(frozen=True, slots=True)
class ComposeTicket:
    """Makes a visit's ticket and gives it to the desk."""

    floor: Floor
    experience: Experience
    renderer: TicketRenderer
    store: LocalStore
    occasion: Occasion
    barriers: Barriers

    def run(self, job: TicketJob) -> None:
        """Compose the ticket once and put it into the desk's folder once; a fault is told to the desk."""
        with nothing_outlives(self.floor, self.store, job.visit):
            self._make(job)
            self._clear(job)

    def give_up(self, job: TicketJob, fault: Fault) -> None:
        """Tell the desk that the ticket does not come by itself, and why."""
        visit = self.floor.visits.visit(job.visit)
        if visit is not None and visit.receipt is None:
            self.floor.apply(visit.booth, FailTicket(job.edition, fault.code), visit.id)

    def _make(self, job: TicketJob) -> None:
        visit = self.floor.visits.visit(job.visit)
        if visit is None or visit.ticket.edition != job.edition:
            return
        if visit.ticket.status is not TicketStatus.MAKING:
            return
        self.barriers.reach("number-without-pdf")
        try:
            stored = self._compose(visit)
        except PermanentFault as fault:
            self.give_up(job, fault)
            return
        self.floor.apply(visit.booth, stored, visit.id)

    def _compose(self, visit: Visit) -> StoreTicket:
        edition = visit.ticket.edition
        draft, note = files.composed(visit.id, edition), files.measured(visit.id, edition)
        if not self.store.exists(draft):
            rendered = self.renderer.render(self.content(visit))
            self.store.delete(note)
            true = rendered.pixels_per_inch * _share_painted(visit)
            self.store.put(note, json.dumps(true).encode())
            self.store.put(draft, rendered.pdf)
        self.barriers.reach("pdf-without-row")
        name = files.ticket(visit)
        self.store.put(name, self.store.get(draft))
        self.barriers.reach("stored-not-marked")
        return StoreTicket(edition, json.loads(self.store.get(note)), name)

    def _clear(self, job: TicketJob) -> None:
        """Take older editions, and what a changed time zone named otherwise, from the desk's folder."""
        visit = self.floor.visits.visit(job.visit)
        if visit is None or visit.ticket.edition != job.edition or visit.ticket.file is None:
            return
        for name in self.store.list(f"{files.TICKETS}/"):
            if files.owner(name) == visit.id and name != visit.ticket.file:
                self.store.delete(name)

    def content(self, visit: Visit) -> TicketContent:
        """Return what the visit's ticket says and shows; ValueError before its painter is fixed."""
        decision, photo = visit.decision, visit.photo
        if decision is None or photo is None or visit.name is None:
            raise ValueError("A ticket needs a name, a photo and a decision.")
        texts = self.experience.texts_in(visit.locale)
        style = self.experience.style(decision.style)
        own = texts.styles[style.id]
        printed_on = datetime.fromtimestamp(decision.at).astimezone().date()
        _, *mates = styles_on_ticket(self.experience, style.id)

        def picture(of: str, size: str) -> Path:
            return self.store.path(files.painting(visit.id, photo.number, of, size))

        good, bad = (
            Match(mate, texts.styles[mate].short, words, picture(mate, "small"))
            for mate, words in zip(mates, (texts.good, texts.bad), strict=True)
        )
        words = texts.ticket_words(decision.number, printed_on)
        if self.occasion.event:
            words = {**words, "postmark": f"ARTICKET · {self.occasion.event}"}
        return TicketContent(
            design=style.ticket_design,
            number=decision.number,
            name=visit.name,
            locale=visit.locale,
            printed_on=printed_on,
            place=self.occasion.where or texts.name,
            title=own.title_for(visit.name),
            after=own.after_in(printed_on.year),
            painter=own.painter,
            medium=own.medium,
            sentence=own.sentence,
            until=self.occasion.until(visit),
            keep_url=self.occasion.keep_url(visit.id),
            main=picture(style.id, "print"),
            good=good,
            bad=bad,
            words=words,
            face=visit.sight.face if visit.sight else None,
        )


def _share_painted(visit: Visit) -> float:
    """Return how much of the main picture's width was painted and not merely enlarged, at most 1."""
    style = visit.decision.style if visit.decision else None
    wide = (easel.pixels_wide for easel in visit.easels if easel.style == style)
    return min(1.0, next(wide, PRINT_PIXELS_WIDE) / PRINT_PIXELS_WIDE)
