"""The only place where ports meet their adapters."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask import Flask

from articket.adapters.clock import Metronome, SystemClock, SystemDice
from articket.adapters.database.engine import Database, engine_for_jobs
from articket.adapters.database.visits import SqlVisits
from articket.adapters.experiences import Known, load_experience
from articket.adapters.jobs.engine import DbosJobs
from articket.adapters.painters.laptop import LaptopPainter
from articket.adapters.painters.pool import PaintPool
from articket.adapters.painters.recipes import RECIPES
from articket.adapters.photos.intake import take_in
from articket.adapters.secrets import Secrets, load_or_create
from articket.adapters.stores.folder import FolderStore
from articket.adapters.ticket_pdf.pdf_tickets import PdfTickets
from articket.adapters.ticket_pdf.story import StoryPictures
from articket.application.floor import Floor, Rules
from articket.application.keepsakes import Keepsakes
from articket.application.looking import Looker
from articket.application.photographs import TakePhoto
from articket.application.ports import Barriers, Painter
from articket.application.remains import Remains
from articket.application.rounds import Rounds
from articket.application.seals import Seals
from articket.application.studio import Studio
from articket.application.sweep import Sweep
from articket.application.work.compose import ComposeTicket, Occasion
from articket.application.work.crew import Crew
from articket.application.work.describe import DescribePhoto
from articket.application.work.erase import EraseFiles
from articket.application.work.paint import Paint
from articket.ateliers import Ateliers, wire_captions, wire_fleet
from articket.cloud import CloudFolder, wire_cloud
from articket.domain.experience import Experience
from articket.domain.faults import Fault, PackBroken
from articket.domain.jobs import Job
from articket.domain.visit import Visit
from articket.moderation import Looking, policy, unfit, wire_looking
from articket.pack import FEWEST_PICTURES, PROJECT, curator, gallery_of, one_of_each, templates
from articket.printer import Printer, wire_printer
from articket.proofs import DeskProofs, Proofs
from articket.reach import LocalReach
from articket.settings import Settings
from articket.web.app import create_app, create_live
from articket.web.live import LivePages
from articket.web.parts import WebParts

log = logging.getLogger(__name__)

BOOTH = "main"
STORE = "store"
TIMERS_EVERY_S = 0.2
EXPIRY_EVERY_S = 60.0
TIDY_EVERY_S = 10.0
SWEEP_EVERY_S = 3600.0
DATABASE_EVERY_S = 60.0
# Jobs that may wait for a painter at once; each holds a thread, and the fleet sees only these.
COMMISSIONS_AT_ONCE = 96


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
    ateliers: Ateliers
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
    looking: Looking
    cloud: CloudFolder | None = None
    printer: Printer | None = None
    metronomes: tuple[Metronome, ...] = field(default=())

    def start(self) -> None:
        """Warm the painters, take up what was left, and begin to watch the time."""
        self.paintings.warm()
        self.eye.warm()
        self.live.start()
        self.ateliers.start()
        self.jobs.start(self.run, self.studio.heard, self.give_up)
        self.metronomes = (
            Metronome("timers", TIMERS_EVERY_S, self.rounds.elapse),
            Metronome("expiry", EXPIRY_EVERY_S, self.rounds.erase_old),
            Metronome("line", TIDY_EVERY_S, self.rounds.tidy),
            Metronome("sweep", SWEEP_EVERY_S, self.sweep.run),
            Metronome("tidying", DATABASE_EVERY_S, self.database.tidy),
        )
        for metronome in self.metronomes:
            metronome.start()
        if self.cloud:
            self.cloud.start()
        if self.printer:
            self.printer.start()

    def close(self) -> None:
        """Stop; whatever is unfinished is taken up at the next start."""
        self.hang_up()
        if self.printer:
            self.printer.close()
        if self.cloud:
            self.cloud.close()
        for metronome in self.metronomes:
            metronome.close()
        self.jobs.pause()
        self.ateliers.close()
        self.paintings.close(at_once=True)
        self.eye.close(at_once=True)
        self.looking.close()
        self.jobs.close()
        self.database.close()

    def hang_up(self) -> None:
        """Close every socket, so that the threads that hold them come free."""
        self.live.close()


def secrets_of(settings: Settings) -> Secrets:
    """Return the installation's secrets, made at first start."""
    return load_or_create(settings.data_dir, settings.secret_key, settings.staff_password)


