"""The visitor's pages: the code, the landing page, the phone, the ticket's address."""

import secrets

from flask import Blueprint, Response, make_response, redirect, request

from articket.application.seals import hashed
from articket.domain.faults import NotAllowed
from articket.domain.visit import Visit
from articket.web.cookies import ENTRY, ENTRY_S, FRESH, FRESH_S, VISIT, give, take
from articket.web.front_desk import FrontDesk

SEE_OTHER = 303
CODE_LENGTH = 64


def visit_routes(desk: FrontDesk) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("visit", __name__)
    parts = desk.parts
    visit_s = int(parts.floor.rules.retention_hours * 3600)

    @routes.get("/j/<nonce>")
    def scan(nonce: str) -> Response:
        now = parts.floor.clock.now()
        if not parts.floor.seals.admits(nonce[:CODE_LENGTH], now, parts.durations.nonce_s):
            raise NotAllowed("link-expired", "The join code is an old one.")
        if _is_under_way(desk.callers.visit(request)):
            return make_response(redirect("/visit", SEE_OTHER))
        response = make_response(redirect("/join", SEE_OTHER))
        give(response, ENTRY, desk.cookies.seal(ENTRY, secrets.token_urlsafe(24)), ENTRY_S)
        return response

    @routes.get("/join")
    def landing() -> str | Response:
        if _entry(desk) is None:
            if desk.callers.visit(request) is not None:
                return make_response(redirect("/visit", SEE_OTHER))
            raise NotAllowed("link-expired", "Nobody scanned the code.")
        door = desk.views.booth().door.value
        return desk.render(
            "join.html",
            page="join",
            locale=desk.locale(),
            door=door,
            locales=parts.experience.locales,
            csrf=desk.forms.field(request),
        )

    @routes.post("/join")
    def join() -> Response:
        entry = _entry(desk)
        if entry is None:
            raise NotAllowed("link-expired", "Nobody scanned the code.")
        wanted = request.form.get("locale", "")
        locale = wanted if wanted in parts.experience.locales else desk.locale()
        opened = parts.floor.join(parts.booth, entry, locale)
        response = make_response(redirect("/visit", SEE_OTHER))
        give(response, VISIT, opened.token, visit_s)
        give(response, FRESH, "1", FRESH_S)
        return response

    @routes.get("/visit")
    @routes.get("/keep")
    def phone() -> Response:
        visit = desk.callers.visit(request)
        if visit is None:
            return make_response(redirect("/gone", SEE_OTHER))
        return _phone_page(desk, visit)

    @routes.get("/t/<code>")
    def ticket(code: str) -> Response:
        visit = parts.floor.visits.by_keep(hashed(code)) if len(code) <= CODE_LENGTH else None
        if visit is None:
            return make_response(redirect("/gone", SEE_OTHER))
        response = make_response(redirect("/keep", SEE_OTHER))
        mine = desk.callers.visit(request)
        if mine is None or mine.id != visit.id:  # the phone's own secret is the better one
            give(response, VISIT, code, visit_s)
        return response

    @routes.get("/gone")
    def gone() -> tuple[str, int]:
        return desk.render("gone.html", page="phone", locale=desk.locale()), 410

    return routes


def _entry(desk: FrontDesk) -> str | None:
    return desk.cookies.read(request, ENTRY, ENTRY_S)


def _is_under_way(visit: Visit | None) -> bool:
    return visit is not None and visit.receipt is None and visit.revealed_at is None


def _phone_page(desk: FrontDesk, visit: Visit) -> Response:
    # The secret goes into the page once, for its own storage: cookies are lost when a tunnel changes its name.
    token = request.cookies.get(VISIT) if FRESH in request.cookies else None
    page = desk.render(
        "phone.html",
        page="phone",
        locale=visit.locale,
        snapshot=desk.views.phone(visit.id),
        visit_token=token,
        csrf=desk.forms.field(request),
    )
    response = make_response(page)
    if token:
        take(response, FRESH)
    return response
