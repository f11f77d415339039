"""What the staff console finds, counts and shares out, beyond the rows that are listed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from doubles.web import BOOTH, BoothSet, csrf
from hypothesis import given
from hypothesis import strategies as st

from articket.application import files
from articket.application.desks import KEPT, LISTED_S, SILENT_S, Desks
from articket.application.ports import Keys
from articket.domain import commands
from articket.domain.moderation import Look
from articket.domain.print_queue import PrintJob, PrintState
from articket.domain.visit import Decision, Ticket, TicketStatus, Visit
from articket.web.desk_list import OPEN_SHOWN, desk_list

if TYPE_CHECKING:
    from flask.testing import FlaskClient

ORIGIN = {"Origin": "http://localhost"}
DAY_S = 24 * 3600.0


class Desk:
    """One browser of staff."""

    def __init__(self, booth: BoothSet, name: str) -> None:
        self.name = name
        self.client: FlaskClient = booth.staff()
        self.pressed = 0

    def press(self, type_: str, **fields: Any) -> dict[str, Any]:
        self.pressed += 1
        body = {"role": "staff", "cmd_id": f"{self.name}-{self.pressed}", "type": type_} | fields
        return dict(self.client.post("/api/v1/commands", json=body, headers=ORIGIN).get_json())

    def at(self, type_: str, **fields: Any) -> dict[str, Any]:
        return self.press(type_, desk=self.name, **fields)

    @property
    def view(self) -> dict[str, Any]:
        return dict(self.client.get("/api/v1/snapshot?role=staff").get_json()["view"])

    def find(self, asked: str) -> dict[str, Any]:
        return dict(self.client.post("/staff/find", json={"q": asked}, headers=ORIGIN).get_json())

    def log_out(self) -> None:
        """Sign out, as the page does, which says which desk it is."""
        data = {"csrf": csrf(self.client), "desk": self.name}
        assert self.client.post("/staff/logout", data=data).status_code == 303

    def holds(self, name: str) -> list[int]:
        return [held["number"] for each in self.view["desks"] if each["id"] == name for held in each["holds"]]


def finished(booth: BoothSet, name: str = "모카") -> Visit:
    """Walk a visitor to the desk."""
    phone = booth.phone()
    phone.finish(name)
    booth.parts.store.put(files.ticket(phone.visit), b"%PDF-1.7")
    booth.floor.apply(BOOTH, commands.StoreTicket(1, 300.0), phone.visit.id)
    booth.floor.apply(BOOTH, commands.Reset())
    return phone.visit


def lay(booth: BoothSet, count: int, job: PrintJob | None, first: int = 1) -> None:
    """Put tickets straight into the queue."""
    now = booth.clock.now()
    with booth.visits.transaction() as transaction:
        for number in range(first, first + count):
            key = str(number).encode()
            visit = Visit(
                f"v{number}", BOOTH, "ko", now - number, decision=Decision("X", "renoir", number, now),
                ticket=Ticket(TicketStatus.READY, now, job=job),
            )  # fmt: skip
            transaction.add_visit(visit, Keys(b"t" + key, b"k" + key, b"e" + key), 2e9)


def test_tickets_at_the_printer_do_not_crowd_out_what_is_to_be_printed(booth: BoothSet) -> None:
    now = booth.clock.now()
    lay(booth, 150, PrintJob().claim("printer", now, 60).send("printer", now))
    lay(booth, 12, None, first=200)
    lay(booth, 3, PrintJob().hold("staff", now), first=300)
    view = Desk(booth, "left").view
    states = [row["print"]["state"] for row in view["visits"]]
    assert states[:12] == ["queued"] * 12
    assert states.count("held") == 3
    assert len(states) == OPEN_SHOWN
    assert view["piles"] == {
        "to_print": 12, "trouble": 0, "sent": 150, "held": 3, "line": 0, "printed": 0,
    }  # fmt: skip


def test_what_a_desk_has_in_hand_is_listed_however_many_wait_before_it(booth: BoothSet) -> None:
    lay(booth, 150, None)
    desk = Desk(booth, "left")
    desk.at("desk_here")
    assert "v150" not in {row["id"] for row in desk.view["visits"]}
    assert desk.at("print_claim", visit="v150")["ok"]
    rows = [row["id"] for row in desk.view["visits"]]
    assert (rows[0], rows[-1], len(rows)) == ("v1", "v150", OPEN_SHOWN)
    assert desk.holds("left") == [150]


@given(counts=st.lists(st.integers(0, 130), min_size=4, max_size=4))
def test_every_need_has_its_share_and_nothing_is_left_out_without_need(counts: list[int]) -> None:
    from doubles.visits import MemoryVisits  # noqa: PLC0415 - one for each example

    visits = MemoryVisits()
    states = (PrintState.FAILED, PrintState.QUEUED, PrintState.SENT, PrintState.HELD)
    with visits.transaction() as transaction:
        for place, (state, count) in enumerate(zip(states, counts, strict=True)):
            for number in range(1000 * place, 1000 * place + count):
                key = str(number).encode()
                made = Ticket(TicketStatus.READY, 1.0, job=PrintJob(state))
                visit = Visit(
                    f"v{number}", BOOTH, "ko", 0.0, decision=Decision("X", "s", number, 0), ticket=made
                )
                transaction.add_visit(visit, Keys(b"t" + key, b"k" + key, b"e" + key), 2e9)
    shown = desk_list(visits, visits.booth(BOOTH), 10.0)
    by_state = [sum(visit.ticket.print_job.state is state for visit in shown) for state in states]
    assert len(shown) == min(OPEN_SHOWN, sum(counts))
    for count, seen, share in zip(counts, by_state, (10, 30, 5, 5), strict=True):
        assert seen >= min(count, share)
    order = [states.index(visit.ticket.print_job.state) for visit in shown]
    assert order == sorted(order)


def test_a_ticket_is_found_by_its_number_long_after_it_left_the_list(booth: BoothSet) -> None:
    desk, visit = Desk(booth, "left"), finished(booth)
    assert desk.press("mark_printed", visit=visit.id)["ok"]
    booth.clock.wait(DAY_S)
    found = desk.find("1")
    assert [(row["id"], row["number"], row["ticket"]) for row in found["found"]] == [(visit.id, 1, "printed")]
    assert desk.find(" #1 ")["found"][0]["id"] == visit.id
    assert desk.find("2") == {"found": [], "gone": False}
    assert desk.find("") == desk.find("0") == desk.find("9" * 30) == {"found": [], "gone": False}


def test_an_erased_ticket_is_gone_and_its_name_is_found_no_more(booth: BoothSet) -> None:
    desk, visit = Desk(booth, "left"), finished(booth, "하린")
    assert [row["name"] for row in desk.find("하")["found"]] == ["하린"]
    booth.floor.erase(visit)
    assert desk.find("1") == {"found": [], "gone": True}
    assert desk.find("하") == {"found": [], "gone": False}


def test_only_staff_find_anybody(booth: BoothSet) -> None:
    finished(booth)
    asked, staff = {"q": "1"}, Desk(booth, "left").client
    for stranger in (booth.app.test_client(), booth.phone().client):
        assert stranger.post("/staff/find", json=asked, headers=ORIGIN).status_code == 403
    foreign = {"Origin": "https://elsewhere.example"}
    assert staff.post("/staff/find", json=asked, headers=foreign).status_code == 403
    assert staff.post("/staff/find", json=asked).status_code == 403
    assert staff.get("/staff/find?q=1").status_code == 405
    assert staff.post("/staff/find", json=asked, headers=ORIGIN).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("asked", [None, [], {}, {"q": 1}, {"q": None}])
def test_what_is_no_question_finds_nobody(booth: BoothSet, asked: object) -> None:
    finished(booth)
    found = Desk(booth, "left").client.post("/staff/find", json=asked, headers=ORIGIN)
    assert (found.status_code, found.get_json()) == (200, {"found": [], "gone": False})


def test_the_day_is_counted_and_what_is_deleted_stays_counted(booth: BoothSet) -> None:
    desk = Desk(booth, "left")
    first, second = finished(booth), finished(booth)
    booth.phone()
    view = desk.view
    assert view["today"] == {"joined": 3, "painted": 2, "printed": 0, "reprinted": 0, "deleted": 0}
    assert (view["counts"]["to_print"], view["counts"]["waits_since"]) == (2, first.ticket.ready_at)
    desk.press("mark_printed", visit=first.id)
    desk.press("reprint", visit=first.id, reason="paper")
    desk.press("mark_printed", visit=first.id)
    desk.press("print_hold", visit=second.id)
    view = desk.view
    assert (view["today"]["printed"], view["today"]["reprinted"], view["piles"]["held"]) == (1, 1, 1)
    assert view["counts"]["waits_since"] is None
    booth.floor.erase(first)
    assert desk.view["today"] == {"joined": 3, "painted": 2, "printed": 1, "reprinted": 1, "deleted": 1}


def test_a_visit_whose_time_is_over_was_not_deleted_by_anybody(booth: BoothSet) -> None:
    desk, visit = Desk(booth, "left"), finished(booth)
    booth.clock.time = booth.floor.expiry(visit)
    booth.floor.erase(visit)
    assert desk.view["today"]["deleted"] == 0


def test_a_ticket_asked_for_again_waits_since_then(booth: BoothSet) -> None:
    desk, visit = Desk(booth, "left"), finished(booth)
    desk.press("mark_printed", visit=visit.id)
    booth.clock.wait(600)
    desk.press("reprint", visit=visit.id, reason="paper")
    asked = booth.clock.now()
    booth.clock.wait(60)
    desk.at("print_claim", visit=visit.id)
    assert desk.view["counts"]["waits_since"] == asked
    assert desk.view["visits"][0]["print"]["since"] == asked


def test_desks_have_numbers_names_and_what_they_hold(booth: BoothSet) -> None:
    left, right, visit = Desk(booth, "left"), Desk(booth, "right"), finished(booth)
    left.at("desk_here")
    right.at("desk_here", name=" 창가 ")
    left.at("print_claim", visit=visit.id)
    seen = [(desk["number"], desk["name"], desk["there"], desk["holds"]) for desk in right.view["desks"]]
    held = [{"visit": visit.id, "number": 1}]
    assert seen == [(1, None, True, held), (2, "창가", True, [])]
    right.at("desk_here")
    assert right.view["desks"][1]["name"] == "창가"


def test_a_ticket_goes_from_hand_to_hand_and_only_by_the_hand_that_has_it(booth: BoothSet) -> None:
    left, right, visit = Desk(booth, "left"), Desk(booth, "right"), finished(booth)
    left.at("desk_here")
    left.at("print_claim", visit=visit.id)
    assert left.at("print_hand", visit=visit.id, to="right")["code"] == "desk-away"
    right.at("desk_here")
    assert right.at("print_hand", visit=visit.id, to="right")["code"] == "step-stale"
    assert left.at("print_hand", visit=visit.id, to="right")["ok"]
    assert (left.holds("left"), left.holds("right")) == ([], [1])
    assert left.at("print_claim", visit=visit.id)["code"] == "ticket-claimed"
    assert right.press("mark_printed", visit=visit.id)["ok"]


def test_a_desk_that_closes_lets_go_of_all_it_had(booth: BoothSet) -> None:
    left, right = Desk(booth, "left"), Desk(booth, "right")
    visits = [finished(booth) for _ in range(3)]
    for desk in (left, right):
        desk.at("desk_here")
    for visit in visits[:2]:
        left.at("print_claim", visit=visit.id)
    right.at("print_claim", visit=visits[2].id)
    left.log_out()
    assert [desk["id"] for desk in right.view["desks"]] == ["right"]
    assert right.holds("right") == [3]
    assert [right.at("print_claim", visit=visit.id)["ok"] for visit in visits] == [True] * 3


def test_who_is_no_staff_makes_no_desk_let_go(booth: BoothSet) -> None:
    left, visit = Desk(booth, "left"), finished(booth)
    left.at("desk_here")
    left.at("print_claim", visit=visit.id)
    stranger = booth.app.test_client()
    stranger.get("/staff")
    stranger.post("/staff/logout", data={"csrf": csrf(stranger), "desk": "left"})
    assert left.holds("left") == [1]


def test_a_desk_falls_silent_is_told_to_the_others_and_is_forgotten(booth: BoothSet) -> None:
    desks = Desks(booth.visits, booth.clock)
    assert desks.here("left")
    assert desks.here("right")
    assert not desks.here("right")
    booth.clock.wait(SILENT_S)
    assert desks.here("right"), "the others hear that the left one is silent"
    assert [(desk.id, desk.is_there(booth.clock.now())) for desk in desks.listed()] == [
        ("left", False), ("right", True),
    ]  # fmt: skip
    booth.clock.wait(LISTED_S)
    desks.here("right")
    assert [desk.id for desk in desks.listed()] == ["right"]


def test_a_desk_keeps_its_number_and_name_over_a_restart(booth: BoothSet) -> None:
    before = Desks(booth.visits, booth.clock)
    before.here("left")
    before.here("right", "창가")
    after = Desks(booth.visits, booth.clock)
    after.here("new")
    assert [(desk.number, desk.name) for desk in after.listed()] == [(1, ""), (2, "창가"), (3, "")]


def test_a_desk_that_another_version_wrote_is_known_by_what_this_one_reads(booth: BoothSet) -> None:
    newer = {"id": "left", "number": 1, "name": "창가", "seen_at": booth.clock.now(), "colour": "red"}
    booth.visits.choose(KEPT, json.dumps([newer, {"id": "older"}]))
    assert [(desk.id, desk.name) for desk in Desks(booth.visits, booth.clock).listed()] == [("left", "창가")]


@pytest.mark.parametrize("fields", [{"desk": ""}, {"desk": "x" * 65}, {"desk": "x", "name": "n" * 61}, {}])
def test_a_desk_without_a_proper_id_is_none(booth: BoothSet, fields: dict[str, str]) -> None:
    assert Desk(booth, "left").press("desk_here", **fields)["code"] == "command-unknown"


def test_piles_count_what_their_rows_show(booth: BoothSet) -> None:
    desk = Desk(booth, "left")
    inside, waiting = booth.phone(), booth.phone()
    for phone in (inside, waiting):
        phone.prepare()
    photo = waiting.visit.photo
    assert photo is not None
    style = waiting.visit.easels[0].style
    booth.floor.apply(BOOTH, commands.FailPainting(photo.number, style, "painter-slow"), waiting.id)
    booth.floor.apply(BOOTH, commands.FailPainting(photo.number, style, "painter-slow", 1), waiting.id)
    view = desk.view
    stuck = [row["id"] for row in view["visits"] if "failed" in row["easels"]]
    assert stuck == [waiting.id]
    assert (view["piles"]["trouble"], view["piles"]["line"]) == (1, 2)


def test_a_photo_that_staff_are_to_look_at_is_in_the_pile_of_troubles(booth: BoothSet) -> None:
    desk, phone = Desk(booth, "left"), booth.phone()
    phone.prepare()
    visit = phone.visit
    assert visit.photo is not None
    with booth.visits.transaction() as transaction:
        flagged = replace(visit, photo=replace(visit.photo, look=Look.FLAGGED))
        transaction.save_visit(flagged, 2e9)
    view = desk.view
    assert view["visits"][0]["moderation"]["look"] == "please"
    assert view["piles"]["trouble"] == 1


def test_yesterdays_tickets_are_in_their_pile_and_not_in_todays_count(booth: BoothSet) -> None:
    desk, done = Desk(booth, "left"), finished(booth)
    desk.press("mark_printed", visit=done.id)
    booth.clock.wait(2 * DAY_S)
    assert (desk.view["piles"]["printed"], desk.view["today"]["printed"]) == (1, 0)
