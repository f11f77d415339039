"""Every scene of the wall, lying and upright, in both languages: whole, apart, large, and bright enough."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from pages.fixtures.monitor import scenes
from pages.harness import Harness, Scene, words_of
from pages.viewer import SHOTS, Viewer, viewer
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

LYING, UPRIGHT = (1920, 1080), (1080, 1920)
AAA = 7.0
SMALLEST = 30
MOMENTS = 10
TEXTS = """() => {
  const shown = (element) => element.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});
  const edges = ({left, top, right, bottom}) => [left, top, right, bottom];
  const texts = [];
  const owners = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !shown(element)) continue;
    if (!owners.includes(element)) owners.push(element);
    const range = document.createRange();
    range.selectNodeContents(node);
    const {fontSize, color} = getComputedStyle(element);
    const size = Number.parseFloat(fontSize);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      const air = Math.max(0, (box.height - size) / 2);
      const clipped = box.right > element.getBoundingClientRect().right + 2;
      const letters = [box.left, box.top + air, box.right, box.bottom - air];
      const owner = owners.indexOf(element);
      texts.push({text: node.data.trim(), owner, size, color, clipped, box: letters});
    }
  }
  const things = [...document.querySelectorAll(".plate, .hung, .photo, .canvas, .slot, .mate img")];
  return {texts, things: things.filter(shown).map((thing) => edges(thing.getBoundingClientRect()))};
}"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands on the wall: lines of text with their boxes, and the boxes of pictures."""

    texts: list[dict[str, Any]]
    things: list[list[float]]

    def beyond(self, width: int, height: int) -> list[str]:
        """Texts that leave the screen or are cut off."""
        return [
            f"{each['text']!r} at {each['box']}"
            for each in self.texts
            if each["box"][0] < 0
            or each["box"][1] < 0
            or each["box"][2] > width
            or each["box"][3] > height
            or each["clipped"]
        ]

    def crossing(self) -> list[str]:
        """Texts that lie on other texts or on pictures."""
        found = []
        for place, one in enumerate(self.texts):
            others = self.texts[place + 1 :]
            on = [other["text"] for other in others if other["owner"] != one["owner"] and _meet(one, other)]
            on += ["a picture" for thing in self.things if _meet(one, {"box": thing})]
            found += [f"{one['text']!r} on {other!r}" for other in on]
        return found

    def small(self, width: int, height: int) -> list[str]:
        """Texts that nobody reads from three metres."""
        unit = (
            min(width / max(LYING), height / min(LYING))
            if width > height
            else min(width / 1080, height / 1920)
        )
        return [
            f"{each['text']!r}: {each['size']}" for each in self.texts if each["size"] < SMALLEST * unit - 0.1
        ]

    def dim(self, shot: bytes) -> list[str]:
        """Texts whose contrast with what is really behind them is less than AAA."""
        pixels = np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"), np.float64)
        return [
            f"{each['text']!r}: {contrast:.1f}"
            for each in self.texts
            if (contrast := _contrast(pixels, each)) < AAA
        ]


def _meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    slack = 2
    mine, its = one["box"], other["box"]
    wide = min(mine[2], its[2]) - max(mine[0], its[0])
    high = min(mine[3], its[3]) - max(mine[1], its[1])
    return bool(wide > slack and high > slack)


def _luminance(rgb: np.ndarray[Any, Any]) -> float:
    share = rgb / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))


