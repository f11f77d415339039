"""The desk: who gets in, and what it may do."""

import contextlib
from typing import Any

import pytest
from doubles.web import BOOTH, PASSWORD, BoothSet, csrf, log_in
from flask.testing import FlaskClient

from articket.application import files
from articket.domain import commands
from articket.domain.durations import Durations
from articket.domain.faults import PainterFaultTransient
from articket.domain.jobs import PaintJob
from articket.domain.visit import Visit
from articket.web.cookies import STAFF, STAFF_S, Cookies

ORIGIN = {"Origin": "http://localhost"}


def command(client: FlaskClient, type_: str, **fields: Any) -> dict[str, Any]:
    body = {"role": "staff", "cmd_id": f"{type_}-1", "type": type_} | fields
    return dict(client.post("/api/v1/commands", json=body, headers=ORIGIN).get_json())


def test_the_desk_opens_with_the_password_only(booth: BoothSet) -> None:
    client = booth.app.test_client()
    wrong = client.post("/staff/login", data={"password": "guess", "csrf": csrf(client)})
    assert wrong.status_code == 401
    response = log_in(client)
    assert response.status_code == 303
    cookie = next(each for each in response.headers.getlist("Set-Cookie") if "articket_staff" in each)
    assert "SameSite=Strict" in cookie
    assert "HttpOnly" in cookie
    assert 'id="desk"' in client.get("/staff").get_data(as_text=True)
    client.post("/staff/logout", data={"csrf": csrf(client)})
    assert client.get("/api/v1/snapshot?role=staff").status_code == 403


def test_the_painters_page_is_for_staff_only(booth: BoothSet) -> None:
    stranger = booth.app.test_client().get("/staff/fleet").get_data(as_text=True)
    assert 'id="fleet"' not in stranger
    assert 'id="snapshot"' not in stranger
    assert 'action="/staff/login"' in stranger
    page = booth.staff().get("/staff/fleet?locale=en").get_data(as_text=True)
    assert 'id="fleet"' in page
    assert 'id="snapshot"' in page
    assert '<a href="/staff?locale=en">' in page


def signed_in(client: FlaskClient, to: str | None) -> str:
    data = {"password": PASSWORD, "csrf": csrf(client)} | ({} if to is None else {"to": to})
    response = client.post("/staff/login", data=data)
    assert response.status_code == 303
    return response.headers["Location"]


def asked_for(page: str) -> str:
    """Return the page that the way in says it leads to."""
    return page.split('name="to" value="')[1].split('"', maxsplit=1)[0]


def test_signing_in_leads_to_the_page_one_came_for(booth: BoothSet) -> None:
    for path in ("/staff", "/staff/fleet"):
        client = booth.app.test_client()
        way_in = client.get(f"{path}?locale=en").get_data(as_text=True)
        assert asked_for(way_in) == path
        data = {"password": "guess", "csrf": csrf(client), "to": path}
        again = client.post("/staff/login", data=data, environ_base={"REMOTE_ADDR": f"10.0.{len(path)}.1"})
        assert again.status_code == 401
        assert asked_for(again.get_data(as_text=True)) == path
        assert signed_in(client, path) == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        None,
        "",
        "https://elsewhere.example/staff/fleet",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/staff/fleet/../../j/x",
        "/staff/fleet?x=1",
        "/staff/logout",
        "/staff/fleet\r\nSet-Cookie: a=b",
    ],
)
def test_signing_in_leads_nowhere_else(booth: BoothSet, elsewhere: str | None) -> None:
    assert signed_in(booth.app.test_client(), elsewhere) == "/staff"


