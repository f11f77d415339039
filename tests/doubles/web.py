"""A whole booth for the web's tests: real floor and pack, visits in memory, files in a temporary folder."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doubles.lookers import SureLooker
from doubles.studio import CannedRenderer, PlainPictures
from doubles.visits import MemoryVisits
from doubles.world import IdleJobs, LoadedDice, OpenBarriers, StillClock
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.security import generate_password_hash

from articket.adapters.experiences import load_experience
from articket.adapters.moderation.word_lists import word_lists
from articket.adapters.stores.folder import FolderStore
from articket.application import files
from articket.application.floor import Floor, Rules
from articket.application.keepsakes import Keepsakes
from articket.application.looking import LookAtPhoto
from articket.application.photographs import TakePhoto
from articket.application.ports import FRAME_SIZE, KeepsakePictures
from articket.application.seals import Seals
from articket.application.studio import Studio
from articket.application.work.compose import ComposeTicket, Occasion
from articket.domain import commands
from articket.domain.durations import Durations
from articket.domain.faults import PhotoRefused
from articket.domain.jobs import LookJob
from articket.domain.moderation import Policy
from articket.domain.names import EVERY_NAME, Filter
from articket.domain.visit import PaintingStatus, Visit
from articket.settings import Settings
from articket.web.app import create_app, create_live
from articket.web.parts import WebParts
from articket.web.reach import Network

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "open sesame"  # noqa: S105 - of a booth that exists in a test only
PICTURES = ("pear.vangogh", "boat.renoir", "town.picasso", "cat.lichtenstein", "flowers.vangogh")
BOOTH = "booth"
JPEG = b"\xff\xd8\xff photo"


def jpeg(size: tuple[int, int] = (8, 12), colour: str = "#1e4aa8") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


class Browser(FlaskClient):
    """Reads every answer to its end, as browsers do; files are closed by that."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **{"buffered": True, **kwargs})


def take_in(data: bytes) -> bytes:
    """Take every JPEG as it is."""
    if not data:
        raise PhotoRefused("photo-empty", "Nothing came.")
    if not data.startswith(b"\xff\xd8"):
        raise PhotoRefused("photo-not-an-image", "It is no JPEG.")
    return data


class PlainFramer:
    """Notes the focus instead of cutting."""

    def frame(
        self, photo: bytes, focus: tuple[float, float] | None, size: tuple[int, int] = FRAME_SIZE
    ) -> bytes:
        del size
        return photo + repr(focus).encode()


@dataclass
class BoothSet:
    """The parts of a booth, its application, and its clock in the test's hand."""

    parts: WebParts
    app: Flask
    clock: StillClock
    visits: MemoryVisits

    @property
    def floor(self) -> Floor:
        return self.parts.floor

    def nonce(self) -> str:
        return self.floor.seals.nonce(self.clock.now(), self.parts.durations.nonce_s)

    def phone(self, locale: str = "ko") -> Phone:
        phone = Phone(self, self.app.test_client())
        phone.join(locale)
        return phone

    def staff(self) -> FlaskClient:
        client = self.app.test_client()
        log_in(client)
        return client

    def paint(self, visit: str, styles: tuple[str, ...] | None = None) -> None:
        """Let the painters finish, files and all."""
        present = self.visits.visit(visit)
        assert present is not None
        assert present.photo is not None
        number = present.photo.number
        for easel in present.easels:
            if styles is not None and easel.style not in styles:
                continue
            self.floor.apply(BOOTH, commands.StartPainting(number, easel.style, "laptop"), visit)
            for size in files.SIZES:
                self.parts.store.put(files.painting(visit, number, easel.style, size), jpeg())
            self.floor.apply(BOOTH, commands.FinishPainting(number, easel.style, "laptop", 4.2), visit)

    def describe(self, visit: str) -> None:
        present = self.visits.visit(visit)
        assert present is not None
        assert present.photo is not None
        self.floor.apply(BOOTH, commands.Describe(present.photo.number, None, 1, ("blue", "yellow")), visit)

    def elapse(self) -> None:
        booth = self.visits.booth(BOOTH)
        assert booth.deadline is not None
        self.clock.time = booth.deadline
        self.floor.apply(BOOTH, commands.Elapse(booth.step))


def log_in(client: FlaskClient) -> TestResponse:
    client.get("/staff")
    return client.post("/staff/login", data={"password": PASSWORD, "csrf": csrf(client)})


def csrf(client: FlaskClient) -> str:
    page = client.get("/staff").get_data(as_text=True)
    return page.split('name="csrf" value="')[1].split('"')[0]


