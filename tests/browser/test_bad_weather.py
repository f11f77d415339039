"""What a booth fears: reloads, second tabs, lost networks, closed monitors, a power cut."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from browser.people import PAINTING_S
from browser.photographs import astronaut, gif, truncated

if TYPE_CHECKING:
    from browser.crowd import Crowd
    from playwright.sync_api import Route, WebSocketRoute

BACK_S = 30.0
MARK = "() => { window.sameDocument = true; }"
MARKED = "() => window.sameDocument === true"
# The second tap of a thumb that means one, at its worst: it comes just as the next room has been drawn.
TAP_AGAIN = """() => {
    window.tappedAgain = 0;
    new MutationObserver(() => {
        window.tappedAgain += 1;
        document.querySelector(".hand").click();
    }).observe(document.querySelector("[data-screen]"), {attributes: true, attributeFilter: ["data-screen"]});
}"""


def test_a_reload_shows_the_same_stage_again(booth: Crowd) -> None:
    wall, phone = booth.wall(), booth.phone()

    def reloaded(screen: str) -> None:
        phone.screen(screen, PAINTING_S)
        phone.page.reload()
        phone.screen(screen)

    phone.scan(wall)
    reloaded("called")
    phone.confirm(wall)
    reloaded("consent")
    phone.agree()
    reloaded("photo")
    phone.introduce("새로")
    reloaded("quiz-0")
    phone.answer()
    phone.answer()
    reloaded("quiz-2")
    phone.answer_all()
    reloaded("painting")
    reloaded("result")
    phone.read(phone.say("ticket_ready"), PAINTING_S)


def test_a_second_tab_takes_over_and_gives_back(booth: Crowd) -> None:
    wall, phone = booth.wall(), booth.phone()
    phone.walk_in(wall, "둘째")
    tab = booth.another(phone, "tab")
    tab.page.goto(f"{phone.house.public}/visit")
    tab.screen("quiz-0")
    phone.screen("elsewhere")
    phone.look("30-elsewhere")
    tab.answer()
    phone.press(phone.say("here_again"))
    phone.screen("quiz-1")
    tab.screen("elsewhere")
    phone.answer()


def test_an_answer_given_offline_counts_once_the_network_is_back(booth: Crowd) -> None:
    wall, phone = booth.wall(), booth.phone()
    phone.walk_in(wall, "구름")
    phone.answer()
    phone.in_bad_weather = True
    phone.page.context.set_offline(True)
    phone.find(".hand").nth(1).click()
    phone.see("header.lost", 40)
    phone.look("31-offline")
    assert phone.current == "quiz-1"
    phone.page.context.set_offline(False)
    phone.screen("quiz-2", BACK_S)
    phone.find("header:not(.lost)").wait_for()
    assert phone.snapshot["view"]["question"]["index"] == 2
    wall.see(".room:has-text('3')")


def test_a_double_tap_opens_one_door(booth: Crowd) -> None:
    wall, phone = booth.wall(), booth.phone()
    phone.walk_in(wall, "톡톡")
    phone.page.evaluate(TAP_AGAIN)
    for room in range(3):
        phone.answer()
        assert phone.current == f"quiz-{room + 1}"
    phone.see(".hand:enabled")
    assert phone.snapshot["view"]["question"]["index"] == 3
    assert phone.page.evaluate("() => window.tappedAgain") == 3


def test_a_monitor_that_was_closed_finds_its_scene_again(booth: Crowd) -> None:
    wall, phone = booth.wall(), booth.phone()
    phone.walk_in(wall, "벽")
    phone.answer()
    wall.page.close()
    phone.answer()
    wall = booth.wall("monitor-again")
    wall.scene("quiz")
    wall.see(".room:has-text('3')")
    phone.answer()
    wall.see(".room:has-text('4')")
    phone.answer_all()
    wall.scene("reveal", PAINTING_S)
    wall.page.close()
    wall = booth.wall("monitor-at-reveal")
    wall.scene("reveal")
    wall.see(".reveal .desk b")
    phone.screen("result")


def test_after_a_power_cut_everybody_is_where_they_were(booth: Crowd) -> None:
    wall, phone, staff, waiting = booth.wall(), booth.phone(), booth.staff(), booth.phone("waiting")
    phone.walk_in(wall, "번개")
    waiting.line_up(wall.scanned(), "우산")
    waiting.screen("line")
    phone.answer()
    phone.answer(1)
    screens = (wall, phone, staff, waiting)
    for screen in screens:
        screen.page.evaluate(MARK)
        screen.in_bad_weather = True
    booth.house.kill()
    wall.scene("away")
    title = wall.say("away_title")
    assert wall.page.evaluate("(text) => document.fonts.check('400 1em \"Gowun Batang\"', text)", title)
    wall.look("32-away")
    phone.see("header.lost")
    booth.house.start()
    wall.scene("quiz", BACK_S)
    wall.see(".room:has-text('3')")
    phone.find("header:not(.lost)").wait_for(timeout=BACK_S * 1000)
    phone.answer()
    wall.see(".room:has-text('4')")
    waiting.find("header:not(.lost)").wait_for(timeout=BACK_S * 1000)
    waiting.screen("line")
    staff.see(staff.row("우산"))
    assert all(screen.page.evaluate(MARKED) for screen in screens)
    phone.answer_all()
    phone.screen("result", PAINTING_S)


def test_a_phone_without_a_socket_goes_on_by_plain_requests(booth: Crowd) -> None:
    wall, phone = booth.wall(), booth.phone()
    phone.in_bad_weather = True

    def refuse(socket: WebSocketRoute) -> None:
        socket.close()

    phone.page.route_web_socket(re.compile("socket.io"), refuse)
    phone.walk_in(wall, "느린")
    phone.answer_all()
    phone.screen("result", PAINTING_S)
    assert phone.find("header.lost").count() == 0
    phone.read(phone.say("ticket_ready"), PAINTING_S)


def test_a_file_that_is_no_photo_is_refused_in_words_and_a_good_one_follows(booth: Crowd) -> None:
    wall, phone = booth.wall(), booth.phone()
    phone.in_bad_weather = True  # a refusal is a status in the console too
    phone.scan(wall)
    phone.confirm(wall)
    phone.agree()
    phone.find("input[name=name]").fill("사진")
    phone.choose(truncated())
    phone.read(phone.say("no_preview"))
    phone.press(phone.say("send"))
    phone.read(phone.fault("photo-truncated"))
    phone.look("33-photo-refused")
    phone.choose(b"Dear diary", "diary.gif", "image/gif")
    phone.press(phone.say("send"))
    phone.read(phone.fault("photo-not-an-image"))
    phone.choose(gif(), "moving.gif", "image/gif")
    phone.see(".shot img")
    phone.choose(astronaut())
    phone.press(phone.say("send"))
    phone.screen("quiz-0")


def test_a_photo_whose_connection_breaks_once_is_sent_again(booth: Crowd) -> None:
    wall, phone = booth.wall(), booth.phone()
    phone.in_bad_weather = True
    tries: list[str] = []

    def break_once(route: Route) -> None:
        tries.append(route.request.url)
        if len(tries) == 1:
            route.abort("connectionreset")
        else:
            route.continue_()

    phone.page.route("**/api/v1/visit/photos/*", break_once)
    phone.walk_in(wall, "끈기")
    assert len(tries) == 2
    assert phone.snapshot["view"]["photo"]["number"] == 1
