"""A WebSocket that ends: engineio's own leaves threads behind with phones that vanish."""

import contextlib
import socket
from collections.abc import Callable
from typing import Any, Final

import simple_websocket

MESSAGE_BYTES: Final = 64 * 1024
GUNICORN: Final = "gunicorn"
WERKZEUG: Final = "werkzeug"


class WebSocket:
    """The WSGI application that Engine.IO makes of its handler for each socket."""

    def __init__(self, handler: Callable[["WebSocket"], Any], _: object, *, silence_s: float) -> None:
        """Keep the handler; who says nothing for so long is gone, and a thread must not wait for them."""
        self._handler = handler
        self._silence_s = silence_s
        self._ws: Any = None

    def __call__(self, environ: dict[str, Any], _: object) -> Any:
        """Shake hands and run the handler until the socket ends."""
        self._ws = simple_websocket.Server(environ, max_message_size=MESSAGE_BYTES)
        self._ws.sock.settimeout(self._silence_s)
        answer = self._handler(self)
        # Each server has its own way of hearing that a request took its connection along.
        if self._ws.mode == GUNICORN:
            raise StopIteration
        if self._ws.mode == WERKZEUG:
            raise ConnectionError
        return answer

    def send(self, message: str | bytes) -> None:
        """Send a message; raises OSError where nobody takes it."""
        try:
            self._ws.send(message)
        except simple_websocket.ConnectionClosed as reason:
            raise OSError from reason

    def wait(self) -> str | bytes | None:
        """Return the next message, or None after the end."""
        try:
            message: str | bytes | None = self._ws.receive()
        except simple_websocket.ConnectionClosed:
            return None
        return message

    def close(self) -> None:
        """Say goodbye and hang up without waiting for an answer, so that both threads come free."""
        with contextlib.suppress(simple_websocket.ConnectionClosed, OSError):
            self._ws.close()
        with contextlib.suppress(OSError):
            self._ws.sock.shutdown(socket.SHUT_RDWR)
        self._ws.event.set()
