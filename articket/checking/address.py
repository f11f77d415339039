"""Whether the address in the QR code leads visitors here."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from articket.adapters.front_door import Answer, NobodyAnswersError, knock
from articket.application.checkup.line import Line, bad, ok, warn

SUBJECT: Final = "Public URL"
HEALTH: Final = "/healthz"
OWN_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})
GATEWAYS: Final = frozenset({502, 503, 504, 521, 522, 523, 524, 530})
TUNNEL_AWAY: Final = (
    "Start the tunnel or the proxy again, and see that it leads to this machine's port {port}."
)


def check_public_url(url: str, port: int, house: str | None, *, running: bool) -> Iterator[Line]:
    """Say what a phone finds at the address; `house` is what this installation answers, where it has run."""
    shown = without_login(url)
    if urlsplit(url).scheme != "https":
        yield warn(
            SUBJECT,
            f"{shown} is not https: names and photos travel in the open, and cookies with them.",
            "Use the https address of the tunnel or proxy.",
        )
    try:
        answer = knock(url + HEALTH)
    except NobodyAnswersError as reason:
        if reason.is_closed and not running:
            yield warn(
                SUBJECT,
                f"{shown}: nobody answers, and no booth runs here yet.",
                f"Start the booth (port {port}) and check again.",
            )
            return
        yield bad(SUBJECT, f"{shown}: {reason}", TUNNEL_AWAY.format(port=port))
        return
    if answer.house and answer.house == house and _is_taken_for_the_monitor(url):
        yield bad(
            SUBJECT,
            f"{shown}: the booth takes whoever comes that way for its own monitor.",
            "Let the proxy pass Host and X-Forwarded-For on, as docs/network.md shows.",
        )
        return
    yield _judged(answer, shown, port, house, running=running)


def _is_taken_for_the_monitor(url: str) -> bool:
    """Whether strangers at the address get the monitor; at the machine's own name that is right."""
    if urlsplit(url).hostname in OWN_NAMES:
        return False
    try:
        return knock(f"{url}/").status == HTTPStatus.OK
    except NobodyAnswersError:
        return False


def _judged(answer: Answer, url: str, port: int, house: str | None, *, running: bool) -> Line:
    if answer.gate:
        return bad(
            SUBJECT,
            f"{url} shows every phone a page of {answer.gate} first.",
            "Visitors would leave there. Use another tunnel (cloudflared), a paid plan, or Wi-Fi.",
        )
    if answer.leads_to:
        return bad(
            SUBJECT,
            f"{url} sends phones on to {_host(answer.leads_to)}.",
            "Set ARTICKET_PUBLIC_URL to where it leads, or switch off the sign-in that stands before it.",
        )
    if answer.house and answer.house == house:
        well = answer.status == HTTPStatus.OK
        return (
            ok(SUBJECT, f"{url} leads to this booth, which is well.")
            if well
            else warn(SUBJECT, f"{url} leads to this booth, which is still starting.", "Check again soon.")
        )
    if answer.house:
        return bad(
            SUBJECT,
            f"{url} leads to another Articket.",
            f"End the other one, or let the address lead to this machine's port {port}.",
        )
    if not running and (answer.status in GATEWAYS or answer.status == HTTPStatus.NOT_FOUND):
        return warn(
            SUBJECT,
            f"{url} answers with status {answer.status}: something is there, and no booth behind it yet.",
            f"Start the booth (port {port}) and check again.",
        )
    return bad(
        SUBJECT,
        f"{url} answers with status {answer.status}, and not as a booth does.",
        TUNNEL_AWAY.format(port=port),
    )


def without_login(url: str) -> str:
    """Return a URL as it may be shown."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "another page here"
    except ValueError:
        return "an address that cannot be read"
