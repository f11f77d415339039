"""What the phone does when it is pressed, cut off, called or opened twice."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

import pytest
from pages.harness import Scene
from pages.phone_scenes import deleted, place, question, quiz, scene, snapshots
from pages.pictures import portrait
from pages.viewer import Viewer, viewer
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.harness import Harness
    from playwright.sync_api import Browser, FilePayload

KO = snapshots("ko")
SLOW = 15_000


@pytest.fixture
def phone(browser: Browser, harness: Harness) -> Iterator[Viewer]:
    opened = viewer(browser, harness, 390, 844)
    yield opened
    harness.sockets = harness.http = True
    opened.page.context.close()


def landscape() -> FilePayload:
    """A photo wider than the painting, so that there is something to move."""
    out = io.BytesIO()
    portrait().resize((3000, 1500)).save(out, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def sent(harness: Harness, count: int) -> list[str]:
    """Wait for this many commands and return their types."""
    deadline = time.monotonic() + 10
    while len(harness.commands) < count and time.monotonic() < deadline:
        time.sleep(0.02)
    return [command["type"] for command in harness.commands]


def test_consent_says_the_age_and_keeps_the_wish_apart(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "consent", KO["consent"]))
    expect(phone.page.get_by_role("checkbox")).not_to_be_checked()
    phone.page.get_by_role("button", name="보호자").click()
    assert sent(harness, 1) == ["consent"]
    command = harness.commands[0]
    assert (command["version"], command["gallery"], command["guardian"]) == ("1", False, True)


def test_a_double_tap_answers_once_and_lights_the_door(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "quiz", quiz("ko", question("ko", 2))))
    door = phone.page.get_by_role("button", name="옆방")
    door.dblclick(force=True)
    expect(door).to_have_class("hand chosen")
    assert sent(harness, 1) == ["answer"]
    harness.push(quiz("ko", question("ko", 3, which="long_question")) | {"rev": 8})
    expect(phone.page.get_by_role("heading")).to_be_focused()
    assert [(each["type"], each["step"], each["option"]) for each in harness.commands] == [("answer", 2, "b")]


def test_an_older_snapshot_is_ignored(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "quiz", KO["quiz"] | {"rev": 20}))
    harness.push(quiz("ko", question("ko", 6)) | {"rev": 19})
    harness.push(quiz("ko", question("ko", 4)) | {"rev": 21})
    expect(phone.page.locator("header")).to_contain_text("5번 방")
    harness.push(KO["line"] | {"rev": 20})
    harness.emit("place", place(1, 2) | {"rev": 30})
    expect(phone.page.locator("header")).to_contain_text("5번 방")


def test_the_place_in_line_moves_without_a_snapshot(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "line", KO["line"]))
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("두 분")
    harness.emit("place", place(1, 3) | {"rev": 9})
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("한 분")


def test_a_call_changes_the_title_and_a_wrong_picture_is_said(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "line", KO["line"]))
    harness.push(KO["called"] | {"rev": 8})
    expect(phone.page).to_have_title("차례예요! · Articket")
    phone.page.get_by_role("button", name="고양이", exact=True).click()
    assert sent(harness, 1) == ["confirm"]
    again = KO["called"] | {"rev": 9, "view": KO["called"]["view"] | {"tries_left": 1}}
    harness.push(again)
    expect(phone.page.get_by_text("한 번 더")).to_be_visible()


def test_a_photo_is_moved_sent_and_said_to_be_ready(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "photo", KO["photo-empty"]))
    phone.page.locator("input[type=file]").first.set_input_files(landscape())
    window = phone.page.get_by_role("slider")
    expect(window).to_have_attribute("aria-valuenow", "50")
    phone.settle()
    phone.shoot("phone-photo-chosen-ko-390")
    window.press("ArrowRight")
    box = window.bounding_box()
    assert box is not None
    phone.page.mouse.move(box["x"] + 100, box["y"] + 100)
    phone.page.mouse.down()
    phone.page.mouse.move(box["x"] + 40, box["y"] + 100)
    phone.page.mouse.up()
    assert not phone.faults()
    phone.page.get_by_role("button", name="이 사진을 보낼게요").click()
    expect(phone.page.get_by_label("티켓에 적을 이름")).to_be_focused()
    assert harness.photos == []
    phone.page.get_by_label("티켓에 적을 이름").fill("하린")
    phone.page.get_by_role("button", name="이 사진을 보낼게요").dblclick(force=True)
    assert sent(harness, 2) == ["name", "ready"]
    assert harness.photos == [1]
    assert 0.55 < float(harness.focus["x"]) < 0.9
    assert float(harness.focus["y"]) == 0.5


def test_a_photo_that_is_there_may_still_be_moved(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "photo", KO["photo-there"]))
    phone.page.locator("input[type=file]").first.set_input_files(landscape())
    phone.page.get_by_role("button", name="이 사진을 보낼게요").click()
    assert sent(harness, 1) == ["ready"]
    arrived = KO["photo-there"]["view"]["photo"] | {"number": 2}
    harness.push(KO["line"] | {"rev": 8})
    view = KO["photo-there"]["view"] | {"photo": arrived, "photo_next": 3}
    harness.push(KO["photo-there"] | {"rev": 9, "view": view})
    phone.page.get_by_role("slider").press("ArrowLeft")
    phone.page.get_by_role("button", name="이 사진으로 할게요").click()
    assert sent(harness, 3) == ["ready", "frame", "ready"]
    moved = harness.commands[1]
    assert (moved["photo"], moved["y"]) == (2, 0.5)
    assert moved["x"] < 0.5


def test_a_photo_that_does_not_arrive_is_kept_and_sent_again(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "photo", KO["photo-there"]))
    harness.photo_statuses = [502] * 4
    phone.page.locator("input[type=file]").first.set_input_files(landscape())
    phone.page.get_by_role("button", name="이 사진을 보낼게요").click()
    again = phone.page.get_by_role("button", name="다시 보낼게요")
    expect(again).to_be_visible(timeout=SLOW)
    phone.settle()
    phone.shoot("phone-missed-ko-390")
    phone.complaints.clear()  # the browser writes each 502 to its console
    assert not phone.faults()
    again.click()
    assert sent(harness, 1) == ["ready"]
    assert harness.photos == [2]


@pytest.mark.parametrize(("statuses", "said"), [([507], "자리"), ([503] * 4, "다시")])
def test_a_photo_that_has_no_room_says_so(
    phone: Viewer, harness: Harness, statuses: list[int], said: str
) -> None:
    phone.open(scene("ko", "photo", KO["photo-there"]))
    harness.photo_statuses = [*statuses]
    phone.page.locator("input[type=file]").first.set_input_files(landscape())
    phone.page.get_by_role("button", name="이 사진을 보낼게요").click()
    expect(phone.page.get_by_role("alert").filter(has_text=said)).to_be_visible(timeout=SLOW)
    assert harness.photos == []
    assert harness.photo_statuses == []


def test_a_photo_found_again_after_a_reload_may_be_moved(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "photo", KO["photo-hung"]))
    window = phone.page.get_by_role("slider")
    expect(window).to_be_visible()
    before = int(window.get_attribute("aria-valuenow") or 0)
    window.press("ArrowRight")
    assert int(window.get_attribute("aria-valuenow") or 0) > before
    phone.page.get_by_role("button", name="이 사진으로 할게요").click()
    assert sent(harness, 2) == ["frame", "ready"]
    assert (harness.commands[0]["photo"], harness.commands[0]["y"]) == (1, 0.5)
    assert 0.3 < harness.commands[0]["x"] < 0.4


def test_what_was_typed_outlives_a_call(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "consent", KO["consent"]))
    phone.page.get_by_role("checkbox").check()
    harness.push(KO["called"] | {"rev": 8})
    expect(phone.page.locator(".wall-pick").first).to_be_visible()
    harness.push(KO["consent"] | {"rev": 9})
    expect(phone.page.get_by_role("checkbox")).to_be_checked()
    harness.push(KO["photo-empty"] | {"rev": 10})
    phone.page.get_by_label("티켓에 적을 이름").fill("하리")
    harness.push(KO["called"] | {"rev": 11})
    expect(phone.page.locator(".wall-pick").first).to_be_visible()
    harness.push(KO["photo-empty"] | {"rev": 12})
    expect(phone.page.get_by_label("티켓에 적을 이름")).to_have_value("하리")


def test_whoever_cannot_wait_for_the_wall_goes_on_without_it(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "called", KO["called-last"]))
    phone.page.get_by_role("button", name="모니터 없이").click()
    assert sent(harness, 1) == ["leave_line"]


def test_another_house_begins_its_revisions_anew(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "quiz", KO["quiz"] | {"rev": 20, "house": "a"}))
    harness.push(quiz("ko", question("ko", 6)) | {"rev": 3, "house": "a"})
    harness.push(quiz("ko", question("ko", 4)) | {"rev": 2, "house": "b"})
    expect(phone.page.locator("header")).to_contain_text("5번 방")


def test_the_tickets_page_says_which_visit_it_means(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "result", KO["result-making"] | {"keep": True}))
    phone.page.get_by_role("radio", name="별 4개").check(force=True)
    with phone.page.expect_request("**/api/v1/snapshot?role=phone&keep=1"):
        harness.cut(http=True)
    phone.page.get_by_role("button", name="남길게요").click()
    assert sent(harness, 1) == ["review"]
    assert harness.commands[0]["keep"] is True


def test_a_shut_door_is_watched_until_it_opens(phone: Viewer, harness: Harness) -> None:
    shut = Scene("shut", "join.html", "join", "ko", context={"door": "paused"})
    phone.page.clock.install()
    phone.open(shut)
    expect(phone.page.get_by_role("button")).to_have_count(0)
    harness.show(
        Scene("open", "join.html", "join", "ko", context={"door": "open", "invitation": "어서 오세요"})
    )
    phone.page.clock.run_for(16_000)
    expect(phone.page.get_by_role("button", name="들어갈게요")).to_be_visible()


def test_a_photo_that_is_refused_says_why(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "photo", KO["photo-there"]))
    harness.photo_statuses = [422]
    notes: FilePayload = {"name": "notes.jpg", "mimeType": "image/jpeg", "buffer": b"no picture at all"}
    phone.page.locator("input[type=file]").last.set_input_files(notes)
    expect(phone.page.get_by_text("미리 볼 수 없어요")).to_be_visible()
    phone.page.get_by_role("button", name="이 사진을 보낼게요").click()
    expect(phone.page.get_by_role("alert").filter(has_text="다른 사진을 골라 주세요")).to_be_visible()
    assert harness.commands == []


def test_a_lost_connection_is_said_where_nothing_moves(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "quiz", KO["quiz"]))
    phone.page.wait_for_function("() => performance.getEntriesByType('resource').length > 0")
    door = phone.page.get_by_role("button", name="가장 큰")
    before = door.bounding_box()
    harness.cut(http=False)
    expect(phone.page.get_by_text("고른 대답은 그대로예요")).to_be_visible(timeout=SLOW)
    assert door.bounding_box() == before
    phone.shoot("phone-lost-ko-390")
    door.click()
    assert harness.commands == []
    harness.sockets = harness.http = True
    assert sent(harness, 1) == ["answer"]
    expect(phone.page.get_by_text("고른 대답은 그대로예요")).to_be_hidden(timeout=SLOW)


def test_without_a_socket_the_page_asks_by_http(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "quiz", quiz("ko", question("ko", 2))))
    harness.cut(http=True)
    phone.page.get_by_role("button", name="가장 큰").click()
    assert sent(harness, 1) == ["answer"]
    harness.scene = scene("ko", "quiz", quiz("ko", question("ko", 3, which="long_question")) | {"rev": 8})
    expect(phone.page.locator("header")).to_contain_text("4번 방", timeout=SLOW)
    expect(phone.page.get_by_text("연결이 잠깐")).to_be_hidden()


def test_the_newer_window_wins_and_the_older_one_may_take_over(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "quiz", KO["quiz"]))
    phone.page.wait_for_function("() => document.querySelector('.hands')")
    harness.emit("superseded", {})
    here = phone.page.get_by_role("button", name="여기서 이어 할게요")
    expect(here).to_be_visible()
    phone.shoot("phone-elsewhere-ko-390")
    assert not phone.faults()
    here.click()
    expect(phone.page.get_by_role("button", name="가장 큰")).to_be_visible()


def test_leaving_the_line_and_deleting_ask_once_more(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "line", KO["line"]))
    phone.page.get_by_role("button", name="모니터 없이").click()
    expect(phone.page.get_by_role("heading", level=1)).to_be_focused()
    phone.shoot("phone-leaving-ko-390")
    assert not phone.faults()
    phone.page.get_by_role("button", name="줄에 있을게요").click()
    assert harness.commands == []
    harness.push(KO["result-printed"] | {"rev": 8})
    phone.page.get_by_role("button", name="지울래요").click()
    expect(phone.page.get_by_role("heading", name="정말")).to_be_focused()
    phone.shoot("phone-erasing-ko-390")
    assert not phone.faults()
    phone.page.get_by_role("button", name="네, 모두").click()
    assert sent(harness, 1) == ["erase"]
    harness.push(deleted("ko") | {"rev": 9})
    expect(phone.page.get_by_role("heading", level=1)).to_be_focused()


def test_stars_and_a_word_are_left(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "result", KO["result-making"]))
    phone.page.get_by_role("radio", name="별 4개").check(force=True)
    phone.page.get_by_label("한마디").fill("좋았어요")
    assert not phone.faults()
    phone.page.get_by_role("button", name="남길게요").click()
    assert sent(harness, 1) == ["review"]
    assert (harness.commands[0]["stars"], harness.commands[0]["comment"]) == (4, "좋았어요")


def test_a_visit_that_is_over_says_so_and_stops_asking(phone: Viewer, harness: Harness) -> None:
    phone.open(scene("ko", "quiz", KO["quiz"]))
    phone.page.wait_for_function("() => document.querySelector('.hands')")
    harness.scene = None
    harness.cut(http=True)
    expect(phone.page.get_by_role("heading", name="아무것도")).to_be_visible(timeout=SLOW)
    expect(phone.page.get_by_text("연결이 잠깐")).to_be_hidden()
