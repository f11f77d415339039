"""A browser page watched strictly: what it logs, what it asks for, whether axe objects."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from browser.installation import ROOT, Installation

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Locator, Page, Request, WebSocket

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = ROOT / "shots" / "journey"
WORDS = ROOT / "articket" / "web" / "words"
LOADING = re.compile(r"Failed to load resource|WebSocket connection to|net::ERR_")
RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .map(({id, nodes}) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`)"""
SETTLED = """() => document.fonts.status === "loaded" && [...document.images].every((each) => each.complete)
    && document.getAnimations().every((each) => each.playState !== "running"
        || each.effect.getComputedTiming().endTime === Infinity)"""
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@cache
def book(page: str, locale: str) -> dict[str, Any]:
    """A page's sentences in a language, with what is said about faults."""
    folder = WORDS / locale
    faults = tomllib.loads((folder / "faults.toml").read_text("utf-8"))
    return tomllib.loads((folder / f"{page}.toml").read_text("utf-8")) | {"faults": faults}


@dataclass
class Screen:
    """One page that remembers everything it should not have done."""

    page: Page
    house: Installation
    name: str
    locale: str
    words: str
    complaints: list[str] = field(default_factory=list)
    in_bad_weather: bool = False  # then requests and sockets may fail, and the console says so

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complain(f"page error: {error}"))
        self.page.on("request", self._asked)
        self.page.on("websocket", self._asked)

    def complain(self, what: str) -> None:
        self.complaints.append(f"{self.name}: {what}")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        if self.in_bad_weather and LOADING.search(message.text):
            return
        self.complain(f"console: {message.text} {message.location.get('url', '')}")

    def _asked(self, request: Request | WebSocket) -> None:
        to = urlsplit(request.url)
        if to.scheme not in ("blob", "data") and (to.hostname not in ("127.0.0.1", "booth.test")):
            self.complain(f"asks for {request.url}")

    def fetched(self, path: str) -> requests.Response:
        """Ask for an address with this browser's cookies, beside the page."""
        cookies = {each["name"]: each["value"] for each in self.page.context.cookies(self.house.public)}
        host = {"Host": urlsplit(self.house.public).netloc}
        return requests.get(f"{self.house.here}{path}", headers=host, cookies=cookies, timeout=20)

    def say(self, key: str, **params: object) -> str:
        """A sentence of this page, its gaps filled."""
        table = book(self.words, self.locale)
        one = table.get(f"{key}_one") if params.get("n") == 1 else None
        return str(one or table[key]).format(**params)

    def fault(self, code: str, **params: object) -> str:
        """What this page says about a fault."""
        return str(book(self.words, self.locale)["faults"][code]).format(**params)

    def find(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def see(self, selector: str, within_s: float = 15.0) -> Locator:
        """Wait until something is visible."""
        found = self.page.locator(selector).first
        found.wait_for(state="visible", timeout=within_s * 1000)
        return found

    def read(self, text: str, within_s: float = 15.0) -> Locator:
        """Wait until a sentence stands on the page; line breaks do not count."""
        words = re.compile(r"\s+".join(re.escape(word) for word in text.split()))
        found = self.page.get_by_text(words).first
        found.wait_for(state="visible", timeout=within_s * 1000)
        return found

    def press(self, text: str) -> None:
        """Press the button or link that says so."""
        words = re.compile(r"\s+".join(re.escape(word) for word in text.split()))
        button = self.page.get_by_role("button", name=words).or_(self.page.get_by_role("link", name=words))
        button.first.click()

    def settle(self) -> None:
        """Wait until letters and pictures are there and nothing moves any more."""
        self.page.wait_for_function(SETTLED, timeout=10_000)

    def look(self, shot: str, *, whole: bool = False, judged: bool = True) -> None:
        """Keep a picture of the page for people, and let axe judge it."""
        self.settle()
        SHOTS.mkdir(parents=True, exist_ok=True)
        path = SHOTS / f"{shot}-{self.name}.jpg"
        self.page.screenshot(path=path, type="jpeg", quality=80, full_page=whole)
        if not judged:
            return
        if not self.page.evaluate(FITS):
            self.complain(f"{shot}: wider than the screen")
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text("utf-8"))  # evaluate, since the policy refuses a script tag
        for violation in self.page.evaluate(RUN_AXE):
            self.complain(f"{shot}: {violation}")