def test_a_form_from_elsewhere_is_refused(booth: BoothSet) -> None:
    client = booth.app.test_client()
    assert client.post("/staff/login", data={"password": PASSWORD}).status_code == 403
    client.get("/staff")
    assert client.post("/staff/login", data={"password": PASSWORD, "csrf": "x"}).status_code == 403
    good = {"password": PASSWORD, "csrf": csrf(client)}
    foreign = client.post("/staff/login", data=good, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    hidden = client.post("/staff/login", data=good, headers={"Origin": "null"})
    assert hidden.status_code == 303


def test_guessing_gets_slower_for_the_guesser_only(booth: BoothSet) -> None:
    guesser = booth.app.test_client()
    field = csrf(guesser)
    tries = [
        guesser.post("/staff/login", data={"password": "guess", "csrf": field}).status_code for _ in range(5)
    ]
    assert tries == [401, 401, 401, 429, 429]
    other = booth.app.test_client()
    data = {"password": PASSWORD, "csrf": csrf(other)}
    assert other.post("/staff/login", data=data, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 303
    booth.clock.wait(2)
    assert guesser.post("/staff/login", data={"password": PASSWORD, "csrf": field}).status_code == 303


def test_staff_s_api_needs_staff_and_our_page(booth: BoothSet) -> None:
    body = {"role": "staff", "cmd_id": "p", "type": "pause"}
    visitor = booth.phone()
    assert visitor.client.post("/api/v1/commands", json=body, headers=ORIGIN).status_code == 403
    staff = booth.staff()
    assert staff.post("/api/v1/commands", json=body).status_code == 403
    foreign = staff.post("/api/v1/commands", json=body, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert booth.visits.booth(BOOTH).door == "open"
    assert staff.post("/api/v1/commands", json=body, headers={"X-CSRF-Token": csrf(staff)}).get_json()["ok"]
    assert booth.visits.booth(BOOTH).door == "paused"


def test_a_visit_without_a_phone_opens_on_the_tablet_once(booth: BoothSet) -> None:
    tablet = booth.staff()
    ack = command(tablet, "assist", locale="en")
    assert ack["ok"]
    assert command(tablet, "assist", locale="en")["ok"]
    assert len(booth.visits.rows.visits) == 1
    assert booth.app.test_client().get(ack["url"]).status_code == 403
    assert tablet.get(ack["url"]).headers["Location"] == "/visit"
    snapshot = tablet.get("/api/v1/snapshot?role=phone").get_json()
    assert snapshot["view"]["visit"]["assisted"]
    assert snapshot["locale"] == "en"
    assert tablet.get(ack["url"]).status_code == 403


def test_a_ticket_is_printed_reprinted_and_hidden(booth: BoothSet) -> None:
    phone = booth.phone()
    phone.finish(gallery=True)
    visit = phone.visit
    booth.parts.store.put(files.ticket(visit), b"%PDF-1.7")
    booth.floor.apply(BOOTH, commands.StoreTicket(1, 300.0), visit.id)
    staff = booth.staff()
    row = staff.get("/api/v1/snapshot?role=staff").get_json()["view"]["visits"][0]
    assert (row["ticket"], row["pdf"]) == ("ready", "/staff/tickets/1.pdf")
    pdf = staff.get(row["pdf"])
    assert (pdf.status_code, pdf.mimetype) == (200, "application/pdf")
    assert phone.client.get(row["pdf"]).status_code == 403
    assert command(staff, "mark_printed", visit=visit.id)["ok"]
    assert phone.snapshot()["view"]["ticket"]["state"] == "printed"
    assert command(staff, "reprint", visit=visit.id, reason="jam")["ok"]
    assert phone.snapshot()["view"]["ticket"]["state"] == "ready"
    assert command(staff, "hide", visit=visit.id)["ok"]
    assert phone.visit.hidden
    assert command(staff, "hide", visit="nobody")["code"] == "visit-gone"
    assert staff.get("/staff/tickets/99.pdf").status_code == 404


def at_the_desk(booth: BoothSet) -> Visit:
    phone = booth.phone()
    phone.finish()
    booth.parts.store.put(files.ticket(phone.visit), b"%PDF-1.7")
    booth.floor.apply(BOOTH, commands.StoreTicket(1, 300.0), phone.visit.id)
    return phone.visit


def printing(client: FlaskClient) -> dict[str, Any]:
    rows = client.get("/api/v1/snapshot?role=staff").get_json()["view"]["visits"]
    return dict(rows[0]["print"] or {})


def test_a_ticket_in_one_desks_hand_is_offered_to_no_other(booth: BoothSet) -> None:
    visit, left, right = at_the_desk(booth), booth.staff(), booth.staff()
    assert printing(left)["state"] == "queued"
    assert command(left, "print_claim", cmd_id="l1", visit=visit.id, desk="left")["ok"]
    refused = command(right, "print_claim", cmd_id="r1", visit=visit.id, desk="right")
    assert refused["code"] == "ticket-claimed"
    until = booth.clock.now() + Durations().print_claim_s
    in_hand = {"state": "claimed", "desk": "left", "until": until, "copies": 1}
    assert printing(right) == in_hand | {"since": visit.ticket.ready_at}
    booth.clock.wait(100)
    assert command(left, "print_keep", cmd_id="l2", visit=visit.id, desk="left")["ok"]
    booth.clock.wait(100)
    refused = command(right, "print_claim", cmd_id="r2", visit=visit.id, desk="right")
    assert refused["code"] == "ticket-claimed"
    booth.clock.wait(20)
    assert command(right, "print_claim", cmd_id="r3", visit=visit.id, desk="right")["ok"]
    assert printing(left)["desk"] == "right"
    assert command(right, "mark_printed", cmd_id="r4", visit=visit.id)["ok"]
    assert printing(left) == {}


def test_a_ticket_is_put_back_lost_held_and_let_on(booth: BoothSet) -> None:
    visit, staff = at_the_desk(booth), booth.staff()

    def press(type_: str, **more: Any) -> str:
        assert command(staff, type_, cmd_id=f"{type_}-{len(states)}", visit=visit.id, **more)["ok"]
        states.append(printing(staff)["state"])
        return str(states[-1])

    states: list[str] = []
    assert press("print_claim", desk="left") == "claimed"
    assert press("print_let_go", desk="left") == "queued"
    assert press("print_claim", desk="left") == "claimed"
    assert press("print_fail", desk="left") == "failed"
    assert printing(staff)["why"] == "print-lost"
    assert press("print_hold") == "held"
    held = command(staff, "print_claim", cmd_id="h", visit=visit.id, desk="left")
    assert held["code"] == "ticket-held"
    assert press("print_release") == "queued"


def test_copies_are_few(booth: BoothSet) -> None:
    visit, staff = at_the_desk(booth), booth.staff()
    assert command(staff, "mark_printed", visit=visit.id)["ok"]
    many = command(staff, "reprint", cmd_id="many", visit=visit.id, reason="lost", copies=6)
    assert (many["code"], many["params"]) == ("reprint-copies", {"limit": 5})
    assert command(staff, "reprint", cmd_id="few", visit=visit.id, reason="lost", copies=2)["ok"]
    assert printing(staff)["copies"] == 2


def test_calling_while_somebody_is_inside_says_so(booth: BoothSet) -> None:
    phone = booth.phone()
    phone.confirm()
    assert command(booth.staff(), "call")["code"] == "monitor-busy"


def test_a_new_password_ends_staff_s_cookies() -> None:
    sealed = Cookies(b"key", "hash").seal(STAFF, "x")
    assert Cookies(b"key", "hash").open(STAFF, sealed, STAFF_S) == "x"
    assert Cookies(b"key", "other hash").open(STAFF, sealed, STAFF_S) is None


def test_troubles_are_told_once_each(booth: BoothSet) -> None:
    studio = booth.parts.studio
    fault = PainterFaultTransient("painter-unreachable", "Nobody answers.")
    for style in ("renoir", "picasso"):
        studio.heard(PaintJob("nobody", 1, style), fault)
    with contextlib.suppress(PainterFaultTransient), studio.painting("studio 1", "nobody", "renoir"):
        raise fault
    view = booth.staff().get("/api/v1/snapshot?role=staff").get_json()["view"]
    told = [(each["code"], each["params"]) for each in view["troubles"] if each["code"] != "store-full"]
    assert told == [("painter-unreachable", {"painter": "studio 1"}), ("painter-unreachable", {})]
    assert [each["state"] for each in view["painters"]] == ["trouble"]


def test_whoever_is_called_is_not_inside_yet(booth: BoothSet) -> None:
    phone = booth.phone()
    phone.consent()
    phone.press("name", name="모카")
    staff = booth.staff()
    assert staff.get("/api/v1/snapshot?role=staff").get_json()["view"]["counts"]["inside"] is None
    phone.confirm()
    assert staff.get("/api/v1/snapshot?role=staff").get_json()["view"]["counts"]["inside"] == "모카"
