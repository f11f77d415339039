"""The painters' page before a real server: staff come and go with servers while a visitor is painted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from browser.installation import until
from browser.people import PAINTING_S, Staff
from doubles.a1111 import Double, a1111
from playwright.sync_api import Locator, expect

if TYPE_CHECKING:
    from browser.crowd import Crowd

USER, SECRET = "artist", "sunflower-1888"
# A server that was out of service is called again after ten seconds, and a machine may be busy.
SOON_MS = 60_000


@dataclass
class PaintersPage:
    """What staff do on the page."""

    staff: Staff

    def row(self, number: int) -> Locator:
        name = re.compile(rf"^아틀리에 {number}$")
        return self.staff.page.locator(".painter-row").filter(has=self.staff.page.locator("b", has_text=name))

    def paste(self, address: str) -> None:
        self.staff.find("#address").fill(address)
        self.staff.press(self.staff.say("fleet_add_button"))

    def call_in(self, number: int, server: Double) -> None:
        """Paste a server's address with its login, and wait until it stands ready."""
        self.paste(f"http://{USER}:{SECRET}@{server.host}:{server.port}/")
        self.expect(number, "fleet_state_idle")

    def expect(self, number: int, key: str, **params: object) -> None:
        expect(self.row(number).locator(".now")).to_contain_text(
            self.staff.say(key, **params), timeout=SOON_MS
        )

    def told(self, sentence: str) -> None:
        expect(self.staff.find("#said")).to_have_text(sentence, timeout=SOON_MS)

    def press(self, number: int, key: str) -> None:
        """Press a button in a painter's row and wait for what is said of it."""
        type_ = {"fleet_drain": "drain", "fleet_resume": "resume", "fleet_test": "test"}[key]
        self.row(number).get_by_role("button", name=self.staff.say(key), exact=True).click()
        self.told(self.staff.say(f"done_server_{type_}"))

    def unfold(self, number: int) -> Locator:
        self.row(number).locator(".more").click()
        return self.staff.page.locator(".drawer")

    def call_again(self, number: int) -> None:
        drawer = self.unfold(number)
        drawer.get_by_role("button", name=self.staff.say("fleet_test"), exact=True).click()
        self.told(self.staff.say("done_server_test"))
        self.row(number).locator(".more").click()
        expect(drawer).to_have_count(0)

    def remove(self, number: int) -> None:
        drawer = self.unfold(number)
        drawer.get_by_role("button", name=self.staff.say("fleet_remove"), exact=True).click()
        drawer.get_by_role("button", name=self.staff.say("fleet_remove_sure"), exact=True).click()
        expect(self.row(number)).to_have_count(0, timeout=SOON_MS)


def test_staff_run_the_painters_while_a_visitor_is_painted(ateliers: Crowd) -> None:
    staff = ateliers.staff("painters", path="/staff/fleet")
    assert staff.page.url.endswith("/staff/fleet")
    page = PaintersPage(staff)
    login = f"{USER}:{SECRET}"
    with a1111(auth=login, seconds=0.5) as first, a1111(auth=login, seconds=0.5) as second:
        refused_addresses(page)
        page.call_in(1, first)
        expect(page.row(1).locator(".model")).to_have_text("sd_xl_base_1.0")
        page.call_in(2, second)
        page.paste(second.url)
        expect(staff.find(".under")).to_contain_text(staff.fault("server-known"))
        staff.find("#address").fill("")
        expect(staff.find(".under .refusal")).to_have_count(0)
        dies_and_comes_back(page, first)
        is_painted(ateliers, page, first, second)
    assert SECRET not in staff.page.content()
    assert SECRET not in ateliers.house.log


def refused_addresses(page: PaintersPage) -> None:
    staff = page.staff
    for nonsense in ("어디든지", f"ftp://{USER}:{SECRET}@192.168.0.24"):
        page.paste(nonsense)
        expect(staff.find(".under")).to_contain_text(staff.fault("server-address"), timeout=SOON_MS)
    expect(staff.find(".painter-row")).to_have_count(1)
    staff.find("#address").fill("")


def dies_and_comes_back(page: PaintersPage, server: Double) -> None:
    server.behave(dead=True)
    page.call_again(1)
    page.expect(1, "fleet_why_painter-unreachable")
    expect(page.staff.find("main > [role=status]")).to_contain_text(
        page.staff.say("fleet_why_painter-unreachable")
    )
    page.staff.look("70-painters-trouble")
    server.behave(dead=False)
    page.expect(1, "fleet_state_idle")


def hold(server: Double) -> None:
    """Let the server stand still in the midst of a painting: reading the photo was something else."""
    until(lambda: server.in_hand, PAINTING_S, "the server has a painting in hand")
    server.behave(held_at=0.5, seconds=1.0)


def is_painted(ateliers: Crowd, page: PaintersPage, first: Double, second: Double) -> None:
    staff, wall, phone = page.staff, ateliers.wall(), ateliers.phone()
    for server in (first, second):
        server.behave(seconds=10.0)
    phone.walk_in(wall, "하린")
    for server in (first, second):
        hold(server)
    share = re.compile(staff.say("fleet_share", n="@").replace("@", r"(4\d|5\d)"))
    for number in (1, 2):
        expect(page.row(number).locator(".now")).to_contain_text("하린", timeout=SOON_MS)
        expect(page.row(number).locator(".now small")).to_have_text(share, timeout=SOON_MS)
    staff.look("71-painters-busy", judged=False)  # what is held up must not be given up meanwhile

    page.press(2, "fleet_drain")
    page.expect(2, "fleet_leaving")
    second.behave(held_at=None)
    page.expect(2, "fleet_off")
    page.press(2, "fleet_resume")
    expect(page.row(2).locator(".now")).not_to_contain_text(staff.say("fleet_off"), timeout=SOON_MS)
    page.call_again(1)
    page.remove(2)
    first.behave(held_at=None)

    phone.answer_all(1)
    phone.screen("result", 2 * PAINTING_S)
    until(lambda: phone.snapshot["view"]["ticket"]["state"] == "ready", PAINTING_S, "the ticket is ready")
    page.expect(1, "fleet_state_idle")
    expect(page.row(1).locator(".usual")).to_contain_text(re.compile(r"\d\.\d"))
    assert page.row(1).locator(".tries i").count() > 0
    (visit,) = [each for each in ateliers.house.seen()["visits"] if each["name"] == "하린"]
    assert set(visit["easels"]) == {"done"}
    staff.look("72-painters-after")
