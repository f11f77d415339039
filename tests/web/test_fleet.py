"""The fleet over the wire: what staff may do with it and see of it, and that nobody else does either."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from doubles.roster import MemoryRoster
from doubles.web import BOOTH, BoothSet, open_booth
from doubles.web_sockets import eventually, serve
from doubles.world import StillClock
from flask.testing import FlaskClient

from articket.adapters.database.engine import Database
from articket.adapters.database.roster import SqlRoster
from articket.adapters.servers.servers import HttpImageServers
from articket.application.fleet.desk import FleetDesk
from articket.application.fleet.ports import Roster
from articket.application.ports import Change, Live
from articket.domain.fleet.commission import Commission
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.leasing import begin, request
from articket.domain.fleet.rules import FleetRules, menu_of
from articket.domain.fleet.schedule import assign
from articket.domain.fleet.server import Health, Looked, Mode, Server
from articket.domain.fleet.staffing import add_laptop, not_seen, seen
from articket.web import wire
from articket.web.words import Words

ORIGIN = {"Origin": "http://localhost"}
USER, SECRET = "vermeer", "ultramarine-4711"
PASTED = f"http://{USER}:{SECRET}@192.168.0.24:7860/?__theme=dark"
PLAIN = "http://192.168.0.24:7860"
ADDED = "server-1"
COMMANDS: dict[str, dict[str, str]] = {
    "server_add": {"url": PASTED},
    "server_test": {"server": ADDED},
    "server_drain": {"server": ADDED},
    "server_resume": {"server": ADDED},
    "server_remove": {"server": ADDED},
    "server_change": {"server": ADDED, "name": "Attic"},
}
numbers = count(1)


@pytest.fixture(params=["memory", "sql"])
def roster(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Roster]:
    if request.param == "memory":
        yield MemoryRoster()
        return
    database = Database(f"sqlite:///{tmp_path}/fleet.db")
    yield SqlRoster(database)
    database.close()


@pytest.fixture
def shares() -> dict[str, float]:
    return {}


@pytest.fixture
def booth(tmp_path: Path, roster: Roster, shares: dict[str, float]) -> Iterator[BoothSet]:
    live: list[Live] = []

    def told() -> None:
        for each in live:
            each.publish(Change(BOOTH, 0, frozenset(), monitor=False, line=False))

    desk = FleetDesk(roster, HttpImageServers(), StillClock(), told, 1, shares.get)
    opened = open_booth(tmp_path / "booth", fleet=desk)
    live.append(opened.parts.live)
    yield opened
    opened.parts.live.close()


def body(type_: str, **fields: str) -> dict[str, str]:
    return {"cmd_id": f"c{next(numbers)}", "type": type_, **fields}


def send(client: FlaskClient, type_: str, **fields: str) -> dict[str, Any]:
    command = {"role": "staff", **body(type_, **fields)}
    return dict(client.post("/api/v1/commands", json=command, headers=ORIGIN).get_json())


def snapshot(client: FlaskClient, role: str = "staff") -> dict[str, Any]:
    return dict(client.get(f"/api/v1/snapshot?role={role}").get_json())


def shown(client: FlaskClient) -> dict[str, Any]:
    """Return the first server's row."""
    return dict(snapshot(client)["view"]["fleet"]["servers"][0])


def put(roster: Roster, change: Callable[[Fleet], Fleet]) -> None:
    with roster.transaction() as page:
        page.save(change(page.fleet))


def ready(fleet: Fleet) -> Fleet:
    """Let every server be fine and warm."""
    looked = Looked(
        "Forge", "sdxl", "sdxl/dream.safetensors", models=(), loras=(), samplers=(), gpu="RTX 4090"
    )
    for row in fleet.servers:
        fleet = seen(fleet, row.id, replace(row.address, kind=row.address.kind), looked, 0.0)
        fleet = fleet.with_server(replace(fleet.server(row.id) or row, warm=True))
    return fleet


def only(roster: Roster) -> Server:
    (server,) = roster.fleet().servers
    return server


def test_every_command_reaches_the_fleet(booth: BoothSet, roster: Roster) -> None:
    staff = booth.staff()
    assert send(staff, "server_add", url=PASTED)["ok"]
    added = only(roster)
    assert (added.id, added.address.url) == (ADDED, PLAIN)
    assert added.address.login is not None
    assert (added.address.login.user, added.address.login.password) == (USER, SECRET)
    put(roster, ready)
    assert send(staff, "server_change", server=ADDED, name=" The  attic ", family="sd15")["ok"]
    assert (only(roster).label, only(roster).family) == ("The attic", "sd15")
    assert send(staff, "server_change", server=ADDED, name="")["ok"]
    assert (only(roster).label, only(roster).family) == ("atelier-1", "sdxl")
    assert send(staff, "server_test", server=ADDED)["ok"]
    assert (only(roster).health, only(roster).warm) == (Health.NEW, False)
    assert send(staff, "server_drain", server=ADDED)["ok"]
    assert only(roster).mode is Mode.OFF
    assert send(staff, "server_resume", server=ADDED)["ok"]
    assert only(roster).mode is Mode.ON
    assert send(staff, "server_remove", server=ADDED)["ok"]
    assert roster.fleet().servers == ()


