"""The ticket's own page: whole in every size, light, and useful on any phone."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pages.harness import Harness
from pages.keep_house import KeepHouse, open_house
from pages.viewer import Viewer, viewer
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doubles.web import Phone
    from playwright.sync_api import Browser, ViewportSize

SIZES: tuple[ViewportSize, ...] = (
    {"width": 360, "height": 640},
    {"width": 390, "height": 844},
    {"width": 820, "height": 1180},
    {"width": 1180, "height": 820},
)
BEFORE_ANY_CLICK = 300_000
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 25_000, "uploadThroughput": 25_000}
SCROLL = """async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 300) {
        scrollTo(0, y);
        await new Promise(requestAnimationFrame);
    }
    await Promise.all([...document.images].map((each) => each.decode()));
}"""
# A phone with a share sheet, as https has it: it remembers what it was given.
SHEET = """window.given = []; window.refusals = %d;
    navigator.canShare = ({files}) => files.every((each) => each.type === "image/jpeg");
    navigator.share = async ({files, text, url}) => {
        if (window.refusals-- > 0) throw new DOMException("too late", "NotAllowedError");
        const [file] = files ?? [];
        window.given.push({text, url, name: file?.name, size: file?.size});
    };"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeepHouse]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    opened, stop = open_house(tmp_path_factory.mktemp("keep"))
    yield opened
    stop()


@pytest.fixture(scope="module")
def guests(house: KeepHouse) -> dict[str, Phone]:
    return {locale: house.guest(locale) for locale in ("ko", "en")}


@pytest.fixture
def phone(browser: Browser, house: KeepHouse) -> Iterator[Viewer]:
    opened = viewer(browser, Harness(port=house.port), 390, 844)
    yield opened
    opened.page.context.close()


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_the_page_is_whole_in_every_size(
    phone: Viewer, house: KeepHouse, guests: dict[str, Phone], locale: str
) -> None:
    wrong = []
    for size in SIZES:
        phone.page.set_viewport_size(size)
        phone.page.goto(house.address(guests[locale]))
        phone.page.evaluate(SCROLL)
        phone.page.evaluate("() => scrollTo(0, 0)")
        name = f"keep-{locale}-{size['width']}"
        phone.shoot(name)
        phone.shoot(f"{name}-whole", whole=True)
        wrong += [f"{size['width']}: {fault}" for fault in phone.faults()]
        phone.page.locator(".erase summary").click()
        phone.shoot(f"{name}-erasing")
        wrong += [f"{size['width']} erasing: {fault}" for fault in phone.faults()]
    assert not wrong


def weighed(browser: Browser, address: str, locale: str) -> tuple[int, float]:
    """How many answers, and how many bytes of them, come before anybody presses anything."""
    options: dict[str, Any] = {"device_scale_factor": 3, "is_mobile": True, "has_touch": True}
    context = browser.new_context(viewport=SIZES[1], locale=locale, **options)
    page = context.new_page()
    wire, sizes = context.new_cdp_session(page), list[float]()
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    page.evaluate(SCROLL)
    page.wait_for_load_state("networkidle")
    context.close()
    return len(sizes), sum(sizes)


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_before_any_click_it_takes_less_than_300_kilobytes_of_the_sharpest_phone(
    browser: Browser, house: KeepHouse, guests: dict[str, Phone], locale: str
) -> None:
    count, size = weighed(browser, house.address(guests[locale]), locale)
    assert count > 15
    assert size < BEFORE_ANY_CLICK


def test_that_everything_is_gone_is_said_in_few_bytes(browser: Browser, house: KeepHouse) -> None:
    _, size = weighed(browser, f"http://booth.test:{house.port}/t/made-up", "ko")
    assert size < 100_000


def test_on_a_line_of_200_kilobits_the_words_come_first_and_the_paintings_follow(
    browser: Browser, house: KeepHouse, guests: dict[str, Phone]
) -> None:
    context = browser.new_context(viewport=SIZES[1], device_scale_factor=2)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    page.goto(house.address(guests["en"]), wait_until="commit")
    page.locator("h1").wait_for(timeout=10_000)
    words_at = page.evaluate("() => performance.now()")
    page.wait_for_function("() => document.images[0].complete && document.images[0].naturalWidth")
    picture_at = page.evaluate("() => performance.now()")
    context.close()
    assert words_at < picture_at < 20_000