def build(
    settings: Settings,
    secrets: Secrets,
    *,
    barriers: Barriers | None = None,
    painter: Callable[[PaintPool], Painter] = LaptopPainter,
    looker: Looker | None = None,
) -> House:
    """Wire an installation; PackBroken, TemplateBroken and the store's faults say what is wrong with it.

    Tests may stop the world at barriers, watch the painter or bring a looker; nothing runs before `start`.
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
    jobs = DbosJobs(engine_for_jobs(settings.database), settings.database, visits, COMMISSIONS_AT_ONCE)
    seals = Seals(secrets.secret_key)
    live = create_live(settings.durations.line_every_s)
    studio = Studio()
    hours, first_looks = settings.retention_hours, policy(settings)
    rules = Rules(experience, settings.durations, pictures, hours, first_looks, unfit(experience))
    floor = Floor(visits, jobs, live, SystemClock(), SystemDice(), seals, rules)
    take_photo = TakePhoto(floor, lambda data: take_in(data).jpeg, LaptopPainter(eye), store, barriers)
    occasion = Occasion(
        event=settings.event_name,
        place=settings.event_place,
        keep_url=lambda visit: keep_url(settings, seals, visit),
        until=lambda visit: until(experience, floor, visit) if settings.public_url else None,
    )
    hand = painter(paintings)
    ateliers = wire_fleet(settings, floor, database, paintings, hand, min(gallery.glob("*.jpg")), BOOTH)
    paint = Paint(floor, experience, hand, store, seals, studio, barriers, ateliers.atelier)
    captions = wire_captions(settings, LaptopPainter(eye), ateliers.sources)
    describe = DescribePhoto(floor, captions, store)
    looking = wire_looking(settings.moderation_threshold, floor, store, looker)
    compose = ComposeTicket(floor, experience, renderer, store, occasion, barriers)
    printer = wire_printer(settings, floor, store, barriers, BOOTH)
    erase = EraseFiles(visits, jobs, store, [printer.shelf] if printer else [])
    sweep = Sweep(visits, store, erase, floor.dice)
    cloud = wire_cloud(settings.store, floor, database, store, barriers, BOOTH)

    crew = Crew(paint, describe, looking.photos, compose, erase, studio)
    parts = WebParts(
        floor=floor,
        live=live,
        take_photo=take_photo,
        store=store,
        keepsakes=Keepsakes(floor, store, StoryPictures(renderer, templates(settings)), compose.content),
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
        fleet=ateliers.desk,
        captions=captions.health,
        cloud=cloud.backlog if cloud else None,
        remains=Remains(cloud.left() if cloud else None, printer.health if printer else None).of,
        ticket_link=cloud.link if cloud else None,
        trials=DeskProofs(Proofs([renderer], experience, sorted(gallery.glob("*.jpg")))),
        printer=printer.health if printer else None,
        looker=looking.photos.health,
    )
    return House(
        settings, secrets, experience, database, visits, store, paintings, eye, jobs, ateliers, studio, floor,
        take_photo, Rounds(floor, BOOTH, sweep.shelves), sweep, live, create_app(parts),
        crew.run, crew.give_up, gallery, looking, cloud, printer,
    )  # fmt: skip


def keep_url(settings: Settings, seals: Seals, visit: str) -> str | None:
    """Return the address on the ticket, or None where nobody could open it from home."""
    return f"{settings.public_url}/t/{seals.keep(visit)}" if settings.public_url else None


def until(experience: Experience, floor: Floor, visit: Visit) -> str:
    """Return the finished phrase that says how long the keep page stays."""
    day = datetime.fromtimestamp(floor.expiry(visit)).astimezone().date()
    return experience.texts_in(visit.locale).until_day(day)
