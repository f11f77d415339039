"""What one visit's phone shows; it holds nothing of anybody else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from articket.application.remains import Remain
from articket.domain.booth import Booth, BoothStage, Door
from articket.domain.transitions.line import can_postpone
from articket.domain.transitions.preparing import can_retake
from articket.domain.visit import Moment, Visit
from articket.web.snapshots import parts
from articket.web.snapshots.house import Headed, House, Json, house_picture, picture_url
from articket.web.snapshots.stages import phone_stage

CONSENT_VERSION: Final = "2026-11"
TAIL_STAGES: Final = ("consent", "photo", "line")
PHOTO_STAGES: Final = ("photo", "line", "called", "quiz")
WELCOME_STAGES: Final = ("consent", "photo")
TIMED_STAGES: Final = ("called", "consent", "photo", "quiz")


@dataclass(frozen=True, slots=True)
class Lease:
    """Where the visit's own paintings are found again, if anywhere, until when, and what outlives them."""

    keep_url: str | None
    ends_at: float
    remains: tuple[Remain, ...] = ()


def phone(  # noqa: PLR0913 - what a phone shows comes from so many places
    house: House, booth: Booth, visit: Visit | None, now: float, lease: Lease, *, standstill: bool = False
) -> Json:
    """Return the phone's snapshot; `standstill` says that the printer prints nothing just now."""
    stage = phone_stage(booth, visit)
    if visit is None:
        return Headed("phone", house.locale, stage).over(house, booth, now, {})
    view = VIEWS[stage](house, booth, visit, now)
    view["visit"] = {
        "id": visit.id,
        "name": visit.name,
        "number": visit.decision.number if visit.decision else None,
        "assisted": visit.assisted,
    }
    if stage in TAIL_STAGES:
        view["place"] = parts.place(booth, visit, now)
    if stage in PHOTO_STAGES:
        view |= _photo(visit)
    if stage in WELCOME_STAGES:
        view["welcome"] = booth.controller == visit.id and booth.stage is BoothStage.WELCOME
    if stage == "result":
        texts = house.texts(visit.locale)
        if "ticket" in view:
            view["ticket"]["state"] = parts.ticket_state(visit, standstill=standstill)
        view |= {"keep_url": lease.keep_url, "until": parts.until(texts, visit.locale, lease.ends_at)}
    if stage == "deleted":
        view["remains"] = remains_of(house, visit, lease.remains)
    deadline = booth.deadline if booth.visit == visit.id and stage in TIMED_STAGES else None
    return Headed("phone", visit.locale, stage, deadline).over(house, booth, now, view)


def remains_of(house: House, visit: Visit, remains: Sequence[Remain]) -> list[Json]:
    """Return what is not gone yet, with the moment until when in the visitor's words."""
    texts = house.texts(visit.locale)
    return [
        {
            "what": each.what.value,
            "until": parts.until(texts, visit.locale, each.until) if each.until else None,
        }
        for each in remains
    ]


def _photo(visit: Visit) -> Json:
    photo = visit.photo
    shown = {
        "number": photo.number,
        "url": picture_url(visit.id, photo.number, "photo"),
        "faces": photo.faces,
        "source": picture_url(visit.id, photo.number, "source"),
        "focus": list(photo.focus) if photo.focus else None,
    } if photo else None  # fmt: skip
    return {
        "photo": shown,
        "photo_next": photo.number + 1 if photo else 1,
        "can_retake": visit.consent is not None and can_retake(visit),
    }


def _consent(house: House, _: Booth, __: Visit, ___: float) -> Json:
    return {"consent_version": CONSENT_VERSION, "retention_hours": round(house.retention_hours)}


def _preparing(_: House, __: Booth, ___: Visit, ____: float) -> Json:
    return {}


def _line(house: House, booth: Booth, visit: Visit, _: float) -> Json:
    return {"easels": parts.easels(house, visit), "door": booth.door.value}


