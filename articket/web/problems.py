"""Every fault as an answer: a problem for scripts, a page for people. The only place that knows statuses."""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from flask import Flask, Response, g, make_response, request
from werkzeug.exceptions import HTTPException

from articket.domain import faults
from articket.domain.faults import Fault
from articket.web.front_desk import FrontDesk

UNEXPECTED: Final = "unexpected"
STATUS_BY_CODE: Final[Mapping[str, HTTPStatus]] = {
    "photo-too-many-bytes": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "photo-kind": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "page-gone": HTTPStatus.NOT_FOUND,
    "file-gone": HTTPStatus.NOT_FOUND,
    "line-closed": HTTPStatus.CONFLICT,
    "consent-missing": HTTPStatus.CONFLICT,
    "photo-missing": HTTPStatus.CONFLICT,
    "photos-used-up": HTTPStatus.CONFLICT,
    "monitor-busy": HTTPStatus.CONFLICT,
}
STATUS_BY_CLASS: Final[Mapping[type[Fault], HTTPStatus]] = {
    faults.PhotoRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    faults.UnknownCommand: HTTPStatus.BAD_REQUEST,
    faults.StaleStep: HTTPStatus.CONFLICT,
    faults.NotAllowed: HTTPStatus.FORBIDDEN,
    faults.PrintRefused: HTTPStatus.CONFLICT,
    faults.PrinterFault: HTTPStatus.SERVICE_UNAVAILABLE,
    faults.TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    faults.Gone: HTTPStatus.GONE,
    faults.ServerRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    faults.StoreFull: HTTPStatus.INSUFFICIENT_STORAGE,
    faults.StoreUnwritable: HTTPStatus.SERVICE_UNAVAILABLE,
}
CODE_BY_STATUS: Final[Mapping[int, str]] = {
    HTTPStatus.FORBIDDEN: "not-allowed",
    HTTPStatus.METHOD_NOT_ALLOWED: "not-allowed",
    HTTPStatus.NOT_FOUND: "page-gone",
    HTTPStatus.GONE: "page-gone",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "command-unknown",
    HTTPStatus.TOO_MANY_REQUESTS: "too-many-requests",
}

log = logging.getLogger(__name__)


def status_of(fault: Fault) -> HTTPStatus:
    """Return the status a fault is answered with."""
    by_class = next((STATUS_BY_CLASS[each] for each in type(fault).__mro__ if each in STATUS_BY_CLASS), None)
    return STATUS_BY_CODE.get(fault.code) or by_class or HTTPStatus.INTERNAL_SERVER_ERROR


class Problems:
    """Answers faults and whatever nobody expected."""

    def __init__(self, desk: FrontDesk) -> None:
        """Keep whom to ask for words."""
        self._desk = desk

    def register(self, app: Flask) -> None:
        """Answer everything that a route raises."""
        app.register_error_handler(Fault, self.fault)
        app.register_error_handler(HTTPException, self.http)
        app.register_error_handler(Exception, self.unexpected)

    def fault(self, fault: Fault) -> Response:
        """Answer a fault that the design knows of."""
        return self.answer(status_of(fault), fault.code, fault.params)

    def http(self, reason: HTTPException) -> Response:
        """Answer what Flask itself refuses; redirects stay what they are."""
        status = reason.code or HTTPStatus.INTERNAL_SERVER_ERROR
        if status < HTTPStatus.BAD_REQUEST:
            return make_response(reason.get_response())
        other = UNEXPECTED if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "command-unknown"
        response = self.answer(status, CODE_BY_STATUS.get(status, other))
        for name, value in reason.get_headers():
            if name in ("Allow", "Retry-After"):
                response.headers[name] = value
        return response

    def unexpected(self, reason: Exception) -> Response:
        """Answer calmly, and log where it happened, but nothing of the request that could be personal."""
        log.error("a request to %s failed", request.endpoint, exc_info=reason)
        return self.answer(HTTPStatus.INTERNAL_SERVER_ERROR, UNEXPECTED)

    def answer(self, status: int, code: str, params: Mapping[str, str | int] | None = None) -> Response:
        """Return a problem where a script asks, else a page."""
        params = dict(params or {})
        desk = self._desk
        locale = desk.locale()
        title = desk.words.fault(locale, code, params)
        wants_problem = request.path.startswith("/api/") or request.method in ("PUT", "DELETE")
        if wants_problem:
            body: dict[str, Any] = {
                "type": "about:blank",
                "title": title,
                "status": int(status),
                "code": code,
                "params": params,
            }
            return Response(json.dumps(body), status=status, mimetype="application/problem+json")
        g.setdefault("csp_nonce", "")
        if code in ("page-gone", "visit-gone", "link-expired"):
            page = desk.render(
                "gone.html", page="phone", locale=locale, trouble=title, visit_url=desk.visit_url()
            )
        else:
            page = desk.render("trouble.html", page="phone", locale=locale, trouble=title)
        return make_response(page, status)
