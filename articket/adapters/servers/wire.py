"""A connection that another thread can cut."""

import socket
from contextlib import suppress
from threading import Lock
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection


class Wire(HTTPAdapter):
    """Carries one call; after `cut` nothing is sent or read any more."""

    def __init__(self) -> None:
        """Have no connection yet."""
        super().__init__(max_retries=0)
        self._lock = Lock()
        self._connections: list[HTTPConnection] = []
        self._is_cut = False

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        """Return requests' own pool, whose connections this wire hears of."""
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        secure = pool.scheme == "https"

        def connection(**options: Any) -> HTTPConnection:
            made = (_SecureConnection if secure else _PlainConnection)(**options)
            made.wire = self
            return made

        pool.ConnectionCls = connection
        return pool

    def take(self, connection: HTTPConnection) -> None:
        """Hear of a connection that stands; one that came too late is closed before it sends anything."""
        with self._lock:
            self._connections.append(connection)
            if self._is_cut:
                connection.close()
                raise ConnectionAbortedError

    def cut(self) -> None:
        """End whatever waits for this wire, from another thread."""
        with self._lock:
            self._is_cut = True
            for connection in self._connections:
                if connection.sock:
                    with suppress(OSError):
                        connection.sock.shutdown(socket.SHUT_RDWR)


class _PlainConnection(HTTPConnection):
    wire: Wire

    def connect(self) -> None:
        super().connect()
        self.wire.take(self)


class _SecureConnection(HTTPSConnection):
    wire: Wire

    def connect(self) -> None:
        super().connect()
        self.wire.take(self)
