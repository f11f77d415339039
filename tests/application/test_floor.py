import pytest
from application.kit import Kit
from doubles.world import IdleJobs

from articket.application.ports import Ack, Change
from articket.application.seals import hashed
from articket.domain.booth import BoothStage
from articket.domain.commands import (
    Blank,
    Call,
    Erase,
    FinishPainting,
    GiveName,
    Hide,
    LeaveLine,
    Ready,
    Reset,
    Retake,
    SetDoor,
    Skip,
)
from articket.domain.faults import Gone, NotAllowed
from articket.domain.jobs import DescribeJob, EraseJob, PaintJob


def last_change(kit: Kit) -> Change:
    return kit.live.changes[-1]


def test_joining_twice_from_one_entry_is_one_visit(kit: Kit) -> None:
    first, second = (kit.floor.join("main", "entry", "ko") for _ in range(2))
    assert first == second
    assert kit.visits.booth("main").revision == 1
    assert len(kit.live.changes) == 1
    assert kit.visits.by_token(hashed(first.token)) == first.visit


def test_each_entry_has_a_visit_and_a_secret_of_its_own(kit: Kit) -> None:
    first, second = (kit.floor.join("main", entry, "ko") for entry in ("a", "b"))
    assert first.visit.id != second.visit.id
    assert first.token != second.token


def test_a_closed_line_opens_no_visit_but_for_staff(kit: Kit) -> None:
    kit.floor.apply("main", SetDoor("closed"))
    with pytest.raises(NotAllowed):
        kit.floor.join("main", "entry", "ko")
    assert kit.visits.under_way("main", 0.0, 10) == []
    assert kit.floor.join("main", "staff", "ko", assisted=True).visit.assisted


def test_a_repeated_command_gets_its_old_answer_and_does_nothing(kit: Kit) -> None:
    visit = kit.with_consent()
    first = kit.floor.perform(visit, "c1", "main", GiveName("Harin"), visit)
    kit.floor.perform(visit, "c2", "main", GiveName("Doyun"), visit)
    told = len(kit.live.changes)
    assert kit.floor.perform(visit, "c1", "main", GiveName("Harin"), visit) == first
    assert kit.visit(visit).name == "Doyun"
    assert len(kit.live.changes) == told


def test_a_repeated_fault_is_the_same_fault_even_where_it_would_go_well_now(kit: Kit) -> None:
    visit = kit.join()
    refused = kit.floor.perform(visit, "c1", "main", GiveName("Harin"), visit)
    assert refused == Ack(1, "consent-missing")
    kit.with_consent()
    assert kit.floor.perform(visit, "c1", "main", GiveName("Harin"), visit) == refused


def test_the_same_id_from_another_owner_is_another_command(kit: Kit) -> None:
    visit = kit.with_consent()
    kit.floor.perform("staff", "c1", "main", Blank(on=True))
    assert kit.floor.perform(visit, "c1", "main", GiveName("Harin"), visit).code is None
    assert kit.visit(visit).name == "Harin"


def test_a_fault_changes_nothing_and_tells_nobody(kit: Kit) -> None:
    visit = kit.with_consent()
    before = kit.visits.booth("main"), kit.visit(visit), len(kit.live.changes), kit.jobs.woken
    ack = kit.floor.perform(visit, "c1", "main", GiveName("thirteen char"), visit)
    assert ack == Ack(before[0].revision, "name-length", (("limit", 12),))
    assert (kit.visits.booth("main"), kit.visit(visit), len(kit.live.changes), kit.jobs.woken) == before


def test_a_command_that_changes_nothing_is_answered_and_tells_nobody(kit: Kit) -> None:
    told = len(kit.live.changes)
    assert kit.floor.perform("staff", "c1", "main", Blank(on=False)) == Ack(0)
    assert len(kit.live.changes) == told


def test_a_command_of_a_visit_nobody_knows_is_gone(kit: Kit) -> None:
    assert kit.floor.perform("x", "c1", "main", Ready(), "x").code == "visit-gone"
    with pytest.raises(Gone):
        kit.floor.apply("main", Ready(), "x")


def test_jobs_wait_in_the_outbox_before_the_engine_is_woken(kit: Kit) -> None:
    waiting: list[int] = []

    class Engine(IdleJobs):
        def wake(self) -> None:
            waiting.append(len(kit.visits.pending(100)))

    kit.jobs = Engine()
    visit = kit.ready()
    styles = [style.id for style in kit.experience.styles]
    assert waiting == [1 + len(styles)]
    assert kit.visits.pending(100) == [
        DescribeJob(visit, 1),
        *(PaintJob(visit, 1, style) for style in styles),
    ]


