"""Builds the snapshot of any page from what was last committed."""

import shutil
from datetime import datetime
from threading import Lock
from typing import Final

from articket.application import files
from articket.application.desks import Desks
from articket.application.looking import LookerHealth
from articket.domain.booth import Booth
from articket.domain.faults import Fault
from articket.domain.fleet.fleet import Fleet
from articket.domain.visit import Visit
from articket.web.desk_list import desk_list
from articket.web.finding import find
from articket.web.parts import WebParts
from articket.web.snapshots.house import House, Json, house_picture
from articket.web.snapshots.moderation import with_looks
from articket.web.snapshots.monitor import LINE_SHOWN, Room, monitor
from articket.web.snapshots.parts import year_of
from articket.web.snapshots.phone import Lease, phone
from articket.web.snapshots.staff import Desk, row, staff
from articket.web.words import Words

GALLERY_SHOWN: Final = 24
STRIPS_SHOWN: Final = 4
INSTALLATION: Final = "installation"
ID_LENGTH: Final = 8
STORAGE_EVERY_S: Final = 15.0
BYTES_A_MB: Final = 1_000_000


class Views:
    """Reads the booth before its visits, so that a snapshot is never older than its revision says."""

    def __init__(self, parts: WebParts, words: Words, desks: Desks) -> None:
        """Read nothing yet."""
        self._parts = parts
        self._desks = desks
        self._visits = parts.floor.visits
        self.house = House(
            id=_installation(parts),
            experience=parts.experience,
            durations=parts.durations,
            retention_hours=parts.floor.rules.retention_hours,
            pictures=parts.floor.rules.pictures,
            locale=parts.locale,
            wifi_ssid=parts.wifi_ssid,
            ateliers={
                locale: name
                for locale in parts.experience.locales
                if (name := words.page("monitor", locale).get("machine_atelier"))
            },
            machines={
                locale: name
                for locale in parts.experience.locales
                if (name := words.page("monitor", locale).get("machine_laptop"))
            },
            curator=parts.curator or parts.experience,
        )
        self._trouble_since: dict[str, float] = {}
        self._storage: tuple[int, int, str | None] = (0, 0, None)
        self._storage_at = 0.0
        self._lock = Lock()

    def phone(self, visit: str) -> Json:
        """Return a visit's snapshot; one of stage `gone` where there is none."""
        booth = self._visits.booth(self._parts.booth)
        found = self._visits.visit(visit)
        code = self._parts.floor.seals.keep(visit)
        keep_url = f"{self._parts.public_url}/t/{code}" if self._parts.public_url else None
        remains = tuple(self._parts.remains(found)) if found else ()
        lease = Lease(keep_url, self._parts.floor.expiry(found) if found else 0.0, remains)
        return phone(self.house, booth, found, self._now(), lease, standstill=self._printer_stands_still())

    def place(self, booth: Booth, visit: str) -> Json | None:
        """Return the small message about a visit's place, or None for one that is not in line."""
        ahead = booth.ahead(visit)
        if ahead is None:
            return None
        minutes = booth.minutes(ahead, self._now())
        return {"house": self.house.id, "rev": booth.revision, "ahead": ahead, "minutes": minutes}

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
            standstill=self._printer_stands_still(),
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
        free_mb, tickets, storage_trouble = self._stored(now)
        jobs = self._parts.studio.in_trouble()
        listed = desk_list(self._visits, booth, now)
        spoken_of = {visit for _, bench in benches for visit, _ in bench.busy} | {
            each.job.visit for each in jobs
        }
        fleet = self._parts.fleet.fleet() if self._parts.fleet else Fleet()
        spoken_of |= {each.visit for each in fleet.commissions if fleet.leases_for(each.id)}
        spoken_of |= {booth.visit} if booth.visit else set()
        present = self._visits.many(sorted(spoken_of - {visit.id for visit in listed}))
        desk = Desk(
            visits=listed,
            known={visit.id: visit for visit in (*listed, *present)},
            tally=self._visits.tally(self._parts.booth, midnight(now)),
            benches=benches,
            jobs_in_trouble=jobs,
            trouble_since=self._troubles({name for name, bench in benches if bench.trouble}, now),
            monitors=self._parts.live.monitors,
            join_url=self.join_url(),
            address=self._parts.reach.address(),
            networks=self._parts.reach.networks(),
            free_mb=free_mb,
            tickets=tickets,
            storage_trouble=storage_trouble,
            fleet=fleet,
            shares=self._shares(fleet),
            captions=self._parts.captions(),
            cloud=self._parts.cloud() if self._parts.cloud else None,
            printer=self._parts.printer() if self._parts.printer else None,
            desks=self._desks.listed(),
        )
        looker = self._parts.looker() if self._parts.looker else LookerHealth()
        looks_due = self._visits.looks_due(self._parts.booth, now)
        return with_looks(staff(self.house, booth, desk, now), looks_due, looker)

    def _printer_stands_still(self) -> bool:
        return self._parts.printer is not None and self._parts.printer().trouble is not None

    def _shares(self, fleet: Fleet) -> dict[str, float]:
        """Return by lease how much of its painting is done, where the server told."""
        desk = self._parts.fleet
        told = {each.id: desk.share(each.id) for each in fleet.leases} if desk else {}
        return {lease: share for lease, share in told.items() if share is not None}

    def find(self, asked: str) -> Json:
        """Return the rows of whomever staff look for; `gone` tells of a number that was erased."""
        found, gone = find(self._visits, self._parts.booth, asked)
        booth, now = self.booth(), self._now()
        return {"found": [row(self.house, booth, each, now) for each in found], "gone": gone}

    def of(self, role: str, visit: str | None) -> Json:
        """Return the snapshot of a role; a phone's needs its visit."""
        if role == "phone":
            return self.phone(visit or "")
        return self.monitor() if role == "monitor" else self.staff()

    def join_url(self) -> str:
        """Return the address that opens a visit right now."""
        nonce = self._parts.floor.seals.nonce(self._now(), self._parts.durations.nonce_s)
        return f"{self._parts.reach.address()}/j/{nonce}"

    def turn(self) -> int:
        """Return the number of the join code's turn; the code changes with it."""
        return int(self._now() // self._parts.durations.nonce_s)

    def turn_ends_in(self) -> float:
        """Return the seconds until the join code changes."""
        every = self._parts.durations.nonce_s
        return every - self._now() % every

    def strips(self) -> list[str]:
        """Return the addresses of one motif's house paintings, at most four: the wall hangs just one."""
        motifs: dict[str, list[str]] = {}
        for picture in sorted(path.stem for path in self._parts.gallery.glob("*.jpg")):
            motifs.setdefault(picture.partition(".")[0], []).append(f"/gallery/{picture}.jpg")
        return max(motifs.values(), key=len)[:STRIPS_SHOWN]

    def welcome_picture(self, locale: str) -> Json:
        """Return a house painting with its label, for a page that has none of its own."""
        return house_picture(self.house, self.house.pictures[0], locale, year_of(self._now()))

    def _now(self) -> float:
        return self._parts.floor.clock.now()

    def _troubles(self, names: set[str], now: float) -> dict[str, float]:
        with self._lock:
            self._trouble_since = {name: self._trouble_since.get(name, now) for name in names}
            return dict(self._trouble_since)

    def _stored(self, now: float) -> tuple[int, int, str | None]:
        """Return the megabytes left, how many tickets there are, and the code of what hinders counting."""
        with self._lock:
            if abs(now - self._storage_at) >= STORAGE_EVERY_S:
                self._storage_at = now
                free, tickets, _ = self._storage
                try:
                    free = shutil.disk_usage(self._parts.data_dir).free // BYTES_A_MB
                    tickets = len(self._parts.store.list(f"{files.TICKETS}/"))
                except Fault as fault:
                    self._storage = (free, tickets, fault.code)
                except OSError:
                    self._storage = (free, tickets, "store-unreachable")
                else:
                    self._storage = (free, tickets, None)
            return self._storage


def _installation(parts: WebParts) -> str:
    """Return what tells this installation's revisions from another's, drawn when its database is new."""
    visits = parts.floor.visits
    known = visits.choice(INSTALLATION)
    if known is None:
        known = parts.floor.dice.secret()[:ID_LENGTH]
        visits.choose(INSTALLATION, known)
    return known


def midnight(now: float) -> float:
    """Return when this day began, where the booth stands."""
    return (
        datetime.fromtimestamp(now)
        .astimezone()
        .replace(hour=0, minute=0, second=0, microsecond=0)
        .timestamp()
    )
