"""The machine's own addresses on local networks."""

from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address

from ifaddr import get_adapters


@dataclass(frozen=True, slots=True)
class LocalAddress:
    """An address phones on the same network can reach, and the interface it belongs to."""

    interface: str
    ip: str


def is_everywhere(host: str) -> bool:
    """Whether a server bound to this host listens on all of the machine's addresses."""
    try:
        return not host or ip_address(host).is_unspecified
    except ValueError:
        return False


def is_here_only(host: str) -> bool:
    """Whether a server bound to this host hears this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def in_url(host: str) -> str:
    """Return a host as an address writes it: IPv6 stands in brackets."""
    return f"[{host}]" if ":" in host else host


def reached_at(host: str, wanted: str | None) -> str | None:
    """Return where phones reach a server bound to this host, or None where none can."""
    if is_here_only(host):
        return None
    if not is_everywhere(host):
        return in_url(host)
    local = chosen(local_addresses(), wanted)
    return local.ip if local else None


def local_addresses() -> tuple[LocalAddress, ...]:
    """Return the machine's IPv4 addresses, those of home and office networks first."""
    found = [
        LocalAddress(adapter.nice_name, ip.ip)
        for adapter in get_adapters()
        for ip in adapter.ips
        if isinstance(ip.ip, str) and _reachable(IPv4Address(ip.ip))
    ]
    return tuple(sorted(found, key=lambda each: (_virtual(each.interface), not _private(each.ip), each.ip)))


def chosen(addresses: tuple[LocalAddress, ...], wanted: str | None) -> LocalAddress | None:
    """Return the wanted address, by interface or number, or the likeliest; None where there is none."""
    for address in addresses:
        if wanted in (address.interface, address.ip):
            return address
    return addresses[0] if addresses else None


def _reachable(ip: IPv4Address) -> bool:
    return not (ip.is_loopback or ip.is_link_local or ip.is_unspecified)


def _private(ip: str) -> bool:
    return IPv4Address(ip).is_private


def _virtual(interface: str) -> bool:
    """Whether phones hardly ever are on this kind of network."""
    return interface.startswith(("docker", "br-", "veth", "virbr", "vmnet", "utun", "tun", "tap", "wg"))
