"""A line in front of the booth: places, minutes, calls that are answered, put off or missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.people import PAINTING_S
from browser.photographs import cat

if TYPE_CHECKING:
    from browser.crowd import Crowd
    from browser.people import Visitor

CALL_S = 30.0


def stands(phone: Visitor, ahead: int) -> None:
    """Wait until a phone shows its place, and the minutes that belong to it."""
    phone.screen("line")
    phone.page.locator(".huge").filter(has_text=f"{ahead + 1}").wait_for()
    place = phone.snapshot["view"]["place"]
    assert place["ahead"] == ahead
    minutes = place["minutes"]
    phone.read(phone.say("minutes", n=minutes) if minutes else phone.say("minutes_soon"))


def test_a_line_moves_up_and_everybody_is_painted_while_waiting(booth: Crowd) -> None:
    wall = booth.wall()
    first, second, third, fourth = (booth.phone(name) for name in ("first", "second", "third", "fourth"))
    first.walk_in(wall, "하나")
    address = wall.scanned()
    second.line_up(address, "둘", cat())
    stands(second, 0)
    third.line_up(address, "셋")
    stands(third, 1)
    fourth.line_up(address, "넷", cat())
    stands(fourth, 2)
    fourth.look("20-line")

    third.press(third.say("leave_line"))
    third.look("21-line-leaving")
    third.press(third.say("line_leave_yes"))
    third.screen("quiz-0")
    third.read(third.say("by_phone"))
    stands(fourth, 1)

    second.read(second.say("easels_done"), PAINTING_S)
    assert second.find(".easel.done").count() == 4
    second.look("20-line-painted")

    first.answer_all()
    wall.scene("reveal", PAINTING_S)
    second.screen("called", CALL_S)
    wall.scene("calling")
    wall.look("22-calling-with-line")
    second.look("22-called")
    second.press(second.say("postpone"))
    fourth.screen("called")
    stands(second, 0)
    fourth.confirm(wall)
    fourth.screen("quiz-0")
    wall.scene("quiz")
    first.screen("result")


def test_a_missed_call_and_a_lost_monitor_end_no_visit(hasty: Crowd) -> None:
    wall, phone = hasty.wall(), hasty.phone()
    phone.scan(wall)
    phone.screen("called")
    wall.scene("idle", CALL_S)  # the call ran out, and nobody else is there
    phone.agree()
    phone.introduce("바람")
    phone.screen("called")
    wall.scene("idle", CALL_S)
    phone.screen("quiz-0")
    phone.read(phone.say("by_phone"))
    phone.look("23-quiz-by-phone")
    phone.press(phone.say("rejoin"))
    phone.confirm(wall)
    wall.scene("quiz")
    phone.answer()
    wall.page.locator(".who.warned").wait_for()
    phone.read(phone.say("warn"))
    phone.look("24-still-there", judged=False)
    wall.scene("idle", CALL_S)
    phone.read(phone.say("by_phone"))
    assert phone.current == "quiz-1"
    phone.answer_all(1)
    phone.screen("result", PAINTING_S)
    phone.read(phone.say("ticket_ready"), PAINTING_S)
    assert wall.page.locator("body[data-scene='idle']").count() == 1
