"""What a server's refusal means, and what of its own words may be shown to staff."""

import re
from typing import Any, Final

from articket.adapters.servers.http import Answer
from articket.domain.faults import PainterFault, PainterFaultPermanent, PainterFaultTransient
from articket.domain.fleet.server import Address

OK: Final = 200
REDIRECTS: Final = range(300, 400)
LOCKED: Final = frozenset({401, 403, 407})
NOT_FOUND: Final = 404
WRONG_METHOD: Final = 405
TOO_LONG: Final = 408
TOO_MANY: Final = 429
ORDER_WRONG: Final = range(400, 500)
# A proxy speaks, because the server behind it is silent, or was for too long; 520 to 530 are Cloudflare's.
PROXY_GAVE_UP: Final = frozenset({502, 503, 504, *range(520, 531)})

SAID_CHARACTERS: Final = 200
READ_CHARACTERS: Final = 20_000

_PICTURES: Final = re.compile(r"data:[^\s,;]*;base64,\S*|[A-Za-z0-9+/_=-]{64,}")
_OUT_OF_MEMORY: Final = re.compile(r"out of memory|outofmemory|not enough memory", re.IGNORECASE)


def fault_of(answer: Answer, address: Address) -> PainterFault:
    """Return the fault that an answer other than 200 stands for."""
    return _fault_on_the_way(answer, address) or _fault_of_server(answer, address)


def _fault_on_the_way(answer: Answer, address: Address) -> PainterFault | None:
    """Return what kept the order from a server that paints, None where it got there."""
    status = answer.status
    if status in LOCKED:
        return PainterFaultPermanent("painter-locked", "The server wants another user name and password.")
    if status in PROXY_GAVE_UP or _is_proxy_alone(answer, address):
        return PainterFaultTransient(
            "painter-unreachable", f"Something stands before the server, which is not answering ({status})."
        )
    if status in REDIRECTS or status == WRONG_METHOD or _is_route_missing(answer):
        return PainterFaultPermanent(
            "painter-no-api", "No painting interface is at this address. Was the server started with --api?"
        )
    return None


def _fault_of_server(answer: Answer, address: Address) -> PainterFault:
    if answer.status == TOO_MANY:
        return PainterFaultTransient("painter-busy", "The server has too much to do.")
    if answer.status == TOO_LONG:
        return PainterFaultTransient("painter-slow", "The server gave up waiting.")
    said = said_by(answer, address)
    if answer.status in ORDER_WRONG or "Invalid encoded image" in said:
        return PainterFaultPermanent("painter-order-refused", _with("The server refused the order", said))
    if tells_of_memory(answer.text()):
        return PainterFaultTransient("painter-out-of-memory", "The server's graphics card ran out of memory.")
    return PainterFaultTransient("painter-crashed", _with(f"The server failed ({answer.status})", said))


def tells_of_memory(text: str) -> bool:
    """Whether a server's words say that its memory ran out."""
    return bool(_OUT_OF_MEMORY.search(text[:READ_CHARACTERS]))


def said_by(answer: Answer, address: Address) -> str:
    """Return the server's own short words, empty where there are none; never a picture or a password."""
    if answer.kind == "text/html":
        return ""
    found = answer.json()
    words = answer.text() if found is None and answer.kind == "text/plain" else _words(found)
    return shown(words, address)


def shown(words: str, address: Address) -> str:
    """Return words of a server as staff may read them: one line, cut, without pictures and passwords."""
    words = _PICTURES.sub("…", words[:READ_CHARACTERS])
    if address.login:
        for secret in filter(None, (address.login.password, address.login.user)):
            words = words.replace(secret, "…")
    words = " ".join(words.split())
    return words if len(words) <= SAID_CHARACTERS else words[: SAID_CHARACTERS - 1] + "…"


def _words(found: Any) -> str:
    """Return the words in each known shape of an error's body."""
    match found:
        case {"detail": [*entries]}:
            return "; ".join(filter(None, map(_entry, entries)))
        case {
            "error": str() as error,
            "detail": detail,
            "errors": errors,
        }:  # A1111: the class and its message
            message = next((each for each in (errors, detail) if isinstance(each, str) and each), "")
            return message if error == "HTTPException" else f"{error}: {message}".removesuffix(": ")
        case {"error": {"message": str() as message}} | {"message": str() as message}:
            return message
        case {"detail": str() as message} | {"error": str() as message} | {"errors": str() as message}:
            return message
    return ""


def _entry(entry: Any) -> str:
    match entry:
        case {"loc": [*places], "msg": str() as message}:
            return f"{'.'.join(str(place) for place in places if place != 'body')}: {message}"
    return ""


def _is_route_missing(answer: Answer) -> bool:
    """Whether a 404 means that nobody knows this route, and not that something in the order is unknown."""
    if answer.status != NOT_FOUND:
        return False
    found = answer.json()
    return not isinstance(found, dict) or found.get("detail") == "Not Found"


def _is_proxy_alone(answer: Answer, address: Address) -> bool:
    """Whether a 404 is a tunnel's own page: painting servers answer theirs as JSON or with nothing."""
    return answer.status == NOT_FOUND and (
        "ngrok-error-code" in answer.headers or (address.limit_s is not None and answer.kind == "text/html")
    )


def _with(sentence: str, said: str) -> str:
    return f"{sentence}: {said}" if said else f"{sentence}."
