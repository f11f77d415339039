"""Builds the snapshot of any page from what was last committed."""

import shutil
from threading import Lock
from typing import Final

from articket.application import files
from articket.domain.booth import Booth
from articket.domain.visit import Visit
from articket.web.parts import WebParts
from articket.web.snapshots.house import House, Json
from articket.web.snapshots.monitor import LINE_SHOWN, Room, monitor
from articket.web.snapshots.phone import phone
from articket.web.snapshots.staff import Desk, staff
from articket.web.words import Words

GALLERY_SHOWN: Final = 24
DESK_READ: Final = 300
STORAGE_EVERY_S: Final = 15.0
BYTES_A_MB: Final = 1_000_000


class Views:
    """Reads the booth before its visits, so that a snapshot is never older than its revision says."""

    def __init__(self, parts: WebParts, words: Words) -> None:
        """Read nothing yet."""
        self._parts = parts
        self._visits = parts.floor.visits
        self.house = House(
            experience=parts.experience,
            durations=parts.durations,
            retention_hours=parts.floor.rules.retention_hours,
            pictures=parts.floor.rules.pictures,
            locale=parts.locale,
            wifi_ssid=parts.wifi_ssid,
            machines={
                locale: name
                for locale in parts.experience.locales
                if (name := words.page("monitor", locale).get("machine_laptop"))
            },
            curator=parts.curator or parts.experience,
        )
        self._trouble_since: dict[str, float] = {}
        self._storage = (0, 0)
        self._storage_at = 0.0
        self._lock = Lock()

    def phone(self, visit: str) -> Json:
        """Return a visit's snapshot; one of stage `gone` where there is none."""
        booth = self._visits.booth(self._parts.booth)
        found = self._visits.visit(visit)
        code = self._parts.floor.seals.keep(visit)
        keep_url = f"{self._parts.public_url}/t/{code}" if self._parts.public_url else None
        return phone(self.house, booth, found, self._now(), keep_url)

    def place(self, booth: Booth, visit: str) -> Json | None:
        """Return the small message about a visit's place, or None for one that is not in line."""
        ahead = booth.position(visit)
        if ahead is None:
            return None
        return {"rev": booth.revision, "ahead": ahead, "minutes": booth.minutes(ahead, self._now())}

    def booth(self) -> Booth:
        """Return the booth."""
        return self._visits.booth(self._parts.booth)

    def monitor(self) -> Json:
        """Return the monitor's snapshot."""
        booth = self.booth()
        room = Room(
            visit=self._visits.visit(booth.visit) if booth.visit else None,
            line=self._visits.many([place.visit for place in booth.line[:LINE_SHOWN]]),
            gallery=self.gallery(),
        )
        return monitor(self.house, booth, room, self._now())

    def gallery(self) -> list[Visit]:
        """Return the visits whose paintings hang on the idle monitor."""
        return self._visits.gallery(self._parts.booth, GALLERY_SHOWN)

    def staff(self) -> Json:
        """Return the staff's snapshot."""
        booth = self.booth()
        now = self._now()
        benches = self._parts.studio.now()
        free_mb, tickets = self._stored(now)
        desk = Desk(
            visits=self._visits.at_the_desk(self._parts.booth, DESK_READ),
            benches=benches,
            jobs_in_trouble=self._parts.studio.in_trouble(),
            trouble_since=self._troubles({name for name, bench in benches if bench.trouble}, now),
            monitors=self._parts.live.monitors,
            join_url=self.join_url(),
            address=self._parts.reach.address(),
            networks=self._parts.reach.networks(),
            free_mb=free_mb,
            tickets=tickets,
        )
        return staff(self.house, booth, desk, now)

    def of(self, role: str, visit: str | None) -> Json:
        """Return the snapshot of a role; a phone's needs its visit."""
        if role == "phone":
            return self.phone(visit or "")
        return self.monitor() if role == "monitor" else self.staff()

    def join_url(self) -> str:
        """Return the address that opens a visit right now."""
        nonce = self._parts.floor.seals.nonce(self._now(), self._parts.durations.nonce_s)
        return f"{self._parts.reach.address()}/j/{nonce}"

    def turn_ends_in(self) -> float:
        """Return the seconds until the join code changes."""
        every = self._parts.durations.nonce_s
        return every - self._now() % every

    def _now(self) -> float:
        return self._parts.floor.clock.now()

    def _troubles(self, names: set[str], now: float) -> dict[str, float]:
        with self._lock:
            self._trouble_since = {name: self._trouble_since.get(name, now) for name in names}
            return dict(self._trouble_since)

    def _stored(self, now: float) -> tuple[int, int]:
        with self._lock:
            if abs(now - self._storage_at) >= STORAGE_EVERY_S:
                free = shutil.disk_usage(self._parts.data_dir).free // BYTES_A_MB
                self._storage = (free, len(self._parts.store.list(f"{files.TICKETS}/")))
                self._storage_at = now
            return self._storage
