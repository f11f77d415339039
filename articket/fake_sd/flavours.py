"""How each software words its refusals and its breakdowns."""

from typing import Any, Final

from articket.fake_sd.answers import Answer, CrashedError, HttpError, as_json
from articket.fake_sd.behaviour import Flavour

PYDANTIC: Final = {
    Flavour.A1111: 1,
    Flavour.FORGE: 2,
    Flavour.REFORGE: 1,
    Flavour.SDNEXT: 1,
}
"""Which generation of the validator words what is wrong with a field."""
GZIP_FROM_BYTES: Final = {
    Flavour.A1111: 1000,
    Flavour.FORGE: 1000,
    Flavour.REFORGE: 1000,
    Flavour.SDNEXT: 2048,
}
"""Bodies as long as this are compressed for whoever accepts it; stable-diffusion.cpp never does."""


def refusal(flavour: Flavour, error: HttpError) -> Answer:
    """Return what a refusal looks like."""
    if flavour is Flavour.FORGE or isinstance(error.detail, list):
        return as_json({"detail": error.detail}, error.status)
    told: dict[str, Any] = {"error": "HTTPException", "detail": error.detail, "body": "", "errors": ""}
    if flavour is Flavour.SDNEXT:
        told = {"code": error.status, **told}
    return as_json(told, error.status)


def breakdown(flavour: Flavour, error: CrashedError) -> Answer:
    """Return what is left of a request whose code fell over."""
    if flavour is Flavour.FORGE:
        return Answer(500, b"Internal Server Error", "text/plain; charset=utf-8")
    told: dict[str, Any] = {"error": error.error, "detail": "", "body": "", "errors": error.text}
    if flavour is Flavour.SDNEXT:
        told = {"code": 500, **told}
    return as_json(told, 500)


def locked(flavour: Flavour, *, tried: bool) -> Answer:
    """Return the 401; A1111 loses the header that would ask a browser for a password."""
    words = "Incorrect username or password" if tried else "Not authenticated"
    if flavour is Flavour.SDNEXT and tried:
        words = "Unauthorized"
    answer = refusal(flavour, HttpError(401, words))
    if flavour is Flavour.FORGE:
        return Answer(401, answer.body, headers=(("WWW-Authenticate", "Basic"),))
    return answer
