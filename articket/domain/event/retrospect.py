"""The figures of an event, all of them from the visits that are there and the fleet."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Final

from articket.domain.event.journey import Journey, Painting, Reached, Step
from articket.domain.event.openings import Hour, hour_of, openings
from articket.domain.event.spread import Spread
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.server import Server

STARS: Final = range(5, 0, -1)


@dataclass(frozen=True, slots=True)
class Record:
    """What an event left behind.

    `numbers` is how many ticket numbers were given, `forgotten` counts by their time of joining visits that
    are not here any more.
    """

    journeys: tuple[Journey, ...] = ()
    fleet: Fleet = field(default_factory=Fleet)
    numbers: int = 0
    forgotten: Mapping[float, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HourFigures:
    """What happened in one hour; `line` and `ticket` are how long those waited who joined in it."""

    hour: Hour
    joined: int
    tickets: int
    prints: int
    line: Spread | None
    ticket: Spread | None


@dataclass(frozen=True, slots=True)
class Rung:
    """How many came this far, and how many of them went no further: left, still there, or erased here."""

    reached: Reached
    count: int
    left: int
    present: int
    erased: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many visitors a style got, and how many paintings of it were finished."""

    style: str
    visitors: int
    paintings: int


@dataclass(frozen=True, slots=True)
class Machine:
    """A painter as the visits tell of it, and as the fleet does where it is in there.

    `troubles` counts the faults among the server's last attempts by their codes.
    """

    label: str
    paintings: int
    seconds: Spread | None
    server: Server | None
    troubles: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote, and the stars beside it."""

    stars: int
    text: str
    locale: str


@dataclass(frozen=True, slots=True)
class Retrospect:
    """An event, looked back at.

    `forgotten` counts visits of which only the hour is known, `numbers` how many ticket numbers were given.
    """

    at: float
    visits: int
    forgotten: int
    erased: int
    expired: int
    present: int
    assisted: int
    numbers: int
    locales: tuple[tuple[str, int], ...]
    openings: tuple[tuple[HourFigures, ...], ...]
    rungs: tuple[Rung, ...]
    rooms: tuple[tuple[int, int], ...]
    steps: Mapping[Step, Spread]
    shares: tuple[Share, ...]
    machines: tuple[Machine, ...]
    paintings: int
    paintings_failed: int
    tickets: int
    prints: int
    reprints: tuple[tuple[str, int], ...]
    print_faults: int
    stars: tuple[tuple[int, int], ...]
    comments: tuple[Comment, ...]

    @property
    def hours(self) -> tuple[HourFigures, ...]:
        """Return all hours in their order."""
        return tuple(hour for opening in self.openings for hour in opening)

    @property
    def reviews(self) -> int:
        """Return how many gave stars."""
        return sum(count for _, count in self.stars)

    @property
    def mean_stars(self) -> float | None:
        """Return the mean of all stars, None where nobody gave any."""
        return sum(stars * count for stars, count in self.stars) / self.reviews if self.reviews else None


def look_back(record: Record, now: float, zone: tzinfo | None, styles: Sequence[str] = ()) -> Retrospect:
    """Return an event's figures by the zone's wall clock; `styles` says in which order they are told."""
    journeys, earlier = record.journeys, record.forgotten
    printed = [at for each in journeys for at in each.printed_at]
    reviewed = [each for each in journeys if each.stars is not None]
    return Retrospect(
        at=now,
        visits=len(journeys) + sum(earlier.values()),
        forgotten=sum(earlier.values()),
        erased=sum(each.erased for each in journeys),
        expired=sum(each.expired for each in journeys),
        present=sum(each.present and each.reached < Reached.PRINTED for each in journeys),
        assisted=sum(each.assisted for each in journeys),
        numbers=record.numbers,
        locales=_by_count(each.locale for each in journeys),
        openings=_openings(journeys, printed, earlier, zone),
        rungs=tuple(_rung(reached, journeys) for reached in Reached),
        rooms=_rooms(journeys),
        steps=_steps(journeys),
        shares=_shares(journeys, styles),
        machines=_machines(journeys, record.fleet),
        paintings=sum(len(each.paintings) for each in journeys),
        paintings_failed=sum(each.failed for each in journeys),
        tickets=sum(each.reached >= Reached.TICKET for each in journeys),
        prints=len(printed),
        reprints=_by_count(reason for each in journeys for reason in each.reprints),
        print_faults=sum(each.print_faults for each in journeys),
        stars=tuple((stars, sum(each.stars == stars for each in reviewed)) for stars in STARS),
        comments=tuple(
            Comment(each.stars, each.comment, each.locale)
            for each in sorted(reviewed, key=lambda each: each.joined_at)
            if each.stars is not None and each.comment
        ),
    )


def _openings(
    journeys: Sequence[Journey], printed: Sequence[float], earlier: Mapping[float, int], zone: tzinfo | None
) -> tuple[tuple[HourFigures, ...], ...]:
    ready = [each.ticket_at for each in journeys if each.ticket_at is not None]
    joined = Counter(hour_of(each.joined_at, zone).start for each in journeys)
    for at, count in earlier.items():
        joined[hour_of(at, zone).start] += count
    tickets = Counter(hour_of(at, zone).start for at in ready)
    prints = Counter(hour_of(at, zone).start for at in printed)
    by_hour: dict[float, list[Journey]] = {}
    for each in journeys:
        by_hour.setdefault(hour_of(each.joined_at, zone).start, []).append(each)

    def figures(hour: Hour) -> HourFigures:
        came = by_hour.get(hour.start, [])
        return HourFigures(
            hour,
            joined[hour.start],
            tickets[hour.start],
            prints[hour.start],
            Spread.of(each.took[Step.LINE] for each in came if Step.LINE in each.took),
            Spread.of(each.took[Step.TICKET] for each in came if Step.TICKET in each.took),
        )

    times = [*(each.joined_at for each in journeys), *earlier, *ready, *printed]
    return tuple(tuple(figures(hour) for hour in row) for row in openings(times, zone))


def _rung(reached: Reached, journeys: Iterable[Journey]) -> Rung:
    came = [each for each in journeys if each.reached >= reached]
    here = [each for each in came if each.reached == reached]
    if reached is Reached.PRINTED:
        return Rung(reached, len(came), 0, 0, 0)
    gone = sum(each.gone for each in here)
    present = sum(each.present and not each.gone for each in here)
    return Rung(reached, len(came), len(here) - gone - present, present, gone)


def _rooms(journeys: Iterable[Journey]) -> tuple[tuple[int, int], ...]:
    """Return before which questions visitors left who had come as far as the quiz."""
    left = Counter(
        each.room for each in journeys if each.room and each.reached is Reached.QUIZ and not each.present
    )
    return tuple(sorted((room, count) for room, count in left.items() if room))


def _steps(journeys: Iterable[Journey]) -> dict[Step, Spread]:
    journeys = tuple(journeys)
    found = {step: Spread.of(each.took[step] for each in journeys if step in each.took) for step in Step}
    return {step: spread for step, spread in found.items() if spread is not None}


def _shares(journeys: Sequence[Journey], styles: Sequence[str]) -> tuple[Share, ...]:
    visitors = Counter(each.style for each in journeys if each.style)
    painted = Counter(painting.style for each in journeys for painting in each.paintings)
    unknown = sorted((visitors.keys() | painted.keys()) - set(styles))
    return tuple(Share(style, visitors[style], painted[style]) for style in (*styles, *unknown))


def _machines(journeys: Sequence[Journey], fleet: Fleet) -> tuple[Machine, ...]:
    by_label: dict[str, list[Painting]] = {}
    for journey in journeys:
        for painting in journey.paintings:
            by_label.setdefault(painting.painter, []).append(painting)
    servers = {server.label: server for server in fleet.servers if not server.is_laptop}
    laptops = {
        server.label: server for server in fleet.servers if server.is_laptop and server.label in by_label
    }
    known = laptops | servers
    return tuple(
        Machine(
            label,
            len(by_label.get(label, ())),
            Spread.of(painting.seconds for painting in by_label.get(label, ())),
            known.get(label),
            _troubles(known.get(label)),
        )
        for label in sorted(by_label.keys() | servers.keys(), key=lambda label: -len(by_label.get(label, ())))
    )


def _troubles(server: Server | None) -> tuple[tuple[str, int], ...]:
    return _by_count(each.code for each in server.tries if each.code) if server else ()


def _by_count(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0])))
