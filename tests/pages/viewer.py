"""Looks at a page as a strict visitor does: what it logged and asked for, whether it fits, what axe says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pages.harness import ROOT, Harness, Scene

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = ROOT / "shots" / "pages"
RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .map(({id, nodes}) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`)"""
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
READY = "() => document.fonts.ready.then(() => [...document.images].every((image) => image.complete))"


@dataclass(slots=True)
class Viewer:
    """One browser page that remembers everything it should not have seen."""

    page: Page
    harness: Harness
    complaints: list[str] = field(default_factory=list)

    def open(self, scene: Scene) -> None:
        """Show the scene and wait until its letters and pictures are there."""
        self.complaints.clear()
        self.harness.show(scene)
        self.page.goto(f"http://booth.test:{self.harness.port}/page")
        self.settle()

    def settle(self) -> None:
        """Wait for letters and pictures."""
        self.page.wait_for_function(READY)

    def shoot(self, name: str, *, whole: bool = False) -> None:
        """Keep a picture for people to look at."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.jpg", type="jpeg", quality=80, full_page=whole)

    def faults(self) -> list[str]:
        """Everything that is wrong with the page as it stands."""
        found = list(self.complaints)
        if not self.page.evaluate(FITS):
            found.append("wider than the screen")
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text("utf-8"))  # evaluate, because the policy refuses a script tag
        violations: list[Any] = self.page.evaluate(RUN_AXE)
        return found + violations

    def outside(self, selector: str) -> list[str]:
        """Names of the matching elements that are not wholly in the viewport, or are not there at all."""
        size = self.page.viewport_size
        assert size is not None
        found = self.page.locator(selector).all()
        out = [] if found else [f"no {selector}"]
        for element in found:
            box = element.bounding_box()
            if box is None or box["y"] < 0 or box["y"] + box["height"] > size["height"] + 0.5:
                out.append(f"{selector} at {box}")
        return out


def viewer(browser: Browser, harness: Harness, width: int, height: int, *, touch: bool = True) -> Viewer:
    """Open a page of this size that listens for complaints."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=touch,
        reduced_motion="reduce",
        service_workers="block",
    )
    made = Viewer(context.new_page(), harness)

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            made.complaints.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        if request.url.startswith("http") and not request.url.startswith(
            f"http://booth.test:{harness.port}/"
        ):
            made.complaints.append(f"left the machine: {request.url}")

    made.page.on("console", said)
    made.page.on("pageerror", lambda fault: made.complaints.append(f"page: {fault}"))
    made.page.on("request", asked)
    return made
