"""Our way in real time: the product's watch, atelier and database, with visits that come by the clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep

from articket.adapters.attendance import FolderAttendance
from articket.adapters.clock import Metronome
from articket.adapters.database.engine import Database
from articket.adapters.database.roster import SqlRoster
from articket.adapters.database.visits import SqlVisits
from articket.application.fleet.atelier import Atelier
from articket.application.fleet.keeper import Keeper
from articket.application.fleet.ports import Finished
from articket.application.fleet.progress import ASK_EVERY_S, Progress
from articket.application.ports import FRAME_SIZE, Keys, Order, Painted
from articket.domain.booth import Booth
from articket.domain.faults import Fault
from articket.domain.jobs import PaintJob
from bench.fair.day import RealDay
from bench.fair.easel import photo_of, seed_of, small_pack
from bench.fair.machines import PacedClock, caption_for
from bench.fair.paper import HAND_S, HANDS, WATCH_S, WORKER
from bench.fair.visits import RULES, STYLES, Guest, booth_of, visit_of, with_server
from bench.fair.world import Outcome, Scenario

FOR_EVER = 1e12
HAND = "laptop"


@dataclass(slots=True)
class Papers:
    """The tables on a disk, made before the doors open."""

    folder: Path
    database: Database = field(init=False)
    roster: SqlRoster = field(init=False)
    visits: SqlVisits = field(init=False)

    def __post_init__(self) -> None:
        """Make the tables."""
        self.database = Database(f"sqlite:///{self.folder}/fair.db")
        self.roster, self.visits = SqlRoster(self.database), SqlVisits(self.database)

    def employ(self, urls: list[str]) -> None:
        """Let servers join that were looked at and are warm."""
        with self.roster.transaction() as page:
            fleet = page.fleet
            for url in urls:
                fleet = with_server(fleet, url)
            page.save(fleet)


@dataclass(slots=True)
class Hands:
    """Frames, finishes and paints in no time of a processor; the painting takes its seconds at the fair."""

    pace: float
    name: str = HAND

    def frame(
        self, photo: bytes, focus: tuple[float, float] | None, size: tuple[int, int] = FRAME_SIZE
    ) -> bytes:
        """Return a photo of that size."""
        del photo, focus
        return photo_of(size)

    def finish(self, picture: bytes) -> Finished:
        """Return the picture in every size."""
        return Finished(picture, picture, picture, picture, 1252)

    def paint(self, order: Order) -> Painted:
        """Paint by hand."""
        sleep(HAND_S / self.pace)
        return Painted(order.photo, order.photo, order.photo, order.photo, self.name, HAND_S)


@dataclass(frozen=True, slots=True)
class Unhurried:
    """A clock by which servers are asked how far they are as seldom as in the booth, in real seconds."""

    clock: PacedClock

    def now(self) -> float:
        """Return the seconds at the fair, so far ahead that the next asking is due in the booth's time."""
        return self.clock.now() + ASK_EVERY_S * (self.clock.pace - 1.0)


@contextmanager
def keeper_of(papers: Papers, day: RealDay, hands: int) -> Iterator[Keeper]:
    """Have a worker's watch; besides what wakes it in the booth, the fair's clock does, as on paper."""
    clock, servers, own = day.clock, day.servers, Hands(day.clock.pace)
    atelier = Atelier(
        worker=WORKER,
        roster=papers.roster,
        servers=servers,
        framer=own,
        finisher=own,
        hand=own,
        experience=small_pack(),
        rules=RULES,
        clock=clock,
        sample=lambda: photo_of(FRAME_SIZE),
    )
    keeper = Keeper(
        worker=WORKER,
        hands=hands,
        roster=papers.roster,
        servers=servers,
        atelier=atelier,
        visits=papers.visits,
        experience=small_pack(),
        rules=RULES,
        clock=clock,
        told=lambda: None,
        progress=Progress(servers, Unhurried(clock)),
        attendance=FolderAttendance(papers.folder),
    )
    waker = Metronome("pace", WATCH_S / clock.pace, keeper.woken.set)
    keeper.start([], 1)
    waker.start()
    try:
        yield keeper
    finally:
        waker.close()
        keeper.close()


class Ours:
    """Visits that come and decide at a booth whose watch hands their paintings out."""

    def __init__(self, scenario: Scenario, day: RealDay, papers: Papers) -> None:
        self._scenario, self._day, self._papers = scenario, day, papers
        self._present: list[Guest] = []
        self._outcome = Outcome()

    def run(self) -> Outcome:
        """Play the scenario to its end."""
        with keeper_of(self._papers, self._day, HANDS if self._scenario.tickets else 0) as keeper:
            for guest in self._scenario.guests:
                self._day.at(guest.photo_at, lambda guest=guest: self._come(guest, keeper.atelier))  # type: ignore[misc]
                if self._scenario.tickets:
                    self._day.at(guest.decided_at, lambda guest=guest: self._decide(guest))  # type: ignore[misc]
            self._day.run()
        self._outcome.lost = 4 * len(self._scenario.guests) - len(self._outcome.done)
        return self._outcome

    def _come(self, guest: Guest, atelier: Atelier) -> None:
        self._present.append(guest)
        hashes = (f"{kind} {guest.number}".encode() for kind in ("token", "keep", "entry"))
        with self._papers.visits.transaction() as transaction:
            transaction.add_visit(visit_of(guest, decided=False), Keys(*hashes), FOR_EVER)
            transaction.booth(guest.booth)
            transaction.save_booth(self._booth(guest.booth))
        for style in STYLES:
            self._day.meanwhile(lambda style=style: self._painted(guest, style, atelier))  # type: ignore[misc]

    def _decide(self, guest: Guest) -> None:
        self._present.remove(guest)
        with self._papers.visits.transaction() as transaction:
            transaction.save_visit(visit_of(guest, decided=True), FOR_EVER)
            transaction.save_booth(self._booth(guest.booth))

    def _booth(self, booth: str) -> Booth:
        return booth_of(booth, [each for each in self._present if each.booth == booth])

    def _painted(self, guest: Guest, style: str, atelier: Atelier) -> Callable[[], None]:
        """Wait for a painting, and return how to note it."""
        photo, seed = photo_of(FRAME_SIZE), seed_of(guest.number, style)
        order = Order(photo, None, style, style, caption_for(guest.number, style), seed)
        try:
            painted = atelier.paint(
                PaintJob(str(guest.number), 1, style), lambda: order, lambda _: nullcontext()
            )
        except Fault:
            return lambda: None
        at = self._day.now

        def note() -> None:
            self._outcome.done[guest.number, style] = at
            self._outcome.by_hand += painted.painter == HAND

        return note
