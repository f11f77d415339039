"""Forms that only our own page can send: a field made from a cookie that only our page's browser has."""

import hmac
import secrets
from typing import Final

from flask import Request, Response, g

from articket.web.cookies import FORM, give

FIELD: Final = "csrf"
HEADER: Final = "X-CSRF-Token"
COOKIE_LENGTH: Final = 64
DAY_S: Final = 24 * 60 * 60


class Forms:
    """Makes and checks the field."""

    def __init__(self, key: bytes) -> None:
        """Keep the key."""
        self._key = key

    def field(self, of: Request) -> str:
        """Return the field's value; seal() sets the cookie it belongs to."""
        cookie = of.cookies.get(FORM, "")
        if not 0 < len(cookie) <= COOKIE_LENGTH:
            cookie = g.form_cookie = getattr(g, "form_cookie", None) or secrets.token_urlsafe(24)
        return self._made_of(cookie)

    def seal(self, response: Response) -> None:
        """Set the cookie where a field was made for a browser that had none."""
        cookie = getattr(g, "form_cookie", None)
        if cookie:
            give(response, FORM, cookie, DAY_S, samesite="Strict")

    def is_ours(self, of: Request, given: str | None) -> bool:
        """Whether this field was made for this browser."""
        cookie = of.cookies.get(FORM, "")
        return bool(cookie) and hmac.compare_digest(self._made_of(cookie).encode(), (given or "").encode())

    def _made_of(self, cookie: str) -> str:
        return hmac.digest(self._key, f"articket:form:{cookie}".encode(), "sha256").hex()