def _contrast(pixels: np.ndarray[Any, Any], text: dict[str, Any]) -> float:
    left, top, right, bottom = (max(0, round(edge)) for edge in text["box"])
    inside = pixels[top:bottom, left:right].reshape(-1, 3)
    behind = _luminance(np.median(inside, axis=0)) if len(inside) else 0.0
    colour = np.array([float(part) for part in text["color"].partition("(")[2].rstrip(")").split(",")[:3]])
    bright, dark = sorted((_luminance(colour), behind), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.fixture(params=[LYING, UPRIGHT], ids=["lying", "upright"])
def wall(request: pytest.FixtureRequest, browser: Browser, harness: Harness) -> Iterator[Viewer]:
    """A monitor without a hand near it."""
    made = viewer(browser, harness, *request.param, touch=False)
    yield made
    made.page.context.close()


def test_the_fixtures_hold_the_longest_names() -> None:
    assert {locale: len(name) for locale, name in scenes.LONG.items()} == {"ko": 12, "en": 12}


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_every_scene_holds_on_the_wall(wall: Viewer, locale: str) -> None:
    """The scenes follow one another as snapshots do, with a dark wall in between."""
    page = wall.page
    size = page.viewport_size
    assert size is not None
    width, height = size["width"], size["height"]
    names = scenes.scenes(locale)
    wall.open(scenes.scene(locale, "blanked"))
    rev, found = 1, []
    for name, shown in names.items():
        for each in (names["blanked"], shown):
            rev += 1
            _push(wall, each | {"rev": rev})
        wall.settle()
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        shot, seen = _looked_at(page, _shot(name, locale, width))
        wrong = seen.beyond(width, height) + seen.crossing() + seen.small(width, height) + seen.dim(shot)
        if (locale == "ko") == (width > height):
            wrong += wall.faults()
        found += [f"{name}: {each}" for each in wrong]
    assert not found, "\n".join(found)


def _looked_at(page: Page, path: str) -> tuple[bytes, Seen]:
    """Picture and texts of one moment: what plays on the wall may move on while the picture is taken."""
    for _ in range(MOMENTS):
        before = page.evaluate(TEXTS)
        shot = page.screenshot(path=path, type="jpeg", quality=85)
        after = page.evaluate(TEXTS)
        if before == after:
            break
    return shot, Seen(**after)


def _push(wall: Viewer, shown: dict[str, Any]) -> None:
    """Bring a snapshot as the socket does, once there is one; the wall notes which one it shows."""
    wall.harness.scene = Scene("wall", "monitor.html", "monitor", shown["locale"], shown)
    deadline = 20
    for _ in range(deadline):
        wall.harness.push(shown)
        if wall.page.evaluate(SHOWN, [shown["rev"], 500]):
            return
    pytest.fail(f"the wall never showed revision {shown['rev']}")


SHOWN = """([rev, patience]) => new Promise((done) => {
  const until = performance.now() + patience;
  const look = () => {
    if (Number(document.body.dataset.rev) >= rev) done(true);
    else if (performance.now() > until) done(false);
    else setTimeout(look, 10);
  };
  look();
})"""


def _shot(name: str, locale: str, width: int) -> str:
    SHOTS.mkdir(parents=True, exist_ok=True)
    side = "lying" if width == max(LYING) else "upright"
    return str(SHOTS / f"monitor-{name}-{locale}-{side}.jpg")


@pytest.mark.parametrize("page", ["monitor", "staff"])
def test_every_sentence_is_there_in_both_languages(page: str) -> None:
    assert set(words_of(page, "ko")) == {key for key in words_of(page, "en") if not key.endswith("_one")}


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_a_screen_that_is_no_monitor_yet_says_where_to_go(wall: Viewer, locale: str) -> None:
    wall.open(Scene("locked", "monitor_locked.html", "monitor", locale))
    assert wall.faults() == []
    assert wall.page.locator("a[href='/staff']").count() == 1
    assert wall.page.evaluate("() => getComputedStyle(document.body).cursor") == "auto"
    wall.shoot(f"monitor-locked-{locale}-{wall.page.viewport_size['width']}")  # type: ignore[index]


def test_the_wall_hides_the_pointer_and_offers_nothing_to_press(wall: Viewer) -> None:
    wall.open(scenes.scene("ko", "idle"))
    assert wall.page.evaluate("() => getComputedStyle(document.body).cursor") == "none"
    assert wall.page.locator("button, a, input").count() == 0
