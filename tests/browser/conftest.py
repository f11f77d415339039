from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.crowd import Crowd
from browser.installation import ROOT, Installation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

HERE = Path(__file__).parent
INSTALLATIONS = ("booth", "hasty", "doubting", "ateliers", "seasons", "narrow_house")
# Long enough for a slow machine, short enough for a test that waits for them.
PACE = {
    "call_s": "60",
    "camera_s": "300",
    "idle_warning_s": "250",
    "release_s": "300",
    "painting_min_s": "4",
    "result_s": "10",
    "gallery_s": "6",
}
HASTE = {
    "call_s": "8",
    "idle_warning_s": "4",
    "release_s": "8",
    "painting_min_s": "1",
    "result_s": "3",
}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put together the tests of this folder that share an installation."""
    places = [number for number, item in enumerate(items) if HERE in item.path.parents]
    ours = sorted((items[number] for number in places), key=installation)
    for number, item in zip(places, ours, strict=True):
        items[number] = item


def installation(item: pytest.Item) -> str:
    names = item.fixturenames if isinstance(item, pytest.Function) else ()
    return next((name for name in INSTALLATIONS if name in names), "")


@pytest.fixture(scope="package")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Installation]]:
    """Lets an installation run until one of another kind is asked for: idle ones would slow down the rest."""
    opened: dict[str, Installation] = {}

    def house(kind: str, **settings: str) -> Installation:
        if kind not in opened:
            while opened:
                opened.popitem()[1].stop()
            opened[kind] = Installation(tmp_path_factory.mktemp(kind), settings)
            opened[kind].start()
        return opened[kind]

    yield house
    for each in opened.values():
        each.stop()


def _crowd(browser: Browser, house: Installation) -> Iterator[Crowd]:
    house.tidy()
    crowd = Crowd(browser, house)
    yield crowd
    complaints = crowd.leave()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def booth(browser: Browser, open_house: Callable[..., Installation]) -> Iterator[Crowd]:
    """The usual booth, empty."""
    yield from _crowd(browser, open_house("usual", **PACE))


@pytest.fixture
def hasty(browser: Browser, open_house: Callable[..., Installation]) -> Iterator[Crowd]:
    """A booth with little patience."""
    yield from _crowd(browser, open_house("hasty", **HASTE))


@pytest.fixture
def doubting(browser: Browser, open_house: Callable[..., Installation]) -> Iterator[Crowd]:
    """A booth whose model doubts every photo."""
    settings = PACE | {"moderation_threshold": "0", "result_s": "300", "gallery_s": "1"}
    yield from _crowd(browser, open_house("doubting", **settings))


@pytest.fixture
def ateliers(browser: Browser, open_house: Callable[..., Installation]) -> Iterator[Crowd]:
    """A booth whose staff add painters and send them away."""
    yield from _crowd(browser, open_house("ateliers", **PACE))


@pytest.fixture
def seasons(browser: Browser, open_house: Callable[..., Installation]) -> Iterator[Crowd]:
    """A booth with another pack, behind a Wi-Fi of its own, with room for one socket only."""
    pack = ROOT / "tests" / "experience" / "packs" / "seasons"
    settings = PACE | {
        "threads": "13",
        "experience": str(pack),
        "wifi_ssid": 'Café; "Grün", 2',
        "wifi_password": r"b\rush:stroke",
    }
    yield from _crowd(browser, open_house("seasons", **settings))
