import pytest
from domain.stage import Theatre

from articket.domain.booth import BoothStage
from articket.domain.commands import (
    Call,
    Confirm,
    GiveConsent,
    GiveName,
    Join,
    LeaveLine,
    Postpone,
    Rejoin,
    Reset,
    SetDoor,
    Skip,
    StorePhoto,
    TidyLine,
)
from articket.domain.faults import NotAllowed, StaleStep


@pytest.fixture
def theatre() -> Theatre:
    return Theatre()


def in_line(theatre: Theatre) -> list[str]:
    return [place.visit for place in theatre.booth.line]


def wrong_picture(theatre: Theatre) -> str:
    assert theatre.booth.wall is not None
    return next(p for p in theatre.booth.wall.offered if p != theatre.booth.wall.hung)


def test_a_free_monitor_calls_whoever_joins_at_once(theatre: Theatre) -> None:
    theatre.join("harin")
    assert theatre.booth.called("harin")


def test_the_second_visitor_waits_behind_the_first(theatre: Theatre) -> None:
    theatre.join("harin")
    theatre.join("doyun")
    assert in_line(theatre) == ["doyun"]
    assert theatre.booth.position("doyun") == 0


def test_only_the_picture_on_the_wall_hands_over_the_monitor(theatre: Theatre) -> None:
    theatre.join("harin")
    theatre.do(Confirm(wrong_picture(theatre)), "harin")
    assert theatre.booth.controller is None
    theatre.confirm("harin")
    assert theatre.booth.controller == "harin"


def test_after_a_wrong_choice_another_picture_hangs(theatre: Theatre) -> None:
    theatre.join("harin")
    assert theatre.booth.wall is not None
    before = theatre.booth.wall.hung
    theatre.do(Confirm(wrong_picture(theatre)), "harin")
    assert theatre.booth.wall.hung != before
    assert theatre.booth.wall.hung in theatre.booth.wall.offered


def test_three_wrong_choices_are_a_missed_call(theatre: Theatre) -> None:
    theatre.join("harin")
    theatre.join("doyun")
    for _ in range(3):
        theatre.do(Confirm(wrong_picture(theatre)), "harin")
    assert theatre.booth.called("doyun")


def test_nobody_but_the_called_one_can_confirm(theatre: Theatre) -> None:
    theatre.join("harin")
    theatre.join("doyun")
    assert theatre.booth.wall is not None
    with pytest.raises(StaleStep):
        theatre.do(Confirm(theatre.booth.wall.hung), "doyun")


def test_a_missed_call_lets_the_next_one_go_first(theatre: Theatre) -> None:
    theatre.join("harin")
    theatre.prepare("harin")
    theatre.join("doyun")
    theatre.wait(theatre.durations.call_s)
    assert theatre.booth.called("doyun")
    assert in_line(theatre) == ["harin"]


def test_two_missed_calls_leave_the_line_but_not_the_visit(theatre: Theatre) -> None:
    theatre.join("harin")
    theatre.prepare("harin")
    theatre.wait(2 * theatre.durations.call_s)
    assert theatre.booth.stage is BoothStage.IDLE
    assert in_line(theatre) == []
    theatre.answer_all("harin")
    assert theatre.visits["harin"].decision is not None


def test_a_visitor_without_photo_is_not_called_again_before_it_is_in(theatre: Theatre) -> None:
    theatre.join("harin")
    theatre.wait(5 * theatre.durations.call_s)
    assert in_line(theatre) == ["harin"]
    theatre.prepare("harin")
    assert theatre.booth.called("harin")


def test_whoever_is_ready_is_called_before_whoever_is_not(theatre: Theatre) -> None:
    theatre.join("harin")
    theatre.join("slow")
    theatre.join("quick")
    theatre.prepare("quick")
    theatre.do(LeaveLine(), "harin")
    assert theatre.booth.called("quick")


def test_a_call_can_be_postponed_once_and_only_when_somebody_waits(theatre: Theatre) -> None:
    theatre.join("harin")
    with pytest.raises(NotAllowed):
        theatre.do(Postpone(), "harin")
    theatre.join("doyun")
    theatre.do(Postpone(), "harin")
    assert theatre.booth.called("doyun")
    theatre.do(Skip())
    assert theatre.booth.called("harin")
    theatre.join("seoa")
    with pytest.raises(NotAllowed):
        theatre.do(Postpone(), "harin")


def test_a_paused_line_calls_nobody_until_it_opens(theatre: Theatre) -> None:
    theatre.do(SetDoor("paused"))
    theatre.join("harin")
    assert theatre.booth.stage is BoothStage.IDLE
    theatre.do(SetDoor("open"))
    assert theatre.booth.called("harin")


def test_a_closed_line_takes_nobody_but_goes_on_with_those_in_it(theatre: Theatre) -> None:
    theatre.join("harin")
    theatre.join("doyun")
    theatre.do(SetDoor("closed"))
    with pytest.raises(NotAllowed):
        theatre.join("late")
    theatre.do(Skip())
    assert theatre.booth.called("doyun")


