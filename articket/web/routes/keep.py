"""The page that a ticket's code leads to: light enough for a slow line, and everything on it to take home.

The code stands in every address and is the only key: a browser inside another app, or one that saves files
for it, has no cookies of ours. Whatever the code does not open looks the same, be it old, erased or made up.
"""

import re
from http import HTTPStatus
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, make_response, redirect, request, send_file

from articket.application import files
from articket.application.seals import hashed
from articket.domain.faults import Gone
from articket.domain.visit import Visit
from articket.web.front_desk import FrontDesk
from articket.web.routes.tickets import ticket_of
from articket.web.routes.visit import CODE_LENGTH, SEE_OTHER
from articket.web.snapshots import parts
from articket.web.snapshots.keep import keep_page
from articket.web.snapshots.phone import remains_of

STYLE: Final = re.compile(r"[a-z0-9_-]{1,40}")


def keep_routes(desk: FrontDesk) -> Blueprint:
    """Return the routes."""
    pages = KeepPages(desk)
    routes = Blueprint("keep", __name__, url_prefix="/t")
    routes.get("/<code>")(pages.page)
    routes.post("/<code>/erase")(pages.erase)
    routes.get("/<code>/<int:photo>/<any(page, card):size>-<what>.jpg")(pages.shown)
    routes.get("/<code>/<int:photo>/<any(large, print):size>-<style>.jpg")(pages.whole)
    routes.get("/<code>/<int:photo>/story-<style>.jpg")(pages.story)
    return routes


class KeepPages:
    """What a ticket's code opens."""

    def __init__(self, desk: FrontDesk) -> None:
        """Keep what all routes share."""
        self._desk = desk
        self._parts = desk.parts

    def page(self, code: str) -> Response:
        """Show the paintings; a visit that is still under way is shown as its phone shows it."""
        visit = self._found(code)
        if visit is None:
            return self._gone()
        desk, address = self._desk, f"/t/{code}"
        view = keep_page(desk.views.house, visit, address, self._parts.floor.expiry(visit))
        if view is None:
            return make_response(redirect(f"{address}/live", SEE_OTHER))
        page = desk.render(
            "keep.html",
            page="keep",
            locale=visit.locale,
            keep=view,
            address=address,
            link=f"{self._parts.reach.address()}{address}",
            poster=f"{self._parts.reach.address()}{desk.views.strips()[0]}",
            pdf=f"/d/{code}" if ticket_of(visit) else None,
        )
        return make_response(page)

    def erase(self, code: str) -> Response:
        """Erase the visit and show the receipt, this once."""
        visit = self._found(code)
        if visit is None:
            return self._gone()
        desk = self._desk
        erased = self._parts.floor.erase(visit)
        receipt = erased.receipt
        if receipt is None:
            return self._gone()
        texts = desk.views.house.texts(visit.locale)
        page = desk.render(
            "keep_receipt.html",
            page="phone",
            locale=visit.locale,
            receipt=receipt,
            remains=remains_of(desk.views.house, erased, self._parts.remains(erased)),
            when=parts.until(texts, visit.locale, receipt.at),
        )
        return make_response(page)

    def shown(self, code: str, photo: int, size: str, what: str) -> Response:
        """Send a painting, or the story, in a size for the page."""
        visit = self._revealed(code, photo, what)
        return self._sent(visit, self._parts.keepsakes.shown(visit, what, size), what)

    def whole(self, code: str, photo: int, size: str, style: str) -> Response:
        """Send a painting for a large screen, or as it is printed."""
        visit = self._revealed(code, photo, style)
        return self._sent(visit, self._parts.store.path(files.painting(visit.id, photo, style, size)), style)

    def story(self, code: str, photo: int, style: str) -> Response:
        """Send the ticket as a tall picture."""
        visit = self._revealed(code, photo, style)
        if visit.decision is None or visit.decision.style != style:
            raise Gone("file-gone", "There is no such story.")
        return self._sent(visit, self._parts.keepsakes.story(visit), "story")

    def _found(self, code: str) -> Visit | None:
        """Return the visit that this code still opens."""
        floor = self._parts.floor
        visit = floor.visits.by_keep(hashed(code)) if len(code) <= CODE_LENGTH else None
        if visit is None or visit.receipt is not None or floor.clock.now() >= floor.expiry(visit):
            return None
        return visit

    def _revealed(self, code: str, photo: int, what: str) -> Visit:
        visit = self._found(code)
        if visit is None or visit.revealed_at is None or not STYLE.fullmatch(what):
            raise Gone("file-gone", "There is no such picture for whoever asks.")
        if visit.photo is None or visit.photo.number != photo:
            raise Gone("file-gone", "There is no picture of that photo.")
        return visit

    def _sent(self, visit: Visit, path: Path, what: str) -> Response:
        """Send a file that never changes, to be kept no longer than the visit is."""
        if not path.is_file():
            raise Gone("file-gone", "The picture is not painted yet.")
        number = visit.decision.number if visit.decision else 0
        response = make_response(
            send_file(
                path,
                mimetype="image/jpeg",
                conditional=True,
                as_attachment=request.args.get("save") == "1",
                download_name=f"articket-{number}-{what}.jpg",
            )
        )
        floor = self._parts.floor
        left = max(0, int(floor.expiry(visit) - floor.clock.now()))
        response.headers["Cache-Control"] = f"private, max-age={left}, immutable"
        return response

    def _gone(self) -> Response:
        desk = self._desk
        page = desk.render("gone.html", page="phone", locale=desk.locale(), visit_url=desk.visit_url())
        return make_response(page, HTTPStatus.GONE)
