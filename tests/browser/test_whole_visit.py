"""A whole visit, from the code on the monitor to the receipt of its deletion."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from browser.people import PAINTING_S
from browser.photographs import astronaut, cat
from PIL import Image

if TYPE_CHECKING:
    from browser.crowd import Crowd
    from browser.people import Staff, Visitor, Wall

SIZES = {"ko": (390, 844), "en": (360, 640)}
NAMES = {"ko": "하늘", "en": "Ada"}
PHOTOS = {"ko": astronaut, "en": cat}
INSECURE = "() => [window.isSecureContext, typeof crypto.randomUUID]"


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_a_visit_from_the_code_to_the_receipt(booth: Crowd, locale: str, tmp_path: Path) -> None:
    width, height = SIZES[locale]
    motion = "no-preference" if locale == "ko" else "reduce"
    wall = booth.wall(f"{locale}-monitor", locale, reduced_motion=motion)
    staff = booth.staff(f"{locale}-staff", locale)
    phone = booth.phone(
        f"{locale}-{width}", locale, viewport={"width": width, "height": height}, reduced_motion=motion
    )
    arrives(phone, wall, locale)
    number, painter = walks(phone, wall, staff)
    keeps(phone, tmp_path)
    printed(phone, staff, number, (NAMES[locale], painter))
    erased(phone, staff)


def arrives(phone: Visitor, wall: Wall, locale: str) -> None:
    wall.scene("idle")
    wall.look("01-idle")
    phone.page.goto(wall.scanned())
    assert phone.page.evaluate(INSECURE) == [False, "undefined"]
    phone.see("[data-main]")
    phone.look("02-join")
    phone.see("[data-main]").click()

    phone.screen("called")
    wall.scene("calling")
    wall.locale = locale
    wall.look("03-calling")
    phone.look("03-called")
    wrong = phone.find(f".wall-pick:not(:has(img[src='{wall.hung()}']))").first
    wrong.click()
    phone.read(phone.say("called_wrong"))
    phone.confirm(wall)

    phone.screen("consent")
    wall.scene("welcome")
    phone.look("04-consent")
    wall.look("04-welcome")
    phone.agree(gallery=True)
    phone.look("05-photo-empty")
    phone.choose(PHOTOS[locale]())
    phone.see(".shot img")
    phone.press(phone.say("send"))
    phone.read(phone.say("name_missing"))
    phone.look("05-photo-nameless")
    phone.find("input[name=name]").fill(NAMES[locale])
    phone.look("05-photo-chosen")
    phone.press(phone.say("send"))


def walks(phone: Visitor, wall: Wall, staff: Staff) -> tuple[str, str]:
    phone.screen("quiz-0")
    wall.scene("quiz")
    phone.look("06-quiz-first")
    wall.look("06-quiz-first")
    phone.answer(0)
    phone.answer(1)
    phone.look("06-quiz-third")
    phone.press(phone.say("back"))
    phone.screen("quiz-1")
    assert phone.find(".hand").nth(1).get_attribute("aria-pressed") == "true"
    wall.see(".room:has-text('2')")
    wall.look("06-quiz-back")
    phone.answer(0)
    staff.see(staff.row(NAMES[phone.locale]))
    staff.look("06-staff")
    phone.answer_all(1)

    phone.screen("painting")
    wall.scene("painting")
    wall.see(".of-photo img")
    phone.look("07-painting", judged=False)  # it may be over before axe is
    wall.look("07-painting", judged=False)
    phone.screen("result", PAINTING_S)
    wall.scene("reveal")
    wall.see(".reveal.has-bad .desk")
    wall.look("08-reveal")
    painter = wall.see(".reveal h1").inner_text()
    assert wall.see(".kicker").inner_text()
    number = wall.see(".desk b").inner_text()
    phone.read(painter)
    phone.look("08-result", whole=True)
    assert phone.see(".ticket .huge .aloud").text_content() == phone.say(
        "ticket_aloud", number=digits(number)
    )
    return digits(number), painter


def keeps(phone: Visitor, folder: Path) -> None:
    assert phone.find(".keep a").count() == 4
    with phone.page.expect_download() as waiting:
        phone.find(".keep a").first.click()
    saved = folder / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    with Image.open(saved) as picture:
        assert picture.format == "JPEG"
        assert picture.width / picture.height == pytest.approx(106 / 154, rel=0.01)

    with phone.page.expect_download() as waiting:
        phone.find(".keep-all").click()
    with zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as archive:
        assert len(archive.namelist()) == 4
        assert archive.testzip() is None

    phone.page.get_by_label(phone.say("star", n=4)).check(force=True)
    phone.find("textarea").fill("빛이 좋았어요. Lovely light.")
    phone.press(phone.say("review_send"))
    phone.read(phone.say("review_thanks"))
    phone.page.reload()
    phone.read(phone.say("review_thanks"))


def printed(phone: Visitor, staff: Staff, number: str, on_the_ticket: tuple[str, str]) -> None:
    name, painter = on_the_ticket
    staff.see(f"{staff.row(name)} button:has-text('{staff.say('print_ticket')}')", PAINTING_S)
    staff.look("09-staff-ready")
    assert number in staff.see(f"{staff.row(name)} .n").inner_text()
    with staff.page.context.expect_page() as opened:
        staff.do(name, staff.say("print_ticket"))
    opened.value.wait_for_url("**/staff/tickets/**")
    address = urlsplit(opened.value.url).path
    opened.value.close()
    staff.read(staff.say("print_mine"))
    assert phone.fetched(address).status_code == 403
    pdf = staff.fetched(address).content
    told = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)  # noqa: S607
    words = " ".join(told.stdout.decode().split())
    assert name in words
    assert painter in words

    phone.read(phone.say("ticket_ready"))
    staff.do(name, staff.say("printed"))
    phone.read(phone.say("ticket_printed"))
    phone.find(".ticket").scroll_into_view_if_needed()
    phone.look("09-printed")
    staff.see(f"{staff.row(name)}.done")
    staff.look("10-staff-done")


def erased(phone: Visitor, staff: Staff) -> None:
    visit = phone.snapshot["view"]["visit"]["id"]
    phone.press(phone.say("erase"))
    phone.read(phone.say("erase_title"))
    phone.look("11-erasing")
    phone.press(phone.say("erase_yes"))
    phone.screen("deleted")
    phone.see(".receipt")
    phone.look("12-receipt")
    for address in (f"/pictures/{visit}/1/photo.jpg", f"/pictures/{visit}/all.zip"):
        assert phone.fetched(address).status_code in (404, 410)
    staff.find(f"{staff.row(NAMES[phone.locale])}").first.wait_for(state="detached")
    phone.in_bad_weather = True  # 410 is what the page of something gone is sent with
    phone.page.goto(f"{phone.house.public}/keep")
    phone.see("h1")
    phone.look("13-keep-afterwards")
    assert phone.find(".keep").count() == 0


def digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())
