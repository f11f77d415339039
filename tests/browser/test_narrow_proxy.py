"""A narrow proxy before the booth: nginx that takes no large bodies, slow lines, sockets that are cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests
from browser.conftest import PACE
from browser.crowd import Crowd
from browser.installation import free_port, until
from browser.narrow import ROOMY, Behind, Download, NarrowHouse, phone_on, wall_on
from browser.people import PAINTING_S
from browser.photographs import astronaut, heic, twelve_megapixels
from browser.screen import SETTLED, Screen
from browser.test_whole_visit import digits
from doubles.narrow_proxy import STRANGERS, Narrowness, Nginx, installed
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from browser.people import Visitor
    from playwright.sync_api import Browser, Response

NAME = "하늘"
SLOW_S = 60.0
PAINTED = "() => document.querySelector('.hung img').naturalWidth > 0"
QUICK = Narrowness(rate=ROOMY, cut_s=3.0)


@pytest.fixture(scope="module")
def narrow_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NarrowHouse]:
    """A booth that knows itself by an address behind nginx."""
    if installed() is None:
        pytest.skip("nginx is not here")
    folder = tmp_path_factory.mktemp("narrow")
    house = Behind(folder / "house", dict(PACE))
    narrow = NarrowHouse(folder, house)
    house.address = narrow.way(QUICK).line().address
    house.settings["public_url"] = house.address
    house.start()
    yield narrow
    narrow.close()


@pytest.fixture
def crowd(browser: Browser, narrow_house: NarrowHouse) -> Iterator[Crowd]:
    narrow_house.house.tidy()
    crowd = Crowd(browser, narrow_house.house)
    yield crowd
    complaints = crowd.leave()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def entrance(crowd: Crowd, narrow_house: NarrowHouse) -> Callable[..., Visitor]:
    """Leads a phone through a proxy of its own to where it gives its photo."""

    def enter(body: str, locale: str = "ko", name: str = "phone") -> Visitor:
        line = narrow_house.way(Narrowness(rate=ROOMY, body=body, cut_s=3.0)).line()
        wall = crowd.wall(f"monitor-{name}", locale)
        phone = phone_on(crowd, line, wall.scanned(), name, locale)
        phone.see("[data-main]").click()
        phone.confirm(wall)
        phone.agree()
        phone.find("input[name=name]").fill("Ada")
        return phone

    return enter


def answers(phone: Visitor) -> list[int]:
    """The statuses that photos of this phone are answered with, as they come."""
    heard: list[int] = []

    def hear(response: Response) -> None:
        if "/photos/" in response.url:
            heard.append(response.status)

    phone.page.on("response", hear)
    return heard


def test_a_photo_of_twelve_megapixels_is_made_to_fit_before_it_leaves(
    entrance: Callable[..., Visitor],
) -> None:
    phone = entrance("1m")
    heard = answers(phone)
    assert len(twelve_megapixels()) > 4_000_000
    phone.choose(twelve_megapixels())
    phone.press(phone.say("send"))
    phone.screen("quiz-0", 30)
    assert heard == [200]


def test_a_photo_that_the_proxy_refuses_goes_again_smaller(entrance: Callable[..., Visitor]) -> None:
    phone = entrance("60k")
    heard = answers(phone)
    phone.choose(astronaut())
    phone.press(phone.say("send"))
    phone.screen("quiz-0", 30)
    assert heard == [413, 200]
    visit = phone.snapshot["view"]["visit"]["id"]
    kept = phone.house.folder / "data" / "store" / "visits" / visit / "source-1.jpg"
    with Image.open(kept) as picture:
        assert picture.size == (630, 630)


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_a_photo_that_gets_through_in_no_size_is_answered_with_what_to_do(
    entrance: Callable[..., Visitor], locale: str
) -> None:
    phone = entrance("1k", locale, f"narrow-{locale}")
    heard = answers(phone)
    phone.choose(astronaut())
    phone.press(phone.say("send"))
    phone.screen("photo-narrow", 30)
    phone.read(phone.say("narrow_least"))
    phone.read(phone.say("narrow_help"))
    assert heard == [413] * 4  # 900, 630, 441 and 309 pixels
    phone.look("34-narrow")


def test_a_photo_that_no_page_can_make_smaller_is_answered_with_what_to_do(
    entrance: Callable[..., Visitor],
) -> None:
    phone = entrance("200k", name="heic")
    heard = answers(phone)
    phone.choose(heic(), "photo.heic", "image/heic")
    phone.press(phone.say("send"))
    phone.screen("photo-narrow", 30)
    phone.read(phone.say("narrow_lead"))
    phone.look("35-narrow")
    assert heard == [413]
    phone.choose(astronaut())
    phone.screen("photo")
    phone.press(phone.say("send"))
    phone.screen("quiz-0", 30)
    assert heard == [413, 200]
    assert phone.snapshot["view"]["visit"]["name"] == "Ada"


def test_pages_that_are_not_the_booths_break_nothing_and_lose_nothing(
    crowd: Crowd, narrow_house: NarrowHouse
) -> None:
    wall = crowd.wall()
    proxy = narrow_house.way(QUICK)
    phone = phone_on(crowd, proxy.line(), wall.scanned(), "stranger")
    phone.page.wait_for_load_state()
    with proxy.stranger(502):
        phone.find("[data-main]").click()
        phone.words = "join"
        phone.read(phone.say("again"))
        phone.look("36-knocking")
    phone.words = "phone"
    phone.confirm(wall)
    phone.agree()
    phone.introduce("Ada")
    for room, status in enumerate(STRANGERS):
        phone.screen(f"quiz-{room}", SLOW_S)
        phone.see(".hand:enabled")
        with proxy.stranger(status):
            phone.find(".hand").nth(1).click()
            phone.read(phone.say("lost_quiz"), 30)
            assert phone.current == f"quiz-{room}"
        phone.screen(f"quiz-{room + 1}", SLOW_S)
        phone.find("header:not(.lost)").wait_for(timeout=SLOW_S * 1000)
    answered = phone.snapshot["view"]["question"]["index"]
    assert answered == len(STRANGERS)


def test_a_whole_visit_at_200_kilobits_with_a_cut_every_15_seconds(
    crowd: Crowd, narrow_house: NarrowHouse
) -> None:
    proxy = narrow_house.way(Narrowness())
    walls, phones, desks = (proxy.line(f"203.0.113.{each}") for each in range(1, 4))
    wall = wall_on(crowd, walls)
    wall.scene("idle", SLOW_S)
    settled(wall)
    phone = phone_on(crowd, phones, wall.scanned(), "narrow")
    phone.page.set_default_timeout(SLOW_S * 1000)
    phone.see("[data-main]", SLOW_S).click()
    phone.screen("called", SLOW_S)
    wall.scene("calling")
    phone.confirm(wall)
    phone.agree()
    phone.find("input[name=name]").fill(NAME)
    phone.choose(twelve_megapixels())
    phone.see(".shot img")
    phone.press(phone.say("send"))
    phone.screen("quiz-0", SLOW_S)
    wall.scene("quiz")
    for room in range(8):
        phone.answer(room % 2)
    phone.screen("result", PAINTING_S)
    wall.scene("reveal", SLOW_S)
    number = wall.see(".reveal .desk b", SLOW_S).inner_text()
    settled(wall)
    wall.look("37-narrow-reveal", judged=False)
    phone.read(phone.say("ticket_ready"), PAINTING_S)
    settled(phone)
    phone.look("37-narrow-result", judged=False)
    address = phone.see(".until a").get_attribute("href")
    assert address is not None

    desk = Download(crowd.house, desks, f"/staff/tickets/{digits(number)}.pdf")
    home = phone_on(crowd, phones, address, "home")
    home.words = "keep"
    home.read(NAME, SLOW_S)
    until(lambda: home.page.evaluate(PAINTED), SLOW_S, "the painting is there")
    settled(home)
    home.look("37-narrow-keep", judged=False)
    took_s, ticket = desk.whole()
    assert ticket == crowd.house.desk.get(f"{crowd.house.here}/staff/tickets/{digits(number)}.pdf").content
    assert took_s > 20, "the download outlasted the proxy's patience"
    assert min(walls.cuts, phones.cuts) >= 3
    assert not [each for each in (wall, phone) if each.find("header.lost, [data-scene=away]").count()]


def test_what_a_visitor_says_about_the_way_is_not_believed_unasked(narrow_house: NarrowHouse) -> None:
    here, public = narrow_house.house.here, narrow_house.house.address.removeprefix("http://")
    forged = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "elsewhere.example", "Host": public}
    given = requests.get(f"{here}/staff", headers=forged, timeout=10)
    assert "Secure" not in given.headers["Set-Cookie"]
    foreign = requests.post(
        f"{here}/join", headers=forged | {"Origin": "https://elsewhere.example"}, timeout=10
    )
    assert foreign.status_code == 403


def test_behind_a_proxy_that_passes_nothing_on_nobody_is_the_monitor(narrow_house: NarrowHouse) -> None:
    port = free_port()
    bare = f"server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass {narrow_house.house.here}; }} }}"
    nginx = Nginx(narrow_house.folder / "bare", bare)
    nginx.start(("127.0.0.1", port))
    answer = requests.get(f"http://127.0.0.1:{port}/", timeout=10)
    nginx.stop()
    assert answer.status_code == 403
    assert requests.get(f"{narrow_house.house.here}/", timeout=10).status_code == 200


def settled(screen: Screen) -> None:
    """Wait until what is on its way to a screen is there; look() has less patience."""
    screen.page.wait_for_function(SETTLED, timeout=SLOW_S * 1000)
