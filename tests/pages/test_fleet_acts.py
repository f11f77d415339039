"""Every press on the painters' page becomes its command, and what is typed outlives a snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pages.fixtures.staff import painters
from pages.painters_page import fleet, open_page, push, row, sent
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pages.viewer import Viewer

seen = pytest.fixture(open_page)


@pytest.mark.parametrize(
    ("server", "press", "command"),
    [
        ("s1", "쉬게 하기", {"type": "server_drain", "server": "s1"}),
        ("s4", "다시 넣기", {"type": "server_resume", "server": "s4"}),
        ("s3", "지금 불러 보기", {"type": "server_test", "server": "s3"}),
    ],
)
def test_a_press_sends_its_command_and_says_what_happened(
    seen: Viewer, server: str, press: str, command: dict[str, str]
) -> None:
    fleet(seen)
    row(seen, server).get_by_role("button", name=press).click()
    expect(seen.page.locator("#said")).not_to_be_empty()
    assert sent(seen) == [command]


def test_a_refused_command_is_said_in_words(seen: Viewer) -> None:
    fleet(seen)
    seen.harness.answer = lambda _: {"ok": False, "code": "server-gone", "params": {}, "rev": 1}
    row(seen, "s1").get_by_role("button", name="쉬게 하기").click()
    expect(seen.page.locator("#said")).to_have_text("그 화가는 이제 여기 없어요.")


def test_the_laptop_cannot_be_sent_away(seen: Viewer) -> None:
    fleet(seen)
    own = row(seen, "laptop")
    expect(own).to_contain_text("아무도 못 그릴 때 나서요")
    expect(own.get_by_role("button")).to_have_count(0)


def test_a_painter_is_removed_only_at_the_second_press(seen: Viewer) -> None:
    fleet(seen)
    row(seen, "s2").locator(".more").click()
    button = seen.page.get_by_role("button", name="내보내기")
    button.click()
    assert sent(seen) == []
    sure = seen.page.get_by_role("button", name="한 번 더 누르면 내보내요")
    expect(sure).to_be_visible()
    assert seen.faults() == []
    sure.click()
    expect(seen.page.locator("#said")).not_to_be_empty()
    assert sent(seen) == [{"type": "server_remove", "server": "s2"}]


def test_focus_goes_to_the_heading_when_its_painter_is_gone(seen: Viewer) -> None:
    fleet(seen)
    row(seen, "s2").locator(".more").focus()
    left = [each for each in painters.six("ko") if each["id"] != "s2"]
    push(
        seen,
        painters.snapshot("ko", left, rev=5),
        seen.page.locator("tbody:not(:has([data-server=s2])) .painter-row").first,
    )
    expect(seen.page.locator("h1")).to_be_focused()


def test_name_and_family_are_changed_in_the_row(seen: Viewer) -> None:
    fleet(seen)
    row(seen, "s1").locator(".more").click()
    drawer = seen.page.locator(".drawer")
    expect(drawer.get_by_label("이름")).to_have_value("")
    drawer.get_by_label("이름").fill(" 본관 지하 ")
    drawer.get_by_label("SD 1.5").check()
    assert seen.faults() == []
    seen.shoot("staff-fleet-drawer-ko-desktop", whole=True)
    drawer.get_by_role("button", name="바꾸기").click()
    expect(drawer).to_have_count(0)
    assert sent(seen) == [{"type": "server_change", "server": "s1", "name": "본관 지하", "family": "sd15"}]
    expect(row(seen, "s1").locator(".more")).to_be_focused()


def test_a_refused_name_is_said_beside_its_field_and_kept(seen: Viewer) -> None:
    fleet(seen)
    seen.harness.answer = lambda _: {"ok": False, "code": "server-name", "params": {"limit": 24}, "rev": 1}
    row(seen, "s5").locator(".more").click()
    field = seen.page.get_by_label("이름")
    expect(field).to_have_value("공대 연구실")
    field.fill("가" * 30)
    field.press("Enter")
    expect(seen.page.locator(".drawer .refusal")).to_have_text("화가의 이름은 24자까지 쓸 수 있어요.")
    expect(field).to_have_value("가" * 30)
    expect(field).to_have_attribute("aria-invalid", "true")
    assert seen.faults() == []


def test_escape_folds_a_drawer_and_gives_the_focus_back(seen: Viewer) -> None:
    fleet(seen)
    more = row(seen, "s1").locator(".more")
    more.press("Enter")
    seen.page.get_by_label("이름").focus()
    seen.page.keyboard.press("Escape")
    expect(more).to_have_attribute("aria-expanded", "false")
    expect(more).to_be_focused()


def test_a_pasted_address_is_sent_and_its_field_emptied(seen: Viewer) -> None:
    fleet(seen)
    field = seen.page.get_by_label("새 화가")
    field.fill("  https://abc-7860.proxy.runpod.net/docs ")
    field.press("Enter")
    expect(seen.page.locator("#said")).to_have_text("화가를 불렀어요. 무엇으로 그리는지 보고 있어요.")
    assert sent(seen) == [{"type": "server_add", "url": "https://abc-7860.proxy.runpod.net/docs"}]
    expect(field).to_have_value("")
    expect(field).to_be_focused()


def test_a_refused_address_is_said_under_its_field_and_kept(seen: Viewer) -> None:
    fleet(seen)
    seen.harness.answer = lambda _: {"ok": False, "code": "server-known", "params": {}, "rev": 1}
    before = seen.page.locator(".addline").bounding_box()
    field = seen.page.get_by_label("새 화가")
    field.fill("192.168.0.21:7860")
    seen.page.get_by_role("button", name="불러오기").click()
    expect(seen.page.locator(".under")).to_have_text("그 서버는 벌써 화가로 일하고 있어요.")
    expect(field).to_have_value("192.168.0.21:7860")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert seen.page.locator(".addline").bounding_box() == before
    field.press("End")
    field.press("Backspace")
    expect(seen.page.locator(".under .refusal")).to_have_count(0)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    assert seen.faults() == []


def test_an_empty_line_sends_nothing(seen: Viewer) -> None:
    fleet(seen)
    seen.page.get_by_role("button", name="불러오기").click()
    expect(seen.page.get_by_label("새 화가")).to_be_focused()
    assert sent(seen) == []


def test_typing_and_focus_outlive_a_snapshot(seen: Viewer) -> None:
    fleet(seen)
    row(seen, "s1").locator(".more").click()
    field = seen.page.get_by_label("이름")
    field.fill("반쯤 쓴 이")
    turned = painters.six("ko")
    turned.reverse()
    push(
        seen,
        painters.snapshot("ko", turned, rev=5),
        seen.page.locator(".painter-row:first-child[data-server=laptop]"),
    )
    expect(field).to_have_value("반쯤 쓴 이")
    expect(field).to_be_focused()
