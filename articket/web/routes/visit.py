"""The visitor's pages: the code, the landing page, the phone, the ticket's address."""

import json
import secrets
from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, Response, make_response, redirect, request

from articket.application.seals import hashed
from articket.domain.faults import Gone, NotAllowed, TooMany
from articket.domain.visit import Visit
from articket.web.cookies import ENTRY, ENTRY_S, FRESH, FRESH_S, KEEP, VISIT, give, take
from articket.web.front_desk import FrontDesk
from articket.web.pace import Pace, Turnstile
from articket.web.shelf import named, shelve, shelved
from articket.web.snapshots.stages import phone_stage

SEE_OTHER = 303
CODE_LENGTH = 64
SECONDS_AN_HOUR = 3600
JOINS = Pace(burst=120, per_second=2)  # of a whole booth: a hall shares one address


def visit_routes(desk: FrontDesk) -> Blueprint:
    """Return the routes."""
    pages = VisitPages(desk)
    routes = Blueprint("visit", __name__)
    routes.get("/j/<nonce>")(pages.scan)
    routes.get("/join")(pages.landing)
    routes.post("/join")(pages.join)
    routes.get("/visit")(pages.phone)
    routes.post("/visit/switch")(pages.switch)
    routes.get("/keep")(pages.keep)
    routes.get("/t/<code>/live")(pages.ticket)
    routes.get("/gone")(pages.gone)
    return routes


