"""Every screen of the phone, in two languages and two sizes, is whole, quiet and pressable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pages.phone_scenes import scenes
from pages.viewer import Viewer, viewer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.harness import Harness, Scene
    from playwright.sync_api import Browser, ViewportSize

SMALL: ViewportSize = {"width": 360, "height": 640}
USUAL: ViewportSize = {"width": 390, "height": 844}
SCROLLS = (
    "result",
    "gone",
    "join-closed",
    "join-paused",
    "line",
    "painting",
    "deleted",
)  # screens without one big thing to press


@pytest.fixture(scope="module")
def phone(browser: Browser, harness: Harness) -> Iterator[Viewer]:
    opened = viewer(browser, harness, **USUAL)
    yield opened
    opened.page.context.close()


@pytest.mark.parametrize(
    "scene", [each for locale in ("ko", "en") for each in scenes(locale)], ids=lambda s: s.name
)
def test_a_screen_is_whole_in_both_sizes(phone: Viewer, scene: Scene) -> None:
    wrong = []
    phone.page.set_viewport_size(USUAL)
    phone.open(scene)
    for size in (USUAL, SMALL):
        phone.page.set_viewport_size(size)
        phone.settle()
        name = f"{scene.name}-{size['width']}"
        phone.shoot(name, whole="result" in scene.name)
        wrong += [f"{size['width']}: {fault}" for fault in phone.faults()]
        if not any(part in scene.name for part in SCROLLS):
            wrong += [f"{size['width']}: {fault}" for fault in phone.outside("[data-main]")]
    assert not wrong
