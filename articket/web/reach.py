"""How phones come here: by a public address, or by one of the networks this machine is on."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Network:
    """One of this machine's networks, and whether the join code leads to it."""

    interface: str
    ip: str
    chosen: bool


class Reach(Protocol):
    """How phones reach this server."""

    def address(self) -> str:
        """Return the public address where there is one, else the one on the chosen network."""

    def networks(self) -> tuple[Network, ...]:
        """Return the networks to choose from; none where the address is public."""

    def choose(self, ip: str) -> None:
        """Lead phones to this network from now on."""
