"""The figures of events that were played through the real commands."""

from collections.abc import Iterator
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from afterwards.fair import SEOUL, Fair, at, fair_in

from articket.adapters.database.archive import read_archive
from articket.domain.event.journey import Reached, Step, journey_of
from articket.domain.event.openings import hour_of
from articket.domain.event.retrospect import Record, Retrospect, look_back
from articket.domain.event.spread import Spread

NOON = at("2026-11-21T12:00")
LATER_S = 3600.0


@pytest.fixture
def fair(tmp_path: Path) -> Iterator[Fair]:
    with fair_in(tmp_path / "data") as made:
        made.clock.time = NOON
        yield made


def seen(fair: Fair, zone: tzinfo = SEOUL, later_s: float = LATER_S) -> Retrospect:
    """Look back at the fair as the report does."""
    archive = read_archive(str(fair.database.engine.url))
    now = fair.clock.time + later_s
    booths = {booth.id: booth for booth in archive.booths}
    journeys = tuple(journey_of(each.visit, each.expires_at, booths, now) for each in archive.visits)
    record = Record(journeys, archive.fleet, archive.numbers, archive.forgotten)
    return look_back(record, now, zone, tuple(style.id for style in fair.experience.styles))


def came(found: Retrospect) -> dict[Reached, tuple[int, int]]:
    return {rung.reached: (rung.count, rung.left) for rung in found.rungs}


def by_hour(found: Retrospect) -> list[list[tuple[str, int]]]:
    return [
        [(f"{each.hour.local:%d %H}", each.joined) for each in row if each.joined] for row in found.openings
    ]


def test_an_event_to_which_nobody_came_has_no_figures(fair: Fair) -> None:
    found = seen(fair)
    assert (found.visits, found.tickets, found.prints, found.numbers) == (0, 0, 0, 0)
    assert found.openings == ()
    assert found.steps == {}
    assert found.mean_stars is None


def test_one_visit_tells_how_long_each_stage_took(fair: Fair) -> None:
    fair.compose_s = 6
    fair.whole(NOON)
    found = seen(fair)
    assert {step: round(spread.middle) for step, spread in found.steps.items()} == {
        Step.CONSENT: 10,
        Step.PHOTO: 30,
        Step.LINE: 0,
        Step.MONITOR: 10 + 30 + 5 + 8 * 8,
        Step.REVEAL: 26,
        Step.TICKET: 6,
        Step.PRINT: 20 + 45,
        Step.WHOLE: 10 + 30 + 5 + 64 + 6 + 20 + 45,
    }
    assert (found.visits, found.tickets, found.prints, found.numbers) == (1, 1, 1, 1)
    assert found.reprints == ()
    assert sum(share.visitors for share in found.shares) == 1
    assert [(share.style, share.paintings) for share in found.shares] == [
        (style.id, 1) for style in fair.experience.styles
    ]


def test_a_wait_in_line_ends_when_the_monitor_calls(fair: Fair) -> None:
    first, second = fair.join(NOON), fair.join(NOON + 5)
    fair.agree(first)
    fair.photograph(first)
    fair.agree(second)
    fair.photograph(second)
    fair.step_up(first)
    fair.answer(first)
    fair.leave_monitor()
    freed = fair.clock.time
    fair.step_up(second)
    found = seen(fair)
    assert found.steps[Step.LINE].longest == freed - (NOON + 5)


def test_those_who_go_no_further_are_counted_where_they_stopped(fair: Fair) -> None:
    fair.join(NOON)
    fair.leave_monitor()
    agreed = fair.join()
    fair.agree(agreed)
    fair.leave_monitor()
    walked = fair.join()
    fair.agree(walked)
    fair.photograph(walked)
    fair.step_up(walked)
    fair.answer(walked, 3)
    fair.leave_monitor()
    fair.whole()
    found = seen(fair)
    assert came(found) == {
        Reached.JOINED: (4, 1),
        Reached.AGREED: (3, 1),
        Reached.PHOTO: (2, 0),
        Reached.QUIZ: (2, 1),
        Reached.PAINTER: (1, 0),
        Reached.TICKET: (1, 0),
        Reached.PRINTED: (1, 0),
    }
    assert found.rooms == ((4, 1),)


def test_whoever_is_still_there_has_not_left(fair: Fair) -> None:
    fair.join(NOON)
    fair.join(NOON + 1)
    found = seen(fair, later_s=60)
    assert found.present == 2
    assert came(found)[Reached.JOINED] == (2, 0)
    # In line one may wait for long; away from it, a quarter of an hour says that somebody left.
    fair.leave_monitor()
    assert seen(fair).present == 1


def test_a_print_that_was_repeated_is_two_prints_of_one_ticket(fair: Fair) -> None:
    visit = fair.whole(NOON)
    fair.print_again(visit, "colour")
    fair.print_again(visit, "Harin asked for one more")
    found = seen(fair)
    assert (found.tickets, found.prints) == (1, 3)
    assert found.reprints == (("colour", 1), ("other", 1))
    assert came(found)[Reached.PRINTED] == (1, 0)


