from dataclasses import replace

import pytest
from fleet.atelier import RULES, WORKER, fleet_of, wanted
from hypothesis import given
from hypothesis import strategies as st

from articket.domain.faults import ServerRefused
from articket.domain.fleet.commission import Commission, Purpose
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.leasing import begin, fail, finish, forget_worker, heard, request, withdraw
from articket.domain.fleet.schedule import assign
from articket.domain.fleet.server import Address, Health, Kind, Looked, Mode, Server, Try
from articket.domain.fleet.staffing import (
    add,
    call_again,
    change,
    drain,
    due_for_a_look,
    due_for_warming,
    lease_for,
    look_begun,
    not_seen,
    remove,
    rested,
    resume,
    seen,
    settle,
)


def row(fleet: Fleet, server: str = "server-1") -> Server:
    found = fleet.server(server)
    assert found is not None
    return found


def failed(fleet: Fleet, code: str, now: float = 5.0) -> Fleet:
    fleet = assign(wanted(fleet, f"c{now}", now=now), RULES, now)
    return fail(fleet, fleet.leases_on("server-1")[0].id, Try(now, 1.0, code), RULES)


def test_one_crash_is_forgiven_and_two_in_a_row_are_not() -> None:
    once = failed(fleet_of(20), "painter-crashed")
    assert row(once).health is Health.READY
    twice = failed(withdraw(once, lambda _: True), "painter-crashed", 6.0)
    assert (row(twice).health, row(twice).again_at) == (Health.BROKEN, 16.0)


def test_the_pause_grows_with_every_fault_and_ends() -> None:
    fleet = fleet_of(20)
    pauses = []
    for _ in range(9):
        fleet = not_seen(fleet, "server-1", "painter-unreachable", 0.0, for_a_person=False)
        pauses.append(row(fleet).again_at)
    assert pauses == sorted(pauses, key=lambda each: each or 0.0)
    assert pauses[-1] == 120.0


def test_a_server_that_does_not_answer_is_out_of_service_at_once() -> None:
    assert row(failed(fleet_of(20), "painter-unreachable")).health is Health.BROKEN


def test_a_locked_server_waits_for_a_person() -> None:
    assert row(failed(fleet_of(20), "painter-locked")).health is Health.SHUT


def test_a_server_that_was_too_slow_rests_until_it_is_idle() -> None:
    fleet = failed(fleet_of(20), "painter-slow")
    assert row(fleet).health is Health.RESTING
    assert row(rested(fleet, "server-1", 9, busy=True)).health is Health.RESTING
    assert row(rested(fleet, "server-1", 9, busy=False)).health is Health.READY


def test_a_server_that_cannot_say_whether_it_is_idle_rests_for_its_slowest_painting() -> None:
    fleet = failed(fleet_of(20), "painter-slow")
    assert row(rested(fleet, "server-1", 64, busy=None)).health is Health.RESTING
    assert row(rested(fleet, "server-1", 65, busy=None)).health is Health.READY


def test_success_forgives_everything() -> None:
    fleet = failed(fleet_of(20), "painter-crashed")
    fleet = assign(fleet, RULES, 6)
    fleet = finish(fleet, fleet.leases[0].id, 18.0, 24, RULES)
    assert (row(fleet).fails, row(fleet).trouble, row(fleet).success) == (0, None, 0.5)
    assert fleet.repainted == 1


def test_speed_follows_what_was_measured() -> None:
    fleet = fleet_of(20)
    for number in range(5):
        fleet = assign(wanted(fleet, f"c{number}"), RULES, 0)
        fleet = finish(fleet, fleet.leases[0].id, 40.0, 40, RULES)
    assert row(fleet).speed == 4.0


def test_the_same_commission_is_asked_for_once() -> None:
    assert len(wanted(wanted(fleet_of(20), "a"), "a").commissions) == 1


def test_a_new_worker_takes_over_and_the_old_workers_server_rests() -> None:
    fleet = assign(wanted(fleet_of(20), "a"), RULES, 0)
    fleet = begin(fleet, fleet.leases[0].id)
    fleet = request(fleet, replace(fleet.commissions[0], worker="w2"), 3)
    assert fleet.leases == ()
    assert fleet.commissions[0].worker == "w2"
    assert row(fleet).health is Health.RESTING


