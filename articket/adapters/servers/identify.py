"""Finding out what answers at an address, by routes that cost a server nothing."""

from dataclasses import replace
from time import monotonic
from typing import Any, Final
from urllib.parse import urlsplit

from articket.adapters.servers.complaints import (
    LOCKED,
    OK,
    REDIRECTS,
    TOO_MANY,
    fault_of,
)
from articket.adapters.servers.http import Answer, get
from articket.domain.faults import PainterFaultPermanent
from articket.domain.fleet.server import Address, Kind

ROUTE_LIMIT_S: Final = 10.0
MOVES: Final = 2
FAILED: Final = range(500, 600)
# Other software is told by words on its first page.
PAGES: Final = (
    ("swarmui", "SwarmUI"),
    ("invoke", "InvokeAI"),
    ("fooocus", "Fooocus"),
    ("sd.next", "SD.Next"),
)
PAGE_CHARACTERS: Final = 200_000


def identify(address: Address, limit_s: float) -> Address:
    """Return the address with its kind, moved where the server sends on to its https self.

    PainterFaultPermanent `painter-locked`, `painter-no-api`, `painter-unsupported` (software), or
    PainterFaultTransient where nobody answers.
    """
    until = monotonic() + limit_s
    for _ in range(MOVES):
        memory = _ask(address, "/sdapi/v1/memory", until)
        target = _moved(address, memory)
        if target is None:
            break
        address = target
    if _has(memory, "ram"):
        _refuse_sd_next(address, until)
        return replace(address, kind=Kind.A1111)
    if _has(_ask(address, "/system_stats", until), "system"):
        return replace(address, kind=Kind.COMFYUI)
    if memory.status in FAILED:
        raise fault_of(memory, address)
    raise _stranger(address, until)


def _ask(address: Address, path: str, until: float) -> Answer:
    """Return any answer that may be the server's own, and raise what stands in the way of one."""
    answer = get(address, path, min(ROUTE_LIMIT_S, until - monotonic()))
    if answer.status in LOCKED or answer.status == TOO_MANY:
        raise fault_of(answer, address)
    fault = None if answer.status == OK else fault_of(answer, address)
    if fault is not None and fault.code == "painter-unreachable":
        raise fault
    return answer


def _moved(address: Address, answer: Answer) -> Address | None:
    """Return where the server is, if it only wants to be spoken to securely; nobody else gets a photo."""
    if answer.status not in REDIRECTS:
        return None
    here, there = urlsplit(address.url), urlsplit(answer.headers.get("Location", ""))
    if (here.scheme, there.scheme) != ("http", "https") or here.hostname != there.hostname:
        return None
    moved = f"https://{there.netloc.rpartition('@')[2]}{here.path}"
    return replace(address, url=moved)


def _refuse_sd_next(address: Address, until: float) -> None:
    # A1111 and its forks have no such route.
    answer = _ask(address, "/sdapi/v1/version", until)
    if answer.status == OK and isinstance(answer.json(), dict):
        raise _unsupported("SD.Next")


def _stranger(address: Address, until: float) -> PainterFaultPermanent:
    """Return a fault that names the software, if it can be told."""
    if isinstance(_ask(address, "/sdapi/v1/sd-models", until).json(), list):
        # It has lists and no memory, no progress and no refusal of unknown fields.
        return _unsupported("stable-diffusion.cpp")
    page = _ask(address, "/", until).text()[:PAGE_CHARACTERS].casefold()
    title = page.partition("<title>")[2].partition("</title>")[0]
    for word, software in PAGES:
        if word in title:
            return _unsupported(software)
    return PainterFaultPermanent(
        "painter-no-api",
        "Something answers at this address, but no painting interface. Was the server started with --api?",
    )


def _has(answer: Answer, key: str) -> bool:
    found: Any = answer.json() if answer.status == OK else None
    return isinstance(found, dict) and key in found


def _unsupported(software: str) -> PainterFaultPermanent:
    return PainterFaultPermanent(
        "painter-unsupported",
        f"This is {software}, which Articket does not work with. A1111, Forge, reForge and ComfyUI are fine.",
        software=software,
    )
