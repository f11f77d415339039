"""Everything the web needs of the rest, put together by the wiring."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from articket.application.fleet.desk import FleetDesk
from articket.application.floor import Floor
from articket.application.keepsakes import Keepsakes
from articket.application.looking import LookerHealth
from articket.application.photographs import TakePhoto
from articket.application.ports import CaptionHealth, LocalStore
from articket.application.printing_hand import PrinterHealth
from articket.application.remains import Remain, nothing
from articket.application.specimens import TrialPrints
from articket.application.studio import Studio
from articket.application.uploading import Backlog
from articket.domain.durations import Durations
from articket.domain.experience import Experience
from articket.domain.visit import Visit
from articket.web.live import LivePages
from articket.web.reach import Reach

# Plain HTTP keeps this many threads whatever the sockets do.
THREADS_FOR_HTTP: Final = 12


def no_captions() -> Sequence[CaptionHealth]:
    """Say that nobody writes captions."""
    return ()


def always_ready() -> str | None:
    """Say that nothing is in the way."""
    return None


@dataclass(frozen=True, slots=True)
class WebParts:
    """What wiring gives to the web.

    `pages` is the folder that holds `templates` and `static`, `gallery` the one with the house paintings
    `<motif>.<style>.jpg`; `reach` is how phones come here;
    `keepsakes` makes the pictures of the visitor's keep page;
    `curator` is the pack that labels those where the pack itself brings none;
    `hindrance` says in a word why the server is not ready, or None;
    `cloud` says what waits for the cloud folder, and is None where none is set;
    `printer` says what is in the printer's way, and is None where staff print from their browser;
    `looker` says why the model did not look at a photo;
    `remains` says what is not gone yet of an erased visit;
    `ticket_link` signs for a while a link to a ticket that is up there, or returns None;
    `captions` says how the servers are that write captions;
    `trials` prints every ticket design for nobody.
    """

    floor: Floor
    live: LivePages
    take_photo: TakePhoto
    store: LocalStore
    keepsakes: Keepsakes
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
    fleet: FleetDesk | None = None
    cloud: Callable[[], Backlog] | None = None
    remains: Callable[[Visit], Sequence[Remain]] = nothing
    ticket_link: Callable[[str], str | None] | None = None
    printer: Callable[[], PrinterHealth] | None = None
    looker: Callable[[], LookerHealth] | None = None
    captions: Callable[[], Sequence[CaptionHealth]] = no_captions
    trials: TrialPrints | None = None

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
