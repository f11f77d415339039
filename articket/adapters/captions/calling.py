"""One question to the caption server that ends in time, whatever the server does."""

import logging
import socket
from concurrent.futures import Future
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from secrets import token_hex
from ssl import SSLContext, SSLError, create_default_context
from threading import Lock, Thread
from typing import Final

from certifi import where  # requests brings it

from articket.adapters.captions.address import Address

log = logging.getLogger(__name__)

CONNECT_LIMIT_S: Final = 1.0
ANSWER_LIMIT_BYTES: Final = 64 * 2**10

TROUBLES: Final = {
    "caption-unreachable": "nobody answers at its address, or the connection broke",
    "caption-slow": "it did not answer in time",
    "caption-busy": "it is busy or still starting",
    "caption-locked": "it refuses our name and password",
    "caption-refused": "it does not take our photo, or there is something else at its address",
    "caption-crashed": "it failed",
    "caption-answer-broken": "its answer is no caption",
}
BUSY: Final = (429, 503)
GATEWAYS: Final = (502, 504, 521, 522, 523, 524, 530)


class CallFailed(Exception):  # noqa: N818 - it is what happened, not a mistake of ours
    """The server gave no answer; the code is one of TROUBLES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code: Final = code


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered; `kind` is the content type without parameters."""

    kind: str
    body: bytes


class Wire:
    """A connection that another thread can cut, even in the midst of a TLS handshake."""

    def __init__(self) -> None:
        """Begin without a connection."""
        self._lock = Lock()
        self._twin: socket.socket | None = None
        self._cut = False

    def hold(self, connection: socket.socket) -> None:
        """Keep a second handle, since TLS takes the first one away."""
        with self._lock:
            if self._cut:
                raise TimeoutError
            self._twin = connection.dup()

    def cut(self) -> None:
        """End the connection, now or as soon as there is one."""
        with self._lock:
            self._cut = True
            if self._twin is not None:
                with suppress(OSError):  # the server was quicker
                    self._twin.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        """Give the second handle back."""
        with self._lock:
            if self._twin is not None:
                self._twin.close()
                self._twin = None


def trust(address: Address) -> SSLContext | None:
    """Return what a secure connection is checked with: the machine's authorities and the well-known ones."""
    if not address.secure:
        return None
    context = create_default_context()
    context.load_verify_locations(where())
    return context


def post_photo(address: Address, trusted: SSLContext | None, jpeg: bytes, limit_s: float) -> Answer:
    """Send a photo as a form's `file` and return the answer within the time, or raise CallFailed."""
    # Sockets limit each read, and nothing limits the look-up of a name: a server that drips would hold
    # the caller for ever. So a thread asks, and its connection is cut in the end.
    wire = Wire()
    answered: Future[Answer] = Future()

    def ask() -> None:
        try:
            answered.set_result(_exchange(address, trusted, jpeg, limit_s, wire))
        except CallFailed as failed:
            answered.set_exception(failed)
        except Exception as unforeseen:  # noqa: BLE001 - a thread's edge; the message might hold the address
            log.error("Asking the caption server failed with %s.", type(unforeseen).__name__)  # noqa: TRY400
            answered.set_exception(CallFailed("caption-crashed"))
        finally:
            wire.release()

    Thread(target=ask, name="caption-call", daemon=True).start()
    try:
        return answered.result(limit_s)
    except TimeoutError:
        wire.cut()
        raise CallFailed("caption-slow") from None


def _exchange(
    address: Address, trusted: SSLContext | None, jpeg: bytes, limit_s: float, wire: Wire
) -> Answer:
    try:
        tcp = socket.create_connection((address.host, address.port), min(CONNECT_LIMIT_S, limit_s))
    except (OSError, UnicodeError):  # a host may be too long for a name
        raise CallFailed("caption-unreachable") from None
    connection = HTTPConnection(address.host, address.port)
    with closing(connection), closing(tcp):
        try:
            wire.hold(tcp)
            tcp.settimeout(limit_s)
            connection.sock = trusted.wrap_socket(tcp, server_hostname=address.host) if trusted else tcp
            return _asked(connection, address, jpeg)
        except TimeoutError:
            raise CallFailed("caption-slow") from None
        except (SSLError, OSError):
            raise CallFailed("caption-unreachable") from None
        except HTTPException:
            raise CallFailed("caption-answer-broken") from None


def _asked(connection: HTTPConnection, address: Address, jpeg: bytes) -> Answer:
    edge = token_hex(16)
    head = (
        f"--{edge}\r\n"
        'Content-Disposition: form-data; name="file"; filename="photo.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    headers = {
        "Host": address.named,
        "Content-Type": f"multipart/form-data; boundary={edge}",
        "Accept": "application/json",
        "User-Agent": "Articket",
        "Connection": "close",
        "ngrok-skip-browser-warning": "1",  # any value: else ngrok shows a page of its own first
    }
    if address.login:
        headers["Authorization"] = address.login
    body = head.encode() + jpeg + f"\r\n--{edge}--\r\n".encode()
    connection.request("POST", address.path, body, headers)
    with closing(connection.getresponse()) as response:
        if failed := _failure(response.status):
            raise CallFailed(failed)
        said = response.read(ANSWER_LIMIT_BYTES + 1)
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if len(said) > ANSWER_LIMIT_BYTES:
        raise CallFailed("caption-answer-broken")
    return Answer(kind, said)


def _failure(status: int) -> str | None:
    # A redirection is not followed: the photo goes to the address that was set, and to no other.
    if status == 200:  # noqa: PLR2004 - HTTP's OK
        return None
    if status in (401, 403):
        return "caption-locked"
    if status in BUSY:
        return "caption-busy"
    if status in GATEWAYS:
        return "caption-unreachable"
    return "caption-crashed" if status >= 500 else "caption-refused"  # noqa: PLR2004 - HTTP's server errors
