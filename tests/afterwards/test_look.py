"""The report in a browser: readable, within its paper and its screen, and asking nobody for anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from afterwards.crowd import busy_days
from afterwards.fair import fair_in
from afterwards.running import ROOT, articket
from pages.viewer import AXE, FITS, READY, RUN_AXE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

SHOTS = ROOT / "shots" / "report"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two evenings, the second of them over midnight."""
    folder = tmp_path_factory.mktemp("event") / "data"
    with fair_in(folder) as fair:
        fair.with_server("Rose", painted=40, lost=3, faults=("painter-slow", "painter-out-of-memory"))
        busy_days(fair, ("2026-11-20T10:02", "2026-11-21T20:02"), 9)
    return folder


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_the_report_reads_well_on_a_screen_on_a_phone_and_on_paper(
    browser: Browser, data: Path, locale: str
) -> None:
    file = data.parent / f"{locale}.html"
    made = articket(
        data, "report", "--out", file, "--locale", locale, "--zone", "Asia/Seoul", event="Hanbit 2026"
    )
    assert made.returncode == 0, made.stderr
    asked: list[str] = []
    said: list[str] = []
    SHOTS.mkdir(parents=True, exist_ok=True)
    with browser.new_context(viewport={"width": 1000, "height": 900}) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(file.as_uri())
        page.wait_for_function(READY)
        page.screenshot(path=SHOTS / f"{locale}.png", full_page=True)
        page.set_viewport_size({"width": 360, "height": 640})
        page.screenshot(path=SHOTS / f"{locale}-phone.png", full_page=True)
        assert page.evaluate(FITS)
        page.evaluate(AXE.read_text("utf-8"))
        violations: list[Any] = page.evaluate(RUN_AXE)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 673, "height": 990})  # A4 within its margins
        assert page.evaluate(FITS)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []
    assert violations == []
