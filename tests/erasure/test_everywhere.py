"""Of an erased visit nothing is left anywhere: database, files, logs, print folder and bucket."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

import pytest
from doubles.gcs import BUCKET, Cloud, cloud
from durability.booth import COMMENT, PACK, Notebook, Phone, WatchedPainter, wait_for
from durability.killing import portrait
from durability.running import running
from erasure.booth import at_work
from erasure.search import Needles, search
from PIL import Image, ImageEnhance

from articket.adapters.secrets import load_or_create
from articket.application.rounds import Rounds
from articket.application.uploading import Backlog
from articket.bootstrap import House, NoBarriers, build
from articket.domain.commands import GiveConsent, GiveName, GiveReview, Hide
from articket.domain.durations import Durations
from articket.domain.print_queue import PrintState
from articket.domain.visit import TicketStatus
from articket.settings import Settings

PAINTINGS = ("vangogh", "renoir", "picasso", "lichtenstein")
# Tokens are kept as hashes only, and what a camera wrote around a photo not at all.
IN_DATA = {"name", "comment", "intake", "paintings", "keepsakes", "ticket"}
IN_TICKET = {"ticket", "paintings"}


@dataclass
class Grounds:
    """A booth with everything that keeps something of visitors, and where all of it lies."""

    house: House
    sky: Cloud
    home: Path

    def rooms(self) -> list[Path]:
        return [
            self.home / each
            for each in ("data", "print", "unplugged", "bucket", "log.txt")
            if (self.home / each).exists()
        ]

    def guest(self, name: str) -> "Guest":
        return Guest(self, name)

    def unplug(self) -> None:
        self.sky.road.close()
        (self.home / "print").rename(self.home / "unplugged")

    def plug_in(self) -> None:
        self.sky.road.open()
        (self.home / "unplugged").rename(self.home / "print")

    def let_retention_end(self) -> None:
        """Erase everybody whose time is over, as if it were over for all."""
        rules = replace(self.house.floor.rules, retention_hours=0.0)
        floor = replace(self.house.floor, rules=rules)
        for visit in self.house.visits.with_tickets("main", TicketStatus.READY, 10):
            floor.apply("main", Hide(), visit.id)  # any command tells the database anew when it expires
        Rounds(floor).erase_old()

    def is_quiet(self) -> bool:
        return not self.house.visits.pending(1) and not at_work(self.house)


class Guest(Phone):
    """A visitor with a name, whose traces are known."""

    def __init__(self, grounds: Grounds, name: str) -> None:
        super().__init__(grounds.house, name)
        self.grounds, self.house, self.name = grounds, grounds.house, name
        self.code = self.house.floor.seals.keep(self.id)
        self.comment = f"{COMMENT} {name}"
        self.photo = photo_of(name)

    def come(self) -> None:
        """Go through the whole visit until all four paintings hang and the ticket is there."""
        self.come_to_the_end_of_the_quiz()
        wait_for(lambda: self.visit.ticket.file is not None and self.visit.revealed_at is not None)
        wait_for(lambda: all(easel.status.value == "done" for easel in self.visit.easels))
        assert self.send("stars", GiveReview(4, self.comment)).code is None

    def come_to_the_end_of_the_quiz(self) -> None:
        self.send("consent", GiveConsent("1", gallery=True, guardian=False))
        self.send("name", GiveName(self.name))
        self.prepare(self.photo)
        wait_for(lambda: self.house.visits.booth("main").called(self.id) or self.at_monitor)
        self.prepare(self.photo)
        self.answer()

    @property
    def at_monitor(self) -> bool:
        return self.house.visits.booth("main").controller == self.id

    def wait_delivered(self) -> None:
        """Wait until the ticket is in the print folder, in the bucket, and the whole keep page was seen."""
        wait_for(lambda: self.visit.ticket.print_job.state is PrintState.SENT)
        cloud_folder = self.house.cloud
        wait_for(lambda: cloud_folder is not None and cloud_folder.backlog() == Backlog())
        assert self.visit.decision is not None
        browser, address = self.house.wsgi.test_client(), f"/t/{self.code}"
        own = self.visit.decision.style
        shown = [f"{size}-{style}" for size in ("page", "card", "large", "print") for style in PAINTINGS]
        for each in ("", *(f"/1/{what}.jpg" for what in (*shown, "page-story", f"story-{own}"))):
            with browser.get(address + each) as answer:
                assert answer.status_code == 200, each

    def files(self) -> dict[str, bytes]:
        store = self.house.store
        names = [name for name in store.list() if self.id in name and not name.endswith(".json")]
        return {name: store.get(name) for name in names}

    def needles(self) -> Needles:
        """Return every trace of the visit."""
        found = Needles()
        for what in ("name", "comment", "token", "code"):
            found.add_text(what, getattr(self, what))
        found.add_file("photo", self.photo)
        for name, data in sorted(self.files().items(), key=lambda item: "painting" not in kind(item[0])):
            found.add_file(kind(name), data)
        return found

    def erase_by_phone(self) -> str:
        """Press the button on the ticket's page and return what it says then."""
        browser = self.house.wsgi.test_client()
        answer = browser.post(f"/t/{self.code}/erase", headers={"Origin": "http://localhost"})
        assert answer.status_code == 200
        return answer.get_data(as_text=True)