def _called(house: House, booth: Booth, visit: Visit, now: float) -> Json:
    if booth.wall is None:
        return {"pictures": [], "tries_left": 0, "can_postpone": False, "can_leave": True}
    year = parts.year_of(now)
    labels = {each: house_picture(house, each, visit.locale, year) for each in booth.wall.offered}
    return {
        "pictures": [
            {"id": each, "url": label["url"], "alt": f"{label['title']}, {label['after']}"}
            for each, label in labels.items()
        ],
        "tries_left": booth.wall.tries_left,
        "can_postpone": can_postpone(booth),
        "can_leave": True,
    }


def _quiz(house: House, booth: Booth, visit: Visit, _: float) -> Json:
    on_monitor = booth.controller == visit.id
    return {
        "question": parts.question(house, visit),
        "can_back": visit.at > 0,
        "on_monitor": on_monitor,
        "warn_at": booth.warn_at if on_monitor else None,
        "can_rejoin": not on_monitor and visit.at == 0 and booth.door is not Door.CLOSED,
    }


def _painting(house: House, booth: Booth, visit: Visit, _: float) -> Json:
    return {
        "easels": parts.easels(house, visit),
        "on_monitor": booth.controller == visit.id,
        "sentence": parts.sentence(visit, house.texts(visit.locale)),
    }


def _result(house: House, _: Booth, visit: Visit, __: float) -> Json:
    decision, photo = visit.decision, visit.photo
    if decision is None or photo is None or visit.revealed_at is None:
        return {}
    texts = house.texts(visit.locale)
    own = house.style(decision.style, visit.locale)
    kind = texts.types.get(decision.type)
    return {
        **parts.label(house, visit.locale, decision, visit.name),
        **parts.mates(house, visit, photo, decision),
        "painter": own.painter,
        "painter_short": own.short,
        "kicker": texts.kicker_for(visit.name or ""),
        "sentence": own.sentence,
        "personality": own.personality,
        # One of each, the same one at every look.
        "strength": own.strengths[decision.number % len(own.strengths)],
        "weakness": own.weaknesses[decision.number % len(own.weaknesses)],
        "type": {"name": kind.name, "text": kind.text} if kind else None,
        "artworks": [{"title": each.title, "year": each.year, "where": each.where} for each in own.artworks],
        "paintings": _paintings(house, visit),
        "ticket": {
            "state": parts.ticket_state(visit),
            "number": decision.number,
            "steps": _steps(visit),
        },
        "review": {"stars": visit.review.stars, "comment": visit.review.comment} if visit.review else None,
        "zip": f"/pictures/{visit.id}/all.zip",
    }


def _paintings(house: House, visit: Visit) -> list[Json]:
    texts, photo = house.texts(visit.locale), visit.photo
    return [
        {
            "style": style,
            "painter": house.style(style, visit.locale).short,
            "title": house.style(style, visit.locale).title_for(visit.name or texts.ticket["guest"]),
            **{size: parts.painted_url(visit, photo, size, style) for size in ("small", "large", "print")},
        }
        for style in (easel.style for easel in visit.easels)
        if photo and visit.done((style,))
    ]


def _steps(visit: Visit) -> list[Json]:
    def last(moments: list[Moment]) -> float | None:
        return max((moment.at for moment in moments), default=None)

    painted = last([moment for moment in visit.moments if moment.kind == "finished"])
    return [
        {"what": "painted", "at": painted},
        {"what": "composed", "at": visit.ticket.ready_at},
        {"what": "printed", "at": visit.ticket.printed_at},
    ]


def _deleted(_: House, __: Booth, visit: Visit, ___: float) -> Json:
    receipt = visit.receipt
    if receipt is None:
        return {}
    items = [{"what": what, "count": count} for what, count in receipt.items]
    return {"receipt": {"code": receipt.code, "at": receipt.at, "items": items}}


VIEWS: Final[dict[str, Callable[[House, Booth, Visit, float], Json]]] = {
    "consent": _consent,
    "photo": _preparing,
    "line": _line,
    "called": _called,
    "quiz": _quiz,
    "painting": _painting,
    "result": _result,
    "deleted": _deleted,
}
