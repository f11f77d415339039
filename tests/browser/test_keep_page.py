"""From the phone's result to the ticket's own page, at home and on somebody else's browser."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from browser.installation import until
from browser.people import PAINTING_S
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

    from browser.crowd import Crowd

NAME = "하늘"


def test_the_code_on_the_ticket_opens_saves_and_deletes_a_visit(booth: Crowd, tmp_path: Path) -> None:
    wall, phone = booth.wall(), booth.phone()
    phone.walk_in(wall, NAME)
    phone.answer_all()
    phone.screen("result", PAINTING_S)
    phone.read(phone.say("ticket_ready"), PAINTING_S)
    address = phone.see(".until a").get_attribute("href")
    assert address is not None

    home = booth.phone("home", viewport={"width": 360, "height": 640})
    home.words = "keep"
    home.page.goto(address)
    home.read(NAME)
    assert home.page.title() == "Articket"
    until(lambda: home.page.reload() and home.find("img").count() == 5, PAINTING_S, "all paintings hang here")
    home.look("30-keep", whole=True)

    with home.page.expect_download() as waiting:
        home.press(home.say("story"))
    story = tmp_path / "story.jpg"
    waiting.value.save_as(story)
    with Image.open(story) as picture:
        assert picture.size == (1080, 1920)
    pdf = home.find(".way a[href^='/d/']").get_attribute("href")
    assert pdf is not None
    told = subprocess.run(
        ["pdftotext", "-", "-"],  # noqa: S607
        input=home.fetched(pdf).content,
        capture_output=True,
        check=True,
    )
    assert NAME in told.stdout.decode()

    visit = phone.snapshot["view"]["visit"]["id"]
    files = booth.house.folder / "data" / "store" / "visits" / visit
    assert list(files.glob("*/story-*.jpg"))
    home.find(".erase summary").click()
    home.press(home.say("erase_yes"))
    home.see(".receipt")
    home.look("31-keep-receipt")
    phone.screen("deleted")
    until(lambda: not files.exists() or not list(files.rglob("*.*")), 20, "the visit's files are gone")
    home.in_bad_weather = True  # 410 is what the page of something gone is sent with
    answer = home.page.goto(address)
    assert answer is not None
    assert answer.status == 410
    home.look("32-keep-gone")
