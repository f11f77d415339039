"""The gate before the sockets: a foreign page is refused, and so is one socket too many."""

from collections.abc import Callable, Iterable
from threading import BoundedSemaphore
from typing import Any, Final

from articket.web.origin import Origins

PATH: Final = "/socket.io"
StartResponse = Callable[..., Any]
Wsgi = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


class SocketGate:
    """WSGI middleware; a socket holds its place until its request ends, which is when it closes."""

    def __init__(self, app: Wsgi, places: int, origins: Origins) -> None:
        """Let so many sockets through at once."""
        self._app = app
        self._places = BoundedSemaphore(places)
        self._origins = origins

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Pass everything but sockets on untouched."""
        if not environ.get("PATH_INFO", "").startswith(PATH):
            return self._app(environ, start_response)
        if not self._origins.allows(environ):
            return _refuse(start_response, "403 Forbidden", b"foreign origin")
        if not self._places.acquire(blocking=False):
            return _refuse(start_response, "503 Service Unavailable", b"no place left")
        try:
            return self._app(environ, start_response)
        finally:
            self._places.release()


def _refuse(start_response: StartResponse, status: str, why: bytes) -> Iterable[bytes]:
    start_response(
        status,
        [
            ("Content-Type", "text/plain"),
            ("Content-Length", str(len(why))),
            ("Retry-After", "15"),
            ("Cache-Control", "no-store"),
            ("Connection", "close"),
        ],
    )
    return [why]
