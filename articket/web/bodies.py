"""Bodies that come too slowly: a thread must not wait for them for ever."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Any, Final

from werkzeug.exceptions import ClientDisconnected

PAUSE_S: Final = 20.0  # between two pieces of a body
WHOLE_S: Final = 90.0  # for a whole photo
SOCKET: Final = "gunicorn.socket"


def hurry(environ: dict[str, Any]) -> None:
    """Let the server give up on a body that pauses too long; it waits anew for the next request by itself."""
    connection = environ.get(SOCKET)
    if isinstance(connection, socket.socket):
        connection.settimeout(PAUSE_S)


@contextmanager
def within(environ: dict[str, Any], seconds: float = WHOLE_S) -> Iterator[None]:
    """Read a body; one that is not whole in time ends there, however steadily it trickles."""
    connection = environ.get(SOCKET)
    if not isinstance(connection, socket.socket):
        yield
        return
    watch = Timer(seconds, _end, (connection,))
    watch.daemon = True
    watch.start()
    try:
        yield
    except (TimeoutError, ClientDisconnected):
        _end(connection)  # else the server would wait for the rest of it
        raise
    finally:
        watch.cancel()


def _end(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RD)