def test_what_a_silent_worker_had_goes_and_a_living_one_keeps_its_own() -> None:
    fleet = heard(heard(fleet_of(20, 20), WORKER, 0), "w2", 0)
    fleet = assign(wanted(fleet, "a"), RULES, 0)
    fleet = request(fleet, Commission("b", "b", 1, "vangogh", "w2", 0.0), 0)
    fleet = assign(fleet, RULES, 0)
    for lease in fleet.leases:
        fleet = begin(fleet, lease.id)
    fleet = heard(fleet, "w2", 16)
    assert [each.id for each in fleet.commissions] == ["b"]
    assert [lease.commission for lease in fleet.leases] == ["b"]
    assert fleet.server(f"laptop-{WORKER}") is None


def test_a_worker_nobody_ever_heard_of_is_silent_from_then_on() -> None:
    fleet = assign(wanted(fleet_of(20), "a", worker="ghost"), RULES, 0)
    fleet = heard(fleet, "w2", 0)
    assert [each.id for each in heard(fleet, "w2", 15).commissions] == ["a"]
    fleet = heard(fleet, "w2", 16)
    assert (fleet.commissions, fleet.leases) == ((), ())


def test_a_clock_that_is_put_back_lets_no_dead_worker_live() -> None:
    fleet = heard(wanted(fleet_of(20), "a"), WORKER, 9000)
    fleet = heard(fleet, "w2", 100)
    assert [each.id for each in heard(fleet, "w2", 115).commissions] == ["a"]
    assert heard(fleet, "w2", 116).commissions == ()


def test_a_lease_that_nobody_began_leaves_its_server_in_peace() -> None:
    fleet = assign(wanted(fleet_of(20), "a"), RULES, 0)
    assert row(forget_worker(fleet, WORKER, 1)).health is Health.READY


def test_an_address_joins_once() -> None:
    with pytest.raises(ServerRefused, match="server-known"):
        add(fleet_of(20), Address("http://10.0.0.1:7860"))


def test_numbers_are_not_given_twice() -> None:
    fleet = add(remove(fleet_of(20), "server-1"), Address("http://10.0.0.9:7860"))
    assert fleet.servers[-1].label == "atelier-2"


def test_a_drained_server_finishes_and_is_off() -> None:
    fleet = drain(assign(wanted(fleet_of(20), "a"), RULES, 0), "server-1")
    assert row(fleet).mode is Mode.DRAINING
    fleet = settle(finish(fleet, fleet.leases[0].id, 20, 20, RULES))
    assert (row(fleet).mode, fleet.finished) == (Mode.OFF, 1)
    assert row(resume(fleet, "server-1")).mode is Mode.ON


def test_a_removed_servers_painting_still_counts() -> None:
    fleet = remove(assign(wanted(fleet_of(20), "a"), RULES, 0), "server-1")
    fleet = finish(fleet, fleet.leases[0].id, 20, 20, RULES)
    assert (fleet.finished, fleet.commissions) == (1, ())


def test_a_server_is_looked_at_by_one_worker_and_then_again_after_a_minute() -> None:
    fleet = add(fleet_of(laptop=0), Address("http://10.0.0.1:7860"))
    assert [each.id for each in due_for_a_look(fleet, 0)] == ["server-1"]
    assert due_for_a_look(look_begun(fleet, "server-1", 0), 19) == ()
    assert due_for_a_look(look_begun(fleet, "server-1", 0), 20) != ()
    fleet = seen(fleet, "server-1", Address("http://10.0.0.1:7860", Kind.A1111), Looked("A1111"), 1)
    assert due_for_a_look(fleet, 60) == ()
    assert due_for_a_look(fleet, 61) != ()


