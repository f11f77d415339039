import ipaddress
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# On a busy machine a slow example says nothing about the code.
settings.register_profile("articket", deadline=None, print_blob=True)
settings.load_profile("articket")

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # booth.test is no loopback name, so a page there is as insecure as a phone's in a local network.
    "--host-resolver-rules=MAP booth.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
TESTS = Path(__file__).parent
LONGEST = ("browser", "fleet", "durability", "erasure", "pages")
IN_CI = os.environ.get("CI") == "true"
strays: list[str] = []


class NetworkForbiddenError(RuntimeError):
    """A test reached for an address outside this machine."""


def is_on_this_machine(address: object) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket's path
    host = str(address[0]).split("%")[0]
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback or host in {"0.0.0.0", "::"}  # noqa: S104 - never bound here
    except ValueError:
        return False


def guard(event: str, args: tuple[object, ...]) -> None:
    if event == "socket.connect" and not is_on_this_machine(args[1]):
        strays.append(str(args[1]))
        raise NetworkForbiddenError(f"Tests stay on this machine, but something connects to {args[1]}.")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest folders first, each kept together: what one test starts serves the next."""
    items.sort(key=lambda item: order(item.path.relative_to(TESTS).parts[0]))


def order(folder: str) -> int:
    return LONGEST.index(folder) if folder in LONGEST else len(LONGEST)


# Unlike a patched socket module, this sees every library's connect, C code's through Python included.
sys.addaudithook(guard)


@pytest.fixture(autouse=True)
def _stays_on_this_machine() -> Iterator[None]:
    strays.clear()
    yield
    # The exception may have been caught by code that survives a network fault.
    assert not strays, f"the test connected to {strays}"


def skip_reason(longrepr: object) -> str:
    return str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where everything is installed: {skip_reason(report.longrepr)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where everything is installed: {skip_reason(report.longrepr)}"
    return report


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One browser for all tests that need one: Playwright runs only once in a process."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most tests need none

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield opened
        opened.close()
