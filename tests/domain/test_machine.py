"""Whatever happens in whatever order at a booth, these things stay true."""

from copy import copy
from dataclasses import dataclass

import hypothesis.strategies as st
from domain.stage import Theatre
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from articket.domain.booth import BoothStage, Door
from articket.domain.commands import (
    Answer,
    Back,
    Blank,
    Call,
    Command,
    Confirm,
    Describe,
    Elapse,
    Erase,
    FailPainting,
    FailTicket,
    FinishPainting,
    Frame,
    GiveConsent,
    GiveName,
    GiveReview,
    Hide,
    LeaveLine,
    MarkPrinted,
    Postpone,
    Ready,
    Rejoin,
    RemakeTicket,
    Reprint,
    Reset,
    Retake,
    SetDoor,
    Skip,
    StartPainting,
    StorePhoto,
    StoreTicket,
    TidyLine,
)
from articket.domain.faults import Fault
from articket.domain.print_commands import (
    ClaimTicket,
    FailPrint,
    HoldTicket,
    LetTicketGo,
    ReleaseTicket,
    SendTicket,
)
from articket.domain.print_queue import PrintState
from articket.domain.transitions.line import next_in_line
from articket.domain.visit import TicketStatus, Visit

MOST_VISITS = 6
STYLES = ("sea", "sky", "sun")
MADE = (TicketStatus.READY, TicketStatus.PRINTED)

# Things happen where the monitor is, so whoever is there is asked most often.
visits = st.sampled_from(("monitor", "monitor", "monitor", "line", "1", "2", "3", "4", "5", "6"))
photos = st.integers(1, 4)
steps = st.integers(0, 3)

of_phones = st.one_of(
    st.builds(GiveConsent, st.just("1"), st.booleans(), st.booleans()),
    st.builds(GiveName, st.sampled_from(("Harin", "  ", "thirteen chars"))),
    st.builds(StorePhoto, photos),
    st.builds(Frame, photos, st.floats(0, 1), st.floats(0, 1)),
    st.builds(Answer, steps, st.sampled_from("abz")),
    st.builds(Back, steps),
    st.builds(Confirm, st.sampled_from(("pear", "boat", "nothing"))),
    st.builds(GiveReview, st.integers(0, 6), st.just("fine")),
    st.sampled_from((Ready(), Retake(), LeaveLine(), Rejoin(), Postpone())),
)
of_staff = st.one_of(
    st.builds(SetDoor, st.sampled_from([door.value for door in Door])),
    st.builds(Blank, st.booleans()),
    st.sampled_from((Skip(), Skip("1"), Reset(), Call(), TidyLine())),
)
of_desk = st.sampled_from((Call(), MarkPrinted(), Reprint("jam"), RemakeTicket(), Hide()))
of_paper = st.one_of(
    st.builds(ClaimTicket, st.sampled_from(("left", "right"))),
    st.sampled_from(
        (
            SendTicket("left"),
            LetTicketGo("left"),
            FailPrint("right", "print-lost"),
            HoldTicket(),
            ReleaseTicket(),
        )
    ),
)
of_jobs = st.one_of(
    st.builds(StartPainting, photos, st.sampled_from(STYLES), st.just("laptop")),
    st.builds(FinishPainting, photos, st.sampled_from(STYLES), st.just("laptop"), st.just(1.0)),
    st.builds(FailPainting, photos, st.sampled_from(STYLES), st.just("painter-locked"), st.integers(0, 1)),
    st.builds(Describe, photos, st.none(), st.integers(0, 2), st.just(("red",))),
    st.builds(StoreTicket, st.integers(0, 3), st.just(300.0)),
    st.builds(FailTicket, st.integers(0, 3), st.just("template-broken")),
)


@dataclass
class WatchedTheatre(Theatre):
    def do(self, command: Command, visit: str | None = None) -> bool:
        before = self.booth.revision
        changed = super().do(command, visit)
        assert self.booth.revision == before + changed, "one revision for each change"
        return changed

    def copy(self) -> "WatchedTheatre":
        other = copy(self)
        other.visits, other.jobs = dict(self.visits), list(self.jobs)
        return other


class BoothMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.theatre = WatchedTheatre()
        self.last: tuple[Command, str | None] | None = None
        self.revealed: dict[str, float] = {}
        self.numbers: dict[str, int] = {}
        self.erased: dict[str, Visit] = {}

    def who(self, visit: str) -> str:
        booth = self.theatre.booth
        if visit == "monitor":
            return booth.visit or "1"
        if visit == "line":
            return booth.line[0].visit if booth.line else "1"
        return visit

    def present(self, visit: str) -> Visit | None:
        return self.theatre.visits.get(self.who(visit))

    def give(self, command: Command, visit: str | None = None) -> None:
        visit = self.who(visit) if visit else None
        self.last = command, visit
        before = self.theatre.booth, dict(self.theatre.visits)
        try:
            self.theatre.do(command, visit)
        except Fault:
            assert (self.theatre.booth, self.theatre.visits) == before, "a fault changes nothing"

    @initialize(prepared=st.booleans())
    def the_first_joins(self, prepared: bool) -> None:  # noqa: FBT001 - hypothesis passes it by name
        self.theatre.join("1")
        if prepared:
            self.phone_prepares("1")
            self.the_called_one_confirms()

    @precondition(lambda self: len(self.theatre.visits) < MOST_VISITS)
    @rule()
    def another_joins(self) -> None:
        visit = str(len(self.theatre.visits) + 1)
        try:
            self.theatre.join(visit)
        except Fault:
            del self.theatre.visits[visit]  # the line is closed: no visit was opened

    @rule(visit=visits, command=of_phones)
    def phone_sends_anything(self, visit: str, command: Command) -> None:
        self.give(command, visit)

    @rule(visit=visits, moved=st.booleans())
    def phone_sends_a_photo(self, visit: str, moved: bool) -> None:  # noqa: FBT001 - hypothesis passes it by name
        present = self.present(visit)
        number = present.photo.number if present and present.photo else 0
        self.give(Frame(number, 0.5, 0.5) if moved else StorePhoto(number + 1), visit)

    @rule(visit=visits)
    def phone_prepares(self, visit: str) -> None:
        visit = self.who(visit)
        self.give(GiveConsent("1", gallery=True, guardian=False), visit)
        self.give(GiveName("Harin"), visit)
        self.phone_sends_a_photo(visit, moved=False)
        self.give(Ready(), visit)

    @rule(visit=visits, times=st.integers(1, 2))
    def phone_answers(self, visit: str, times: int) -> None:
        visit = self.who(visit)
        for _ in range(times):
            present = self.present(visit)
            self.give(Answer(present.at if present else 0, "a"), visit)

    @precondition(lambda self: self.theatre.booth.wall is not None)
    @rule()
    def the_called_one_confirms(self) -> None:
        assert self.theatre.booth.wall is not None
        self.give(Confirm(self.theatre.booth.wall.hung), self.theatre.booth.visit)

    @precondition(lambda self: self.last is not None)
    @rule()
    def the_last_command_comes_again(self) -> None:
        assert self.last is not None
        self.give(*self.last)

    @rule(command=of_staff)
    def staff_act(self, command: Command) -> None:
        self.give(command)

    @rule(visit=visits, command=st.one_of(of_desk, of_paper))
    def staff_act_on_a_visit(self, visit: str, command: Command) -> None:
        self.give(command, visit)

    @rule(visit=visits, command=of_jobs)
    def a_job_reports_anything(self, visit: str, command: Command) -> None:
        self.give(command, visit)

    @rule(visit=visits, styles=st.sampled_from((STYLES, STYLES[:1], STYLES[1:])))
    def paintings_land(self, visit: str, styles: tuple[str, ...]) -> None:
        visit = self.who(visit)
        for style in styles:
            present = self.theatre.visits.get(visit)
            if present and present.photo:
                self.give(FinishPainting(present.photo.number, style, "laptop", 1.0), visit)

    @rule(visit=visits, well=st.booleans())
    def a_ticket_is_made(self, visit: str, well: bool) -> None:  # noqa: FBT001 - hypothesis passes it by name
        present = self.present(visit)
        edition = present.ticket.edition if present else 1
        self.give(StoreTicket(edition, 300.0) if well else FailTicket(edition, "template-broken"), visit)

    @rule(seconds=st.sampled_from((1.0, 9.0, 31.0, 80.0, 200.0)))
    def time_passes(self, seconds: float) -> None:
        self.theatre.wait(seconds)

    @rule(seconds=st.sampled_from((1.0, 35.0, 200.0)), late=st.integers(0, 2))
    def a_clock_is_late(self, seconds: float, late: int) -> None:
        self.theatre.now += seconds
        self.give(Elapse(self.theatre.booth.step - late))

    @rule(visit=visits, sure=st.integers(0, 9))
    def a_visitor_deletes(self, visit: str, sure: int) -> None:
        if sure == 0:
            self.give(Erase("1-ABCD"), visit)

    @invariant()
    def everybody_is_in_one_place(self) -> None:
        booth, present = self.theatre.booth, self.theatre.visits
        here = [place.visit for place in booth.line] + ([booth.visit] if booth.visit else [])
        assert len(here) == len(set(here)), "in line twice, or in line and at the monitor"
        assert all(present[visit].receipt is None for visit in here)

    @invariant()
    def whoever_is_ready_says_so_in_line_too(self) -> None:
        booth = self.theatre.booth
        for place in (*booth.line, *((booth.place,) if booth.place else ())):
            assert place.ready == self.theatre.visits[place.visit].sent

    @invariant()
    def the_stage_fits_the_visit(self) -> None:
        booth = self.theatre.booth
        idle = booth.stage is BoothStage.IDLE
        assert (booth.deadline is None) == (booth.place is None) == idle
        assert (booth.wall is not None) == (booth.stage is BoothStage.CALLING)
        if booth.controller is None:
            assert booth.control_until is None
            return
        visit = self.theatre.visits[booth.controller]
        assert (booth.stage in (BoothStage.PAINTING, BoothStage.REVEAL)) == (visit.decision is not None)
        assert (booth.stage is BoothStage.REVEAL) == (visit.revealed_at is not None)
        if visit.decision is None:
            assert visit.sent == (booth.stage is BoothStage.QUIZ)
            assert booth.deadline is not None
            assert booth.control_until is not None
            assert booth.deadline <= booth.control_until, "nobody stays beyond the cap"

    @invariant()
    def a_free_monitor_calls_whoever_can_be_called(self) -> None:
        booth = self.theatre.booth
        if booth.stage is BoothStage.IDLE and booth.door is not Door.PAUSED:
            assert next_in_line(booth) is None

    @invariant()
    def ticket_numbers_are_unique_and_stay(self) -> None:
        for visit in self.theatre.visits.values():
            if visit.decision:
                assert self.numbers.setdefault(visit.id, visit.decision.number) == visit.decision.number
        assert len(set(self.numbers.values())) == len(self.numbers)
        assert sorted(self.numbers.values()) == list(range(1, self.theatre.numbers + 1))

    @invariant()
    def a_ticket_is_printed_when_its_print_job_is(self) -> None:
        for visit in self.theatre.visits.values():
            printed = visit.ticket.print_job.state is PrintState.PRINTED
            assert printed == (visit.ticket.status is TicketStatus.PRINTED)

    @invariant()
    def a_revealed_painting_never_hides_again(self) -> None:
        for visit in self.theatre.visits.values():
            if visit.revealed_at is not None:
                self.revealed.setdefault(visit.id, visit.revealed_at)
            if visit.id in self.revealed and visit.receipt is None:
                assert visit.revealed_at == self.revealed[visit.id]

    @invariant()
    def what_hangs_is_lit_where_nobody_waits_at_a_monitor(self) -> None:
        for visit in self.theatre.visits.values():
            if visit.ticket.edition and self.theatre.booth.controller != visit.id:
                assert visit.revealed_at is not None

    @invariant()
    def an_erased_visit_stays_erased(self) -> None:
        for visit in self.theatre.visits.values():
            if visit.receipt is not None:
                assert self.erased.setdefault(visit.id, visit) == visit
        assert all(self.theatre.visits[gone].receipt for gone in self.erased)

    @invariant()
    def every_visit_with_a_photo_still_reaches_its_ticket_by_phone(self) -> None:
        for visit in self.theatre.visits.values():
            if visit.photo is not None:
                reach_the_ticket(self.theatre.copy(), visit.id)


def reach_the_ticket(theatre: WatchedTheatre, name: str) -> None:
    def visit() -> Visit:
        return theatre.visits[name]

    if theatre.booth.controller != name:
        theatre.do(LeaveLine(), name)
    if visit().name is None:
        theatre.do(GiveName("Harin"), name)
    if not visit().sent:
        theatre.do(Ready(), name)
    while visit().decision is None:
        theatre.do(Answer(visit().at, "b"), name)
    theatre.paint_all(name)
    theatre.wait(theatre.durations.painting_max_s)
    if visit().ticket.status is TicketStatus.TROUBLE:
        theatre.do(RemakeTicket(), name)
    theatre.do(StoreTicket(visit().ticket.edition, 300.0), name)
    assert visit().ticket.status in MADE
    assert visit().revealed_at is not None


BoothMachine.TestCase.settings = settings(
    max_examples=120, stateful_step_count=40, suppress_health_check=[HealthCheck.too_slow]
)
TestBooth = BoothMachine.TestCase
