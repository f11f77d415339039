"""What staff do while visitors come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.installation import PASSWORD
from browser.people import PAINTING_S, Staff, Visitor

if TYPE_CHECKING:
    from browser.crowd import Crowd


def test_the_door_pauses_closes_and_opens(booth: Crowd) -> None:
    wall, staff, phone, second = booth.wall(), booth.staff(), booth.phone(), booth.phone("second")
    phone.walk_in(wall, "마침표")
    address = wall.scanned()
    second.line_up(address, "쉼표")
    second.screen("line")
    staff.press(staff.say("door_paused"))
    staff.do("마침표", staff.say("skip"))
    wall.scene("paused")
    wall.look("40-paused")
    staff.look("40-staff-paused")
    second.screen("line")
    late = booth.phone("late")
    late.page.goto(address)
    late.see("h1")
    late.look("40-join-paused")
    assert late.find("form button").count() == 0

    staff.press(staff.say("door_closed"))
    second.screen("called")  # whoever stands in line still comes in
    wall.scene("calling")
    assert wall.find(".plate").count() == 0
    late.page.reload()
    late.see("h1")
    late.look("41-join-closed")
    assert late.find("form button").count() == 0

    staff.press(staff.say("door_open"))
    wall.see(".plate")
    late.page.reload()
    late.see("form button").click()
    late.screen("consent")


def test_the_monitor_goes_dark_and_starts_over_while_the_visit_goes_on(booth: Crowd) -> None:
    wall, staff, phone = booth.wall(), booth.staff(), booth.phone()
    phone.walk_in(wall, "불빛")
    staff.press(staff.say("blank"))
    wall.page.locator("body[data-scene='dark']").wait_for()
    phone.answer()
    staff.press(staff.say("unblank"))
    wall.scene("quiz")
    staff.press(staff.say("reset"))
    staff.press(staff.say("reset_sure"))
    wall.scene("idle")
    phone.read(phone.say("by_phone"))
    phone.answer_all()
    phone.screen("result", PAINTING_S)


def test_staff_skip_a_visitor_and_call_another_one(booth: Crowd) -> None:
    wall, staff = booth.wall(), booth.staff()
    first, second, third = (booth.phone(name) for name in ("first", "second", "third"))
    first.walk_in(wall, "가은")
    address = wall.scanned()
    second.line_up(address, "나래")
    second.screen("line")
    third.line_up(address, "솜이")
    third.screen("line")
    staff.press(staff.say("door_paused"))  # so that nobody is called by itself
    staff.do("가은", staff.say("skip"))
    first.read(first.say("by_phone"))
    staff.do("솜이", staff.say("call"))
    third.screen("called")
    wall.scene("calling")
    second.screen("line")
    third.confirm(wall)
    third.screen("quiz-0")


def test_a_ticket_is_printed_once_more_for_a_reason_and_a_painting_leaves_the_wall(booth: Crowd) -> None:
    wall, staff, phone = booth.wall(), booth.staff(), booth.phone()
    phone.scan(wall)
    phone.confirm(wall)
    phone.agree(gallery=True)
    phone.introduce("종이")
    phone.screen("quiz-0")
    phone.answer_all()
    phone.screen("result", PAINTING_S)
    title = phone.see(".hang .label b").inner_text()
    staff.do("종이", staff.say("printed"))
    phone.read(phone.say("ticket_printed"))
    booth.house.press("skip")
    wall.scene("idle")
    wall.page.reload()  # the wall begins with the newest painting
    wall.see(f".label:has-text('{title}')", 60)
    wall.look("42-idle-with-a-visitor")

    staff.do("종이", staff.say("more"))
    staff.see(f"{staff.row('종이')} .drawer")
    staff.look("42-staff-drawer")
    staff.do("종이", staff.say("reason_paper"))
    staff.read(staff.say("done_reprint"))
    phone.read(phone.say("ticket_ready"))
    staff.do("종이", staff.say("printed"))
    phone.read(phone.say("ticket_printed"))
    staff.read(staff.say("reprints", n=1))
    staff.see(f"{staff.row('종이')} .peek").click()
    staff.do("종이", staff.say("look_hide_photo"))
    staff.read(staff.say("done_hide"))
    wall.page.reload()
    wall.scene("idle")
    gallery = wall.page.evaluate(
        "async () => (await (await fetch('/api/v1/snapshot?role=monitor')).json()).view.gallery"
    )
    assert title not in [picture["title"] for picture in gallery]


def test_two_desks_never_print_the_same_ticket(booth: Crowd) -> None:
    wall, left, right, phone = booth.wall(), booth.staff(), booth.staff("right"), booth.phone()
    phone.walk_in(wall, "먼저")
    phone.answer_all()
    phone.screen("result", PAINTING_S)
    row = left.row("먼저")
    for desk in (left, right):
        desk.see(f"{row} button:has-text('{desk.say('print_ticket')}')", PAINTING_S)
    with left.page.context.expect_page() as opened:
        left.do("먼저", left.say("print_ticket"))
    left.read(left.say("done_print_claim"))
    left.read(left.say("print_mine"))
    right.read(right.say("print_other", desk=left.desk))
    right.look("42-staff-other-desk")
    assert right.find(f"{row} a").count() == 0
    ticket = left.see(f"{row} a").get_attribute("href")
    assert left.fetched(ticket or "").content.startswith(b"%PDF")
    opened.value.close()
    left.see(f"{row} button:has(.dots)").click()
    left.do("먼저", left.say("print_let_go"))
    with right.page.context.expect_page() as opened:
        right.do("먼저", right.say("print_ticket"))
    left.read(left.say("print_other", desk=right.desk))
    opened.value.close()
    right.do("먼저", right.say("printed"))
    phone.read(phone.say("ticket_printed"))


def test_somebody_without_a_phone_visits_on_the_tablet(booth: Crowd) -> None:
    wall, staff = booth.wall(locale="ko"), booth.staff(locale="ko")
    staff.find("button[lang=en]").click()
    tablet = Visitor(staff.page, booth.house, "tablet", "en", "phone")
    tablet.screen("called")
    tablet.look("43-assisted-called")
    tablet.confirm(wall)
    tablet.look("43-assisted-consent")
    tablet.agree()
    tablet.introduce("Grace")
    tablet.answer_all()
    tablet.screen("result", PAINTING_S)
    tablet.look("43-assisted-result")
    tablet.press(tablet.say("to_staff"))
    staff.see(staff.row("Grace"))


def test_staff_make_any_screen_the_monitor(booth: Crowd) -> None:
    wall = booth.wall("screen")
    wall.in_bad_weather = True  # 403 is what the locked page is sent with
    wall.page.goto(f"{booth.house.public}/")
    wall.read(wall.say("locked_title"))
    wall.look("44-locked")
    wall.press(wall.say("locked_link"))
    staff = Staff(wall.page, booth.house, "screen-staff", "ko", "staff")
    staff.look("44-staff-login")
    staff.find("input[type=password]").fill("no idea")
    staff.press(staff.say("login_enter"))
    staff.read(staff.say("login_wrong"))
    staff.find("input[type=password]").fill(PASSWORD)
    staff.press(staff.say("login_enter"))
    staff.see("#desk .counts")
    wall.page.goto(f"{booth.house.public}/")
    wall.scene("idle")
    assert wall.scanned().startswith(f"{booth.house.public}/j/")
    wall.page.goto(f"{booth.house.public}/staff")
    staff.press(staff.say("logout"))
    staff.see("input[type=password]")
    wall.page.goto(f"{booth.house.public}/")
    wall.scene("idle")  # it stays the monitor when staff leave
