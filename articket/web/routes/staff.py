"""The staff's console: in and out, the monitor's trust, tickets, and visits on the staff's own tablet."""

import math
from http import HTTPStatus
from threading import Lock

from flask import Blueprint, Response, make_response, redirect, request, send_file
from werkzeug.security import check_password_hash

from articket.application import files
from articket.domain.faults import Gone, NotAllowed
from articket.web.cookies import FRESH, FRESH_S, MONITOR, MONITOR_S, STAFF, STAFF_S, VISIT, give, take
from articket.web.forms import FIELD
from articket.web.front_desk import FrontDesk
from articket.web.patience import Patience
from articket.web.switchboard import ASSIST, ASSIST_S

SEE_OTHER = 303
PASSWORD_LENGTH = 200


def staff_routes(desk: FrontDesk) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("staff", __name__, url_prefix="/staff")
    parts = desk.parts
    patience = Patience()
    checking = Lock()  # one password check takes a core's tenth of a second
    used: set[str] = set()

    @routes.get("")
    def console() -> Response:
        if not desk.callers.is_staff(request):
            return _login_page(desk)
        locale = desk.locale()
        return make_response(
            desk.render(
                "staff.html",
                page="staff",
                locale=locale,
                snapshot=desk.views.staff() | {"locale": locale},
                csrf=desk.forms.field(request),
                locales=parts.experience.locales,
            )
        )

    @routes.post("/login")
    def login() -> Response:
        _own_form(desk)
        now = parts.floor.clock.now()
        address = request.remote_addr or ""
        wait = patience.wait(address, now)
        if wait > 0:
            response = _login_page(desk, HTTPStatus.TOO_MANY_REQUESTS, "too-many-requests")
            response.headers["Retry-After"] = str(math.ceil(wait))
            return response
        with checking:
            right = check_password_hash(
                parts.staff_password_hash, request.form.get("password", "")[:PASSWORD_LENGTH]
            )
        if not right:
            patience.failed(address, now)
            return _login_page(desk, HTTPStatus.UNAUTHORIZED)
        patience.forgive(address)
        response = make_response(redirect("/staff", SEE_OTHER))
        give(response, STAFF, desk.cookies.seal(STAFF, "staff"), STAFF_S, samesite="Strict")
        return response

    @routes.post("/logout")
    def logout() -> Response:
        _own_form(desk)
        response = make_response(redirect("/staff", SEE_OTHER))
        take(response, STAFF)
        return response

    @routes.post("/monitor")
    def this_is_the_monitor() -> Response:
        _own_form(desk)
        _must_be_staff(desk)
        response = make_response(redirect("/", SEE_OTHER))
        give(response, MONITOR, desk.cookies.seal(MONITOR, parts.booth), MONITOR_S)
        return response

    @routes.get("/assist/<once>")
    def assist(once: str) -> Response:
        _must_be_staff(desk)
        entry = desk.cookies.open(ASSIST, once, ASSIST_S)
        if entry is None or once in used:
            raise NotAllowed("link-expired", "An assisted visit is opened once.")
        used.add(once)
        opened = parts.floor.join(parts.booth, entry, parts.locale, assisted=True)
        response = make_response(redirect("/visit", SEE_OTHER))
        give(response, VISIT, opened.token, int(parts.floor.rules.retention_hours * 3600))
        give(response, FRESH, "1", FRESH_S)
        return response

    @routes.get("/tickets/<int:number>.pdf")
    def ticket(number: int) -> Response:
        _must_be_staff(desk)
        visit = parts.floor.visits.by_number(number)
        path = parts.store.path(files.ticket(visit)) if visit and visit.decision else None
        if visit is None or path is None or not path.is_file():
            raise Gone("file-gone", "There is no such ticket.")
        style = visit.decision.style if visit.decision else "ticket"
        response = send_file(
            path, mimetype="application/pdf", conditional=True, download_name=f"articket-{number}-{style}.pdf"
        )
        response.headers["Cache-Control"] = "private, no-cache"
        return make_response(response)

    return routes


def _own_form(desk: FrontDesk) -> None:
    if not desk.forms.is_ours(request, request.form.get(FIELD)):
        raise NotAllowed("not-allowed", "The form is not from our page.")


def _must_be_staff(desk: FrontDesk) -> None:
    if not desk.callers.is_staff(request):
        raise NotAllowed("not-allowed", "Only staff may do that.")


def _login_page(desk: FrontDesk, status: int = HTTPStatus.OK, code: str | None = None) -> Response:
    locale = desk.locale()
    words = desk.words.page("staff", locale)
    if code:
        words |= {"login_wrong": desk.words.fault(locale, code, {})}
    page = desk.render(
        "staff_login.html",
        page="staff",
        locale=locale,
        words=words,
        csrf=desk.forms.field(request),
        wrong=status != HTTPStatus.OK,
    )
    return make_response(page, status)
