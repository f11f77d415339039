from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from harness import Harness, start
from playwright.sync_api import Browser, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # booth.test is no loopback name, so the page is as insecure as a phone's in a local network.
    "--host-resolver-rules=MAP booth.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def harness() -> Iterator[Harness]:
    """The pages' server."""
    made = Harness()
    stop = start(made)
    yield made
    stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all pages."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield opened
        opened.close()
