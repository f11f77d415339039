"""The staff's pages: in and out, the monitor's trust, tickets, and visits on the staff's own tablet."""

import math
from http import HTTPStatus
from threading import Lock

from flask import Blueprint, Response, jsonify, make_response, redirect, request, send_file
from werkzeug.security import check_password_hash

from articket.application import files
from articket.domain.faults import Gone, NotAllowed
from articket.web.cookies import MONITOR, MONITOR_S, STAFF, STAFF_S, give, take
from articket.web.forms import FIELD
from articket.web.front_desk import FrontDesk
from articket.web.patience import Patience
from articket.web.routes.api import must_be_our_page
from articket.web.routes.visit import show, visit_seconds
from articket.web.switchboard import ASSIST, ASSIST_S

SEE_OTHER = 303
PASSWORD_LENGTH = 200
HOME = "/staff"
# Where signing in may lead; whatever else a form asks for leads home.
PAGES = frozenset({HOME, "/staff/fleet", "/staff/designs"})


def staff_routes(desk: FrontDesk) -> Blueprint:
    """Return the routes."""
    pages = StaffPages(desk)
    routes = Blueprint("staff", __name__, url_prefix="/staff")
    routes.get("")(pages.console)
    routes.get("/fleet")(pages.fleet)
    routes.post("/login")(pages.login)
    routes.post("/logout")(pages.logout)
    routes.post("/monitor")(pages.monitor)
    routes.get("/assist/<once>")(pages.assist)
    routes.get("/resume/<visit_id>")(pages.resume)
    routes.get("/tickets/<int:number>.pdf")(pages.ticket)
    routes.post("/find")(pages.find)
    return routes


class StaffPages:
    """The desk's browser."""

    def __init__(self, desk: FrontDesk) -> None:
        """Start with nobody suspected."""
        self._desk = desk
        self._parts = desk.parts
        self._patience = Patience()
        self._checking = Lock()  # one password check takes a core's tenth of a second
        self._used: set[str] = set()

    def console(self) -> Response:
        """Show the console, or the way to it."""
        return self._page("staff.html")

    def fleet(self) -> Response:
        """Show the painters, or the way to them."""
        return self._page("staff_fleet.html")

    def _page(self, template: str) -> Response:
        desk = self._desk
        if not desk.callers.is_staff(request):
            return login_page(desk, request.path)
        locale = desk.locale()
        page = desk.render(
            template,
            page="staff",
            locale=locale,
            snapshot=desk.views.staff() | {"locale": locale},
            csrf=desk.forms.field(request),
            locales=self._parts.experience.locales,
        )
        return make_response(page)

    def login(self) -> Response:
        """Let in whoever knows the password, to the page they came for; guessing gets slower."""
        _own_form(self._desk)
        wanted = _page_of_ours(request.form.get("to"))
        now = self._parts.floor.clock.now()
        address = request.remote_addr or ""
        wait = self._patience.wait(address, now)
        if wait > 0:
            response = login_page(self._desk, wanted, HTTPStatus.TOO_MANY_REQUESTS, "too-many-requests")
            response.headers["Retry-After"] = str(math.ceil(wait))
            return response
        if not self._is_right(request.form.get("password", "")):
            self._patience.failed(address, now)
            return login_page(self._desk, wanted, HTTPStatus.UNAUTHORIZED)
        self._patience.forgive(address)
        response = make_response(redirect(wanted, SEE_OTHER))
        give(response, STAFF, self._desk.cookies.seal(STAFF, STAFF), STAFF_S, samesite="Strict")
        return response

    def logout(self) -> Response:
        """Leave the desk; what the browser's desk has in hand goes back to the others."""
        _own_form(self._desk)
        desk = request.form.get("desk", "")
        if desk and self._desk.callers.is_staff(request):
            self._desk.switchboard.leave(desk)
        response = make_response(redirect(HOME, SEE_OTHER))
        take(response, STAFF)
        return response

    def monitor(self) -> Response:
        """Make this browser the booth's monitor."""
        _own_form(self._desk)
        _must_be_staff(self._desk)
        response = make_response(redirect("/", SEE_OTHER))
        give(response, MONITOR, self._desk.cookies.seal(MONITOR, self._parts.booth), MONITOR_S)
        return response

    def assist(self, once: str) -> Response:
        """Turn this tablet into the phone of a visit that staff opened, once."""
        _must_be_staff(self._desk)
        entry = self._desk.cookies.open(ASSIST, once, ASSIST_S)
        if entry is None or once in self._used:
            raise NotAllowed("link-expired", "An assisted visit is opened once.")
        self._used.add(once)
        opened = self._parts.floor.join(self._parts.booth, entry, self._parts.locale, assisted=True)
        response = make_response(redirect("/visit", SEE_OTHER))
        show(response, opened.token, visit_seconds(self._desk))
        return response

    def resume(self, visit_id: str) -> Response:
        """Turn this tablet back into the phone of a visit that staff opened for somebody."""
        _must_be_staff(self._desk)
        floor = self._parts.floor
        visit = floor.visits.visit(visit_id)
        if visit is None or not visit.assisted or visit.receipt is not None:
            raise Gone("visit-gone", "Staff have no such visit to go on with.")
        response = make_response(redirect("/visit", SEE_OTHER))
        show(response, floor.seals.keep(visit.id), visit_seconds(self._desk))
        return response

    def ticket(self, number: int) -> Response:
        """Send a ticket's PDF."""
        _must_be_staff(self._desk)
        visit = self._parts.floor.visits.by_number(number)
        if visit is None or visit.decision is None:
            raise Gone("file-gone", "There is no such ticket.")
        path = self._parts.store.path(files.ticket(visit))
        if not path.is_file():
            raise Gone("file-gone", "The ticket is not there yet.")
        name = f"articket-{number}-{visit.decision.style}.pdf"
        response = make_response(
            send_file(path, mimetype="application/pdf", conditional=True, download_name=name)
        )
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    def find(self) -> Response:
        """Answer with whoever has this ticket number, or this in their name.

        It is asked in a body: addresses, and with them visitors' names, end up in the logs of proxies.
        """
        _must_be_staff(self._desk)
        must_be_our_page(self._desk)
        asked = request.get_json(silent=True)
        wanted = asked.get("q") if isinstance(asked, dict) else None
        response = jsonify(self._desk.views.find(wanted if isinstance(wanted, str) else ""))
        response.headers["Cache-Control"] = "no-store"
        return response

    def _is_right(self, password: str) -> bool:
        with self._checking:
            return check_password_hash(self._parts.staff_password_hash, password[:PASSWORD_LENGTH])


def _own_form(desk: FrontDesk) -> None:
    if not desk.forms.is_ours(request, request.form.get(FIELD)):
        raise NotAllowed("not-allowed", "The form is not from our page.")


def _must_be_staff(desk: FrontDesk) -> None:
    if not desk.callers.is_staff(request):
        raise NotAllowed("not-allowed", "Only staff may do that.")


def _page_of_ours(wanted: str | None) -> str:
    return wanted if wanted in PAGES else HOME


def login_page(desk: FrontDesk, to: str, status: int = HTTPStatus.OK, code: str | None = None) -> Response:
    """Return the way to the desk, and from there to the page that was wanted."""
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
        to=_page_of_ours(to),
        wrong=status != HTTPStatus.OK,
        picture=desk.views.welcome_picture(locale),
    )
    return make_response(page, status)