def photo_of(name: str) -> bytes:
    """Return a portrait that has no piece in common with anybody else's."""
    out = io.BytesIO()
    lit = ImageEnhance.Brightness(Image.open(io.BytesIO(portrait()))).enhance(0.5 + len(set(name)) / 10)
    lit.save(out, "JPEG", quality=90, comment=f"of {name}".encode() * 20)
    return out.getvalue()


def kind(name: str) -> str:
    """Return what of a visit a file of the store is."""
    if name.endswith(".pdf"):
        return "ticket"
    if any(size in name for size in ("/page-", "/card-", "/story-")):
        return "keepsakes"
    return "intake" if name.endswith("photo.jpg") or "/source-" in name else "paintings"


@contextmanager
def logged(path: Path) -> Iterator[None]:
    """Write everything that any library says into a file."""
    handler, root = logging.FileHandler(path, encoding="utf-8"), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
        handler.close()


@pytest.fixture
def grounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Grounds]:
    (tmp_path / "print").mkdir()
    (tmp_path / "data").mkdir()
    with cloud(tmp_path / "bucket") as sky, logged(tmp_path / "log.txt"):
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", sky.url)
        settings = Settings(
            data_dir=tmp_path / "data",
            experience=PACK,
            painter_processes=1,
            public_url="https://booth.example.org",
            store=f"gs://{BUCKET}/fair",
            printer=f"folder:{tmp_path / 'print'}",
            durations=Durations(painting_min_s=0.0, painting_max_s=1.0, result_s=0.1),
        )
        notes, barriers = Notebook(tmp_path / "data/painted.log"), NoBarriers()
        house = build(
            settings,
            load_or_create(settings.data_dir, None, None),
            painter=lambda pool: WatchedPainter(pool, notes, barriers),
        )
        with running(house):
            yield Grounds(house, sky, tmp_path)


def test_deleting_from_the_phone_and_retention_leave_nothing_anywhere(grounds: Grounds) -> None:
    stays, goes = grounds.guest("바다랑나"), grounds.guest("하린하린")
    for guest in (stays, goes):
        guest.come()
        guest.wait_delivered()
    of_one, of_other = goes.needles(), stays.needles()
    of_one.without(stays.files().values())
    of_other.without(goes.files().values())
    for needles in (of_one, of_other):
        found = search(needles, grounds.rooms())
        assert found["data"] >= IN_DATA, "the search finds what is there"
        assert found["print"] >= IN_TICKET
        assert found["bucket"] >= IN_TICKET
    goes.erase_by_phone()
    wait_for(lambda: grounds.is_quiet() and len(grounds.sky.names("fair/tickets/")) == 1)
    assert search(of_one, grounds.rooms()) == {}
    assert search(of_other, grounds.rooms())["data"] >= IN_DATA, "nobody else lost anything"
    grounds.let_retention_end()
    wait_for(lambda: grounds.is_quiet() and not grounds.sky.names("fair/tickets/"))
    assert search(of_other, grounds.rooms()) == {}
    assert all(guest.visit.receipt is not None for guest in (stays, goes))


def test_what_is_away_at_the_time_is_cleaned_when_it_is_back(grounds: Grounds) -> None:
    guest = grounds.guest("하린하린")
    guest.come()
    guest.wait_delivered()
    needles = guest.needles()
    grounds.unplug()
    printer = grounds.house.printer
    wait_for(lambda: printer is not None and printer.health().trouble is not None)
    receipt = guest.erase_by_phone()
    assert "클라우드에 있는 티켓 사본" in receipt, "the receipt promises nothing that is not so"
    assert "프린터 쪽에 아직" in receipt
    wait_for(lambda: "data" not in search(needles, grounds.rooms()))
    found = search(needles, grounds.rooms())
    assert found.keys() == {"unplugged", "bucket"}, "only what is out of reach"
    grounds.plug_in()
    wait_for(lambda: not grounds.sky.names("fair/tickets/"))
    grounds.house.rounds.erase_old()
    assert search(needles, grounds.rooms()) == {}


def test_a_visit_erased_while_its_ticket_goes_up_leaves_nothing(grounds: Grounds) -> None:
    guest = grounds.guest("하린하린")
    cloud_folder = grounds.house.cloud
    wait_for(lambda: cloud_folder is not None and cloud_folder.uploader.keeping is not None)
    greeted = len(grounds.sky.weather.uploads)
    gate = grounds.sky.weather.gate = Event()
    guest.come_to_the_end_of_the_quiz()
    wait_for(lambda: len(grounds.sky.weather.uploads) > greeted)
    needles = guest.needles()
    guest.erase_by_phone()
    assert not grounds.sky.names("fair/tickets/"), "it is still on its way"
    gate.set()
    wait_for(lambda: [each.gone_at for each in cloud_folder.uploads.left(guest.id)] != [None])  # type: ignore[union-attr]
    wait_for(grounds.is_quiet)
    assert grounds.sky.names() == ["fair/articket.txt"]
    assert search(needles, grounds.rooms()) == {}