def test_an_erased_visit_counts_as_far_as_it_came_and_says_nothing_else(fair: Fair) -> None:
    kept, erased = fair.whole(NOON), fair.whole(NOON + 300)
    fair.review(kept, 5, "좋아요")
    fair.review(erased, 1, "지워 주세요")
    fair.erase(erased)
    found = seen(fair)
    assert (found.visits, found.erased, found.tickets) == (2, 1, 2)
    assert came(found)[Reached.TICKET] == (2, 0)
    assert [comment.text for comment in found.comments] == ["좋아요"]
    assert sum(share.visitors for share in found.shares) == 1
    assert found.steps[Step.WHOLE].count == 1
    assert found.numbers == 2


def test_a_visit_whose_time_is_over_is_told_as_erased_though_nobody_erased_it_yet(fair: Fair) -> None:
    visit = fair.whole(NOON)
    fair.review(visit, 4, "안녕")
    found = seen(fair, later_s=73 * 3600)
    assert (found.visits, found.expired, found.erased) == (1, 1, 0)
    assert found.comments == ()
    fair.clock.wait(73 * 3600)
    fair.expire()
    after = seen(fair, later_s=1)
    assert (after.visits, after.expired, after.erased) == (1, 1, 0)
    assert came(after)[Reached.TICKET][0] == 1


def test_of_a_visit_whose_receipt_is_over_the_hour_is_still_known(fair: Fair) -> None:
    fair.whole(NOON)
    fair.join(NOON + 200)
    late = fair.join(NOON + 86400)
    fair.clock.time = NOON + 97 * 3600
    fair.expire()
    fair.expire()
    assert fair.visit(late).receipt is not None
    found = seen(fair, later_s=1)
    assert (found.visits, found.forgotten, found.expired, found.numbers) == (3, 2, 1, 1)
    assert by_hour(found) == [[("21 12", 2)], [("22 12", 1)]]
    fair.expire()
    assert seen(fair, later_s=1).forgotten == 2


def test_an_evening_over_midnight_is_one_opening(fair: Fair) -> None:
    for time in ("2026-11-20T22:15", "2026-11-20T23:59:59", "2026-11-21T00:00", "2026-11-21T01:30"):
        fair.join(at(time))
    assert by_hour(seen(fair)) == [[("20 22", 1), ("20 23", 1), ("21 00", 1), ("21 01", 1)]]


def test_two_days_are_two_openings_and_a_quiet_hour_stands_between_busy_ones(fair: Fair) -> None:
    for time in ("2026-11-20T10:05", "2026-11-20T12:00", "2026-11-21T11:00"):
        fair.join(at(time))
    found = seen(fair)
    assert by_hour(found) == [[("20 10", 1), ("20 12", 1)], [("21 11", 1)]]
    assert [each.joined for each in found.openings[0]] == [1, 0, 1]


def test_hours_are_those_of_the_event_s_own_clock(fair: Fair) -> None:
    fair.join(at("2026-11-21T08:10"))
    assert by_hour(seen(fair)) == [[("21 08", 1)]]
    assert by_hour(seen(fair, ZoneInfo("UTC"))) == [[("20 23", 1)]]
    assert by_hour(seen(fair, ZoneInfo("Asia/Kolkata"))) == [[("21 04", 1)]]


def test_the_hour_that_a_clock_repeats_is_two_hours(fair: Fair) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = at("2026-10-25T02:30", berlin)
    fair.join(first)
    fair.join(first + 3600)
    row = [each for each in seen(fair, berlin).hours if each.joined]
    assert [f"{each.hour.local:%H %z}" for each in row] == ["02 +0200", "02 +0100"]
    assert hour_of(first, berlin).start == first - 1800


def test_a_server_tells_its_own_count_and_the_visits_tell_of_this_event(fair: Fair) -> None:
    fair.painter.name, fair.painter.seconds = "Rose", 21.0
    fair.with_server("Rose", painted=80, lost=3, faults=("painter-slow", "painter-slow", "painter-crashed"))
    fair.with_server("Blue", painted=0, lost=0)
    fair.whole(NOON)
    rose, blue = seen(fair).machines
    assert (rose.label, rose.paintings) == ("Rose", 4)
    assert rose.seconds is not None
    assert rose.seconds.middle == 21.0
    assert rose.troubles == (("painter-slow", 2), ("painter-crashed", 1))
    assert rose.server is not None
    assert (rose.server.painted, rose.server.lost) == (80, 3)
    assert (blue.label, blue.paintings, blue.seconds) == ("Blue", 0, None)


def test_a_spread_lies_between_its_neighbours() -> None:
    assert Spread.of([]) is None
    assert Spread.of([4.0]) == Spread(1, 4.0, 4.0, 4.0, 4.0)
    assert Spread.of([0.0, 10.0]) == Spread(2, 1.0, 5.0, 9.0, 10.0)
