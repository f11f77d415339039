"""The desk by keyboard: a key does what its button does, and nothing while somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pages.fixtures.staff import scenes
from pages.staff_desk import FOCUSED, own_desk, push, rows, sent, show, with_tickets
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pages.viewer import Viewer

desk = pytest.fixture(own_desk)


@pytest.mark.parametrize(
    ("key", "visit", "command"),
    [
        ("d", "v0", "mark_printed"),
        ("h", "v0", "print_hold"),
        ("h", "v6", "print_release"),
        ("u", "v7", "print_let_go"),
        ("u", "v6", "print_release"),
        ("d", "v4", "mark_printed"),
    ],
)
def test_a_key_does_to_the_row_with_the_focus_what_its_button_does(
    desk: Viewer, key: str, visit: str, command: str
) -> None:
    show(desk)
    desk.page.locator(f"[data-visit={visit}]").focus()
    desk.page.keyboard.press(key)
    expect(desk.page.locator("#said")).not_to_be_empty()
    assert sent(desk) == [(command, visit)]


@pytest.mark.parametrize(("key", "visit"), [("u", "v0"), ("h", "v1"), ("r", "v0"), ("d", "v9")])
def test_a_key_that_fits_no_row_or_not_this_one_does_nothing(desk: Viewer, key: str, visit: str) -> None:
    show(desk)
    if visit != "v9":
        desk.page.locator(f"[data-visit={visit}]").focus()
    desk.page.keyboard.press(key)
    desk.page.keyboard.press("?")
    expect(desk.page.locator(".keys")).to_be_visible()
    assert sent(desk) == []


@pytest.mark.parametrize("key", ["Enter", "p"])
def test_enter_prints_the_row_with_the_focus(desk: Viewer, key: str) -> None:
    show(desk)
    desk.page.locator("[data-visit=v0]").focus()
    with desk.page.context.expect_page() as opened:
        desk.page.keyboard.press(key)
    expect(desk.page.locator("#said")).not_to_be_empty()
    assert sent(desk) == [("print_claim", "v0")]
    opened.value.close()


def test_keys_move_through_the_rows_and_the_focus_is_seen(desk: Viewer) -> None:
    show(desk)
    for key, visit in (("j", "v0"), ("j", "v1"), ("ArrowDown", "v2"), ("k", "v1"), ("ArrowUp", "v0")):
        desk.page.keyboard.press(key)
        assert desk.page.evaluate(FOCUSED) == visit
    assert desk.page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_row_after_the_one_that_left_has_the_focus(desk: Viewer) -> None:
    shown = with_tickets(1, 10, 9, 8)
    show(desk, shown)
    desk.page.locator("[data-visit=v1]").focus()
    after = with_tickets(5, 10, 9, 8)
    del after["view"]["visits"][1]
    after["view"]["counts"]["to_print"] = 2
    push(desk, after, "(2)")
    assert rows(desk) == ["v0", "v2"]
    assert desk.page.evaluate(FOCUSED) == "v2"


def test_r_asks_for_the_reason_first(desk: Viewer) -> None:
    show(desk, scenes.busy("ko"))
    desk.page.locator("[data-visit=v7]").focus()
    desk.page.keyboard.press("r")
    expect(desk.page.locator("[data-visit=v7] .drawer button").first).to_be_focused()
    assert sent(desk) == []
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#said")).not_to_be_empty()
    assert sent(desk) == [("reprint", "v7")]


def test_letters_typed_into_a_field_do_nothing_else(desk: Viewer) -> None:
    show(desk)
    desk.page.locator("[data-visit=v0]").focus()
    desk.page.keyboard.press("/")
    desk.page.keyboard.type("dhup?5")
    assert desk.page.locator("#search").input_value() == "dhup?5"
    assert sent(desk) == []
    expect(desk.page.locator(".keys")).to_have_count(0)


def test_the_table_of_keys_opens_closes_and_can_be_read_aloud(desk: Viewer) -> None:
    show(desk)
    desk.page.keyboard.press("?")
    expect(desk.page.locator(".keys dt")).to_have_count(8)
    assert desk.faults() == []
    desk.page.keyboard.press("Escape")
    expect(desk.page.locator(".keys")).to_have_count(0)


def test_single_keys_are_switched_off_and_stay_so(desk: Viewer) -> None:
    show(desk)
    desk.page.keyboard.press("?")
    desk.page.get_by_role("button", name="단축키 켜짐").click()
    assert desk.faults() == []
    desk.page.reload()
    desk.page.locator("[data-visit=v0]").focus()
    desk.page.keyboard.type("dhp/?5")
    expect(desk.page.locator(".keys")).to_have_count(0)
    expect(desk.page.locator("#search")).to_have_value("")
    desk.page.keyboard.press("ArrowDown")
    assert desk.page.evaluate(FOCUSED) == "v1"
    assert sent(desk) == []
    desk.page.get_by_role("button", name="단축키", exact=True).click()
    desk.page.get_by_role("button", name="단축키 꺼짐").click()
    desk.page.locator("[data-visit=v0]").focus()
    desk.page.keyboard.press("d")
    expect(desk.page.locator("#said")).not_to_be_empty()
    assert sent(desk) == [("mark_printed", "v0")]
