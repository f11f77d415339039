"""A desk in the browser: what it is shown, what it sent, and how it sounded."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any

from pages.fixtures.staff import scenes
from pages.harness import Harness, Scene
from pages.viewer import Viewer, viewer
from playwright.sync_api import Browser
from playwright.sync_api import TimeoutError as Late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator

OPENED = time.time()
FOCUSED = "() => document.activeElement.closest('[data-visit]')?.dataset.visit"
LISTEN = "addEventListener('articket:tone', ({ detail }) => (window.tones ??= []).push(detail.kind), true)"


def own_desk(browser: Browser, harness: Harness) -> Iterator[Viewer]:
    """Lend a desk with the id "mine"; nothing else of it is remembered: `desk = pytest.fixture(own_desk)`."""
    made = viewer(browser, harness, 1180, 820)
    made.page.add_init_script("localStorage.setItem('articket-desk', 'mine')")
    made.page.add_init_script(LISTEN)
    yield made
    made.page.context.close()


def show(desk: Viewer, shown: dict[str, Any] | None = None, locale: str = "ko") -> None:
    snapshot = shown or scenes.printing(locale)
    desk.open(Scene("desk", "staff.html", "staff", locale, snapshot, context={"csrf": "c"}))


def rows(desk: Viewer) -> list[str]:
    found: list[str] = desk.page.locator(".rows > li").evaluate_all(
        "rows => rows.map((row) => row.dataset.visit)"
    )
    return found


def pile(desk: Viewer, name: str) -> Locator:
    return desk.page.locator(".piles button").filter(has_text=name)


def sent(desk: Viewer) -> list[tuple[str, str]]:
    return [(each["type"], each.get("visit", "")) for each in desk.harness.pressed]


def push(desk: Viewer, snapshot: dict[str, Any], title: str) -> None:
    """Send a snapshot until the page has it, which its title tells, if need be once it is back."""
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        desk.harness.push(snapshot)
        with contextlib.suppress(Late):
            desk.page.wait_for_function("title => document.title.startsWith(title)", arg=title, timeout=300)
            return
    raise AssertionError(desk.page.title())


def with_tickets(rev: int, *ages_s: float) -> dict[str, Any]:
    """Return a snapshot with so many tickets to print, each ready for so long."""
    visits = [
        scenes.row(
            "ko", which, number=60 + which, stage="result", ticket="ready", pdf="/x.pdf",
            print=scenes.on_paper("queued", since=OPENED - age),
        )
        for which, age in enumerate(ages_s)
    ]  # fmt: skip
    made = scenes.snapshot("ko", {"visits": visits}, rev=rev)
    made["view"]["counts"]["to_print"] = len(visits)
    return made


def tones(desk: Viewer) -> list[str]:
    found: list[str] = desk.page.evaluate("() => window.tones ?? []")
    return found


def in_own_hand(visit: str, rev: int, to_print: int) -> dict[str, Any]:
    """Return a snapshot in which this desk has one ticket more in hand."""
    shown = scenes.printing("ko", rev=rev)
    shown["view"]["counts"]["to_print"] = to_print
    shown["view"]["desks"][0]["holds"].append({"visit": visit, "number": 51})
    return shown
