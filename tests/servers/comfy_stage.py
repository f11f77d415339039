"""A ComfyUI double as tests of its client want it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from doubles.comfyui import ComfyUi
from servers.contract import LIMIT_S, Spoilt, work

from articket.adapters.servers.servers import HttpImageServers
from articket.adapters.servers.workflow_files import load_workflows
from articket.adapters.servers.workflows import Place, Workflow, Workflows
from articket.application.fleet.ports import ImageServer
from articket.domain.faults import PainterFault
from articket.domain.fleet.server import Kind, Login

HOUSE = Path(__file__).resolve().parents[2] / "experiences" / "painters" / "workflows"
WORKFLOWS = load_workflows([HOUSE])
SPOILT: dict[Spoilt, str] = {
    "black": "black",
    "uniform": "grey",
    "nothing": "nothing",
    "unreadable": "broken",
    "wrong-size": "small",
}


class ComfyStage:
    """The double as the contract wants it."""

    has_lora = "articket-vangogh-xl"
    has_checkpoint = "v1-5-pruned-emaonly.safetensors"

    def __init__(self, double: ComfyUi) -> None:
        self.double = double

    def spoil(self, how: Spoilt) -> None:
        self.double.behave(spoilt=SPOILT[how])

    def exhaust(self) -> None:
        self.double.behave(memory_pixels=1)

    def crash(self) -> None:
        self.double.behave(exception=("RuntimeError", "mat1 and mat2 shapes cannot be multiplied"))

    def hold(self) -> None:
        self.double.behave(held=True)

    def release(self) -> None:
        self.double.behave(held=False)

    def lock(self) -> None:
        self.double.behave(login=("staff", "secret"))

    def die(self) -> None:
        self.double.die()

    def painted(self) -> int:
        return len(self.double.works)


def reach(url: str, login: Login | None = None, workflows: Workflows = WORKFLOWS) -> ImageServer:
    servers = HttpImageServers(workflows)
    return servers.reach(replace(servers.resolve(url), kind=Kind.COMFYUI, login=login))


def fault_of(double: ComfyUi, limit_s: float = LIMIT_S, **behaviour: Any) -> PainterFault:
    double.behave(**behaviour)
    with pytest.raises(PainterFault) as fault:
        reach(double.url).paint(work(prompt="a secret caption"), limit_s)
    assert "secret caption" not in fault.value.sentence
    return fault.value


def workflow_with(**changes: Any) -> Workflow:
    return replace(WORKFLOWS.usual, **changes)


def without(*roles: str) -> dict[str, tuple[Place, ...]]:
    return {role: places for role, places in WORKFLOWS.usual.places.items() if role not in roles}
