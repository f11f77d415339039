"""The painters' page in the browser: what it is shown, and what it sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pages.fixtures.staff import painters
from pages.viewer import Viewer, viewer
from playwright.sync_api import Browser, Locator, expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.harness import Harness


def open_page(browser: Browser, harness: Harness) -> Iterator[Viewer]:
    """Lend the page on a desktop as a fixture does: `seen = pytest.fixture(open_page)`."""
    made = viewer(browser, harness, *painters.SIZES["desktop"])
    yield made
    made.page.context.close()


def fleet(
    seen: Viewer, *servers: dict[str, Any], locale: str = "ko", captions: list[dict[str, Any]] | None = None
) -> None:
    shown = list(servers) or painters.six(locale)
    seen.open(painters.scene("fleet", locale, painters.snapshot(locale, shown, captions=captions)))
    expect(seen.page.locator(".painter-row")).to_have_count(len(shown))


def row(seen: Viewer, server: str) -> Locator:
    return seen.page.locator(f".painter-row[data-server={server}]")


def push(seen: Viewer, snapshot: dict[str, Any], shown: Locator) -> None:
    """Send a snapshot until the page, whose socket may still be on its way, shows what it brings."""
    for _ in range(100):
        seen.harness.push(snapshot)
        if shown.count():
            return
    expect(shown).not_to_have_count(0)


def sent(seen: Viewer) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in each.items() if key not in {"cmd_id", "role"}}
        for each in seen.harness.commands
    ]
