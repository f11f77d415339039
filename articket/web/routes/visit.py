"""The visitor's pages: the code, the landing page, the phone, the ticket's address."""

import secrets
from http import HTTPStatus

from flask import Blueprint, Response, make_response, redirect, request

from articket.application.seals import hashed
from articket.domain.faults import NotAllowed
from articket.domain.visit import Visit
from articket.web.cookies import ENTRY, ENTRY_S, FRESH, FRESH_S, VISIT, give, take
from articket.web.front_desk import FrontDesk

SEE_OTHER = 303
CODE_LENGTH = 64
SECONDS_AN_HOUR = 3600


def visit_routes(desk: FrontDesk) -> Blueprint:
    """Return the routes."""
    pages = VisitPages(desk)
    routes = Blueprint("visit", __name__)
    routes.get("/j/<nonce>")(pages.scan)
    routes.get("/join")(pages.landing)
    routes.post("/join")(pages.join)
    routes.get("/visit")(pages.phone)
    routes.get("/keep", endpoint="keep")(pages.phone)
    routes.get("/t/<code>")(pages.ticket)
    routes.get("/gone")(pages.gone)
    return routes


class VisitPages:
    """The way of a visitor's browser."""

    def __init__(self, desk: FrontDesk) -> None:
        """Keep what all routes share."""
        self._desk = desk
        self._parts = desk.parts

    def scan(self, nonce: str) -> Response:
        """Take a fresh code for an entry; a visit under way goes on instead."""
        floor = self._parts.floor
        if not floor.seals.admits(nonce[:CODE_LENGTH], floor.clock.now(), self._parts.durations.nonce_s):
            raise NotAllowed("link-expired", "The join code is an old one.")
        if _is_under_way(self._desk.callers.visit(request)):
            return make_response(redirect("/visit", SEE_OTHER))
        response = make_response(redirect("/join", SEE_OTHER))
        give(response, ENTRY, self._desk.cookies.seal(ENTRY, secrets.token_urlsafe(24)), ENTRY_S)
        return response

    def landing(self) -> Response:
        """Show the door to whoever scanned the code."""
        desk = self._desk
        if self._entry() is None:
            if desk.callers.visit(request) is not None:
                return make_response(redirect("/visit", SEE_OTHER))
            raise NotAllowed("link-expired", "Nobody scanned the code.")
        page = desk.render(
            "join.html",
            page="join",
            locale=desk.locale(),
            door=desk.views.booth().door.value,
            locales=self._parts.experience.locales,
        )
        return make_response(page)

    def join(self) -> Response:
        """Open the entry's visit; a used entry leads to the visit it opened."""
        entry = self._entry()
        if entry is None:
            raise NotAllowed("link-expired", "Nobody scanned the code.")
        wanted = request.form.get("locale", "")
        locale = wanted if wanted in self._parts.experience.locales else self._desk.locale()
        opened = self._parts.floor.join(self._parts.booth, entry, locale)
        response = make_response(redirect("/visit", SEE_OTHER))
        give(response, VISIT, opened.token, visit_seconds(self._desk))
        give(response, FRESH, "1", FRESH_S)
        return response

    def phone(self) -> Response:
        """Show a visit to its own phone."""
        desk = self._desk
        visit = desk.callers.visit(request)
        if visit is None:
            return make_response(redirect("/gone", SEE_OTHER))
        # The page gets the secret once, for its own storage: a tunnel that changes its name loses cookies.
        token = request.cookies.get(VISIT) if FRESH in request.cookies else None
        page = desk.render(
            "phone.html",
            page="phone",
            locale=visit.locale,
            snapshot=desk.views.phone(visit.id),
            visit_token=token,
        )
        response = make_response(page)
        if token:
            take(response, FRESH)
        return response

    def ticket(self, code: str) -> Response:
        """Exchange the code on a ticket for a cookie."""
        is_code = len(code) <= CODE_LENGTH
        visit = self._parts.floor.visits.by_keep(hashed(code)) if is_code else None
        if visit is None:
            return make_response(redirect("/gone", SEE_OTHER))
        response = make_response(redirect("/keep", SEE_OTHER))
        mine = self._desk.callers.visit(request)
        if mine is None or mine.id != visit.id:  # the phone's own secret is the better one
            give(response, VISIT, code, visit_seconds(self._desk))
        return response

    def gone(self) -> Response:
        """Say kindly that nothing is here any more."""
        page = self._desk.render("gone.html", page="phone", locale=self._desk.locale())
        return make_response(page, HTTPStatus.GONE)

    def _entry(self) -> str | None:
        return self._desk.cookies.read(request, ENTRY, ENTRY_S)


def visit_seconds(desk: FrontDesk) -> int:
    """Return how long a phone keeps its visit's secret."""
    return int(desk.parts.floor.rules.retention_hours * SECONDS_AN_HOUR)


def _is_under_way(visit: Visit | None) -> bool:
    return visit is not None and visit.receipt is None and visit.revealed_at is None
