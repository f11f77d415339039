from dataclasses import replace

from fleet.atelier import RULES, WORKER, at_work, fleet_of, wanted

from articket.domain.fleet.commission import Purpose, Urgency
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.leasing import fail, finish, request
from articket.domain.fleet.schedule import assign
from articket.domain.fleet.server import Health, TooLarge, Try
from articket.domain.fleet.staffing import drain, rested

HAND = f"laptop-{WORKER}"


def lease_on(fleet: Fleet, server: str) -> str:
    (lease,) = fleet.leases_on(server)
    return lease.id


def test_a_server_gets_one_painting_at_a_time() -> None:
    fleet = assign(wanted(fleet_of(20, 20), "a", "b", "c"), RULES, 0)
    assert at_work(fleet) == {"server-1": "a", "server-2": "b"}
    assert at_work(assign(fleet, RULES, 1)) == at_work(fleet)


def test_a_setting_lets_a_server_take_more() -> None:
    fleet = assign(wanted(fleet_of(20, limit=2), "a", "b", "c"), RULES, 0)
    assert [lease.commission for lease in fleet.leases] == ["a", "b"]


def test_the_more_urgent_goes_first() -> None:
    fleet = wanted(fleet_of(20), "early", rank=(2.0,))
    fleet = assign(wanted(fleet, "late", now=1, rank=(0.0,)), RULES, 1)
    assert at_work(fleet) == {"server-1": "late"}


def test_the_faster_server_goes_first() -> None:
    assert at_work(assign(wanted(fleet_of(60, 20), "a"), RULES, 0)) == {"server-2": "a"}


def test_a_slow_server_stays_idle_where_a_busy_fast_one_is_still_done_sooner() -> None:
    fleet = assign(wanted(fleet_of(60, 20), "a"), RULES, 0)
    fleet = assign(wanted(fleet, "b", now=10), RULES, 10)
    assert at_work(fleet) == {"server-2": "a"}
    fleet = finish(fleet, lease_on(fleet, "server-2"), 20, 20, RULES)
    assert at_work(assign(fleet, RULES, 20)) == {"server-2": "b"}


def test_a_second_attempt_is_another_servers() -> None:
    fleet = assign(wanted(fleet_of(20, 30), "a"), RULES, 0)
    fleet = fail(fleet, lease_on(fleet, "server-1"), Try(5, 5, "painter-crashed"), RULES)
    assert at_work(assign(fleet, RULES, 5)) == {"server-2": "a"}


def test_the_same_server_tries_again_where_there_is_no_other() -> None:
    fleet = assign(wanted(fleet_of(20), "a"), RULES, 0)
    fleet = fail(fleet, lease_on(fleet, "server-1"), Try(5, 5, "painter-crashed"), RULES)
    assert at_work(assign(fleet, RULES, 5)) == {"server-1": "a"}


def test_after_three_attempts_the_hand_paints() -> None:
    fleet = wanted(fleet_of(20, 20, 20, 20), "a")
    for now in (0, 5, 10):
        fleet = assign(fleet, RULES, now)
        fleet = fail(fleet, fleet.leases[0].id, Try(now + 1, 1, "painter-crashed"), RULES)
    assert at_work(assign(fleet, RULES, 15)) == {HAND: "a"}


def test_an_order_that_is_refused_is_not_sent_to_anybody_else() -> None:
    fleet = assign(wanted(fleet_of(20, 20), "a"), RULES, 0)
    fleet = fail(fleet, lease_on(fleet, "server-1"), Try(1, 1, "painter-order-refused"), RULES)
    assert at_work(assign(fleet, RULES, 1)) == {HAND: "a"}
    refuser = fleet.server("server-1")
    assert refuser is not None
    assert refuser.health is Health.READY


def test_what_the_fleet_cannot_finish_in_time_the_hand_does_at_once() -> None:
    fleet = assign(wanted(fleet_of(60), "first", deadline=1000.0), RULES, 0)
    fleet = assign(wanted(fleet, "second", now=1, deadline=46.0), RULES, 1)
    assert at_work(fleet) == {"server-1": "first", HAND: "second"}


def test_what_is_wanted_by_now_the_hand_begins_although_a_server_has_it() -> None:
    fleet = assign(wanted(fleet_of(60), "a", deadline=100.0), RULES, 0)
    assert HAND not in at_work(assign(fleet, RULES, 99))
    assert at_work(assign(fleet, RULES, 100)) == {"server-1": "a", HAND: "a"}


def test_without_any_server_the_hand_paints_everything_in_order() -> None:
    fleet = assign(wanted(fleet_of(laptop=2), "a", "b", "c"), RULES, 0)
    assert [lease.commission for lease in fleet.leases] == ["a", "b"]


def test_a_short_outage_is_waited_for_and_a_long_one_is_not() -> None:
    fleet = wanted(fleet_of(20), "a")
    row = fleet.server("server-1")
    assert row is not None
    fleet = fleet.with_server(replace(row, health=Health.BROKEN, again_at=10.0))
    assert at_work(assign(fleet, RULES, 5)) == {}
    assert at_work(assign(fleet, RULES, 20)) == {HAND: "a"}


