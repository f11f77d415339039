from application.kit import Kit

from articket.application.rounds import ANSWERS_KEPT_S
from articket.domain.booth import BoothStage
from articket.domain.jobs import EraseJob

RETENTION_S = 72 * 3600


def test_a_stage_whose_time_is_up_ends_and_no_other(kit: Kit) -> None:
    kit.join()
    kit.rounds.elapse()
    assert kit.visits.booth("main").stage is BoothStage.CALLING
    deadline = kit.visits.booth("main").deadline
    assert deadline is not None
    kit.clock.time = deadline
    kit.rounds.elapse()
    assert kit.visits.booth("main").stage is BoothStage.IDLE
    revision = kit.visits.booth("main").revision
    kit.rounds.elapse()
    assert kit.visits.booth("main").revision == revision


def test_a_painting_stage_is_ended_for_the_visit_at_the_monitor(kit: Kit) -> None:
    visit = kit.decided()
    kit.run_all()
    kit.clock.time += kit.floor.rules.durations.painting_min_s
    kit.rounds.elapse()
    assert kit.visits.booth("main").stage is BoothStage.REVEAL
    assert kit.visit(visit).revealed_at == kit.clock.now()


def test_whoever_walked_off_leaves_the_line(kit: Kit) -> None:
    kit.join()
    for seconds in (kit.floor.rules.durations.call_s, kit.floor.rules.durations.absent_s):
        kit.clock.time += seconds
        kit.rounds.elapse()
        kit.rounds.tidy()
    assert kit.visits.booth("main").line == ()


def test_visits_are_erased_when_their_retention_is_over(kit: Kit) -> None:
    old = kit.ready("old")
    kit.clock.time += 60
    young = kit.ready("young")
    kit.clock.time += RETENTION_S - 60
    kit.rounds.erase_old()
    assert kit.floor.erased(old)
    assert not kit.floor.erased(young)
    assert EraseJob(old) in kit.run_all()
    assert not [name for name in kit.store.list() if old in name]
    assert [name for name in kit.store.list() if young in name]


def test_a_receipt_stays_a_day_and_then_nothing_is_left(kit: Kit) -> None:
    visit = kit.ready()
    kit.clock.time += RETENTION_S
    kit.rounds.erase_old()
    kit.clock.time += ANSWERS_KEPT_S
    kit.rounds.erase_old()
    assert kit.visits.visit(visit) is not None
    kit.clock.time += 1
    kit.rounds.erase_old()
    assert kit.visits.visit(visit) is None
    assert kit.visits.rows.answers == {}
