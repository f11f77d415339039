"""What staff may do with the fleet while visitors are being served."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from articket.application.fleet.ports import ImageServers, Roster
from articket.application.ports import Clock
from articket.domain.experience import ModelFamily
from articket.domain.fleet import staffing
from articket.domain.fleet.fleet import Fleet

LONGEST_ADDRESS: Final = 400


def untold(lease: str) -> float | None:  # noqa: ARG001 - whoever asks names the lease
    """Say of no painting how far it is."""
    return None


@dataclass(frozen=True, slots=True)
class FleetDesk:
    """Adds, tests, drains and removes servers; ServerRefused says why something cannot be.

    `share` says how much of a lease's painting is done, 0 to 1, or None where nobody told.
    """

    roster: Roster
    servers: ImageServers
    clock: Clock
    told: Callable[[], None]
    limit: int = 1
    share: Callable[[str], float | None] = untold

    def fleet(self) -> Fleet:
        """Return the fleet as it is."""
        return self.roster.fleet()

    def add(self, pasted: str, name: str) -> None:
        """Let the server at a pasted address join."""
        address = self.servers.resolve(pasted[:LONGEST_ADDRESS])
        self._change(lambda fleet: staffing.add(fleet, address, name=name, limit=self.limit))

    def test(self, server: str) -> None:
        """Have a server looked at and tried out now."""
        self._change(lambda fleet: staffing.call_again(fleet, server, self.clock.now()))

    def drain(self, server: str) -> None:
        """Let a server finish and take nothing more."""
        self._change(lambda fleet: staffing.drain(fleet, server))

    def resume(self, server: str) -> None:
        """Let a server paint again."""
        self._change(lambda fleet: staffing.resume(fleet, server))

    def remove(self, server: str) -> None:
        """Take a server out of the fleet."""
        self._change(lambda fleet: staffing.remove(fleet, server))

    def rename(self, server: str, name: str, family: ModelFamily | None) -> None:
        """Give a server a name, and say which family of models it has."""
        self._change(lambda fleet: staffing.change(fleet, server, name, family))

    def _change(self, change: Callable[[Fleet], Fleet]) -> None:
        with self.roster.transaction() as page:
            page.save(change(page.fleet))
        self.told()
