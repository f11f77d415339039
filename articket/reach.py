"""By which address phones reach this installation."""

from dataclasses import dataclass
from typing import Final

from articket.adapters.database.visits import SqlVisits
from articket.adapters.network import chosen, is_everywhere, local_addresses, reached_at
from articket.settings import Settings
from articket.web.reach import Network

NETWORK: Final = "network"
LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class LocalReach:
    """How phones come here: by the public address, or by the network that staff or the settings chose."""

    settings: Settings
    visits: SqlVisits

    def address(self) -> str:
        """Return where phones reach this installation."""
        if self.settings.public_url:
            return self.settings.public_url
        host = reached_at(self.settings.host, self._wanted())
        return f"http://{host or LOOPBACK}:{self.settings.port}"

    def networks(self) -> tuple[Network, ...]:
        """Return the networks to choose from, where there is a choice."""
        if self.settings.public_url or not is_everywhere(self.settings.host):
            return ()
        found = local_addresses()
        now = chosen(found, self._wanted())
        return tuple(Network(each.interface, each.ip, each == now) for each in found)

    def choose(self, ip: str) -> None:
        """Lead phones to this network, after a restart too."""
        self.visits.choose(NETWORK, ip)

    def _wanted(self) -> str | None:
        return self.visits.choice(NETWORK) or self.settings.network
