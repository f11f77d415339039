"""The fair of `bench/fleet.py`: what it measures on paper is promised, and its real time is a real fair's."""

from math import isinf

import pytest

from bench.fair import paper, real_time
from bench.fair.visits import STYLES
from bench.fair.world import Fate, Machine, Scenario, guests, scenarios
from bench.fleet import POLICIES, measure, waits

EQUAL, UNEQUAL, ALONE, BUSY = scenarios()
SMALL = Scenario("two visitors, two servers", (Machine(6.0), Machine(12.0)), guests(2, 20.0, 20.0))


@pytest.mark.parametrize(("scenario", "most"), [(EQUAL, 1.05), (UNEQUAL, 1.10)])
def test_our_schedule_keeps_all_servers_busy_to_the_end_of_a_rush(scenario: Scenario, most: float) -> None:
    numbers = measure(scenario, "ours", [paper.play(scenario, "ours", 0)])
    assert numbers["lost"] == 0
    assert 0.97 < (numbers["makespan_ratio"] or 0.0) <= most


def test_a_visitor_alone_finds_their_own_painting_there_after_the_last_answer() -> None:
    outcome = paper.play(ALONE, "ours", 0)
    jitter_s = 0.03 * 60.0  # all four take as long as the quiz, give or take 3 %
    late = [outcome.done[each.number, each.needs[0]] - each.decided_at for each in ALONE.guests]
    assert max(late) <= jitter_s


def test_faults_lose_no_ticket_and_nobody_waits_a_quarter_as_long_as_at_the_first_booth() -> None:
    ours, first = (waits(BUSY, paper.play(BUSY, policy, 0), policy) for policy in ("ours", "first booth"))
    assert not any(map(isinf, ours))
    ninety_five = int(0.95 * len(ours))
    assert sorted(ours)[ninety_five] <= sorted(first)[ninety_five] / 4


def test_every_policy_meets_the_same_fate() -> None:
    one, other = (Fate(BUSY, 3) for _ in range(2))
    asked = [(machine, f"{guest} vangogh") for guest in range(20) for machine in range(4)]
    found = {each: one.attempt(*each, 0.0) for each in asked}
    assert {each: other.attempt(*each, 0.0) for each in reversed(asked)} == found
    assert any(attempt.code for attempt in found.values())


@pytest.mark.parametrize("policy", POLICIES)
def test_in_real_time_servers_paint_for_everybody(policy: str) -> None:
    outcome = real_time.play(SMALL, policy, 0, pace=20.0)
    assert outcome.lost == 0
    assert set(outcome.done) == {(guest.number, style) for guest in SMALL.guests for style in STYLES}
    assert max(outcome.done.values()) >= 0.97 * SMALL.lower_bound_s
    assert outcome.busy_s >= 8 * 6.0 * 0.97 - 6.0 * outcome.by_hand
    assert outcome.strain["way_share"] > 0.0
