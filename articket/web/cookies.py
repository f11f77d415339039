"""What a browser keeps for us, sealed where it must not be made up."""

from typing import Any, Final

from flask import Request, Response, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

VISIT: Final = "articket_visit"  # a visit's secret, as it is: the database knows its hash
KEEP: Final = "articket_keep"  # the secret of whichever visit's ticket was scanned, beside one's own visit
BEFORE: Final = "articket_before"  # secrets of this phone's earlier visits
ENTRY: Final = "articket_entry"  # whoever scanned the code a moment ago
STAFF: Final = "articket_staff"
MONITOR: Final = "articket_monitor"
FORM: Final = "articket_form"  # what a form's csrf field is made from
FRESH: Final = "articket_fresh"  # the visit was opened just now

ENTRY_S: Final = 30 * 60
STAFF_S: Final = 16 * 60 * 60
MONITOR_S: Final = 30 * 24 * 60 * 60
FRESH_S: Final = 60


class Cookies:
    """Seals and reads cookies; `staff_password_hash` makes staff's cookies end with their password."""

    def __init__(self, key: bytes, staff_password_hash: str) -> None:
        """Keep the key."""
        self._key = key
        self._staff = staff_password_hash

    def seal(self, name: str, value: str) -> str:
        """Return a value that open() believes."""
        return str(self._serializer(name).dumps(value))

    def open(self, name: str, sealed: str | None, max_age: int) -> str | None:
        """Return what was sealed under that name, unless it is forged or too old."""
        if not sealed:
            return None
        try:
            value: Any = self._serializer(name).loads(sealed, max_age=max_age)
        except BadSignature:
            return None
        return value if isinstance(value, str) else None

    def read(self, of: Request, name: str, max_age: int) -> str | None:
        """Return what a request's cookie seals."""
        return self.open(name, of.cookies.get(name), max_age)

    def _serializer(self, name: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._key, salt=f"{name}:{self._staff if name == STAFF else ''}")


def give(response: Response, name: str, value: str, max_age: int, samesite: str = "Lax") -> None:
    """Set a cookie that scripts cannot read."""
    response.set_cookie(
        name, value, max_age=max_age, httponly=True, secure=request.is_secure, samesite=samesite, path="/"
    )


def take(response: Response, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(name, path="/")
