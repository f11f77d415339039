"""Whether a request that changes something comes from one of our own pages."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

OPAQUE: Final = "null"


class Origins:
    """Knows our own addresses: the one a request came to, and the public one."""

    def __init__(self, public_url: str | None) -> None:
        """Keep the public host."""
        self._public = urlsplit(public_url).netloc.lower() if public_url else None

    def is_ours(self, origin: str, host: str) -> bool:
        """Whether a page from that origin was served by us."""
        netloc = urlsplit(origin).netloc.lower() if "://" in origin else ""
        return bool(netloc) and netloc in (host.lower(), self._public)

    def allows(self, environ: Mapping[str, Any], *, opaque: bool = False) -> bool:
        """Whether a request may go on: it comes from no page, from ours, or, if `opaque`, from a hidden one.

        Forms of a page with `Referrer-Policy: no-referrer` come with the origin `null`.
        """
        origin = environ.get("HTTP_ORIGIN")
        if not origin or (opaque and origin == OPAQUE):
            return True
        return self.is_ours(origin, environ.get("HTTP_HOST", ""))
