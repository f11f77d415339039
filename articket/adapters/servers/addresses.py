"""Reading what staff pasted as the address of a server."""

import re
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from articket.domain.faults import ServerRefused
from articket.domain.fleet.server import Address, Login

GRADIO: Final = "gradio.live"
# They speak https whatever was pasted.
TUNNELS: Final = (
    GRADIO,
    "runpod.net",
    "ngrok-free.app",
    "ngrok-free.dev",
    "ngrok.app",
    "ngrok.dev",
    "ngrok.io",
    "trycloudflare.com",
    "hf.space",
)
# Below the 60 s and the 100 s after which such proxies give up, while the server would go on painting.
GRADIO_LIMIT_S: Final = 55.0
PROXY_LIMIT_S: Final = 95.0

LOCAL_ENDINGS: Final = (".local", ".lan", ".home", ".internal", ".home.arpa", ".localhost")
# Pages and routes of the servers; what stands before one of them is where the server is mounted.
ROUTES: Final = frozenset(
    {
        "docs",
        "redoc",
        "openapi.json",
        "sdapi",
        "internal",
        "controlnet",
        "config",
        "info",
        "login",
        "index.html",
        "gradio_api",
        "system_stats",
        "prompt",
        "queue",
        "history",
        "view",
        "upload",
        "object_info",
    }
)
WRAPPING: Final = " \t\r\n\"'`<>()[]{},;\u00a0\u200b\ufeff\u2018\u2019\u201c\u201d\u300c\u300d"
LIMIT_CHARACTERS: Final = 2000
LIMIT_HOST: Final = 253
DEFAULT_PORTS: Final = {"http": 80, "https": 443}

_WITH_SCHEME: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_LABEL: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")


def resolve(pasted: str) -> Address:
    """Return the address in what was pasted, also from the middle of a terminal's line.

    ServerRefused `server-address` where there is none.
    """
    parts = _parts(pasted)
    try:
        host = _host(parts.hostname or "")
        port = parts.port
    except ValueError:  # UnicodeError is one
        raise _refused("The address names no server.") from None
    scheme = "https" if _is_tunnel(host) else parts.scheme.lower()
    authority = f"[{host}]" if ":" in host else host
    if (
        port is not None
        and port != DEFAULT_PORTS[scheme]
        and not (_is_tunnel(host) and port == DEFAULT_PORTS["http"])
    ):
        authority += f":{port}"
    return Address(
        url=f"{scheme}://{authority}{_mounted_at(parts.path)}",
        login=_login(parts),
        limit_s=_limit_s(scheme, host),
    )


def _parts(pasted: str) -> SplitResult:
    if len(pasted) > LIMIT_CHARACTERS:
        raise _refused("What was pasted is too long for an address.")
    found = _WITH_SCHEME.search(pasted)
    text = (found[0] if found else pasted).strip(WRAPPING)
    if not text or any(each.isspace() or not each.isprintable() for each in text):
        raise _refused("What was pasted holds no address.")
    try:
        if found:
            return urlsplit(text)
        if "://" in text:
            raise _refused("Only http and https addresses lead to image servers.")
        parts = urlsplit("http://" + text.removeprefix("//"))
        _ = parts.port  # read here for its ValueError
    except ValueError:
        raise _refused("The address cannot be read.") from None
    # A single word may be anything; with a port it is meant as a machine.
    if parts.port is None and not {".", ":"} & set(parts.hostname or "") and parts.hostname != "localhost":
        raise _refused("What was pasted holds no address.")
    return parts


def _host(name: str) -> str:
    """Return the host in ASCII; ValueError where it is none."""
    if ":" in name:
        return str(ip_address(name))
    if name.replace(".", "").isdigit():
        address = ip_address(name)
        # Servers print 0.0.0.0 where they listen on every address; seen from here that is this machine.
        return "127.0.0.1" if address.is_unspecified else str(address)
    host = name.rstrip(".").encode("idna").decode("ascii").lower()
    if not host or len(host) > LIMIT_HOST or not all(map(_LABEL.fullmatch, host.split("."))):
        raise ValueError
    return host


def _mounted_at(path: str) -> str:
    kept: list[str] = []
    for segment in path.split("/"):
        if segment in ROUTES:
            break
        if segment:
            kept.append(segment)
    return "".join(f"/{segment}" for segment in kept)


def _login(parts: SplitResult) -> Login | None:
    if not parts.username:
        return None
    return Login(unquote(parts.username), unquote(parts.password or ""))


def _limit_s(scheme: str, host: str) -> float | None:
    if _is_below(host, GRADIO):
        return GRADIO_LIMIT_S
    return PROXY_LIMIT_S if scheme == "https" and not _is_near(host) else None


def _is_tunnel(host: str) -> bool:
    return any(_is_below(host, tunnel) for tunnel in TUNNELS)


def _is_below(host: str, domain: str) -> bool:
    return host == domain or host.endswith("." + domain)


def _is_near(host: str) -> bool:
    """Whether the host is this machine or in its network, with no proxy of others on the way."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(LOCAL_ENDINGS)


def _refused(sentence: str) -> ServerRefused:
    return ServerRefused("server-address", sentence)
