from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from bench.hall.page import Page
from bench.hall.server import ROOT, BoothServer

Open = Callable[..., BoothServer]
Sit = Callable[[BoothServer, dict[str, str]], Page]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Open]:
    """Start servers that end with the test, each in a folder of its own unless told otherwise."""
    started: list[BoothServer] = []

    def begin(
        settings: Mapping[str, str] | None = None, *, home: Path | None = None, root: Path | None = None
    ) -> BoothServer:
        place = home or tmp_path / f"server-{len(started)}"
        server = BoothServer(place, settings or {}, root=root or ROOT)
        started.append(server)
        return server

    yield begin
    for server in started:
        server.stop()


@pytest.fixture
def served(start: Open) -> BoothServer:
    """Return a server that is open, with the usual settings."""
    server = start()
    server.wait_open()
    return server


@pytest.fixture
def sit() -> Iterator[Sit]:
    """Open phones' sockets that end with the test."""
    pages: list[Page] = []

    def down(server: BoothServer, cookies: dict[str, str]) -> Page:
        page = Page(server.address, "phone", cookies)
        pages.append(page)
        page.wait_for("connected")
        return page

    yield down
    for page in pages:
        page.close()