def test_a_new_server_warms_up_before_a_visitor_waits_for_it() -> None:
    fleet = add(fleet_of(laptop=0), Address("http://10.0.0.1:7860", Kind.A1111))
    fleet = seen(fleet, "server-1", row(fleet).address, Looked("A1111"), 1)
    assert [each.id for each in due_for_warming(fleet)] == ["server-1"]
    fleet = lease_for(fleet, "server-1", WORKER, Purpose.WARM_UP, 1, 60)
    assert due_for_warming(fleet) == ()
    fleet = finish(fleet, fleet.leases[-1].id, 8, 9, RULES)
    assert (row(fleet).warm, row(fleet).painted) == (True, 0)


def test_a_server_that_came_back_is_on_trial() -> None:
    fleet = failed(fleet_of(20), "painter-unreachable")
    fleet = seen(fleet, "server-1", row(fleet).address, Looked("A1111"), 20)
    assert (row(fleet).health, row(fleet).trial, row(fleet).trouble) == (
        Health.READY,
        True,
        "painter-unreachable",
    )


def test_staff_may_have_a_server_called_at_once() -> None:
    fleet = failed(fleet_of(20), "painter-unreachable")
    assert due_for_a_look(fleet, 6) == ()
    assert due_for_a_look(call_again(fleet, "server-1", 6), 6) != ()


def test_names_are_short() -> None:
    assert row(change(fleet_of(20), "server-1", "  Big   one ", "sd15")).label == "Big one"
    with pytest.raises(ServerRefused, match="server-name"):
        change(fleet_of(20), "server-1", "x" * 25, None)


CODES = ("painter-crashed", "painter-slow", "painter-out-of-memory", "painter-unreachable", "painter-locked")
STEPS = st.one_of(
    st.tuples(st.just("want"), st.integers(0, 30)),
    st.tuples(st.just("finish"), st.integers(0, 9)),
    st.tuples(st.just("lose"), st.integers(0, 9)),
    st.tuples(st.just("fail"), st.tuples(st.integers(0, 9), st.sampled_from(CODES))),
    st.tuples(st.just("look"), st.integers(1, 3)),
    st.tuples(st.just("drain"), st.integers(1, 3)),
    st.tuples(st.just("resume"), st.integers(1, 3)),
)


@given(st.lists(STEPS, max_size=60))
def test_whatever_happens_no_server_has_two_and_nothing_wanted_is_forgotten(  # noqa: C901 - a little world
    steps: list[tuple[str, object]],
) -> None:
    fleet, now, asked, done = fleet_of(20, 30, 60), 0.0, set[str](), set[str]()
    for what, value in steps:
        now += 7.0
        match what, value:
            case "want", int(number) if f"c{number}" not in asked:
                asked.add(f"c{number}")
                fleet = wanted(fleet, f"c{number}", now=now)
            case "finish", int(number) if number < len(fleet.leases):
                lease = fleet.leases[number]
                before = {each.id for each in fleet.commissions}
                fleet = finish(fleet, lease.id, 20.0, now, RULES)
                closed = before - {each.id for each in fleet.commissions}
                assert not closed & done
                done |= closed
            case "fail", (int(number), str(code)) if number < len(fleet.leases):
                fleet = fail(fleet, fleet.leases[number].id, Try(now, 3.0, code), RULES)
            case "look", int(number):
                name = f"server-{number}"
                fleet = rested(fleet, name, now, busy=False)
                fleet = seen(fleet, name, row(fleet, name).address, Looked("A1111", "sdxl"), now)
            case "drain", int(number):
                fleet = drain(fleet, f"server-{number}")
            case "resume", int(number):
                fleet = resume(fleet, f"server-{number}")
        fleet = assign(fleet, RULES, now)
        for server in fleet.servers:
            assert len(fleet.leases_on(server.id)) <= server.limit
        assert {each.id for each in fleet.commissions} | done == asked
        for commission in fleet.commissions:
            servers = [lease.server for lease in fleet.leases_for(commission.id)]
            assert len(servers) == len(set(servers))
    # Everybody is painted in the end, if need be by hand.
    for _ in range(200):
        now += 60.0
        fleet = assign(fleet, RULES, now)
        for lease in fleet.leases:
            fleet = finish(fleet, lease.id, 20.0, now, RULES)
    assert fleet.commissions == ()
