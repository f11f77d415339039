"""The only place where ports meet their adapters."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask import Flask

from articket.adapters.clock import Metronome, SystemClock, SystemDice
from articket.adapters.database.engine import Database, engine_for_jobs
from articket.adapters.database.visits import SqlVisits
from articket.adapters.experiences import Known, load_experience
from articket.adapters.jobs.engine import DbosJobs
from articket.adapters.network import chosen, is_everywhere, local_addresses, reached_at
from articket.adapters.painters.laptop import LaptopPainter
from articket.adapters.painters.pool import PaintPool
from articket.adapters.painters.recipes import RECIPES
from articket.adapters.photos.intake import take_in
from articket.adapters.secrets import Secrets, load_or_create
from articket.adapters.stores.folder import FolderStore
from articket.adapters.ticket_pdf.pdf_tickets import PdfTickets
from articket.application.floor import Floor, Rules
from articket.application.photographs import TakePhoto
from articket.application.ports import Barriers, Painter
from articket.application.rounds import Rounds
from articket.application.seals import Seals
from articket.application.studio import Studio
from articket.application.sweep import Sweep
from articket.application.work.compose import ComposeTicket, Occasion
from articket.application.work.describe import DescribePhoto
from articket.application.work.erase import EraseFiles
from articket.application.work.paint import Paint
from articket.domain.experience import Experience
from articket.domain.faults import Fault, PackBroken
from articket.domain.jobs import DescribeJob, EraseJob, Job, PaintJob, TicketJob
from articket.domain.visit import Visit
from articket.settings import Settings
from articket.web.app import create_app, create_live
from articket.web.live import LivePages
from articket.web.parts import WebParts
from articket.web.reach import Network

log = logging.getLogger(__name__)

PROJECT = Path(__file__).resolve().parent.parent
HOUSE_GALLERY = PROJECT / "experiences/painters/gallery"
HOUSE_TEMPLATES = PROJECT / "ticket_templates/painters"
BOOTH = "main"
STORE = "store"
NETWORK = "network"
LOOPBACK = "127.0.0.1"
TIMERS_EVERY_S = 0.2
EXPIRY_EVERY_S = 60.0
TIDY_EVERY_S = 10.0
SWEEP_EVERY_S = 3600.0
FEWEST_PICTURES = 2


class NoBarriers:
    """Nothing stops the world in production."""

    def reach(self, place: str) -> None:
        """Go on."""


@dataclass(slots=True)
class House:
    """A whole installation in one process: web and worker, started in order and stopped in reverse."""

    settings: Settings
    secrets: Secrets
    experience: Experience
    database: Database
    visits: SqlVisits
    store: FolderStore
    paintings: PaintPool
    eye: PaintPool
    jobs: DbosJobs
    studio: Studio
    floor: Floor
    take_photo: TakePhoto
    rounds: Rounds
    sweep: Sweep
    live: LivePages
    wsgi: Flask
    run: Callable[[Job], None]
    give_up: Callable[[Job, Fault], None]
    gallery: Path
    metronomes: tuple[Metronome, ...] = field(default=())

    def start(self) -> None:
        """Warm the painters, take up what was left, and begin to watch the time."""
        self.paintings.warm()
        self.eye.warm()
        self.live.start()
        self.jobs.start(self.run, self.studio.heard, self.give_up)
        self.metronomes = (
            Metronome("timers", TIMERS_EVERY_S, self.rounds.elapse),
            Metronome("expiry", EXPIRY_EVERY_S, self.rounds.erase_old),
            Metronome("line", TIDY_EVERY_S, self.rounds.tidy),
            Metronome("sweep", SWEEP_EVERY_S, self.sweep.run),
        )
        for metronome in self.metronomes:
            metronome.start()

    def close(self) -> None:
        """Stop; whatever is unfinished is taken up at the next start."""
        self.hang_up()
        for metronome in self.metronomes:
            metronome.close()
        self.jobs.pause()
        self.paintings.close(at_once=True)
        self.eye.close(at_once=True)
        self.jobs.close()
        self.database.close()

    def hang_up(self) -> None:
        """Close every socket, so that the threads that hold them come free."""
        self.live.close()


def secrets_of(settings: Settings) -> Secrets:
    """Return the installation's secrets, made at first start."""
    return load_or_create(settings.data_dir, settings.secret_key, settings.staff_password)


@dataclass(frozen=True, slots=True)
class LocalReach:
    """How phones come here: by the public address, or by the network that staff or the settings chose."""

    settings: Settings
    visits: SqlVisits

    def address(self) -> str:
        """Return where phones reach this installation."""
        if self.settings.public_url:
            return self.settings.public_url
        host = reached_at(self.settings.host, self._wanted())
        return f"http://{host or LOOPBACK}:{self.settings.port}"

    def networks(self) -> tuple[Network, ...]:
        """Return the networks to choose from, where there is a choice."""
        if self.settings.public_url or not is_everywhere(self.settings.host):
            return ()
        found = local_addresses()
        now = chosen(found, self._wanted())
        return tuple(Network(each.interface, each.ip, each == now) for each in found)

    def choose(self, ip: str) -> None:
        """Lead phones to this network, after a restart too."""
        self.visits.choose(NETWORK, ip)

    def _wanted(self) -> str | None:
        return self.visits.choice(NETWORK) or self.settings.network


