"""The desk by keyboard, by search, by pile and by ear: what it shows, sends and remembers."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any

import pytest
from pages.fixtures.staff import scenes
from pages.harness import Harness, Scene
from pages.viewer import Viewer, viewer
from playwright.sync_api import Browser, expect
from playwright.sync_api import TimeoutError as Late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator

OPENED = time.time()
FOCUSED = "() => document.activeElement.closest('[data-visit]')?.dataset.visit"
LISTEN = "addEventListener('articket:tone', ({ detail }) => (window.tones ??= []).push(detail.kind), true)"


@pytest.fixture
def desk(browser: Browser, harness: Harness) -> Iterator[Viewer]:
    """A desk with the id "mine"; nothing else of it is remembered."""
    made = viewer(browser, harness, 1180, 820)
    made.page.add_init_script("localStorage.setItem('articket-desk', 'mine')")
    made.page.add_init_script(LISTEN)
    yield made
    made.page.context.close()


def show(desk: Viewer, shown: dict[str, Any] | None = None, locale: str = "ko") -> None:
    snapshot = shown or scenes.printing(locale)
    desk.open(Scene("desk", "staff.html", "staff", locale, snapshot, context={"csrf": "c"}))


def rows(desk: Viewer) -> list[str]:
    found: list[str] = desk.page.locator(".rows > li").evaluate_all(
        "rows => rows.map((row) => row.dataset.visit)"
    )
    return found


def pile(desk: Viewer, name: str) -> Locator:
    return desk.page.locator(".piles button").filter(has_text=name)


def sent(desk: Viewer) -> list[tuple[str, str]]:
    return [(each["type"], each.get("visit", "")) for each in desk.harness.pressed]


def push(desk: Viewer, snapshot: dict[str, Any], title: str) -> None:
    """Send a snapshot until the page has it, which its title tells, if need be once it is back."""
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        desk.harness.push(snapshot)
        with contextlib.suppress(Late):
            desk.page.wait_for_function("title => document.title.startsWith(title)", arg=title, timeout=300)
            return
    raise AssertionError(desk.page.title())


def with_tickets(rev: int, *ages_s: float) -> dict[str, Any]:
    """Return a snapshot with so many tickets to print, each ready for so long."""
    visits = [
        scenes.row(
            "ko", which, number=60 + which, stage="result", ticket="ready", pdf="/x.pdf",
            print=scenes.on_paper("queued", since=OPENED - age),
        )
        for which, age in enumerate(ages_s)
    ]  # fmt: skip
    made = scenes.snapshot("ko", {"visits": visits}, rev=rev)
    made["view"]["counts"]["to_print"] = len(visits)
    return made


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


def tones(desk: Viewer) -> list[str]:
    found: list[str] = desk.page.evaluate("() => window.tones ?? []")
    return found


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


def in_own_hand(visit: str, rev: int, to_print: int) -> dict[str, Any]:
    """Return a snapshot in which this desk has one ticket more in hand."""
    shown = scenes.printing("ko", rev=rev)
    shown["view"]["counts"]["to_print"] = to_print
    shown["view"]["desks"][0]["holds"].append({"visit": visit, "number": 51})
    return shown


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
