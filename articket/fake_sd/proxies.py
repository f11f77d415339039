"""What stands before a rented server: pages of proxies, and answers that do not arrive whole."""

from collections.abc import Mapping
from typing import Final

from articket.fake_sd.answers import NOTHING, Answer, Ending, Request, as_page
from articket.fake_sd.behaviour import Fault

_NAMES: Final = {
    429: "Too Many Requests",
    502: "Bad Gateway",
    503: "Service Temporarily Unavailable",
    504: "Gateway Time-out",
    524: "A timeout occurred",
}
STOPPED: Final[Mapping[Fault | None, int]] = {
    Fault.GATEWAY_502: 502,
    Fault.GATEWAY_503: 503,
    Fault.TOO_MANY: 429,
    Fault.INTERSTITIAL: 200,
}
"""Faults of requests that never reach the server, with the status of what the client gets."""
CUT: Final[Mapping[Fault | None, int]] = {Fault.GATEWAY_504: 504, Fault.GATEWAY_524: 524}
"""Faults of requests that the proxy gives up, but the server does not."""
SKIP: Final = "ngrok-skip-browser-warning"


def page(status: int) -> Answer:
    """Return a proxy's page, HTML as always."""
    if status == 200:  # noqa: PLR2004 - a page instead of an answer
        return as_page("You are about to visit a site served for free", text="<button>Visit Site</button>")
    name = f"{status} {_NAMES.get(status, 'Error')}"
    return as_page(name, status, "<hr><center>cloudflare</center>")


def stands_before(request: Request) -> bool:
    """Say whether the tunnel shows its own page first."""
    return SKIP not in request.headers


def spoil(answer: Answer, fault: Fault | None) -> Answer:
    """Return the answer as it arrives."""
    if fault is Fault.BROKEN_JSON:
        return Answer(answer.status, answer.body[: len(answer.body) // 2], answer.content_type)
    if fault is Fault.CUT_SHORT:
        return answer.ended(Ending.CUT_SHORT)
    if fault is Fault.RESET:
        return answer.ended(Ending.RESET)
    return NOTHING if fault is Fault.RESET_EARLY else answer
