"""A desk among others: what it hears, says of the printer, hands over and leaves behind."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from pages.fixtures.staff import scenes
from pages.harness import Scene
from pages.staff_desk import in_own_hand, own_desk, push, show, tones, with_tickets
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pages.viewer import Viewer

desk = pytest.fixture(own_desk)


def test_a_new_ticket_rings_once_and_what_was_there_never_does(desk: Viewer) -> None:
    show(desk, with_tickets(1, 100, 50))
    desk.page.get_by_role("button", name="소리 꺼짐").click()
    assert tones(desk) == ["ticket"], "pressing it lets staff hear what they will hear"
    push(desk, with_tickets(2, 100, 50, 1), "(3)")
    assert tones(desk) == ["ticket"] * 2
    push(desk, with_tickets(3, 100), "(1)")
    push(desk, with_tickets(4, 100, 50, 2), "(3)")
    desk.harness.cut(http=True)
    desk.harness.sockets = True
    push(desk, with_tickets(5, 100, 50, 3, 40), "(4)")
    assert tones(desk) == ["ticket"] * 2, "one that comes back, or comes late, was no news"
    desk.page.reload()
    expect(desk.page.get_by_role("button", name="소리 켜짐")).to_be_visible()
    assert tones(desk) == []


def test_the_desk_is_silent_until_somebody_asks_for_sound(desk: Viewer) -> None:
    show(desk, with_tickets(1, 100))
    push(desk, with_tickets(2, 100, 1), "(2)")
    assert tones(desk) == []


def test_trouble_rings_another_tone_and_only_when_it_begins(desk: Viewer) -> None:
    show(desk, with_tickets(1, 100))
    desk.page.get_by_role("button", name="소리 꺼짐").click()
    broken = {
        "kind": "ipp",
        "name": "SELPHY",
        "trouble": "printer-folder-gone",
        "since": time.time(),
        "warnings": [],
    }
    for rev, count in ((2, 2), (3, 3)):
        shown = with_tickets(rev, *range(100, 100 + count))
        shown["view"]["printer"] = broken
        push(desk, shown, f"({count})")
    assert tones(desk) == ["ticket", "trouble"]


@pytest.mark.parametrize(
    ("printer", "said"),
    [
        (None, "Tickets are printed from this browser."),
        ({"trouble": None, "since": None}, "Takes tickets."),
        (
            {"kind": "ipp", "name": "SELPHY", "trouble": "printer-folder-full", "since": 0},
            "Make some room there",
        ),
    ],
)
def test_the_bar_says_how_the_printer_is(desk: Viewer, printer: dict[str, Any] | None, said: str) -> None:
    show(desk, scenes.snapshot("en", {"printer": printer}), "en")
    expect(desk.page.locator(".ways .printer")).to_contain_text(said)
    expect(desk.page.locator(".ways .cloud")).to_have_count(0)


def test_what_the_bar_says_is_not_said_twice(desk: Viewer) -> None:
    show(desk)
    expect(desk.page.locator(".ways .printer.lost")).to_contain_text("부터")
    expect(desk.page.locator(".troubles")).to_have_count(0)


def test_all_that_is_in_hand_goes_to_a_desk_that_is_there(desk: Viewer) -> None:
    show(desk)
    expect(desk.page.locator("[data-desk=third] button")).to_have_count(0)
    desk.page.locator("[data-desk=another] button").click()
    expect(desk.page.locator("#said")).to_have_text("건넸어요.")
    asked = desk.harness.pressed[0]
    assert (asked["type"], asked["visit"], asked["desk"], asked["to"]) == (
        "print_hand",
        "v7",
        "mine",
        "another",
    )


def test_who_is_handed_a_ticket_hears_and_reads_of_it(desk: Viewer) -> None:
    show(desk)
    desk.page.get_by_role("button", name="소리 꺼짐").click()
    after = scenes.printing("ko", rev=5)
    after["view"]["counts"]["to_print"] = 7
    after["view"]["desks"][0]["holds"].append({"visit": "v1", "number": 52})
    after["view"]["desks"][1]["holds"] = []
    push(desk, after, "(7)")
    expect(desk.page.locator("#said")).to_have_text("52번 티켓을 건네받았어요.")
    assert tones(desk) == ["ticket"] * 2


def test_a_desk_is_given_a_name(desk: Viewer) -> None:
    show(desk)
    desk.page.get_by_role("button", name="이름 바꾸기").click()
    desk.page.get_by_label("이 데스크의 이름").fill("왼쪽")
    assert desk.faults() == []
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#said")).to_have_text("데스크 이름을 바꿨어요.")
    assert [each["name"] for each in desk.harness.commands if each.get("name")] == ["왼쪽"]


def test_what_another_tab_takes_in_hand_was_handed_over_by_nobody(desk: Viewer) -> None:
    show(desk)
    other = desk.page.context.new_page()
    other.add_init_script("localStorage.setItem('articket-desk', 'mine')")
    other.goto(desk.page.url)
    with other.expect_popup() as opened:
        other.locator("[data-visit=v0] .acts button").first.click()
    expect(other.locator("#said")).not_to_be_empty()
    opened.value.close()
    push(desk, in_own_hand("v0", 5, 7), "(7)")
    expect(desk.page.locator("#said")).to_be_empty()


def test_who_leaves_the_desk_lets_go_of_all_first(desk: Viewer) -> None:
    show(desk)
    desk.page.get_by_role("button", name="데스크에서 일어나기").click()
    desk.page.wait_for_url("**/staff/logout")
    assert desk.harness.left == ["mine"]


@pytest.mark.parametrize("template", ["staff_fleet.html", "staff_designs.html"])
def test_who_leaves_from_another_page_leaves_the_desk_too(desk: Viewer, template: str) -> None:
    snapshot = scenes.printing("ko")
    desk.open(Scene("desk", template, "staff", "ko", snapshot, context={"csrf": "c", "designs": []}))
    desk.page.get_by_role("button", name="데스크에서 일어나기").click()
    desk.page.wait_for_url("**/staff/logout")
    assert desk.harness.left == ["mine"]


def test_a_ticket_whose_desk_fell_silent_is_offered_with_a_word_about_it(desk: Viewer) -> None:
    show(desk)
    where = desk.page.locator("[data-visit=v2] .where")
    expect(where).to_contain_text("창가에서 두고 갔어요")
    expect(desk.page.locator("[data-visit=v2] .acts button").first).to_have_text("인쇄하기")
