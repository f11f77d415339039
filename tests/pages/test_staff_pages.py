"""The desk on a tablet, a laptop and a phone: whole and accessible, and every press becomes its command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pages.fixtures.staff import scenes
from pages.harness import Harness, Scene
from pages.viewer import Viewer, viewer
from playwright.sync_api import Browser, expect

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = {"tablet": (1180, 820), "upright": (820, 1180), "laptop": (1440, 900), "phone": (390, 844)}


@pytest.fixture
def tablet(browser: Browser, harness: Harness) -> Iterator[Viewer]:
    made = viewer(browser, harness, *SIZES["tablet"])
    yield made
    made.page.context.close()


def desk(tablet: Viewer, shown: dict[str, Any] | None = None) -> None:
    snapshot = shown or scenes.busy("ko")
    tablet.open(Scene("desk", "staff.html", "staff", "ko", snapshot, context={"csrf": "c"}))


@pytest.mark.parametrize(
    ("size", "locale"),
    [
        ("tablet", "ko"),
        ("tablet", "en"),
        ("upright", "en"),
        ("laptop", "ko"),
        ("phone", "ko"),
        ("phone", "en"),
    ],
)
def test_every_page_of_the_desk_holds(browser: Browser, harness: Harness, size: str, locale: str) -> None:
    seen = viewer(browser, harness, *SIZES[size])
    found = []
    for scene in scenes.scenes(locale):
        seen.open(scene)
        found += [f"{scene.name}: {fault}" for fault in seen.faults()]
        seen.shoot(f"staff-{scene.name}-{locale}-{size}", whole=True)
    seen.page.context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("press", "command"),
    [
        ("[data-visit=v0] .acts button", {"type": "remake", "visit": "v0"}),
        ("[data-visit=v1] .acts button >> nth=1", {"type": "mark_printed", "visit": "v1"}),
        ("[data-visit=v3] .acts button", {"type": "skip", "visit": "v3"}),
        ("[data-visit=v4] .acts button", {"type": "call", "visit": "v4"}),
        ("[data-visit=v6] .acts button", {"type": "remake", "visit": "v6"}),
        (".doorway button >> nth=1", {"type": "pause"}),
        (".doorway button >> nth=2", {"type": "close"}),
        ("text=화면 끄기", {"type": "blank"}),
    ],
)
def test_a_press_sends_its_command_and_says_what_happened(
    tablet: Viewer, press: str, command: dict[str, str]
) -> None:
    desk(tablet)
    tablet.page.locator(press).click()
    expect(tablet.page.locator("#said")).not_to_be_empty()
    sent = [
        {key: value for key, value in each.items() if key not in {"cmd_id", "role"}}
        for each in tablet.harness.pressed
    ]
    assert sent == [command]


def test_a_ticket_in_hand_opens_in_a_tab_of_its_own_and_no_other_has_a_link(tablet: Viewer) -> None:
    tablet.page.add_init_script("localStorage.setItem('articket-desk', 'mine')")
    desk(tablet, scenes.printing("ko"))
    link = tablet.page.locator("[data-visit] .acts a")
    expect(link).to_have_count(1)
    assert link.get_attribute("href") == "/staff/tickets/58.pdf"
    assert link.get_attribute("target") == "_blank"


def offered(tablet: Viewer) -> list[str]:
    """The rows that offer to print their ticket."""
    found: list[str] = tablet.page.locator(".rows > li:has(.acts button:text-is('인쇄하기'))").evaluate_all(
        "rows => rows.map((row) => row.dataset.visit)"
    )
    return found


def test_what_another_desk_or_the_printer_has_is_not_offered(tablet: Viewer) -> None:
    desk(tablet, scenes.printing("ko"))
    assert offered(tablet) == ["v0", "v2", "v5"]
    tablet.page.evaluate("localStorage.setItem('articket-desk', 'mine')")
    desk(tablet, scenes.printing("ko"))
    expect(tablet.page.locator("[data-visit=v7] a")).to_have_text("티켓 열기")
    assert tablet.page.locator("[data-visit=v1] .where b").inner_text() == "창가에서 뽑아요"


def test_a_ticket_opens_once_it_is_in_this_desks_hand(tablet: Viewer) -> None:
    desk(tablet, scenes.printing("ko"))
    with tablet.page.context.expect_page() as opened:
        tablet.page.locator("[data-visit=v0] .acts button").first.click()
    expect(tablet.page.locator("#said")).to_have_text("이제 여기서 뽑아요. 다른 데스크는 기다려요.")
    asked = tablet.harness.pressed[0]
    mine = tablet.page.evaluate("localStorage.getItem('articket-desk')")
    assert (asked["type"], asked["visit"], asked["desk"]) == ("print_claim", "v0", mine)
    opened.value.close()


def test_a_ticket_that_another_desk_took_first_does_not_open(tablet: Viewer) -> None:
    desk(tablet, scenes.printing("ko"))
    tablet.harness.answer = lambda _: {"ok": False, "code": "ticket-claimed", "params": {}, "rev": 1}
    with tablet.page.context.expect_page() as opened:
        tablet.page.locator("[data-visit=v0] .acts button").first.click()
    if not opened.value.is_closed():
        opened.value.wait_for_event("close")
    expect(tablet.page.locator("#said")).to_have_text("다른 데스크에서 이 티켓을 뽑고 있어요.")


@pytest.mark.parametrize(
    ("press", "command"),
    [
        ("[data-visit=v4] .acts button >> nth=0", "mark_printed"),
        ("[data-visit=v4] .acts button >> nth=1", "print_fail"),
        ("[data-visit=v6] .acts button >> nth=0", "print_release"),
        ("[data-visit=v7] .drawer button >> nth=0", "print_let_go"),
        ("[data-visit=v7] .drawer button >> nth=1", "print_fail"),
        ("[data-visit=v7] .drawer button >> nth=2", "print_hand"),
        ("[data-visit=v7] .drawer button >> nth=3", "print_hold"),
        ("[data-visit=v0] .drawer button >> nth=0", "print_hold"),
    ],
)
def test_whatever_becomes_of_a_ticket_staff_can_say(tablet: Viewer, press: str, command: str) -> None:
    desk(tablet)
    tablet.page.evaluate("localStorage.setItem('articket-desk', 'mine')")
    desk(tablet, scenes.printing("ko"))
    if ".drawer" in press:
        tablet.page.locator(f"{press.split(maxsplit=1)[0]} .acts button").last.click()
    tablet.page.locator(press).click()
    expect(tablet.page.locator("#said")).not_to_be_empty()
    assert [each["type"] for each in tablet.harness.pressed] == [command]


def test_so_many_copies_as_chosen_are_asked_for(tablet: Viewer) -> None:
    desk(tablet)
    row = tablet.page.locator("[data-visit=v7]")
    row.locator(".acts button").click()
    row.get_by_label("몇 장").select_option("3")
    row.locator(".drawer button").nth(2).click()
    expect(tablet.page.locator("#said")).not_to_be_empty()
    assert [(each["type"], each["reason"], each["copies"]) for each in tablet.harness.pressed] == [
        ("reprint", "lost", 3)
    ]


def test_a_handed_out_ticket_is_printed_again_for_a_reason(tablet: Viewer) -> None:
    desk(tablet)
    row = tablet.page.locator("[data-visit=v7]")
    row.locator(".acts button").click()
    row.locator(".drawer button").first.click()
    expect(tablet.page.locator("#said")).not_to_be_empty()
    assert [(each["type"], each["visit"], each["reason"]) for each in tablet.harness.pressed] == [
        ("reprint", "v7", "paper")
    ]
    tablet.shoot("staff-drawer-ko-tablet", whole=True)


def test_the_monitor_starts_over_only_at_the_second_press(tablet: Viewer) -> None:
    desk(tablet)
    button = tablet.page.get_by_role("button", name="처음으로")
    button.click()
    assert tablet.harness.pressed == []
    expect(button).to_have_text("한 번 더 누르면 처음으로")
    assert tablet.faults() == []
    button.click()
    expect(tablet.page.locator("#said")).not_to_be_empty()
    assert [each["type"] for each in tablet.harness.pressed] == ["reset"]


def test_a_refusal_is_said_in_words(tablet: Viewer) -> None:
    desk(tablet)
    tablet.harness.answer = lambda _: {"ok": False, "code": "monitor-busy", "params": {}, "rev": 1}
    tablet.page.locator("[data-visit=v4] .acts button").click()
    expect(tablet.page.locator("#said")).to_have_text("모니터를 다른 분이 쓰고 있어요. 잠시만 기다려 주세요.")


def test_focus_outlives_a_snapshot_that_moves_its_row(tablet: Viewer) -> None:
    desk(tablet)
    tablet.page.locator("[data-visit=v4] .acts button").focus()
    moved = scenes.busy("ko", rev=5)
    moved["view"]["visits"].reverse()
    moved["view"]["counts"]["line"] = 9
    for _ in range(100):
        tablet.harness.push(moved)
        if tablet.page.locator(".counts dd").nth(1).inner_text().startswith("9"):
            break
    expect(tablet.page.locator(".rows > li").first).to_have_attribute("data-visit", "v7")
    assert tablet.page.evaluate("() => document.activeElement.closest('[data-visit]')?.dataset.visit") == "v4"


def test_a_visit_on_this_tablet_opens_the_phone_page(tablet: Viewer) -> None:
    desk(tablet)
    tablet.harness.answer = lambda _: {"ok": True, "rev": 1, "url": "/page?once"}
    tablet.page.get_by_role("button", name="English").click()
    tablet.page.wait_for_url("**/page?once")
    assert [(each["type"], each["locale"]) for each in tablet.harness.pressed] == [("assist", "en")]


def test_a_wrong_password_is_said_beside_its_field(tablet: Viewer) -> None:
    login = next(scene for scene in scenes.scenes("ko") if scene.name == "login-wrong")
    tablet.open(login)
    field = tablet.page.get_by_label("데스크 비밀번호")
    assert field.get_attribute("aria-invalid") == "true"
    assert "비밀번호가 맞지 않아요" in tablet.page.locator("#wrong").inner_text()


@pytest.mark.parametrize(
    ("cloud", "said"),
    [
        (None, []),
        ({"waiting": 0, "since": None, "trouble": None}, ["Every ticket is in the cloud folder."]),
        ({"waiting": 1, "since": 0, "trouble": None}, ["One ticket waits for the cloud "]),
        (
            {"waiting": 3, "since": 0, "trouble": "store-unreachable"},
            ["3 tickets wait for the cloud ", "Everything goes up by itself"],
        ),
        ({"waiting": 0, "since": None, "trouble": "store-forbidden"}, ["does not let us write"]),
    ],
)
def test_the_desk_sees_what_waits_for_the_cloud_folder_and_why(
    tablet: Viewer, cloud: dict[str, Any] | None, said: list[str]
) -> None:
    shown = scenes.snapshot("en", {"cloud": cloud})
    tablet.open(Scene("desk", "staff.html", "staff", "en", shown, context={"csrf": "c"}))
    lines = tablet.page.locator(".cloud")
    expect(lines).to_have_count(len(said))
    for place, words in enumerate(said):
        expect(lines.nth(place)).to_contain_text(words)
