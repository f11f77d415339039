"""What all routes share, put together once."""

from dataclasses import dataclass

from flask import g, render_template, request

from articket.domain.experience import choose_locale
from articket.web.callers import Callers
from articket.web.cookies import Cookies
from articket.web.forms import Forms
from articket.web.origin import Origins
from articket.web.parts import WebParts
from articket.web.switchboard import Switchboard
from articket.web.views import Views
from articket.web.words import Words


@dataclass(frozen=True, slots=True)
class FrontDesk:
    """What a route may ask for."""

    parts: WebParts
    words: Words
    cookies: Cookies
    callers: Callers
    origins: Origins
    forms: Forms
    views: Views
    switchboard: Switchboard

    def locale(self) -> str:
        """Return the language this browser likes best of those the pack has."""
        asked = request.args.get("locale")
        if asked in self.parts.experience.locales:
            return str(asked)
        header = request.headers.get("Accept-Language")
        return choose_locale(self.parts.experience, header) if header else self.parts.locale

    def visit_url(self) -> str | None:
        """Return where this phone's own visit goes on, if it has one."""
        mine = self.callers.visit(request)
        return "/visit" if mine is not None and mine.receipt is None else None

    def render(self, template: str, *, page: str, locale: str, **context: object) -> str:
        """Return a page in this language."""
        words = {"words": self.words.page(page, locale)} | context
        return render_template(
            template,
            locale=locale,
            csp_nonce=g.csp_nonce,
            experience_name=self.parts.experience.texts_in(locale).name,
            event_name=self.parts.event_name,
            durations=self.parts.durations,
            **words,
        )
