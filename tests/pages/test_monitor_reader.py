"""The station of the sentence says who really put the photo into words, in words that have room."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from pages.fixtures.monitor import scenes
from pages.harness import words_of
from pages.test_monitor import LYING, TEXTS, UPRIGHT, Seen
from pages.viewer import viewer

if TYPE_CHECKING:
    from pages.harness import Harness
    from playwright.sync_api import Browser

TOLD_S = 7
WORDS = {
    "caption-server": "explain_sentence_text",
    "atelier": "explain_sentence_atelier_text",
    "laptop": "explain_sentence_laptop_text",
}


@pytest.mark.parametrize("locale", ["ko", "en"])
@pytest.mark.parametrize("size", [LYING, UPRIGHT], ids=["lying", "upright"])
def test_each_reader_has_words_of_its_own_that_fit(
    browser: Browser, harness: Harness, size: tuple[int, int], locale: str
) -> None:
    wall = viewer(browser, harness, *size, touch=False)
    wall.page.clock.install(time=time.time())
    for reader, key in WORDS.items():
        wall.open(scenes.scene(locale, "scene", scenes.painting(locale, "Harin", reader=reader)))
        wall.page.clock.run_for(TOLD_S * 1000 + 500)
        wall.page.wait_for_function("() => document.querySelector('.of-sentence.told') !== null")
        wall.page.clock.run_for(1_000)
        assert wall.page.locator(".explain p").inner_text() == words_of("monitor", locale)[key]
        seen = Seen(**wall.page.evaluate(TEXTS))
        wall.shoot(f"monitor-reader-{reader}-{locale}-{size[0]}")
        assert seen.beyond(*size) + seen.crossing() + seen.small(*size) == []
    wall.page.context.close()


def test_before_anybody_read_the_photo_only_the_laptop_s_eye_is_told_of(
    browser: Browser, harness: Harness
) -> None:
    wall = viewer(browser, harness, *LYING, touch=False)
    wall.page.clock.install(time=time.time())
    wall.open(scenes.scene("en", "scene", scenes.painting("en", "Harin", 2, reader="atelier")))
    wall.page.clock.run_for(TOLD_S * 1000 + 500)
    wall.page.wait_for_function("() => document.querySelector('.of-sentence.told') !== null")
    assert wall.page.locator(".explain p").inner_text() == words_of("monitor", "en")[WORDS["laptop"]]
    wall.page.context.close()