def test_a_refusal_comes_back_as_the_code_of_a_sentence(booth: BoothSet) -> None:
    staff = booth.staff()
    assert send(staff, "server_add", url=PLAIN)["ok"]
    refused = [
        send(staff, "server_add", url="what is this"),
        send(staff, "server_add", url=""),
        send(staff, "server_add", url=f"ftp://{USER}:{SECRET}@192.168.0.24"),
        send(staff, "server_add", url="192.168.0.24:7860"),
        send(staff, "server_change", server=ADDED, name="a" * 25),
        *(
            send(staff, type_, server="server-9")
            for type_ in ("server_test", "server_drain", "server_resume")
        ),
        send(staff, "server_remove", server="server-9"),
        send(staff, "server_change", server="server-9", name=""),
    ]
    assert not any(each["ok"] for each in refused)
    codes = [each["code"] for each in refused]
    assert codes == [*["server-address"] * 3, "server-known", "server-name", *["server-gone"] * 5]
    assert refused[4]["params"] == {"limit": 24}
    words = Words.load()
    for locale in ("ko", "en"):
        for each in refused:
            sentence = words.fault(locale, each["code"], each["params"])
            assert sentence != each["code"]
            assert "{" not in sentence


def test_the_laptop_cannot_be_removed_but_told_to_rest(booth: BoothSet, roster: Roster) -> None:
    put(roster, lambda fleet: add_laptop(fleet, "worker", 2))
    staff = booth.staff()
    assert send(staff, "server_remove", server="laptop-worker")["code"] == "server-gone"
    assert send(staff, "server_drain", server="laptop-worker")["ok"]
    assert shown(staff)["state"] == "off"
    assert send(staff, "server_resume", server="laptop-worker")["ok"]
    assert shown(staff)["state"] == "idle"


def test_the_last_resort_comes_last(booth: BoothSet, roster: Roster) -> None:
    put(roster, lambda fleet: add_laptop(fleet, "worker", 2))
    staff = booth.staff()
    send(staff, "server_add", url=PLAIN)
    rows = snapshot(staff)["view"]["fleet"]["servers"]
    assert [each["label"] for each in rows] == ["atelier-1", "laptop"]


def test_a_repeated_command_gets_its_old_answer_and_is_not_done_again(
    booth: BoothSet, roster: Roster
) -> None:
    staff = booth.staff()
    command = {"role": "staff", **body("server_add", url=PASTED)}
    answers = [staff.post("/api/v1/commands", json=command, headers=ORIGIN).get_json() for _ in range(3)]
    assert [each["ok"] for each in answers] == [True] * 3
    assert len(roster.fleet().servers) == 1
    assert send(staff, "server_add", url=PASTED)["code"] == "server-known"


@pytest.mark.parametrize("type_", COMMANDS)
def test_only_staff_may_change_the_fleet(booth: BoothSet, roster: Roster, type_: str) -> None:
    if type_ != "server_add":
        assert send(booth.staff(), "server_add", url=PASTED)["ok"]
    before = roster.fleet()
    visitor, stranger = booth.phone().client, booth.app.test_client()
    fields = COMMANDS[type_]
    for client, role, status, code in (
        (visitor, "phone", 200, "command-unknown"),
        (visitor, "monitor", 400, "command-unknown"),
        (visitor, "staff", 403, "not-allowed"),
        (stranger, "phone", 410, "visit-gone"),
        (stranger, "monitor", 400, "command-unknown"),
        (stranger, "staff", 403, "not-allowed"),
    ):
        answer = client.post("/api/v1/commands", json={"role": role, **body(type_, **fields)}, headers=ORIGIN)
        assert (answer.status_code, answer.get_json()["code"]) == (status, code), role
    assert roster.fleet() == before
    assert type_ not in wire.PHONE
    assert send(booth.staff(), type_, **fields)["ok"]


def test_a_foreign_page_cannot_change_the_fleet_with_staff_s_cookie(booth: BoothSet, roster: Roster) -> None:
    staff = booth.staff()
    for headers in ({}, {"Origin": "https://elsewhere.example"}):
        command = {"role": "staff", **body("server_add", url=PASTED)}
        assert staff.post("/api/v1/commands", json=command, headers=headers).status_code == 403
    assert roster.fleet().servers == ()