class TestPublishing:
    """A command is told to exactly the views it changed."""

    def test_a_name_of_somebody_far_back_goes_to_their_phone_alone(self, kit: Kit) -> None:
        visits = [kit.with_consent(str(i)) for i in range(8)]
        kit.floor.perform(visits[7], "c", "main", GiveName("Seoa"), visits[7])
        change = last_change(kit)
        assert change.phones == {visits[7]}
        assert (change.monitor, change.line) == (False, False)
        assert change.rev == kit.visits.booth("main").revision

    def test_a_name_of_somebody_next_in_line_goes_to_the_monitor_too(self, kit: Kit) -> None:
        visits = [kit.with_consent(str(i)) for i in range(3)]
        kit.floor.perform(visits[1], "c", "main", GiveName("Seoa"), visits[1])
        assert last_change(kit).phones == {visits[1]}
        assert last_change(kit).monitor

    def test_joining_tells_the_newcomer_the_monitor_and_the_line(self, kit: Kit) -> None:
        kit.join("a")
        second = kit.join("b")
        change = last_change(kit)
        assert change.phones == {second}
        assert (change.monitor, change.line) == (True, True)

    def test_an_answer_goes_to_its_phone_and_the_monitor(self, kit: Kit) -> None:
        visit = kit.ready("a")
        waiting = kit.with_consent("b")
        kit.confirm(visit)
        kit.answer(visit, 0)
        change = last_change(kit)
        assert change.phones == {visit}
        assert waiting not in change.phones
        assert (change.monitor, change.line) == (True, False)

    def test_a_monitor_that_goes_on_tells_the_one_who_had_it_and_the_one_who_is_called(
        self, kit: Kit
    ) -> None:
        first, second, third = (kit.join(entry) for entry in "abc")
        kit.floor.apply("main", Skip())
        change = last_change(kit)
        assert change.phones == {first, second}
        assert third not in change.phones
        assert (change.monitor, change.line) == (True, True)

    def test_darkening_the_monitor_tells_the_monitor(self, kit: Kit) -> None:
        kit.floor.apply("main", Blank(on=True))
        change = last_change(kit)
        assert (change.phones, change.monitor, change.line) == (frozenset(), True, False)

    def test_a_painting_for_somebody_gone_on_by_phone_leaves_the_monitor_alone(self, kit: Kit) -> None:
        visit = kit.ready("a")
        kit.floor.apply("main", LeaveLine(), visit)
        style = kit.experience.styles[0].id
        kit.floor.apply("main", FinishPainting(1, style, "laptop", 1.0), visit)
        change = last_change(kit)
        assert change.phones == {visit}
        assert (change.monitor, change.line) == (False, False)

    @pytest.mark.parametrize("how", ["hide", "erase"])
    def test_a_painting_taken_off_the_wall_leaves_the_monitor_at_once(self, kit: Kit, how: str) -> None:
        visit = kit.decided(gallery=True)
        kit.run_all()
        kit.floor.apply("main", Reset())
        assert kit.visit(visit) in kit.visits.gallery("main", 10)
        if how == "hide":
            kit.floor.apply("main", Hide(), visit)
        else:
            kit.erase(visit)
        assert kit.visits.gallery("main", 10) == []
        assert last_change(kit).monitor


def test_staff_who_end_a_turn_light_the_painting_on_the_phone(kit: Kit) -> None:
    visit = kit.decided()
    kit.run_all()
    assert kit.visits.booth("main").stage is BoothStage.PAINTING
    kit.floor.perform("staff", "c1", "main", Skip())
    assert kit.visit(visit).revealed_at == kit.clock.now()


def test_staff_call_the_next_visitor_even_while_the_line_is_paused(kit: Kit) -> None:
    kit.floor.apply("main", SetDoor("paused"))
    visit = kit.join()
    kit.floor.apply("main", Call())
    assert kit.visits.booth("main").called(visit)


def test_a_new_photo_at_the_monitor_waits_until_the_visitor_is_ready_again(kit: Kit) -> None:
    visit = kit.ready()
    kit.confirm(visit)
    kit.photo(visit, 2, b"better")
    assert kit.visits.booth("main").stage is BoothStage.WELCOME
    kit.floor.apply("main", Ready(), visit)
    assert kit.visits.booth("main").stage is BoothStage.QUIZ


def test_taking_photos_keeps_nobody_at_the_monitor_beyond_the_cap(kit: Kit) -> None:
    visit = kit.ready()
    kit.confirm(visit)
    end = kit.clock.time + kit.floor.rules.durations.visit_cap_s
    while kit.visits.booth("main").controller == visit:
        kit.clock.time += 30
        kit.rounds.elapse()
        command = Retake() if kit.visits.booth("main").stage is BoothStage.QUIZ else Ready()
        kit.floor.apply("main", command, visit)
    assert kit.clock.time <= end + 30


def test_an_erased_visit_orders_its_files_destruction_and_nothing_else(kit: Kit) -> None:
    visit = kit.ready()
    kit.erase(visit)
    assert kit.visits.pending(10) == [EraseJob(visit)]
    gone = kit.visit(visit)
    assert gone.receipt is not None
    assert (gone.name, gone.photo, gone.consent) == (None, None, None)


def test_erasing_twice_keeps_the_first_receipt(kit: Kit) -> None:
    visit = kit.ready()
    stale = kit.visit(visit)
    first = kit.floor.erase(stale)
    kit.clock.time += 60
    assert kit.floor.erase(stale) == first, "asked with what was read before"
    assert kit.floor.erase(first) == first
    with pytest.raises(Gone):
        kit.floor.apply("main", Erase("other"), visit)
