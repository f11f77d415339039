"""Everything the web needs of the rest, put together by the wiring."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from articket.application.floor import Floor
from articket.application.photographs import TakePhoto
from articket.application.ports import LocalStore
from articket.application.studio import Studio
from articket.domain.durations import Durations
from articket.domain.experience import Experience
from articket.web.live import LivePages
from articket.web.reach import Reach

# Plain HTTP keeps this many threads whatever the sockets do.
THREADS_FOR_HTTP: Final = 12


def always_ready() -> str | None:
    """Say that nothing is in the way."""
    return None


@dataclass(frozen=True, slots=True)
class WebParts:
    """What wiring gives to the web.

    `pages` is the folder that holds `templates` and `static`, `gallery` the one with the house paintings
    `<motif>.<style>.jpg`; `reach` is how phones come here;
    `curator` is the pack that labels those where the pack itself brings none;
    `hindrance` says in a word why the server is not ready, or None.
    """

    floor: Floor
    live: LivePages
    take_photo: TakePhoto
    store: LocalStore
    studio: Studio
    booth: str
    pages: Path
    gallery: Path
    data_dir: Path
    locale: str
    reach: Reach
    public_url: str | None
    staff_password_hash: str
    threads: int
    trusted_proxies: int = 0
    event_name: str = ""
    wifi_ssid: str | None = None
    wifi_password: str | None = None
    curator: Experience | None = None
    hindrance: Callable[[], str | None] = always_ready

    @property
    def experience(self) -> Experience:
        """Return the pack."""
        return self.floor.rules.experience

    @property
    def durations(self) -> Durations:
        """Return how long things take."""
        return self.floor.rules.durations

    @property
    def max_sockets(self) -> int:
        """Return how many sockets there may be at once; each holds a thread."""
        return max(1, self.threads - THREADS_FOR_HTTP)
