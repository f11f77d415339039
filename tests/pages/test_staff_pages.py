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

SIZES = {"tablet": (1180, 820), "laptop": (1440, 900), "phone": (390, 844)}


@pytest.fixture
def tablet(browser: Browser, harness: Harness) -> Iterator[Viewer]:
    made = viewer(browser, harness, *SIZES["tablet"])
    yield made
    made.page.context.close()


def desk(tablet: Viewer, shown: dict[str, Any] | None = None) -> None:
    snapshot = shown or scenes.busy("ko")
    tablet.open(Scene("desk", "staff.html", "staff", "ko", snapshot, context={"csrf": "c"}))


@pytest.mark.parametrize(
    ("size", "locale"), [("tablet", "ko"), ("tablet", "en"), ("laptop", "ko"), ("phone", "en")]
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
        ("[data-visit=v1] .acts button >> nth=0", {"type": "mark_printed", "visit": "v1"}),
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
        for each in tablet.harness.commands
    ]
    assert sent == [command]


def test_a_ticket_opens_in_a_tab_of_its_own(tablet: Viewer) -> None:
    desk(tablet)
    link = tablet.page.locator("[data-visit=v1] a")
    assert link.get_attribute("href") == "/staff/tickets/47.pdf"
    assert link.get_attribute("target") == "_blank"


def test_a_handed_out_ticket_is_printed_again_for_a_reason(tablet: Viewer) -> None:
    desk(tablet)
    row = tablet.page.locator("[data-visit=v7]")
    row.locator(".acts button").click()
    row.locator(".drawer button").first.click()
    expect(tablet.page.locator("#said")).not_to_be_empty()
    assert [(each["type"], each["visit"], each["reason"]) for each in tablet.harness.commands] == [
        ("reprint", "v7", "paper")
    ]
    tablet.shoot("staff-drawer-ko-tablet", whole=True)


def test_the_monitor_starts_over_only_at_the_second_press(tablet: Viewer) -> None:
    desk(tablet)
    button = tablet.page.get_by_role("button", name="처음으로")
    button.click()
    assert tablet.harness.commands == []
    expect(button).to_have_text("한 번 더 누르면 처음으로")
    assert tablet.faults() == []
    button.click()
    expect(tablet.page.locator("#said")).not_to_be_empty()
    assert [each["type"] for each in tablet.harness.commands] == ["reset"]


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
        if tablet.page.locator(".counts dd").first.inner_text().startswith("9"):
            break
    expect(tablet.page.locator(".rows > li").first).to_have_attribute("data-visit", "v7")
    assert tablet.page.evaluate("() => document.activeElement.closest('[data-visit]')?.dataset.visit") == "v4"


def test_a_visit_on_this_tablet_opens_the_phone_page(tablet: Viewer) -> None:
    desk(tablet)
    tablet.harness.answer = lambda _: {"ok": True, "rev": 1, "url": "/page?once"}
    tablet.page.get_by_role("button", name="English").click()
    tablet.page.wait_for_url("**/page?once")
    assert [(each["type"], each["locale"]) for each in tablet.harness.commands] == [("assist", "en")]


def test_a_wrong_password_is_said_beside_its_field(tablet: Viewer) -> None:
    login = next(scene for scene in scenes.scenes("ko") if scene.name == "login-wrong")
    tablet.open(login)
    field = tablet.page.get_by_label("데스크 비밀번호")
    assert field.get_attribute("aria-invalid") == "true"
    assert "비밀번호가 맞지 않아요" in tablet.page.locator("#wrong").inner_text()
