"""Carries one message to a printer and its answer back, within a time and a size, whatever it does."""

import http.client
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from threading import Timer
from typing import Final
from urllib.parse import urlsplit

from articket.adapters.printers.ipp_message import Answer, NotIppError, answer
from articket.domain.faults import PrinterFault

CONNECT_LIMIT_S: Final = 5.0
ANSWER_LIMIT_BYTES: Final = 4 * 2**20
PIECE_BYTES: Final = 64 * 2**10
PORT: Final = 631
LOCKED: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
# Printers sign their certificates themselves: what is sent is ciphered, who reads it is not proven.
_CIPHERED: Final = "ipps"


@dataclass(frozen=True, slots=True)
class PrinterAddress:
    """Where a printer or a queue is asked: `ipp://host:631/ipp/print`."""

    uri: str
    secure: bool
    host: str
    port: int
    path: str

    @classmethod
    def read(cls, uri: str) -> "PrinterAddress":
        """Return the address that a setting names; ValueError where it is none."""
        parts = urlsplit(uri)
        if parts.scheme not in ("ipp", "ipps") or not parts.hostname:
            raise ValueError(uri)
        return cls(uri, parts.scheme == _CIPHERED, parts.hostname, parts.port or PORT, parts.path or "/")


def call(address: PrinterAddress, message: bytes, document: bytes, limit_s: float) -> Answer:
    """Ask a printer; PrinterFault, `printer-silent` where it had all of it and no answer came."""
    ends = time.monotonic() + limit_s
    connection = _connection(address, min(CONNECT_LIMIT_S, limit_s))
    with closing(connection):
        with _translated("printer-offline", "Nobody answers at the printer's address."):
            _open(connection)
        with _cut_at(ends, connection.sock):
            with _translated("printer-offline", "The connection to the printer broke."):
                _send(connection, address, message + document)
            with _translated("printer-silent", "The printer was given all of it and did not answer."):
                response = connection.getresponse()
                body = _read(response)
    return _understood(response, body)


def _connection(address: PrinterAddress, limit_s: float) -> http.client.HTTPConnection:
    if not address.secure:
        return http.client.HTTPConnection(address.host, address.port, timeout=limit_s)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return http.client.HTTPSConnection(address.host, address.port, timeout=limit_s, context=context)


def _open(connection: http.client.HTTPConnection) -> None:
    try:
        connection.connect()
    except ssl.SSLError as reason:
        sentence = "The printer does not cipher as is usual today: try ipp:// instead of ipps://."
        raise PrinterFault("printer-address", sentence) from reason


def _send(connection: http.client.HTTPConnection, address: PrinterAddress, body: bytes) -> None:
    connection.putrequest("POST", address.path)
    connection.putheader("Content-Type", "application/ipp")
    connection.putheader("Content-Length", str(len(body)))
    connection.putheader("Connection", "close")
    connection.endheaders()
    # The socket's own limit holds for each piece and is short; the time for all of it is the other one.
    connection.sock.settimeout(None)
    for start in range(0, len(body), PIECE_BYTES):
        connection.send(body[start : start + PIECE_BYTES])


def _read(response: http.client.HTTPResponse) -> bytes:
    body = response.read(ANSWER_LIMIT_BYTES + 1)
    if len(body) > ANSWER_LIMIT_BYTES:
        raise PrinterFault("printer-answer-broken", "The printer's answer is far too long.")
    if response.length:  # a read of so many bytes says nothing of those that never came
        raise http.client.IncompleteRead(body, response.length)
    return body


def _understood(response: http.client.HTTPResponse, body: bytes) -> Answer:
    if response.status in LOCKED:
        raise PrinterFault("printer-locked", "The printer asks for a password.")
    if response.status == HTTPStatus.UPGRADE_REQUIRED:
        raise PrinterFault("printer-address", "The printer wants a ciphered connection, ipps:// then.")
    if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise PrinterFault("printer-answer-broken", f"The printer is in trouble (HTTP {response.status}).")
    if response.status != HTTPStatus.OK:
        raise PrinterFault("printer-address", f"No printer is at this path (HTTP {response.status}).")
    try:
        return answer(body)
    except NotIppError:
        raise PrinterFault("printer-answer-broken", "What answers there is no printer.") from None


@contextmanager
def _cut_at(ends: float, wire: socket.socket) -> Iterator[None]:
    """End whatever waits for the socket when the time is over: a printer that drips keeps nobody."""

    def cut() -> None:
        with suppress(OSError):
            wire.shutdown(socket.SHUT_RDWR)

    timer = Timer(max(0.0, ends - time.monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def _translated(code: str, sentence: str) -> Iterator[None]:
    try:
        yield
    except (OSError, http.client.HTTPException) as reason:
        raise PrinterFault(code, sentence) from reason
