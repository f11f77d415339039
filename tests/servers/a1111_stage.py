"""An A1111 double as tests of its client want it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from doubles.a1111 import Double, a1111
from servers.contract import Spoilt, work

from articket.adapters.servers.servers import HttpImageServers
from articket.application.fleet.ports import ImageServer
from articket.domain.faults import PainterFault
from articket.domain.fleet.server import Kind, Login

SPOILT: dict[Spoilt, str] = {
    "black": "black",
    "uniform": "uniform",
    "nothing": "empty",
    "unreadable": "truncated",
    "wrong-size": "wrong-size",
}


class A1111Stage:
    """The double as the contract wants it."""

    has_lora = "articket-vangogh-xl"
    has_checkpoint = "v1-5-pruned-emaonly"

    def __init__(self, double: Double) -> None:
        self.double = double

    def spoil(self, how: Spoilt) -> None:
        self.double.behave(always=SPOILT[how])

    def exhaust(self) -> None:
        self.double.behave(memory_pixels=1)

    def crash(self) -> None:
        self.double.behave(always="crash")

    def hold(self) -> None:
        self.double.behave(held_at=0.5)

    def release(self) -> None:
        self.double.behave(held_at=None)

    def lock(self) -> None:
        self.double.behave(auth="staff:secret")

    def die(self) -> None:
        self.double.behave(dead=True)

    def painted(self) -> int:
        return len(self.double.works)


def reach(url: str, login: Login | None = None) -> ImageServer:
    servers = HttpImageServers()
    return servers.reach(replace(servers.resolve(url), kind=Kind.A1111, login=login))


def served() -> Iterator[Double]:
    """Lend the double as a fixture does: `server = pytest.fixture(served)`."""
    with a1111() as double:
        yield double


def fault_of(double: Double, **behaviour: Any) -> PainterFault:
    double.behave(**behaviour)
    with pytest.raises(PainterFault) as fault:
        reach(double.url).paint(work(), 10.0)
    return fault.value