def test_phones_and_monitors_are_refused_by_socket_too(booth: BoothSet, roster: Roster) -> None:
    with serve(booth) as served:
        pages = [served.phone(booth.phone()), served.monitor()]
        codes = {page.ask("cmd", body("server_add", url=PASTED))["code"] for page in pages}
        assert codes == {"command-unknown", "not-allowed"}
        assert roster.fleet().servers == ()
        staff = served.staff()
        assert staff.ask("cmd", body("server_add", url=PASTED))["ok"]
        assert eventually(lambda: bool(staff.events("snapshot")))
        (row,) = staff.events("snapshot")[-1]["view"]["fleet"]["servers"]
        assert (row["address"], row["state"]) == (PLAIN, "new")


def test_nobody_but_staff_sees_the_fleet_and_nobody_its_credentials(
    booth: BoothSet, roster: Roster, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    phone, staff = booth.phone(), booth.staff()
    phone.prepare()
    send(staff, "server_add", url=PASTED)
    send(staff, "server_add", url=f"ftp://{USER}:{SECRET}@192.168.0.24")
    put(roster, ready)
    at_work(booth, roster, phone.id)
    for client, role in ((phone.client, "phone"), (booth.app.test_client(), "monitor")):
        seen_there = snapshot(client, role)
        told = json.dumps(seen_there)
        assert "fleet" not in seen_there["view"]
        for hidden in (USER, SECRET, "192.168.0.24", "RTX 4090", ADDED):
            assert hidden not in told, (role, hidden)
    for page in (staff.get("/staff/fleet"), staff.get("/staff"), staff.get("/api/v1/snapshot?role=staff")):
        told = page.get_data(as_text=True)
        assert PLAIN in told
        assert USER not in told
        assert SECRET not in told
    assert USER not in caplog.text
    assert SECRET not in caplog.text


def at_work(booth: BoothSet, roster: Roster, visit: str) -> str:
    """Let the fleet begin a painting for a visit; return the lease."""
    rules = FleetRules(menu=menu_of(booth.parts.experience))
    now = booth.clock.now()

    def begun(fleet: Fleet) -> Fleet:
        fleet = request(fleet, Commission("job", visit, 1, "vangogh", "worker", now), now)
        fleet = assign(fleet, rules, now)
        return begin(fleet, fleet.leases[0].id)

    put(roster, begun)
    return roster.fleet().leases[0].id


def test_staff_see_whose_painting_a_server_has_in_hand_and_how_far_it_is(
    booth: BoothSet, roster: Roster, shares: dict[str, float]
) -> None:
    phone, staff = booth.phone(), booth.staff()
    phone.prepare("하린")
    send(staff, "server_add", url=PASTED)
    put(roster, ready)
    assert shown(staff)["state"] == "idle"
    lease = at_work(booth, roster, phone.id)
    row = shown(staff)
    assert row["state"] == "busy"
    (work,) = row["busy_with"]
    assert (work["name"], work["style"], work["purpose"]) == ("하린", "vangogh", "paint")
    assert work["since"] == booth.clock.now()
    assert work["expected_s"] > 0
    assert work["share"] is None
    shares[lease] = 0.42
    assert shown(staff)["busy_with"][0]["share"] == 0.42
    assert send(staff, "server_drain", server=ADDED)["ok"]
    assert (shown(staff)["mode"], shown(staff)["state"]) == ("draining", "busy")


def test_a_trouble_comes_with_what_its_sentence_needs(booth: BoothSet, roster: Roster) -> None:
    staff = booth.staff()
    send(staff, "server_add", url=PASTED)
    params = (("software", "SD.Next"),)
    put(
        roster,
        lambda fleet: not_seen(fleet, ADDED, "painter-unsupported", 5.0, for_a_person=True, params=params),
    )
    row = shown(staff)
    assert (row["state"], row["trouble"], row["params"]) == (
        "shut",
        "painter-unsupported",
        {"software": "SD.Next"},
    )
    assert row["since"] == 5.0


def test_staff_see_once_each_what_a_server_lacks(booth: BoothSet, roster: Roster) -> None:
    staff = booth.staff()
    send(staff, "server_add", url=PASTED)
    put(roster, ready)
    lacking = shown(staff)["lacks"]
    assert {"kind": "sampler", "name": "DPM++ 2M"} in lacking
    assert len(lacking) == len({(each["kind"], each["name"]) for each in lacking})


def test_a_booth_without_a_fleet_says_so(tmp_path: Path) -> None:
    booth = open_booth(tmp_path)
    staff = booth.staff()
    assert send(staff, "server_add", url=PLAIN)["code"] == "not-allowed"
    assert snapshot(staff)["view"]["fleet"]["servers"] == []
