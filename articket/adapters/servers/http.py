"""Calls to an image server that end in time, whatever the server does."""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from threading import Thread
from typing import Any, Final

from requests import PreparedRequest, Request, Response, Session
from requests.exceptions import ConnectTimeout, InvalidURL, RequestException, SSLError, Timeout
from urllib3.exceptions import HTTPError

from articket.adapters.servers.wire import Wire
from articket.domain.faults import PainterFaultTransient
from articket.domain.fleet.server import Address

CONNECT_LIMIT_S: Final = 5.0
ANSWER_LIMIT_BYTES: Final = 64 * 2**20
LIST_LIMIT_BYTES: Final = 8 * 2**20
READ_BYTES: Final = 64 * 2**10

HEADERS: Final = {
    "Accept": "application/json, image/*;q=0.9, */*;q=0.1",
    "User-Agent": "Articket",
    "ngrok-skip-browser-warning": "1",  # any value: else ngrok shows a page of its own first
    "Connection": "close",
}

File = tuple[str, bytes, str]  # its name, its bytes, its content type


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; `kind` is the content type in lower case without parameters."""

    status: int
    kind: str
    body: bytes
    headers: Mapping[str, str]

    def json(self) -> Any:
        """Return the body as JSON, None where it does not say it is JSON, or is none."""
        if self.kind != "application/json" and not self.kind.endswith("+json"):
            return None
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    def text(self) -> str:
        """Return the body as text, for reading what a fault says."""
        return self.body.decode("utf-8", "replace")


def get(
    address: Address,
    path: str,
    limit_s: float,
    *,
    params: Mapping[str, str] | None = None,
    limit_bytes: int = LIST_LIMIT_BYTES,
) -> Answer:
    """Ask for what lies at the path; PainterFaultTransient `painter-unreachable` or `painter-slow`."""
    return _ask(address, Request("GET", address.url + path, params=params), limit_s, limit_bytes)


def post_json(
    address: Address, path: str, body: object, limit_s: float, *, limit_bytes: int = ANSWER_LIMIT_BYTES
) -> Answer:
    """Send JSON; faults as `get`."""
    return _ask(address, Request("POST", address.url + path, json=body), limit_s, limit_bytes)


def post_form(
    address: Address, path: str, files: Mapping[str, File], fields: Mapping[str, str], limit_s: float
) -> Answer:
    """Send files and fields as a form; faults as `get`."""
    request = Request("POST", address.url + path, files=dict(files), data=dict(fields))
    return _ask(address, request, limit_s, LIST_LIMIT_BYTES)


def _ask(address: Address, request: Request, limit_s: float, limit_bytes: int) -> Answer:
    # The calls of requests limit each read, and nothing limits the look-up of a name: a server that
    # drips would hold the caller for ever. So a thread asks, and its connection is cut in the end.
    if limit_s <= 0:
        raise _slow(0)
    wire = Wire()
    answered: Future[Answer] = Future()

    def ask() -> None:
        try:
            answered.set_result(_exchange(address, request, wire, limit_s, limit_bytes))
        except Exception as fault:  # noqa: BLE001 - a thread's edge: whoever waits gets the exception
            answered.set_exception(fault)

    Thread(target=ask, name="image-server-call", daemon=True).start()
    try:
        return answered.result(limit_s)
    except TimeoutError:
        wire.cut()
        raise _slow(limit_s) from None


def _exchange(address: Address, request: Request, wire: Wire, limit_s: float, limit_bytes: int) -> Answer:
    # No proxy, certificate or password of the machine's environment: the address says everything.
    with Session() as session, _faults_translated(limit_s):
        session.trust_env = False
        session.mount("http://", wire)
        session.mount("https://", wire)
        session.headers.update(HEADERS)
        prepared = session.prepare_request(request)
        if address.login:
            # The header is made here because requests would write Latin-1.
            pair = f"{address.login.user}:{address.login.password}".encode()
            prepared.headers["Authorization"] = "Basic " + b64encode(pair).decode()
        _send_in_pieces(prepared)
        with session.send(
            prepared,
            stream=True,
            allow_redirects=False,  # a photo goes to the address that staff gave, and to no other
            timeout=(min(CONNECT_LIMIT_S, limit_s), limit_s),
        ) as response:
            body = _read(response, limit_bytes)
            kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            return Answer(response.status_code, kind, body, response.headers)


def _send_in_pieces(prepared: PreparedRequest) -> None:
    """Let the connection's time limit hold for each piece of the body, not for all of a large photo."""
    if isinstance(prepared.body, str):
        prepared.body = prepared.body.encode()
    if isinstance(prepared.body, bytes):
        prepared.body = BytesIO(prepared.body)  # type: ignore[assignment]  # its length stands in a header


def _read(response: Response, limit_bytes: int) -> bytes:
    body = bytearray()
    for piece in response.iter_content(READ_BYTES):
        body += piece
        if len(body) > limit_bytes:
            raise PainterFaultTransient(
                "painter-answer-broken", f"The server's answer is larger than {limit_bytes >> 20} MiB."
            )
    return bytes(body)


@contextmanager
def _faults_translated(limit_s: float) -> Iterator[None]:
    # The messages of these exceptions hold addresses and bodies; none of them is passed on.
    try:
        yield
    except ConnectTimeout:
        raise _unreachable("Nobody answers at the server's address.") from None
    except Timeout:
        raise _slow(limit_s) from None
    except SSLError:
        raise _unreachable("The server's address offers no secure connection that can be trusted.") from None
    except (InvalidURL, UnicodeError):
        raise _unreachable("The server's address cannot be read.") from None
    except (RequestException, HTTPError, OSError):
        raise _unreachable("The connection to the server could not be made, or broke.") from None


def _unreachable(sentence: str) -> PainterFaultTransient:
    return PainterFaultTransient("painter-unreachable", sentence)


def _slow(limit_s: float) -> PainterFaultTransient:
    return PainterFaultTransient("painter-slow", f"The server did not answer within {limit_s:.0f} seconds.")
