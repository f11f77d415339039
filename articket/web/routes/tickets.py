"""A ticket by the code that is printed on it: from the cloud folder where it is up, else from here."""

from http import HTTPStatus

from flask import Blueprint, Response, make_response, redirect, request, send_file

from articket.application.seals import hashed
from articket.domain.faults import Gone, TooMany
from articket.domain.visit import TicketStatus, Visit
from articket.web.front_desk import FrontDesk
from articket.web.pace import Pace, Turnstile
from articket.web.routes.visit import CODE_LENGTH

AT_THE_DESK = (TicketStatus.READY, TicketStatus.PRINTED)
DOWNLOADS = Pace(burst=10, per_second=0.2)  # of one ticket


def ticket_routes(desk: FrontDesk) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("tickets", __name__)
    parts = desk.parts
    door = Turnstile(DOWNLOADS)

    @routes.get("/d/<code>")
    def download(code: str) -> Response:
        visit = parts.floor.visits.by_keep(hashed(code)) if len(code) <= CODE_LENGTH else None
        file = ticket_of(visit)
        if visit is None or file is None:
            raise Gone("file-gone", "There is no ticket for whoever asks.")
        if not door.lets(visit.id, parts.floor.clock.now()):
            raise TooMany("too-many-requests", "This ticket was asked for too often.")
        # A head request must not spend a link.
        link = parts.ticket_link(file) if parts.ticket_link and request.method == "GET" else None
        response = make_response(redirect(link, HTTPStatus.FOUND)) if link else _from_here(desk, visit, file)
        response.headers["Cache-Control"] = "no-store"
        return response

    return routes


def ticket_of(visit: Visit | None) -> str | None:
    """Return the name of a ticket that may be given out: the desk has it, its visitor saw the painting."""
    if visit is None or visit.ticket.status not in AT_THE_DESK or visit.revealed_at is None:
        return None
    return visit.ticket.file


def _from_here(desk: FrontDesk, visit: Visit, file: str) -> Response:
    path = desk.parts.store.path(file)
    if not path.is_file():
        raise Gone("file-gone", "The ticket's file is not here.")
    number = visit.decision.number if visit.decision else 0
    return make_response(
        send_file(path, mimetype="application/pdf", download_name=f"articket-{number}.pdf", max_age=0)
    )