def test_saving_gives_the_painting_as_it_is_printed(
    phone: Viewer, house: KeepHouse, guests: dict[str, Phone], tmp_path: Path
) -> None:
    phone.page.goto(house.address(guests["en"]))
    with phone.page.expect_download() as waiting:
        phone.page.get_by_role("link", name="Save the painting", exact=True).click()
    assert waiting.value.suggested_filename.startswith("articket-")
    waiting.value.save_as(tmp_path / "saved.jpg")
    with Image.open(tmp_path / "saved.jpg") as picture:
        assert picture.width / picture.height == pytest.approx(106 / 154, rel=0.01)
    with phone.page.expect_download() as waiting:
        phone.page.get_by_role("link", name="Save the tall picture").click()
    with Image.open(Path(waiting.value.path())) as picture:
        assert picture.size == (1080, 1920)


def test_a_phone_with_a_share_sheet_is_given_the_painting_itself(
    phone: Viewer, house: KeepHouse, guests: dict[str, Phone]
) -> None:
    phone.page.add_init_script(SHEET % 0)
    phone.page.goto(house.address(guests["en"]))
    phone.page.get_by_role("button", name="Show it to somebody").click()
    phone.page.wait_for_function("() => window.given.length === 1")
    given: list[dict[str, Any]] = phone.page.evaluate("() => window.given")
    assert given[0]["name"] == "articket.jpg"
    assert given[0]["size"] > 10_000
    assert "Maximilian" not in given[0]["text"]


def test_a_picture_that_came_too_late_for_the_sheet_waits_for_a_second_press(
    phone: Viewer, house: KeepHouse, guests: dict[str, Phone]
) -> None:
    phone.page.add_init_script(SHEET % 1)
    phone.page.goto(house.address(guests["en"]))
    phone.page.get_by_role("button", name="Show it to somebody").click()
    phone.page.get_by_role("button", name="It is ready. Press once more").click()
    phone.page.wait_for_function("() => window.given.length === 1")
    assert phone.faults() == []


def test_without_a_share_sheet_the_address_is_copied_even_on_plain_http(
    phone: Viewer, house: KeepHouse, guests: dict[str, Phone]
) -> None:
    phone.page.goto(house.address(guests["en"]))
    assert phone.page.evaluate("() => [window.isSecureContext, typeof navigator.clipboard]") == [
        False,
        "undefined",
    ]
    phone.page.get_by_role("button", name="Copy this address").click()
    phone.page.get_by_text("The address is copied.").wait_for()
    phone.shoot("keep-en-copied")
    assert phone.faults() == []


def test_where_nothing_may_be_copied_the_address_is_shown(
    phone: Viewer, house: KeepHouse, guests: dict[str, Phone]
) -> None:
    phone.page.add_init_script("document.execCommand = () => false;")
    phone.page.goto(house.address(guests["en"]))
    phone.page.get_by_role("button", name="Copy this address").click()
    assert phone.page.get_by_label("Press long").input_value() == house.address(guests["en"])
    phone.shoot("keep-en-by-hand")
    assert phone.faults() == []


def test_without_scripts_everything_but_the_sharing_is_there(
    browser: Browser, house: KeepHouse, guests: dict[str, Phone]
) -> None:
    context = browser.new_context(viewport=SIZES[0], java_script_enabled=False)
    page = context.new_page()
    page.goto(house.address(guests["en"]))
    assert page.get_by_role("link", name="Save the painting", exact=True).is_visible()
    assert page.get_by_role("button", name="Show it").count() == 0
    page.get_by_text("Delete my photo and paintings").click()
    assert page.get_by_role("button", name="Yes, delete everything").is_visible()
    context.close()


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_deleting_ends_with_a_receipt_and_then_a_bare_wall(
    browser: Browser, house: KeepHouse, locale: str
) -> None:
    opened = viewer(browser, Harness(port=house.port), 360, 640)
    page, guest = opened.page, house.guest(locale, "Kim")
    page.goto(house.address(guest))
    page.locator(".erase summary").click()
    page.locator(".erasing button").click()
    page.locator(".receipt").wait_for()
    opened.shoot(f"keep-{locale}-receipt", whole=True)
    assert opened.faults() == []
    opened.complaints.clear()
    answer = page.goto(house.address(guest))
    assert answer is not None
    assert answer.status == 410
    opened.shoot(f"keep-{locale}-gone")
    assert [each for each in opened.faults() if "410" not in each] == []
    page.context.close()
