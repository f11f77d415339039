"""The desk by search and by pile: who is found, and what a list holds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from pages.fixtures.staff import scenes
from pages.staff_desk import FOCUSED, OPENED, in_own_hand, own_desk, pile, push, rows, sent, show
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pages.viewer import Viewer

desk = pytest.fixture(own_desk)


def test_a_typed_digit_begins_the_search_and_the_list_narrows_at_once(desk: Viewer) -> None:
    show(desk)
    desk.page.keyboard.type("5")
    expect(desk.page.locator("#search")).to_be_focused()
    assert rows(desk) == [f"v{which}" for which in range(8)]
    desk.page.keyboard.type("3")
    assert rows(desk) == ["v2"]
    assert desk.faults() == []
    desk.page.keyboard.press("Escape")
    assert len(rows(desk)) == 8
    assert desk.page.locator("#search").input_value() == ""


def test_enter_prints_the_one_that_was_found(desk: Viewer) -> None:
    show(desk)
    desk.page.keyboard.type("51")
    with desk.page.context.expect_page() as opened:
        desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#said")).not_to_be_empty()
    assert sent(desk) == [("print_claim", "v0")]
    opened.value.close()


def test_the_arrow_leads_from_the_field_into_what_was_found(desk: Viewer) -> None:
    show(desk)
    desk.page.keyboard.type("52")
    expect(desk.page.locator(".verdict")).to_be_empty()  # another desk has it: Enter would not print it
    desk.page.keyboard.press("ArrowDown")
    assert desk.page.evaluate(FOCUSED) == "v1"


def test_what_is_not_in_the_list_is_found_by_asking_and_opened_by_enter(desk: Viewer) -> None:
    show(desk)
    old = scenes.row("ko", 1, number=7, stage="result", ticket="printed", pdf="/staff/tickets/7.pdf") | {
        "id": "old"
    }
    desk.harness.found = {"found": [old], "gone": False}
    desk.page.keyboard.type("7")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("[data-visit=old] .drawer button").first).to_be_focused()
    assert rows(desk)[0] == "old"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"found": [], "gone": True}, "9번 티켓은 없어졌어요. 손님이 지웠거나 보관 기간이 끝났어요."),
        ({"found": [], "gone": False}, "그런 번호나 이름은 없어요."),
    ],
)
def test_a_number_that_is_nowhere_is_told_in_words(desk: Viewer, found: dict[str, Any], said: str) -> None:
    show(desk)
    desk.harness.found = found
    desk.page.keyboard.type("9")
    expect(desk.page.locator(".verdict")).to_have_text(said)
    assert desk.faults() == []


def test_names_are_found_whatever_their_case(desk: Viewer) -> None:
    show(desk, locale="en")
    desk.page.locator("#search").fill("WILHELMINA")
    assert rows(desk) == ["v7"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("인쇄할 것", ["v0", "v1", "v2", "v3", "v5", "v7"]),
        ("막힌 것", ["v5"]),
        ("프린터에", ["v4"]),
        ("잡아 둔 것", ["v6"]),
        ("줄", []),
    ],
)
def test_a_pile_shows_its_own_and_its_count(desk: Viewer, name: str, shown: list[str]) -> None:
    show(desk)
    pile(desk, name).click()
    assert rows(desk) == shown
    expect(pile(desk, name).locator("b")).to_have_text(str(len(shown)))
    assert desk.faults() == []


def test_the_pile_stands_in_the_address_and_stays_with_the_desk(desk: Viewer) -> None:
    show(desk)
    pile(desk, "잡아 둔 것").click()
    assert desk.page.url.endswith("/page#held")
    desk.page.reload()
    expect(pile(desk, "잡아 둔 것")).to_have_attribute("aria-pressed", "true")
    show(desk)
    assert rows(desk) == ["v6"]
    desk.page.evaluate("location.hash = 'sent'")
    expect(pile(desk, "프린터에")).to_have_attribute("aria-pressed", "true")
    pile(desk, "모두").click()
    assert desk.page.url.endswith("/page")
    assert len(rows(desk)) == 8


def test_a_pile_with_more_than_the_list_holds_says_so(desk: Viewer) -> None:
    shown = scenes.printing("ko")
    shown["view"]["piles"]["sent"] = 150
    show(desk, shown)
    pile(desk, "프린터에").click()
    expect(desk.page.locator(".beyond")).to_contain_text("149")


def test_a_ticket_found_beside_the_list_stays_in_hand(desk: Viewer) -> None:
    desk.page.clock.install()
    show(desk)
    mine = scenes.on_paper("claimed", desk="mine", until=OPENED + 60)
    far = scenes.row("ko", 1, number=700, stage="result", ticket="ready", pdf="/x.pdf", print=mine)
    desk.harness.found = {"found": [far | {"id": "far"}], "gone": False}
    desk.page.keyboard.type("700")
    desk.page.clock.run_for(1_000)
    expect(desk.page.locator("[data-visit=far]")).to_be_visible()
    desk.page.clock.run_for(31_000)
    ends = time.monotonic() + 10
    while time.monotonic() < ends and "far" not in kept_in_hand(desk):
        desk.page.wait_for_timeout(50)
    assert "far" in kept_in_hand(desk)


def kept_in_hand(desk: Viewer) -> list[str]:
    return [each["visit"] for each in desk.harness.commands if each["type"] == "print_keep"]


def test_news_neither_hasten_a_search_nor_make_its_answer_worthless(desk: Viewer) -> None:
    show(desk)
    desk.harness.finds.clear()
    old = scenes.row("ko", 1, number=7, stage="result", ticket="printed", pdf="/x.pdf") | {"id": "old"}
    desk.harness.found = {"found": [old], "gone": False}
    with desk.page.expect_request("**/staff/find"):
        desk.page.keyboard.type("7")
    for rev in range(5, 10):
        push(desk, in_own_hand("v9", rev, rev), f"({rev})")
    assert desk.harness.asked == ["7"]
    with desk.page.expect_request("**/staff/find") as again:  # once more, for the news there were
        desk.harness.finds.set()
        expect(desk.page.locator("[data-visit=old]")).to_be_visible()
    again.value.response()
    assert desk.harness.asked == ["7", "7"]
