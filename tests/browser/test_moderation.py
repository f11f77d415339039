"""Nothing is public before somebody looked: the real model and desk, and a wall that is never loaded anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.installation import until
from browser.people import PAINTING_S
from browser.photographs import astronaut
from playwright.sync_api import expect

if TYPE_CHECKING:
    from browser.crowd import Crowd
    from browser.people import Staff, Visitor, Wall

NAME = "커튼"


def choose(staff: Staff, word: str) -> None:
    """Open the visit's photo at the desk, where it is not open, and say something about it."""
    row = staff.row(NAME)
    if staff.find(f"{row} .looking").count() == 0:
        staff.see(f"{row} .peek").click()
    staff.do(NAME, staff.say(word))
    staff.read(staff.say("done_show" if "show" in word or word == "look_fine" else "done_hide"))


def is_named_at_once(phone: Visitor, wall: Wall) -> None:
    """Give a name that no monitor says, be asked for another one, and lose nothing."""
    phone.scan(wall)
    phone.confirm(wall)
    phone.agree(gallery=True)
    phone.find("input[name=name]").fill("시.발")
    phone.choose(astronaut())
    phone.press(phone.say("send"))
    phone.read(phone.fault("name-unfit"))
    assert phone.current == "photo"
    phone.look("45-another-name")
    phone.find("input[name=name]").fill(NAME)
    phone.press(phone.say("keep_photo"))
    phone.screen("quiz-0")
    assert phone.snapshot["view"]["photo"]["number"] == 1  # the photo was sent once


def test_a_curtain_hangs_until_staff_say_all_right_and_again_once_they_hide_it(doubting: Crowd) -> None:
    wall, staff, phone = doubting.wall(), doubting.staff(), doubting.phone()
    is_named_at_once(phone, wall)
    visit = phone.snapshot["view"]["visit"]["id"]
    ours = wall.find(f"img[src^='/pictures/{visit}/']")
    wall.page.evaluate("() => { window.stayed = true; }")
    staff.see(f"{staff.row(NAME)} .please", 40)
    phone.answer_all()
    wall.scene("reveal", PAINTING_S)
    wall.see(".reveal .hung .curtain")
    assert ours.count() == 0
    wall.look("45-curtain")
    phone.screen("result")
    expect(phone.find(f"img[src^='/pictures/{visit}/']").first).to_be_visible()

    staff.see(f"{staff.row(NAME)} .please").click()
    staff.look("45-staff-look")
    choose(staff, "look_fine")
    wall.see(f".reveal .hung img[src^='/pictures/{visit}/']")
    choose(staff, "look_hide_photo")
    expect(wall.find(".reveal .hung .curtain")).to_be_visible()
    assert ours.count() == 0
    choose(staff, "look_show_photo")
    wall.see(f".reveal .hung img[src^='/pictures/{visit}/']")

    doubting.house.press("skip")
    wall.scene("idle")
    hangs = f".idle .hung img[src^='/pictures/{visit}/']"
    wall.see(hangs, 40)
    wall.see(f".label:has-text('{NAME}')", 40)
    choose(staff, "look_hide_name")
    expect(wall.find(f".label:has-text('{NAME}')")).to_have_count(0)
    wall.see(hangs, 40)
    choose(staff, "look_hide_photo")
    expect(ours).to_have_count(0)
    assert wall.page.evaluate("() => window.stayed")

    for screen in (wall, staff, phone):
        screen.in_bad_weather = True
    doubting.house.stop()
    doubting.house.start()
    doubting.house.sign_in()
    gallery = until(lambda: wall_tells(wall).get("gallery"), 20, "the wall is told of the gallery")
    assert not [each for each in gallery if visit in each["url"]]
    staff.read(staff.say("look_photo_hidden"), 40)
    staff.read(staff.say("look_name_hidden"))
    assert wall.page.evaluate("() => window.stayed")


def wall_tells(wall: Wall) -> dict[str, list[dict[str, str]]]:
    """What the server tells the monitor now, asked by the monitor's own page."""
    told: dict[str, list[dict[str, str]]] = wall.page.evaluate(
        """async () => {
          const answer = await fetch("/api/v1/snapshot?role=monitor").catch(() => null);
          return answer?.ok ? (await answer.json()).view : {};
        }"""
    )
    return told
