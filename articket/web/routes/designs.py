"""The ticket designs on the staff's page: what they look like, and one of each to print before doors open."""

from flask import Blueprint, Response, make_response, request

from articket.application.specimens import TrialPrints
from articket.domain.faults import Gone, NotAllowed
from articket.web.front_desk import FrontDesk
from articket.web.routes.staff import login_page


def design_routes(desk: FrontDesk) -> Blueprint:
    """Return the routes."""
    pages = DesignPages(desk)
    routes = Blueprint("designs", __name__, url_prefix="/staff/designs")
    routes.get("")(pages.wall)
    routes.get("/<locale>/<style>.jpg")(pages.picture)
    routes.get("/<locale>/<style>.pdf")(pages.trial)
    return routes


class DesignPages:
    """Tickets for nobody, for staff alone."""

    def __init__(self, desk: FrontDesk) -> None:
        """Serve the desk's pack."""
        self._desk = desk

    def wall(self) -> Response:
        """Show every design in one language, or the way to the desk."""
        desk = self._desk
        if not desk.callers.is_staff(request):
            return login_page(desk, request.path)
        experience, locale = desk.parts.experience, desk.locale()
        texts = experience.texts_in(locale)
        page = desk.render(
            "staff_designs.html",
            page="staff",
            locale=locale,
            csrf=desk.forms.field(request),
            locales=experience.locales,
            designs=[(style.id, texts.styles[style.id].painter) for style in experience.styles],
        )
        return make_response(page)

    def picture(self, locale: str, style: str) -> Response:
        """Send a design's printed sides."""
        seen = self._trials(locale, style).picture(style, locale)
        if seen is None:
            raise Gone("file-gone", "This machine makes no pictures of tickets: poppler-utils is missing.")
        return _file(seen, "image/jpeg")

    def trial(self, locale: str, style: str) -> Response:
        """Send a ticket for nobody, to be printed."""
        response = _file(self._trials(locale, style).pdf(style, locale), "application/pdf")
        response.headers["Content-Disposition"] = f'inline; filename="articket-trial-{style}-{locale}.pdf"'
        return response

    def _trials(self, locale: str, style: str) -> TrialPrints:
        parts = self._desk.parts
        if not self._desk.callers.is_staff(request):
            raise NotAllowed("not-allowed", "Only staff may do that.")
        known = {each.id for each in parts.experience.styles}
        if parts.trials is None or style not in known or locale not in parts.experience.locales:
            raise Gone("file-gone", "There is no such design.")
        return parts.trials


def _file(data: bytes, mimetype: str) -> Response:
    response = make_response(data)
    response.mimetype = mimetype
    return response
