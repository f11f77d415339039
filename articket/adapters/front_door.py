"""Knocking at an installation's own address, from outside as a visitor's phone would."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from requests import Response, Session
from requests.exceptions import ConnectionError as NoConnectionError
from requests.exceptions import InvalidURL, RequestException, SSLError, Timeout
from urllib3.exceptions import HTTPError, LocationValueError, NameResolutionError

from articket.application.seals import HOUSE_HEADER

KNOCK_S: Final = 5.0
READ_BYTES: Final = 16 * 2**10
# Tunnels put a page of their own before the booth for what looks like a browser, as every phone does.
AS_A_PHONE: Final = {"User-Agent": "Mozilla/5.0 (Mobile) Articket", "Accept": "text/html,text/plain"}
GATES: Final = (
    (b"ngrok-skip-browser-warning", "ngrok"),
    (b"ERR_NGROK_6024", "ngrok"),
    (b"mytunnelpassword", "localtunnel"),
)


class NobodyAnswersError(Exception):
    """Nobody answers at an address; the sentence says why, without the address.

    `is_closed` says that somebody is there and lets nobody in: so a booth that does not run looks.
    """

    def __init__(self, sentence: str, *, is_closed: bool = False) -> None:
        """Keep the sentence."""
        super().__init__(sentence)
        self.is_closed = is_closed


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, which installation says it is, and which tunnel put its page before it."""

    status: int
    house: str | None = None
    gate: str | None = None
    leads_to: str | None = None


def knock(url: str, limit_s: float = KNOCK_S) -> Answer:
    """Ask for a page as a phone's browser would, following no redirect; NobodyAnswersError otherwise.

    Each step of the connection may take the limit; looking up the name has the system's own.
    """
    # No proxy or password of the machine's environment: a phone has neither.
    with Session() as session:
        session.trust_env = False
        try:
            with session.get(
                url, headers=AS_A_PHONE, timeout=limit_s, stream=True, allow_redirects=False
            ) as response:
                return _answer(response)
        except SSLError:
            raise NobodyAnswersError("It offers no secure connection that phones would trust.") from None
        except Timeout:
            raise NobodyAnswersError(f"Nobody answered within {limit_s:g} s.") from None
        except NoConnectionError as reason:
            raise nobody(reason) from None
        except (InvalidURL, LocationValueError, UnicodeError):
            raise NobodyAnswersError("There can be no such name.") from None
        except (RequestException, HTTPError):
            raise NobodyAnswersError("What answers there is no web server.") from None


def _answer(response: Response) -> Answer:
    start = response.raw.read(READ_BYTES, decode_content=True)
    code = response.headers.get("ngrok-error-code", "").encode()
    gate = next((name for mark, name in GATES if mark in start + code), None)
    return Answer(
        response.status_code,
        response.headers.get(HOUSE_HEADER),
        gate,
        response.headers.get("Location") if response.is_redirect else None,
    )


def nobody(reason: BaseException) -> NobodyAnswersError:
    """Return what a connection that was not made says about the address."""
    causes = list(_causes(reason))
    if any(isinstance(each, socket.gaierror | NameResolutionError) for each in causes):
        return NobodyAnswersError("There is no such name, or this machine is offline.")
    refused = any(isinstance(each, ConnectionRefusedError) for each in causes)
    return NobodyAnswersError("Nobody answers there.", is_closed=refused)


def _causes(reason: BaseException | None) -> Iterator[BaseException]:
    """Unwrap what requests wrapped, which urllib3 wrapped, which the system raised."""
    while reason is not None:
        yield reason
        inner = getattr(reason, "reason", None) or next(iter(reason.args), None)
        reason = inner if isinstance(inner, BaseException) else reason.__cause__ or reason.__context__
