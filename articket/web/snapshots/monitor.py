"""What the booth's monitor shows: only what everybody in the room may see."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from articket.domain.booth import Booth
from articket.domain.visit import Visit
from articket.web.snapshots import parts
from articket.web.snapshots.house import Headed, House, Json, house_picture, picture_url
from articket.web.snapshots.stages import monitor_stage

LINE_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Room:
    """What the monitor knows besides its booth: the visit at it, the line's visits, and the gallery's."""

    visit: Visit | None
    line: Sequence[Visit]
    gallery: Sequence[Visit]
    standstill: bool = False  # of the printer


def monitor(house: House, booth: Booth, room: Room, now: float) -> Json:
    """Return the monitor's snapshot, in the language of whoever is called or at it."""
    stage = monitor_stage(booth, room.visit)
    locale = room.visit.locale if room.visit and stage not in ("idle", "paused") else house.locale
    view = _around(house, booth, room, now)
    if stage in VIEWS and room.visit is not None:
        view |= VIEWS[stage](house, booth, room.visit, now)
    if room.visit and parts.ticket_state(room.visit, standstill=room.standstill) == "moment":
        view |= MOMENT.get(stage, {})
    if stage == "idle":
        view |= _idle(house, room, now)
    return Headed("monitor", locale, stage, booth.deadline).over(house, booth, now, view)


def _around(house: House, booth: Booth, room: Room, now: float) -> Json:
    guest = house.texts(house.locale).ticket["guest"]
    names = {visit.id: guest if visit.name_hidden else visit.name for visit in room.line}
    turn = int(now // house.durations.nonce_s)
    wifi = {"qr": "/qr/wifi.svg", "ssid": house.wifi_ssid} if house.wifi_ssid else None
    return {
        "languages": list(house.experience.locales),
        "blanked": booth.blanked,
        "door": booth.door.value,
        # The address without its nonce leads nobody in, so no text is shown beside the code.
        "join": {"qr": f"/qr/join.svg?v={turn}", "text": None, "wifi": wifi},
        "line": [
            {"name": names.get(place.visit), "minutes": booth.minutes(booth.ahead(place.visit) or 0, now)}
            for place in booth.line[:LINE_SHOWN]
        ],
        "line_count": len(booth.line),
        "line_minutes": booth.minutes(booth.waiting, now),
    }


def _idle(house: House, room: Room, now: float) -> Json:
    year = parts.year_of(now)
    visitors = [hung for visit in room.gallery if (hung := _visitors_painting(house, visit))]
    own = [house_picture(house, each, house.locale, year) for each in house.pictures]
    return {
        "gallery": _mixed(visitors, own),
        "gallery_s": house.durations.gallery_s,
        "invitation": {locale: house.texts(locale).invitation for locale in house.experience.locales},
    }


def _visitors_painting(house: House, visit: Visit) -> Json | None:
    if not visit.on_the_wall or visit.decision is None or visit.photo is None:
        return None
    if not house.knows(visit.decision.style):
        return None
    label = parts.label(house, house.locale, visit.decision, visit.public_name)
    return label | {"url": parts.painted_url(visit, visit.photo, "large", visit.decision.style)}


def _mixed(visitors: list[Json], own: list[Json]) -> list[Json]:
    """Take turns, so that the house's paintings do not come all in a row."""
    longest = max(len(visitors), len(own))
    return [pile[i] for i in range(longest) for pile in (visitors, own) if i < len(pile)]


def _calling(house: House, booth: Booth, visit: Visit, now: float) -> Json:
    if booth.wall is None:
        return {}
    wall = house_picture(house, booth.wall.hung, visit.locale, parts.year_of(now))
    return {"called": {"name": visit.public_name}, "wall": wall}


def _welcome(_: House, __: Booth, visit: Visit, ___: float) -> Json:
    return {"name": visit.public_name, "doing": "consent" if visit.consent is None else "photo"}


def _quiz(house: House, booth: Booth, visit: Visit, _: float) -> Json:
    before = visit.at - 1
    entered = {"index": before, "option": visit.answers[before]} if visit.at else None
    return {
        "name": visit.public_name,
        "question": parts.question(house, visit),
        "warn_at": booth.warn_at,
        "entered": entered,
    }


def _painting(house: House, booth: Booth, visit: Visit, _: float) -> Json:
    texts = house.texts(visit.locale)
    photo = visit.photo.number if visit.photo else 0
    is_public = visit.is_public
    unseen: Json = {} if is_public else {"veil": None}
    return {
        "name": visit.public_name,
        "number": visit.decision.number if visit.decision else None,
        "curtained": not is_public,
        "photo": picture_url(visit.id, photo, "photo") if is_public else None,
        "sentence": parts.sentence(visit, texts) if is_public else None,
        "reader": parts.reader(visit),
        "easels": [
            easel | {"machine": house.machine(easel["by"], visit.locale)} | unseen
            for easel in parts.easels(house, visit)
        ],
        "journey": _journey(visit),
        "since": booth.since,
        "min_s": house.durations.painting_min_s,
        "ticket": {"state": parts.ticket_state(visit)},
        "printer": {"state": "desk"},
    }


def _journey(visit: Visit) -> list[Json]:
    start = visit.moments[0].at if visit.moments else 0.0
    journey = []
    for moment in visit.moments:
        # A ticket's moment is the one in which its file lies in the desk's folder: composed and stored.
        for kind in ("ticket", "stored") if moment.kind == "ticket" else (moment.kind,):
            event = {"at": moment.at - start, "kind": kind, "style": moment.style, "seconds": moment.seconds}
            journey.append(event)
    return journey


def _reveal(house: House, _: Booth, visit: Visit, __: float) -> Json:
    decision, photo = visit.decision, visit.photo
    if decision is None or photo is None:
        return {}
    name, own = visit.public_name, house.style(decision.style, visit.locale)
    mates = parts.mates(house, visit, photo, decision)
    large = parts.painted_url(visit, photo, "large", decision.style)
    if not visit.is_public:
        mates = {which: mate and mate | {"small": None} for which, mate in mates.items()}
    return {
        **parts.label(house, visit.locale, decision, name),
        **mates,
        "name": name,
        "number": decision.number,
        "painter": own.painter,
        "kicker": house.texts(visit.locale).kicker_for(name) if name else None,
        "sentence": own.sentence,
        "curtained": not visit.is_public,
        "large": large if visit.is_public else None,
    }


# What is shown otherwise while the visitor's ticket waits for the printer.
MOMENT: Final[Mapping[str, Json]] = {
    "painting": {"ticket": {"state": "moment"}},
    "reveal": {"moment": True},
}
VIEWS: Final[Mapping[str, Callable[[House, Booth, Visit, float], Json]]] = {
    "calling": _calling,
    "welcome": _welcome,
    "quiz": _quiz,
    "painting": _painting,
    "reveal": _reveal,
}