def test_staff_call_a_certain_visitor_when_the_monitor_is_free(theatre: Theatre) -> None:
    theatre.do(SetDoor("paused"))
    theatre.join("harin")
    theatre.join("doyun")
    theatre.do(Call(), "doyun")
    assert theatre.booth.called("doyun")
    with pytest.raises(NotAllowed):
        theatre.do(Call(), "harin")


def test_staff_call_the_next_one_even_in_a_break(theatre: Theatre) -> None:
    theatre.do(SetDoor("paused"))
    assert not theatre.do(Call())
    theatre.join("harin")
    theatre.do(Call())
    assert theatre.booth.called("harin")


def test_reset_frees_the_monitor_and_keeps_the_line(theatre: Theatre) -> None:
    theatre.join("harin")
    theatre.confirm("harin")
    theatre.do(SetDoor("paused"))
    theatre.join("doyun")
    theatre.do(Reset())
    assert theatre.booth.stage is BoothStage.IDLE
    assert in_line(theatre) == ["doyun"]


def test_whoever_went_on_by_phone_can_line_up_again(theatre: Theatre) -> None:
    theatre.join("harin")
    theatre.join("doyun")
    theatre.do(LeaveLine(), "doyun")
    theatre.do(Rejoin(), "doyun")
    assert in_line(theatre) == ["doyun"]
    with pytest.raises(StaleStep):
        theatre.do(Rejoin(), "doyun")


def test_an_unconfirmed_monitor_belongs_to_nobody(theatre: Theatre) -> None:
    theatre.join("harin")
    assert theatre.booth.visit == "harin"
    assert theatre.booth.controller is None


def test_joining_counts_as_one_revision(theatre: Theatre) -> None:
    theatre.join("harin")
    assert theatre.booth.revision == 1
    assert theatre.do(Join(), "harin")
    assert theatre.booth.revision == 2


def test_whoever_scans_and_walks_off_leaves_the_line(theatre: Theatre) -> None:
    theatre.join("gone")
    theatre.wait(theatre.durations.call_s)
    assert in_line(theatre) == ["gone"]
    theatre.do(TidyLine())
    assert in_line(theatre) == ["gone"], "there is time to take a photo"
    theatre.wait(theatre.durations.absent_s)
    assert theatre.do(TidyLine())
    assert in_line(theatre) == []
    theatre.do(Rejoin(), "gone")
    assert theatre.booth.called("gone")


def test_nobody_who_can_still_be_called_is_taken_out_of_the_line(theatre: Theatre) -> None:
    theatre.join("harin")
    theatre.confirm("harin")
    theatre.join("doyun")
    theatre.now += 2 * theatre.durations.absent_s
    assert not theatre.do(TidyLine())
    assert in_line(theatre) == ["doyun"]


def test_the_second_missed_call_ends_the_place_with_or_without_a_photo(theatre: Theatre) -> None:
    theatre.join("gone")
    theatre.wait(theatre.durations.call_s)
    theatre.do(Call(), "gone")
    theatre.wait(theatre.durations.call_s)
    assert in_line(theatre) == []


def test_nobody_waits_for_those_who_are_not_called_before_them(theatre: Theatre) -> None:
    theatre.join("gone")
    theatre.wait(theatre.durations.call_s)
    theatre.join("harin")
    theatre.confirm("harin")
    for visit in ("slow", "quick", "late"):
        theatre.join(visit)
    theatre.prepare("quick")
    assert in_line(theatre) == ["gone", "slow", "quick", "late"]
    ahead = {visit: theatre.booth.ahead(visit) for visit in ("slow", "quick", "late", "harin")}
    assert ahead == {"slow": 0, "quick": 0, "late": 2, "harin": None}
    assert theatre.booth.waiting == 3


def test_staff_free_the_monitor_only_from_the_visitor_they_meant(theatre: Theatre) -> None:
    theatre.join("harin")
    theatre.join("doyun")
    assert theatre.do(Skip("harin"))
    assert theatre.booth.called("doyun")
    assert not theatre.do(Skip("harin"))
    assert theatre.booth.called("doyun")


def test_a_visit_that_is_not_in_line_cannot_be_called(theatre: Theatre) -> None:
    theatre.join("harin")
    theatre.do(LeaveLine(), "harin")
    with pytest.raises(StaleStep):
        theatre.do(Call(), "harin")


def test_every_step_of_the_welcome_gives_time_for_the_next_within_the_cap(theatre: Theatre) -> None:
    theatre.join("harin")
    theatre.confirm("harin")
    cap = theatre.now + theatre.durations.visit_cap_s
    for command in (GiveConsent("1", gallery=False, guardian=False), GiveName("Harin"), StorePhoto(1)):
        theatre.now += theatre.durations.camera_s - 1
        theatre.do(command, "harin")
        assert theatre.booth.deadline == min(theatre.now + theatre.durations.camera_s, cap)
