"""The machine's own addresses on local networks."""

from dataclasses import dataclass
from ipaddress import IPv4Address

from ifaddr import get_adapters


@dataclass(frozen=True, slots=True)
class LocalAddress:
    """An address phones on the same network can reach, and the interface it belongs to."""

    interface: str
    ip: str


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
