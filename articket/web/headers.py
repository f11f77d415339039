"""What every answer carries, so that a page loads nothing from elsewhere and tells nobody where it was."""

import re
import secrets
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, g, request

from articket.domain.faults import NotAllowed
from articket.web.bodies import hurry
from articket.web.callers import LOOPBACK_HOSTS, hostname
from articket.web.forms import Forms
from articket.web.origin import Origins

HOST: Final = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}")
CHANGING: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
FORM_TYPES: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
BODY_BYTES: Final = 64 * 1024
VENDOR: Final = "/static/vendor/"  # changes with a release only, unlike our own scripts and styles
VENDOR_KEPT: Final = "public, max-age=86400"
FIXED: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


def policy(nonce: str, host: str) -> str:
    """Return the Content-Security-Policy; older Safaris need the sockets' own host spelt out."""
    sockets = f" ws://{host} wss://{host}" if HOST.fullmatch(host) else ""
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; "
        f"img-src 'self' blob: data:; font-src 'self'; connect-src 'self'{sockets}; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; media-src 'self'"
    )


def guard(app: Flask, origins: Origins, forms: Forms) -> None:
    """Check where changes come from, and put the headers on every answer."""

    @app.before_request
    def before() -> None:
        g.csp_nonce = secrets.token_urlsafe(16)
        request.max_content_length = BODY_BYTES
        if request.method in CHANGING:
            hurry(request.environ)
        # A form's field or its Lax cookie vouches for it, since no-referrer pages send the origin `null`.
        is_form = request.mimetype in FORM_TYPES
        if request.method in CHANGING and not origins.allows(request.environ, opaque=is_form):
            raise NotAllowed("not-allowed", "The request is from a foreign page.")

    @app.after_request
    def after(response: Response) -> Response:
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        # On plain http browsers ignore it, and complain in every visitor's console.
        if request.is_secure or hostname(request.host) in LOOPBACK_HOSTS:
            response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if "Cache-Control" not in response.headers or request.endpoint not in (
            "static", "pictures.picture", "pictures.house", "styles.styles", "staff.ticket",
            "keep.shown", "keep.whole", "keep.story",
        ):  # fmt: skip
            response.headers["Cache-Control"] = "no-store"
        if request.path.startswith(VENDOR) and response.status_code == HTTPStatus.OK:
            response.headers["Cache-Control"] = VENDOR_KEPT
        if response.mimetype == "text/html":
            response.headers["Content-Security-Policy"] = policy(g.get("csp_nonce", ""), request.host)
        forms.seal(response)
        return response
