"""Opens phones, walls and desks at one installation, and finally asks how it went for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from browser.people import Staff, Visitor, Wall
from browser.screen import Screen

if TYPE_CHECKING:
    from browser.installation import Installation
    from playwright.sync_api import Browser, BrowserContext

Kind = TypeVar("Kind", bound=Screen)
TAGS = {"ko": "ko-KR", "en": "en-GB"}
SMALL = {"width": 360, "height": 640}
USUAL = {"width": 390, "height": 844}
WALL = {"width": 1920, "height": 1080}
TABLET = {"width": 1180, "height": 820}


@dataclass(slots=True)
class Crowd:
    """Everybody at one installation."""

    browser: Browser
    house: Installation
    screens: list[Screen] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def _context(self, **options: Any) -> BrowserContext:
        context = self.browser.new_context(**{"reduced_motion": "reduce"} | options)
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        return context

    def phone(self, name: str = "phone", locale: str = "ko", **options: Any) -> Visitor:
        """A phone in somebody's hand, in their language."""
        hand = {"viewport": USUAL, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
        context = self._context(**hand | {"locale": TAGS[locale]} | options)
        return self._watched(Visitor(context.new_page(), self.house, name, locale, "phone"))

    def wall(self, name: str = "monitor", locale: str = "ko", **options: Any) -> Wall:
        """The booth's monitor, opened on the machine itself."""
        page = self._context(**{"viewport": WALL, "locale": TAGS[locale]} | options).new_page()
        wall = self._watched(Wall(page, self.house, name, locale, "monitor"))
        page.goto(f"{self.house.here}/")
        return wall

    def staff(self, name: str = "staff", locale: str = "ko", path: str = "/staff") -> Staff:
        """The desk's tablet, signed in by this page."""
        page = self._context(viewport=TABLET, locale=TAGS[locale], has_touch=True).new_page()
        staff = self._watched(Staff(page, self.house, name, locale, "staff"))
        staff.sign_in(path=path)
        return staff

    def another(self, screen: Visitor, name: str) -> Visitor:
        """A second tab of the same browser."""
        page = screen.page.context.new_page()
        return self._watched(Visitor(page, self.house, name, screen.locale, "phone"))

    def _watched(self, screen: Kind) -> Kind:
        self.screens.append(screen)
        return screen

    def leave(self) -> list[str]:
        """Close everything and return what was wrong."""
        for context in self.contexts:
            context.close()
        return [complaint for screen in self.screens for complaint in screen.complaints]