def test_a_drained_server_gets_nothing_more() -> None:
    fleet = drain(fleet_of(20, 60), "server-1")
    assert at_work(assign(wanted(fleet, "a"), RULES, 0)) == {"server-2": "a"}


def test_memory_that_ran_out_for_a_size_stays_out_for_it() -> None:
    fleet = fleet_of(20, 60)
    fleet = assign(wanted(fleet, "a"), RULES, 0)
    fleet = fail(fleet, lease_on(fleet, "server-1"), Try(1, 1, "painter-out-of-memory"), RULES)
    row = fleet.server("server-1")
    assert row is not None
    assert row.health is Health.READY
    assert row.too_large == (TooLarge(1_000_000, 601.0),)
    assert at_work(assign(fleet, RULES, 1)) == {"server-2": "a"}
    assert at_work(assign(wanted(fleet_of(20), "b"), RULES, 0)) == {"server-1": "b"}


def test_where_only_small_memories_are_left_a_smaller_painting_is_made() -> None:
    fleet = assign(wanted(fleet_of(20), "a"), RULES, 0)
    fleet = fail(fleet, lease_on(fleet, "server-1"), Try(1, 1, "painter-out-of-memory"), RULES)
    fleet = assign(fleet, RULES, 1)
    assert fleet.leases[0].scale == 0.75
    assert at_work(fleet) == {"server-1": "a"}


def test_a_straggler_is_hedged_onto_an_idle_server_once() -> None:
    fleet = assign(wanted(fleet_of(20, 30), "a"), RULES, 0)
    assert len(assign(fleet, RULES, 29).leases) == 1
    fleet = assign(fleet, RULES, 31)
    assert at_work(fleet) == {"server-1": "a", "server-2": "a"}
    assert fleet.leases[1].purpose is Purpose.HEDGE
    assert len(assign(fleet, RULES, 60).leases) == 2


def test_nobody_hedges_while_others_wait() -> None:
    fleet = assign(wanted(fleet_of(20), "a"), RULES, 0)
    fleet = assign(wanted(fleet, "b", now=1), RULES, 60)
    assert at_work(fleet) == {"server-1": "a"}


def test_the_first_to_finish_closes_the_commission_and_the_loser_changes_nothing() -> None:
    fleet = assign(assign(wanted(fleet_of(20, 30), "a"), RULES, 0), RULES, 31)
    fleet = finish(fleet, lease_on(fleet, "server-2"), 20, 51, RULES)
    assert (fleet.commissions, fleet.finished) == ((), 1)
    fleet = finish(fleet, lease_on(fleet, "server-1"), 60, 60, RULES)
    assert (fleet.leases, fleet.finished) == ((), 1)


def test_a_painting_waits_for_its_caption_but_not_longer() -> None:
    fleet = wanted(fleet_of(20), "a")
    fleet = fleet.with_commission(replace(fleet.commissions[0], hold_until=4.0))
    assert at_work(assign(fleet, RULES, 3.9)) == {}
    assert at_work(assign(fleet, RULES, 4.0)) == {"server-1": "a"}


def test_a_server_that_returns_proves_itself_by_one_painting() -> None:
    fleet = fleet_of(20, limit=3)
    row = fleet.server("server-1")
    assert row is not None
    fleet = assign(wanted(fleet.with_server(replace(row, trial=True)), "a", "b"), RULES, 0)
    assert at_work(fleet) == {"server-1": "a"}


def test_attempts_end_before_a_proxy_cuts_them_off() -> None:
    fleet = fleet_of(60)
    row = fleet.server("server-1")
    assert row is not None
    proxied = replace(row, address=replace(row.address, limit_s=55.0), warm=False)
    (lease,) = assign(wanted(fleet.with_server(proxied), "a"), RULES, 0).leases
    assert (lease.limit_s, lease.first_call) == (55.0, True)


def test_an_attempt_ends_soon_after_it_should_be_done() -> None:
    (lease,) = assign(wanted(fleet_of(10), "a"), RULES, 0).leases
    assert lease.limit_s == 40.0


def test_a_server_that_was_never_measured_may_be_slow() -> None:
    fleet = fleet_of(10)
    row = fleet.servers[-1]
    (lease,) = assign(wanted(fleet.with_server(replace(row, speeds=())), "a"), RULES, 0).leases
    assert lease.limit_s == RULES.attempt_s


def test_a_server_that_became_slow_is_not_given_up_for_ever() -> None:
    fleet = assign(wanted(fleet_of(10, laptop=0), "a"), RULES, 0)
    fleet = fail(fleet, lease_on(fleet, "server-1"), Try(40, 40, "painter-slow"), RULES)
    fleet = assign(rested(fleet, "server-1", 60, busy=False), RULES, 60)
    (lease,) = fleet.leases
    assert lease.limit_s == RULES.attempt_s


def test_another_workers_laptop_is_left_alone() -> None:
    fleet = request(
        fleet_of(), replace(wanted(Fleet(), "a").commissions[0], worker="w2", urgency=Urgency()), 0
    )
    assert at_work(assign(fleet, RULES, 0)) == {}
