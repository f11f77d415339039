"""Every place for a socket taken."""

import time

import pytest
import requests
from serving.conftest import Open, Sit

from articket.web.parts import THREADS_FOR_HTTP
from bench.hall.page import Page, RefusedError
from bench.hall.server import BoothServer, wait_until
from bench.hall.visitor import join

pytestmark = pytest.mark.alone

THREADS = 20
QUICKLY_S = 2.0


@pytest.fixture
def crowded(start: Open, sit: Sit) -> tuple[BoothServer, list[Page], dict[str, str]]:
    """Return a server with every place for sockets taken, those who took them, and who came too late."""
    server = start({"ARTICKET_THREADS": str(THREADS)})
    server.wait_open()
    path = server.join_path
    pages = []
    for _ in range(THREADS * 2):
        visitor = join(server.address, path)
        try:
            pages.append(sit(server, visitor.cookies))
        except RefusedError:
            return server, pages, visitor.cookies
    raise AssertionError("no socket was ever refused")


def test_a_full_house_still_answers_by_plain_http(
    crowded: tuple[BoothServer, list[Page], dict[str, str]],
) -> None:
    """Those whose socket was refused see the same by asking, and monitoring hears that all is well."""
    server, pages, late = crowded
    assert len(pages) == THREADS - THREADS_FOR_HTTP
    with pytest.raises(RefusedError, match="503"):
        Page(server.address, "phone", late)
    for path in ("/healthz", "/api/v1/snapshot?role=phone", "/visit"):
        asked = time.monotonic()
        answer = requests.get(server.address + path, cookies=late, timeout=QUICKLY_S)
        assert answer.status_code == 200
        assert time.monotonic() - asked < QUICKLY_S


def test_a_place_that_comes_free_is_taken_by_whoever_tries_again(
    crowded: tuple[BoothServer, list[Page], dict[str, str]], sit: Sit
) -> None:
    server, pages, late = crowded
    pages.pop().close()

    def is_in() -> bool:
        try:
            sit(server, late)
        except RefusedError:
            return False
        return True

    assert wait_until(is_in, 10.0)
