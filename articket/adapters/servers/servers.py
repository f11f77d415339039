"""Image servers as they are rented: A1111 with its forks, and ComfyUI."""

from articket.adapters.servers.a1111 import A1111Server
from articket.adapters.servers.addresses import resolve
from articket.adapters.servers.comfyui import ComfyUiServer
from articket.adapters.servers.identify import identify
from articket.adapters.servers.workflows import Workflows
from articket.application.fleet.ports import ImageServer
from articket.domain.faults import PainterFaultPermanent
from articket.domain.fleet.server import Address, Kind


class HttpImageServers:
    """Reaches servers by HTTP; without workflows, ComfyUI cannot paint."""

    def __init__(self, workflows: Workflows | None = None) -> None:
        """Keep what ComfyUI servers are to paint by."""
        self._workflows = workflows

    def resolve(self, pasted: str) -> Address:
        """Read what staff pasted; ServerRefused says what is wrong with it."""
        return resolve(pasted)

    def identify(self, address: Address, limit_s: float) -> Address:
        """Return the address with the kind of server that answers there."""
        found = identify(address, limit_s)
        if found.kind is Kind.COMFYUI and not self._workflows:
            raise PainterFaultPermanent(
                "painter-unsupported",
                "This is ComfyUI, and there is no workflow to paint by.",
                software="ComfyUI",
            )
        return found

    def reach(self, address: Address) -> ImageServer:
        """Return the server at an address whose kind is known; ValueError for any other."""
        if address.kind is Kind.A1111:
            return A1111Server(address)
        if address.kind is Kind.COMFYUI and self._workflows:
            return ComfyUiServer(address, self._workflows)
        raise ValueError(f"Nobody talks to a server of the kind {address.kind}.")
