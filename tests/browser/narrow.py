"""A booth whose phones and monitor come through a narrow proxy."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests
from browser.crowd import SMALL, TAGS, USUAL, WALL, Crowd
from browser.installation import Installation
from browser.people import Visitor, Wall
from doubles.narrow_proxy import Narrowness, NarrowProxy

from articket.web.cookies import STAFF

if TYPE_CHECKING:
    from pathlib import Path

    from doubles.slow_line import Line

ROOMY = 20_000_000  # bytes a second, where a test is not about the width


@dataclass(slots=True)
class Behind(Installation):
    """An installation whose public address is a line's."""

    address: str = ""

    @property
    def public(self) -> str:
        return self.address


@dataclass(slots=True)
class NarrowHouse:
    """One house and the ways to it, each with a proxy of its own."""

    folder: Path
    house: Behind
    proxies: list[NarrowProxy] = field(default_factory=list)

    def way(self, narrow: Narrowness) -> NarrowProxy:
        """Lay another way to the house."""
        proxy = NarrowProxy(self.folder / f"way-{len(self.proxies)}", self.house.port, narrow)
        self.proxies.append(proxy)
        proxy.__enter__()
        return proxy

    def close(self) -> None:
        self.house.stop()
        for proxy in self.proxies:
            proxy.__exit__()


def on(line: Line, address: str) -> str:
    """The same address by another line."""
    return urlsplit(address)._replace(netloc=f"booth.test:{line.port}").geturl()


def wall_on(crowd: Crowd, line: Line, locale: str = "ko") -> Wall:
    """The monitor, on a computer that is not the booth's own: staff have signed in there."""
    context = crowd._context(viewport=WALL, locale=TAGS[locale])
    context.add_cookies([{"name": STAFF, "value": str(crowd.house.desk.cookies[STAFF]), "url": line.address}])
    wall = Wall(context.new_page(), crowd.house, "monitor", locale, "monitor", in_bad_weather=True)
    crowd.screens.append(wall)
    wall.page.goto(line.address, wait_until="commit")
    return wall


def phone_on(crowd: Crowd, line: Line, address: str, name: str = "phone", locale: str = "ko") -> Visitor:
    """A phone that came in by this line; those who speak English here have a small one."""
    phone = crowd.phone(name, locale, viewport=SMALL if locale == "en" else USUAL)
    phone.in_bad_weather = True
    phone.page.goto(on(line, address), wait_until="commit")
    return phone


class Download:
    """A file that staff fetch by this line while others go on."""

    def __init__(self, house: Installation, line: Line, path: str) -> None:
        self._asked = (f"http://127.0.0.1:{line.port}{path}", house.desk.cookies.get_dict())
        self._host = {"Host": f"booth.test:{line.port}"}
        self._got: list[tuple[float, bytes]] = []
        self._thread = threading.Thread(target=self._fetch, daemon=True)
        self._thread.start()

    def whole(self) -> tuple[float, bytes]:
        """Wait for it; return the seconds it took, and what came."""
        self._thread.join(120)
        assert self._got, "nothing came"
        return self._got[0]

    def _fetch(self) -> None:
        since = time.monotonic()
        url, cookies = self._asked
        answer = requests.get(url, cookies=cookies, headers=self._host, timeout=60)
        assert answer.ok, answer.status_code
        self._got.append((time.monotonic() - since, answer.content))
