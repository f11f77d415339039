"""Who asks: a visit's own phone, staff, or the booth's monitor."""

from typing import Final
from urllib.parse import urlsplit

from flask import Request

from articket.application.ports import Visits
from articket.application.seals import hashed
from articket.domain.visit import Visit
from articket.web.cookies import KEEP, MONITOR, MONITOR_S, STAFF, STAFF_S, VISIT, Cookies

SECRET_LENGTH: Final = 128
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})
LOOPBACK_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "::1"})
BARE_PROXY: Final = "HTTP/1.0"  # what a proxy speaks that was told nothing and tells nothing; no browser does
FORWARDING: Final = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-Ip", "Cf-Connecting-Ip")


class Callers:
    """Tells from a request who asks."""

    def __init__(self, visits: Visits, cookies: Cookies, public_url: str | None) -> None:
        """Keep where visits are found and how cookies are read."""
        self._visits = visits
        self._cookies = cookies
        self._public_host = urlsplit(public_url).hostname if public_url else None

    def by_secret(self, secret: object) -> Visit | None:
        """Return the visit a phone's secret or a ticket's code belongs to."""
        if not isinstance(secret, str) or not 0 < len(secret) <= SECRET_LENGTH:
            return None
        found = hashed(secret)
        return self._visits.by_token(found) or self._visits.by_keep(found)

    def visit(self, of: Request, *, keep: bool = False) -> Visit | None:
        """Return the visit whose phone asks, or with `keep` the one whose ticket this browser scanned."""
        return self.by_secret(of.cookies.get(KEEP if keep else VISIT))

    def owns(self, of: Request, visit: str) -> bool:
        """Whether this browser holds a secret of this visit, be it the phone's or the ticket's."""
        held = (self.visit(of, keep=keep) for keep in (False, True))
        return any(each is not None and each.id == visit for each in held)

    def is_staff(self, of: Request) -> bool:
        """Whether staff ask."""
        return self._cookies.read(of, STAFF, STAFF_S) is not None

    def is_monitor(self, of: Request) -> bool:
        """Whether the booth's monitor asks: this machine's own browser, or one that staff chose."""
        return self._is_own_screen(of) or self._cookies.read(of, MONITOR, MONITOR_S) is not None

    def _is_own_screen(self, of: Request) -> bool:
        # A tunnel's end also connects from this machine, but it forwards, or names the public host.
        host = hostname(of.host)
        return (
            of.remote_addr in LOOPBACK
            and host in LOOPBACK_HOSTS
            and host != self._public_host
            and not any(header in of.headers for header in FORWARDING)
            and of.environ.get("SERVER_PROTOCOL") != BARE_PROXY
        )


def hostname(host: str) -> str:
    """Return a Host header's name without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
