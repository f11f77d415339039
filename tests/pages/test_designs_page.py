"""The ticket designs on a tablet and a phone: whole and accessible."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from pages.harness import Harness, Scene
from pages.viewer import viewer
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DESIGNS = {
    "ko": [
        ("vangogh", "빈센트 반 고흐"),
        ("renoir", "오귀스트 르누아르"),
        ("lichtenstein", "로이 리히텐슈타인"),
    ],
    "en": [
        ("vangogh", "Vincent van Gogh"),
        ("renoir", "Auguste Renoir"),
        ("lichtenstein", "Roy Lichtenstein"),
    ],
}

OTHER = {"ko": "English", "en": "한국어"}


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (892, 641), "#1e4aa8").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("size", "locale"), [((1180, 820), "ko"), ((390, 844), "en"), ((1440, 900), "en"), ((390, 844), "ko")]
)
def test_the_wall_of_designs_holds(
    browser: Browser, harness: Harness, size: tuple[int, int], locale: str
) -> None:
    seen = viewer(browser, harness, *size)
    seen.page.route(
        "**/staff/designs/**", lambda route: route.fulfill(body=jpeg(), content_type="image/jpeg")
    )
    context = {"csrf": "c", "designs": DESIGNS[locale]}
    seen.open(Scene("designs", "staff_designs.html", "staff", locale, context=context))
    faults = seen.faults()
    seen.shoot(f"staff-designs-{locale}-{size[0]}", whole=True)
    links = [link.get_attribute("href") for link in seen.page.locator("h2 a").all()]
    ways = seen.page.locator(".tongue a").all_inner_texts()
    seen.page.context.close()
    assert faults == []
    assert ways == [OTHER[locale]]
    assert links == [f"/staff/designs/{locale}/{style}.pdf" for style, _ in DESIGNS[locale]]
