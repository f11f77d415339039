import os
import signal
import time

import pytest
from serving.conftest import Sit

from bench.hall.page import Page
from bench.hall.server import BoothServer
from bench.hall.visitor import join

pytestmark = pytest.mark.alone

SOCKETS = 20
ENDS_WITHIN_S = 3.0
NOTICED_WITHIN_S = 8.0  # a worker looks for its parent once a second, and painters may be at work


def open_pages(server: BoothServer, sit: Sit, count: int) -> list[Page]:
    path = server.join_path
    return [sit(server, join(server.address, path).cookies) for _ in range(count)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_with_open_sockets_ends_in_three_seconds(
    served: BoothServer, sit: Sit, number: signal.Signals
) -> None:
    """From the signal to the end of the last process, the painters included; no orphan, no complaint."""
    pages = open_pages(served, sit, SOCKETS)
    assert len(served.processes()) > 2
    told = time.monotonic()
    served.signal(number)
    assert served.wait_gone(ENDS_WITHIN_S), served.processes()
    assert time.monotonic() - told < ENDS_WITHIN_S
    assert served.process.returncode == 0
    assert served.err == ""
    for page in pages:
        assert "closed" in [heard.name for heard in page.read()]


def test_ctrl_c_in_the_terminal_ends_every_process_quietly(served: BoothServer, sit: Sit) -> None:
    pages = open_pages(served, sit, 3)
    os.killpg(served.process.pid, signal.SIGINT)
    assert served.wait_gone(ENDS_WITHIN_S), served.processes()
    assert served.err == ""
    assert all("closed" in [heard.name for heard in page.read()] for page in pages)


def test_a_killed_server_leaves_no_painter_behind(served: BoothServer, sit: Sit) -> None:
    open_pages(served, sit, 2)
    served.signal(signal.SIGKILL)
    assert served.wait_gone(NOTICED_WITHIN_S), served.processes()


def test_killing_server_and_worker_at_once_leaves_no_painter_behind(served: BoothServer) -> None:
    for pid in served.own_processes():
        os.kill(pid, signal.SIGKILL)
    assert served.wait_gone(NOTICED_WITHIN_S), served.processes()