class VisitPages:
    """The way of a visitor's browser."""

    def __init__(self, desk: FrontDesk) -> None:
        """Keep what all routes share."""
        self._desk = desk
        self._parts = desk.parts
        self._door = Turnstile(JOINS)

    def scan(self, nonce: str) -> Response:
        """Take a fresh code for an entry; an old one leads back to a visit under way."""
        floor = self._parts.floor
        if not floor.seals.admits(nonce[:CODE_LENGTH], floor.clock.now(), self._parts.durations.nonce_s):
            if _is_under_way(self._desk.callers.visit(request)):
                return make_response(redirect("/visit", SEE_OTHER))
            raise NotAllowed("link-expired", "The join code is an old one.")
        response = make_response(redirect("/join", SEE_OTHER))
        give(response, ENTRY, self._desk.cookies.seal(ENTRY, secrets.token_urlsafe(24)), ENTRY_S)
        return response

    def landing(self) -> Response:
        """Show the door to whoever scanned the code, and whose visit is on this phone already."""
        desk, entry = self._desk, self._entry()
        mine = desk.callers.visit(request)
        if mine is not None and (entry is None or self._parts.floor.seals.visit(entry) == mine.id):
            return make_response(redirect("/visit", SEE_OTHER))
        if entry is None:
            raise NotAllowed("link-expired", "Nobody scanned the code.")
        booth, locale = desk.views.booth(), desk.locale()
        texts = self._parts.experience.texts_in(locale)
        under_way = mine if mine is not None and _is_under_way(mine) else None
        page = desk.render(
            "join.html",
            page="join",
            locale=locale,
            door=booth.door.value,
            locales=self._parts.experience.locales,
            mine={"name": under_way.name, "stage": phone_stage(booth, under_way), "url": "/visit"}
            if under_way
            else None,
            invitation=texts.invitation,
            promise=texts.promise,
            strips=desk.views.strips(),
        )
        return make_response(page)

    def join(self) -> Response:
        """Open the entry's visit; a used entry leads to the visit it opened.

        A visit under way on this phone goes on, unless the visitor asks for a new one.
        """
        entry = self._entry()
        if entry is None:
            raise NotAllowed("link-expired", "Nobody scanned the code.")
        mine = self._desk.callers.visit(request)
        if _is_under_way(mine) and request.form.get("new") != "1":
            return make_response(redirect("/visit", SEE_OTHER))
        if not self._door.lets(self._parts.booth, self._parts.floor.clock.now()):
            raise TooMany("too-many-requests", "More visits are opened than people can walk in.")
        wanted = request.form.get("locale", "")
        locale = wanted if wanted in self._parts.experience.locales else self._desk.locale()
        opened = self._parts.floor.join(self._parts.booth, entry, locale)
        return self._hand_over(opened.token, opened.visit)

    def switch(self) -> Response:
        """Go on with an earlier visit of this phone."""
        said = request.get_json(silent=True) if request.is_json else request.form
        index = str(said.get("index", "")) if isinstance(said, Mapping) else ""
        callers = self._desk.callers
        others = shelved(callers, request, callers.visit(request))
        if not index.isascii() or not index.isdigit() or int(index) >= len(others):
            raise Gone("visit-gone", "This phone has no such earlier visit.")
        wanted = others[int(index)]
        response = self._hand_over(wanted.secret, wanted.visit)
        if request.is_json:
            response.status_code = HTTPStatus.OK
            response.mimetype = "application/json"
            response.data = json.dumps({"ok": True, "url": "/visit"})
        return response

    def phone(self) -> Response:
        """Show a visit to its own phone."""
        return self._page(keep=False)

    def keep(self) -> Response:
        """Show the visit whose ticket was scanned, whatever visit this phone has of its own."""
        return self._page(keep=True)

    def _page(self, *, keep: bool) -> Response:
        desk = self._desk
        visit = desk.callers.visit(request, keep=keep)
        if visit is None:
            return make_response(redirect("/gone", SEE_OTHER))
        # The page gets the secret once, for its own storage: a tunnel that changes its name loses cookies.
        token = request.cookies.get(VISIT) if FRESH in request.cookies and not keep else None
        others = [] if keep else named(desk.views.booth(), shelved(desk.callers, request, visit))
        page = desk.render(
            "phone.html",
            page="phone",
            locale=visit.locale,
            snapshot=desk.views.phone(visit.id) | {"keep": keep, "others": others},
            visit_token=token,
            keep=keep,
            others=others,
        )
        response = make_response(page)
        if token:
            take(response, FRESH)
        return response

    def ticket(self, code: str) -> Response:
        """Exchange the code on a ticket for a cookie, and show that visit as its own phone shows it."""
        is_code = len(code) <= CODE_LENGTH
        visit = self._parts.floor.visits.by_keep(hashed(code)) if is_code else None
        if visit is None or visit.receipt is not None:
            return make_response(redirect("/gone", SEE_OTHER))
        response = make_response(redirect("/keep", SEE_OTHER))
        give(response, KEEP, code, visit_seconds(self._desk))
        return response

    def gone(self) -> Response:
        """Say kindly that nothing is here any more."""
        desk = self._desk
        page = desk.render("gone.html", page="phone", locale=desk.locale(), visit_url=desk.visit_url())
        return make_response(page, HTTPStatus.GONE)

    def _hand_over(self, secret: str, visit: Visit) -> Response:
        """Lead this phone to a visit, and keep those it had before."""
        seconds = visit_seconds(self._desk)
        response = make_response(redirect("/visit", SEE_OTHER))
        shelve(response, self._desk.callers, request, visit, seconds)
        show(response, secret, seconds)
        return response

    def _entry(self) -> str | None:
        return self._desk.cookies.read(request, ENTRY, ENTRY_S)


def show(response: Response, secret: str, seconds: int) -> None:
    """Make this browser the phone of the visit with this secret."""
    give(response, VISIT, secret, seconds)
    give(response, FRESH, "1", FRESH_S)


def visit_seconds(desk: FrontDesk) -> int:
    """Return how long a phone keeps its visit's secret."""
    return int(desk.parts.floor.rules.retention_hours * SECONDS_AN_HOUR)


def _is_under_way(visit: Visit | None) -> bool:
    return visit is not None and visit.receipt is None and visit.revealed_at is None