@dataclass
class Phone:
    """A visitor's browser."""

    booth: BoothSet
    client: FlaskClient
    pressed: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    def join(self, locale: str = "ko") -> None:
        self.client.get(f"/j/{self.booth.nonce()}")
        response = self.client.post("/join", data={"locale": locale})
        assert response.status_code == 303, response.get_data(as_text=True)

    @property
    def id(self) -> str:
        return str(self.snapshot()["view"]["visit"]["id"])

    @property
    def visit(self) -> Visit:
        found = self.booth.visits.visit(self.id)
        assert found is not None
        return found

    @property
    def token(self) -> str:
        cookie = self.client.get_cookie("articket_visit")
        assert cookie is not None
        return cookie.value

    def snapshot(self) -> dict[str, Any]:
        response = self.client.get("/api/v1/snapshot?role=phone")
        assert response.status_code == 200, response.get_data(as_text=True)
        return dict(response.get_json())

    @property
    def stage(self) -> str:
        return str(self.snapshot()["stage"])

    def press(self, type_: str, **fields: Any) -> dict[str, Any]:
        self.pressed += 1
        body = {"role": "phone", "cmd_id": f"press-{self.pressed}", "type": type_, **fields}
        response = self.client.post("/api/v1/commands", json=body)
        return dict(response.get_json())

    def consent(self, *, gallery: bool = False) -> None:
        ack = self.press("consent", version="2026-11", gallery=gallery, guardian=False)
        assert ack["ok"], ack

    def send_photo(self, number: int = 1, data: bytes = JPEG) -> TestResponse:
        return self.client.put(f"/api/v1/visit/photos/{number}?x=0.5&y=0.4", data=data)

    def prepare(self, name: str = "모카", *, gallery: bool = False) -> None:
        self.consent(gallery=gallery)
        assert self.press("name", name=name)["ok"]
        assert self.send_photo().status_code == 200
        assert self.press("ready")["ok"]

    def confirm(self) -> None:
        wall = self.booth.visits.booth(BOOTH).wall
        assert wall is not None
        assert self.press("confirm", picture=wall.hung)["ok"]

    def answer_all(self) -> None:
        while (view := self.snapshot())["stage"] == "quiz":
            question = view["view"]["question"]
            ack = self.press("answer", step=question["index"], option=question["options"][0]["id"])
            assert ack["ok"], ack

    def finish(self, name: str = "모카", *, gallery: bool = False) -> None:
        """Walk from the call to the result, the monitor included."""
        self.prepare(name, gallery=gallery)
        self.confirm()
        self.booth.describe(self.id)
        self.answer_all()
        self.booth.paint(self.id)
        self.booth.elapse()


@dataclass
class LookingJobs(IdleJobs):
    """Lets a looker clear every photo at once; whatever else is ordered lies idle."""

    booth: BoothSet | None = None

    def wake(self) -> None:
        super().wake()
        if self.booth is None:
            return
        looks = LookAtPhoto(self.booth.floor, SureLooker(), self.booth.parts.store, 0.4, self.booth.clock.now)
        for job in self.booth.visits.pending(50):
            if isinstance(job, LookJob):
                looks.run(job)


def open_as_delivered(folder: Path) -> BoothSet:
    """Open a booth as nobody set it otherwise: a model looks at photos, and names are read."""
    jobs = LookingJobs()
    booth = open_booth(folder, jobs=jobs, policy=Policy(Settings().moderation), unfit=Filter.of(word_lists()))
    jobs.booth = booth
    return booth


def open_booth(folder: Path, **changes: Any) -> BoothSet:
    experience = load_experience(ROOT / "experiences" / "painters")
    gallery = folder / "gallery"
    gallery.mkdir(parents=True)
    for picture in PICTURES:
        (gallery / f"{picture}.jpg").write_bytes(jpeg())
    clock, visits = StillClock(), MemoryVisits()
    live = create_live(line_every_s=changes.pop("line_every_s", 1.0))
    durations = replace(Durations(), **changes.pop("durations", {}))
    floor = Floor(
        visits=visits,
        jobs=changes.pop("jobs", None) or IdleJobs(),
        live=live,
        clock=clock,
        dice=LoadedDice(),
        seals=Seals(b"k" * 32),
        rules=Rules(
            experience,
            durations,
            PICTURES,
            72.0,
            changes.pop("policy", Policy.OFF),
            changes.pop("unfit", EVERY_NAME),
        ),
    )
    store = FolderStore(folder / "store")
    parts = WebParts(
        floor=floor,
        live=live,
        take_photo=TakePhoto(floor, take_in, PlainFramer(), store, OpenBarriers()),
        store=store,
        keepsakes=keepsakes(floor, store, changes.pop("pictures", None) or PlainPictures()),
        studio=Studio(),
        booth=BOOTH,
        pages=ROOT,
        gallery=gallery,
        data_dir=folder,
        locale="ko",
        reach=TwoNetworks(),
        public_url=None,
        staff_password_hash=generate_password_hash(PASSWORD, "pbkdf2:sha256:1000"),
        threads=40,
    )
    parts = replace(parts, **changes)
    app = create_app(parts)
    app.test_client_class = Browser
    return BoothSet(parts, app, clock, visits)


def keepsakes(floor: Floor, store: FolderStore, pictures: KeepsakePictures) -> Keepsakes:
    occasion = Occasion("", "", keep_url=lambda _: None, until=lambda _: None)
    compose = ComposeTicket(floor, floor.rules.experience, CannedRenderer(), store, occasion, OpenBarriers())
    return Keepsakes(floor, store, pictures, compose.content)


@dataclass
class TwoNetworks:
    """A machine on a network and a cable, or with a public address."""

    public: str | None = None
    chosen: str = "192.168.0.20"

    def address(self) -> str:
        return self.public or f"http://{self.chosen}:8000"

    def networks(self) -> tuple[Network, ...]:
        if self.public:
            return ()
        found = (("wlan0", "192.168.0.20"), ("eth0", "10.0.0.5"))
        return tuple(Network(interface, ip, ip == self.chosen) for interface, ip in found)

    def choose(self, ip: str) -> None:
        self.chosen = ip


def all_done(visit: Visit) -> bool:
    return all(easel.status is PaintingStatus.DONE for easel in visit.easels)