def build(
    settings: Settings,
    secrets: Secrets,
    *,
    barriers: Barriers | None = None,
    painter: Callable[[PaintPool], Painter] = LaptopPainter,
) -> House:
    """Wire an installation; PackBroken, TemplateBroken and the store's faults say what is wrong with it.

    Tests may stop the world at barriers or watch the painter; nothing runs before `start`.
    """
    barriers = barriers or NoBarriers()
    renderer = PdfTickets(templates(settings), PROJECT / "ticket_templates/fonts", settings.ticket_sides)
    known = Known(recipes=frozenset(RECIPES), ticket_designs=renderer.designs())
    experience = load_experience(settings.experience, known)
    gallery = gallery_of(settings)
    pictures = one_of_each([path.stem for path in gallery.glob("*.jpg")])
    if len(pictures) < FEWEST_PICTURES:
        raise PackBroken("pack-broken", f"{gallery} needs at least {FEWEST_PICTURES} pictures.")
    store = FolderStore(settings.data_dir / STORE)
    database = Database(settings.database)
    visits = SqlVisits(database)
    paintings = PaintPool(settings.painter_processes)
    eye = PaintPool(1)
    jobs = DbosJobs(engine_for_jobs(settings.database), settings.database, visits, settings.painter_processes)
    seals = Seals(secrets.secret_key)
    live = create_live(settings.durations.line_every_s)
    studio = Studio()
    rules = Rules(experience, settings.durations, pictures, settings.retention_hours)
    floor = Floor(visits, jobs, live, SystemClock(), SystemDice(), seals, rules)
    take_photo = TakePhoto(floor, lambda data: take_in(data).jpeg, LaptopPainter(eye), store, barriers)
    occasion = Occasion(
        event=settings.event_name,
        place=settings.event_place,
        keep_url=lambda visit: keep_url(settings, seals, visit),
        until=lambda visit: until(experience, floor, visit) if settings.public_url else None,
    )
    paint = Paint(floor, experience, painter(paintings), store, seals, studio, barriers)
    describe = DescribePhoto(floor, LaptopPainter(eye), store)
    compose = ComposeTicket(floor, experience, renderer, store, occasion, barriers)
    erase = EraseFiles(visits, jobs, store)

    def run(job: Job) -> None:
        match job:
            case PaintJob():
                paint.run(job)
            case DescribeJob():
                describe.run(job)
            case TicketJob():
                compose.run(job)
            case EraseJob():
                erase.run(job)

    def give_up(job: Job, fault: Fault) -> None:
        match job:
            case PaintJob():
                paint.give_up(job, fault)
            case TicketJob():
                compose.give_up(job, fault)
            case _:
                return  # staff see it in the studio, and the sweep erases again
        studio.heard(job, None)  # the visit's row tells it from here on

    parts = WebParts(
        floor=floor,
        live=live,
        take_photo=take_photo,
        store=store,
        studio=studio,
        booth=BOOTH,
        pages=PROJECT,
        gallery=gallery,
        data_dir=settings.data_dir,
        locale=settings.locale,
        reach=LocalReach(settings, visits),
        public_url=settings.public_url,
        staff_password_hash=secrets.staff_password_hash,
        threads=settings.threads,
        trusted_proxies=settings.trusted_proxies,
        event_name=settings.event_name,
        wifi_ssid=settings.wifi_ssid,
        wifi_password=settings.wifi_password,
        curator=curator(gallery),
        hindrance=lambda: None if jobs.is_running else "jobs",
    )
    sweep = Sweep(visits, store, erase, floor.dice)
    return House(
        settings, secrets, experience, database, visits, store, paintings, eye, jobs, studio, floor,
        take_photo, Rounds(floor, BOOTH), sweep, live, create_app(parts), run, give_up, gallery,
    )  # fmt: skip


def one_of_each(pictures: Sequence[str]) -> tuple[str, ...]:
    """Return one picture `<motif>.<style>` of each motif, in the style seen least."""
    hung: list[str] = []
    for motif in sorted({picture.partition(".")[0] for picture in pictures}):
        twins = sorted(picture for picture in pictures if picture.partition(".")[0] == motif)
        hung.append(
            min(twins, key=lambda twin: sum(twin.partition(".")[2] == h.partition(".")[2] for h in hung))
        )
    return tuple(hung)


def gallery_of(settings: Settings) -> Path:
    """Return the folder with the pack's pictures for the wall, or the house's for a pack that brings none."""
    own = settings.experience / "gallery"
    return own if own.is_dir() else HOUSE_GALLERY


def curator(gallery: Path) -> Experience | None:
    """Return the pack that labels the house's pictures, or None where a pack hangs its own."""
    if gallery != HOUSE_GALLERY:
        return None
    designs = PdfTickets(HOUSE_TEMPLATES, PROJECT / "ticket_templates/fonts", "two").designs()
    return load_experience(HOUSE_GALLERY.parent, Known(frozenset(RECIPES), designs))


def templates(settings: Settings) -> Path:
    """Return the folder with the pack's ticket designs, or the house's for a pack that brings none."""
    own = PROJECT / "ticket_templates" / settings.experience.name
    return own if own.is_dir() else HOUSE_TEMPLATES


def keep_url(settings: Settings, seals: Seals, visit: str) -> str | None:
    """Return the address on the ticket, or None where nobody could open it from home."""
    return f"{settings.public_url}/t/{seals.keep(visit)}" if settings.public_url else None


def until(experience: Experience, floor: Floor, visit: Visit) -> str:
    """Return the finished phrase that says how long the keep page stays."""
    day = datetime.fromtimestamp(floor.expiry(visit)).astimezone().date()
    return experience.texts_in(visit.locale).until_day(day)
