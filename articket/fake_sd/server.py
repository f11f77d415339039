"""Sockets: connections, keep-alive, compression, resets, and a door that can be shut and opened again."""

import gzip
import logging
import socket
import struct
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from typing import Any, Final
from urllib.parse import urlsplit

from articket.fake_sd.answers import Answer, Ending, Request

LARGEST_BYTES: Final = 100 * 2**20
LINGER_NOT: Final = struct.pack("ii", 1, 0)
"""Closing a socket then sends a reset."""
POLL_S: Final = 0.02
JOIN_S: Final = 5.0

Respond = Callable[[Request, socket.socket], Answer | None]
log = logging.getLogger(__name__)


class Door:
    """A port that stays ours while nobody listens on it: connections are refused then."""

    def __init__(
        self, host: str, port: int, respond: Respond, gzip_from_bytes: Callable[[], int | None]
    ) -> None:
        """Take the port, 0 for any; OSError where it is in use."""
        self.respond = respond
        self.gzip_from_bytes = gzip_from_bytes
        self.connections: dict[socket.socket, threading.Thread] = {}
        self._listener: _Listener | None = None
        self._thread: threading.Thread | None = None
        self._is_shared = port == 0
        # Bound but not listening, it keeps the port from others while the door is shut.
        self._keeper = socket.socket(socket.AF_INET, socket.SOCK_STREAM) if self._is_shared else None
        if self._keeper is not None:
            self._keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            self._keeper.bind((host, port))
            port = self._keeper.getsockname()[1]
        self.host, self.port = host, port

    def open(self) -> None:
        """Listen; OSError where somebody else does."""
        self._listener = _Listener(self, (self.host, self.port), is_shared=self._is_shared)
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(POLL_S,), daemon=True)
        self._thread.start()

    def shut(self) -> None:
        """Refuse connections from now on and end those there are."""
        listener, self._listener = self._listener, None
        if listener is None or self._thread is None:
            return
        listener.shutdown()
        listener.server_close()
        self._thread.join(JOIN_S)
        for connection, thread in list(self.connections.items()):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join(JOIN_S)

    def leave(self) -> None:
        """Shut the door for good and give the port back."""
        self.shut()
        if self._keeper is not None:
            self._keeper.close()


class _Listener(ThreadingMixIn, TCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, door: Door, address: tuple[str, int], *, is_shared: bool) -> None:
        super().__init__(address, _Connection, bind_and_activate=False)
        self.door = door
        try:
            if is_shared:
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            self.server_bind()
            self.server_activate()
        except OSError:
            self.server_close()
            raise

    def process_request(self, request: Any, client_address: Any) -> None:
        """Give each connection a thread that the door knows."""
        thread = threading.Thread(
            target=self.process_request_thread, args=(request, client_address), daemon=True
        )
        self.door.connections[request] = thread
        thread.start()

    def shutdown_request(self, request: Any) -> None:
        """Close a connection; with a farewell unless it shall be reset."""
        self.door.connections.pop(request, None)
        with suppress(OSError):
            if request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, len(LINGER_NOT)) == LINGER_NOT:
                self.close_request(request)
                return
        super().shutdown_request(request)

    def handle_error(self, _request: Any, _client_address: Any) -> None:
        """Say what went wrong in here."""
        log.error("The stand-in stumbled", exc_info=sys.exc_info())


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listener

    def handle(self) -> None:
        """Serve one request after the other until either side leaves."""
        with suppress(ConnectionError):
            super().handle()

    def version_string(self) -> str:
        """Return what A1111's server calls itself."""
        return "uvicorn"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Stay quiet: whoever needs to know reads the list of requests."""

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self._read_body(headers)
        if body is None:
            self.close_connection = True
            return
        request = Request(self.command, parts.path, parts.query, headers, body)
        answer = self.server.door.respond(request, self.connection)
        if answer is None or answer.ending is Ending.NOTHING:
            self._reset()
            return
        self._send(answer, headers)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _serve  # noqa: N815 - http.server's names

    def _read_body(self, headers: dict[str, str]) -> bytes | None:
        if "chunked" in headers.get("transfer-encoding", "").lower():
            return self._read_chunks()
        length = int(headers.get("content-length") or 0)
        if length > LARGEST_BYTES:
            return None
        body = self.rfile.read(length)
        return body if len(body) == length else None

    def _read_chunks(self) -> bytes | None:
        body = b""
        while size := int(self.rfile.readline().strip() or b"0", 16):
            body += self.rfile.read(size)
            self.rfile.readline()
            if len(body) > LARGEST_BYTES:
                return None
        self.rfile.readline()
        return body

    def _send(self, answer: Answer, headers: dict[str, str]) -> None:
        body = answer.body
        least = self.server.door.gzip_from_bytes()
        is_packed = (
            least is not None and len(body) >= least and "gzip" in headers.get("accept-encoding", "").lower()
        )
        if is_packed:
            body = gzip.compress(body, 1)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(body)))
        if is_packed:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        if answer.ending is Ending.WHOLE:
            self.wfile.write(body)
            return
        self.wfile.write(body[: len(body) // 2])
        self.close_connection = True
        if answer.ending is Ending.RESET:
            self._reset()

    def _reset(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
