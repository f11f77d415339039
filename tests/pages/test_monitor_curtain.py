"""What staff take off the monitor is gone with the next snapshot: no reload, no fading, no picture left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pages.fixtures.monitor import scenes
from pages.viewer import Viewer, viewer
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.harness import Harness
    from playwright.sync_api import Browser

NAME = scenes.TEXTS["ko"]["name"]
OURS = "img[src^='/pictures/']"


@pytest.fixture
def wall(browser: Browser, harness: Harness) -> Iterator[Viewer]:
    """A monitor on which pictures cross-fade."""
    made = viewer(browser, harness, 1920, 1080, touch=False)
    made.page.emulate_media(reduced_motion="no-preference")
    yield made
    made.page.context.close()


def tell(wall: Viewer, shown: dict[str, Any], rev: int) -> None:
    """Bring one snapshot and wait until the wall has drawn it, with nothing asked of the server again."""
    told = shown | {"rev": rev}
    wall.harness.scene = scenes.scene("ko", "told", told)
    wall.harness.push(told)
    expect(wall.page.locator(f"body[data-rev='{rev}']")).to_be_attached()


@pytest.mark.parametrize("scene", ["painting", "painting-whole", "reveal"])
def test_a_curtain_falls_and_opens_again_by_snapshots_alone(wall: Viewer, scene: str) -> None:
    shown = scenes.scenes("ko")[scene]
    wall.open(scenes.scene("ko", scene))
    pictures = wall.page.locator(OURS)
    expect(pictures.first).to_be_attached()
    count = pictures.count()
    wall.page.evaluate("() => { window.stayed = true; }")
    tell(wall, scenes.curtained(shown), 2)
    assert pictures.count() == 0
    assert wall.page.locator(".curtain").count() > 0
    tell(wall, shown, 3)
    assert pictures.count() == count
    assert wall.page.locator(".curtain").count() == 0
    assert wall.page.evaluate("() => window.stayed")


def test_a_painting_leaves_the_gallery_at_once_even_while_it_fades_out(wall: Viewer) -> None:
    ours = [
        {
            "url": f"/pictures/v{n}/1/large-renoir.jpg",
            "style": "renoir",
            "title": f"{n}",
            "after": "",
            "medium": "",
        }
        for n in (1, 2)
    ]
    house = scenes.picture("ko")
    wall.open(scenes.scene("ko", "idle", scenes.idle("ko", gallery=[*ours, house], gallery_s=1)))
    first, second = (wall.page.locator(f".hung img[src='{each['url']}']") for each in ours)
    expect(second).to_be_attached()
    expect(wall.page.locator(".hung.goes")).to_be_attached()  # the first one fades out behind it
    tell(wall, scenes.idle("ko", gallery=[house], gallery_s=1), 2)
    assert first.count() == second.count() == 0
    assert wall.page.locator(OURS).count() == 0
    assert wall.page.locator(".label").count() == 1


def test_a_name_leaves_the_label_of_the_painting_that_hangs(wall: Viewer) -> None:
    named = {"url": "/pictures/v/1/large-renoir.jpg", "style": "renoir", "after": "A", "medium": "B"}
    wall.open(scenes.scene("ko", "idle", scenes.idle("ko", gallery=[named | {"title": "하린, 볕"}])))
    expect(wall.page.locator(".label b")).to_have_text("하린, 볕")
    tell(wall, scenes.idle("ko", gallery=[named | {"title": "손님, 볕"}]), 2)
    assert wall.page.locator(".label b").inner_text() == "손님, 볕"
    assert NAME not in wall.page.locator("body").inner_html().partition("<script")[0]
