"""Every screen of the phone as a snapshot, in Korean and in English."""

from __future__ import annotations

import json
import time
import tomllib
from typing import Any

from pages.harness import ROOT, Scene, Snapshot

STYLES = ("picasso", "renoir", "vangogh", "lichtenstein")
SEASONS = tomllib.loads((ROOT / "tests/experience/packs/seasons/en.toml").read_text("utf-8"))
MOTIF = [f"/gallery/pear.{style}.jpg" for style in ("vangogh", "renoir", "picasso", "lichtenstein")]
PICTURES = "/pictures/v8Kq/1"


def texts(locale: str) -> dict[str, Any]:
    """What an experience pack would have written."""
    path = ROOT / "tests" / "pages" / "fixtures" / "phone" / f"{locale}.json"
    book: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return book


def snapshot(locale: str, stage: str, *, deadline: float | None = None, **view: Any) -> Snapshot:
    """Return a phone's snapshot of this stage."""
    return {
        "rev": 7,
        "role": "phone",
        "locale": locale,
        "stage": stage,
        "deadline": deadline,
        "server_now": time.time(),
        "view": view,
    }


def visit(
    locale: str, *, named: bool = True, number: int | None = None, assisted: bool = False
) -> dict[str, Any]:
    name = texts(locale)["name"] if named else None
    return {"id": "v8Kq", "name": name, "number": number, "assisted": assisted}


def place(ahead: int, minutes: int) -> dict[str, int]:
    return {"ahead": ahead, "minutes": minutes}


def easels(locale: str, *statuses: str) -> list[dict[str, Any]]:
    painters = texts(locale)["painters"]
    return [
        {
            "style": style,
            "painter": painters[style][1],
            "status": status,
            "veil": f"{PICTURES}/veil-{style}.jpg" if status == "done" else None,
            "by": "laptop",
            "seconds": 11.6 if status == "done" else None,
        }
        for style, status in zip(STYLES, statuses, strict=True)
    ]


def seasons(*statuses: str) -> list[dict[str, Any]]:
    """The easels of a pack with three styles."""
    return [
        {
            "style": style,
            "painter": texts["short"],
            "status": status,
            "veil": f"{PICTURES}/veil-{style}.jpg" if status == "done" else None,
            "by": "laptop",
            "seconds": 4.2 if status == "done" else None,
        }
        for (style, texts), status in zip(SEASONS["style"].items(), statuses, strict=True)
    ]


def season(locale: str) -> Snapshot:
    """The result of a pack with three styles; one neighbour is of a style that the pack has lost."""
    shown = result(locale, "ready")
    own = SEASONS["style"]["winter"]
    paintings = [
        {
            "style": style,
            "painter": texts["short"],
            "title": texts["title"],
            **{size: f"{PICTURES}/{size}-{style}.jpg" for size in ("small", "large", "print")},
        }
        for style, texts in SEASONS["style"].items()
    ]
    good = {
        "style": "spring",
        "painter": "Spring",
        "words": "Walk together",
        "text": "Wakes you in time.",
        "small": f"{PICTURES}/small-spring.jpg",
    }
    more = {
        "style": "winter",
        "painter": own["painter"],
        "painter_short": own["short"],
        "good": good,
        "bad": None,
    }
    more |= {"paintings": paintings, "artworks": [], "type": None, "strength": "", "weakness": ""}
    return shown | {"view": shown["view"] | more}


def question(
    locale: str, index: int, *, doors: int = 2, chosen: int | None = None, which: str = "question"
) -> dict[str, Any]:
    asked = texts(locale)[which]
    options = [
        {"id": letter.lower(), "letter": letter, "text": text, "chosen": at == chosen}
        for at, (letter, text) in enumerate(zip("ABC", asked["options"][:doors], strict=False))
    ]
    return {"index": index, "count": 8, "text": asked["text"], "options": options}


def quiz(locale: str, asked: dict[str, Any], **more: Any) -> Snapshot:
    view = {
        "visit": visit(locale),
        "question": asked,
        "can_back": asked["index"] > 0,
        "on_monitor": True,
        "warn_at": None,
        "can_rejoin": False,
    }
    return snapshot(locale, "quiz", **(view | more))


def result(locale: str, state: str, **more: Any) -> Snapshot:
    book = texts(locale)
    painters = book["painters"]
    at = time.time()
    steps = ("painted", "composed", "printed")
    reached = {"making": 1, "ready": 2, "moment": 2, "trouble": 1, "printed": 3}[state]
    shown = book["result"]
    neighbours = {
        side: shown[side]
        | {"style": style, "painter": painters[style][0], "small": f"{PICTURES}/small-{style}.jpg"}
        for side, style in (("good", "lichtenstein"), ("bad", "picasso"))
    }
    view = (
        shown
        | neighbours
        | {
            "visit": visit(locale, number=49),
            "style": "vangogh",
            "painter": painters["vangogh"][0],
            "painter_short": painters["vangogh"][1],
            "paintings": [
                {
                    "style": style,
                    "painter": painters[style][1],
                    "title": shown["title"],
                    **{size: f"{PICTURES}/{size}-{style}.jpg" for size in ("small", "large", "print")},
                }
                for style in ("vangogh", "renoir", "picasso", "lichtenstein")
            ],
            "ticket": {
                "state": state,
                "number": 49,
                "steps": [
                    {"what": what, "at": at + 60 * i if i < reached else None} for i, what in enumerate(steps)
                ],
            },
            "review": None,
            "zip": "/pictures/v8Kq/all.zip",
            "keep_url": None,
        }
    )
    return snapshot(locale, "result", **(view | more))


def deleted(locale: str, *remains: str) -> Snapshot:
    counts = {"photo": 1, "paintings": 4, "sentence": 1, "name": 1, "answers": 8, "ticket": 1, "review": 0}
    receipt = {
        "code": "49-7Q4K",
        "at": time.time(),
        "items": [{"what": what, "count": count} for what, count in counts.items()],
    }
    until = {"ko": "11월 28일 15시", "en": "28 November, 15:00"}[locale]
    left = [{"what": what, "until": until if "hidden" in what else None} for what in remains]
    return snapshot(locale, "deleted", visit=visit(locale, named=False), receipt=receipt, remains=left)


def snapshots(locale: str) -> dict[str, Snapshot]:
    """Every screen by name."""
    book = texts(locale)
    nobody = visit(locale, named=False)
    photo = {"number": 1, "url": f"{PICTURES}/photo.jpg", "faces": 1}
    hung = photo | {"source": f"{PICTURES}/source.jpg", "focus": [0.3, 0.5]}
    line: dict[str, Any] = {"visit": visit(locale), "can_retake": True, "photo": photo, "photo_next": 2}
    begun = easels(locale, "waiting", "done", "painting", "waiting")
    pictures = [
        {"id": f"p{at}", "url": f"/gallery/{name}.jpg", "alt": alt}
        for at, (name, alt) in enumerate(
            zip(
                ("flowers.renoir", "lighthouse.lichtenstein", "boat.picasso", "cat.vangogh"),
                book["alts"],
                strict=True,
            )
        )
    ]
    call = {"visit": visit(locale), "pictures": pictures, "tries_left": 2, "can_postpone": True}
    ahead = place(2, 6)
    alone: dict[str, Any] = {"on_monitor": False, "can_rejoin": True, "can_retake": True}
    done = easels(locale, *["done"] * 4)
    working = easels(locale, "painting", "done", "done", "waiting")
    numbered = visit(locale, number=49)
    said = {"stars": 4, "comment": book["comment"]}
    here = "http://192.168.0.20:8080/t/x7Kq92LmPz"
    return {
        "consent": snapshot(
            locale, "consent", visit=nobody, place=ahead, consent_version="1", retention_hours=72
        ),
        "photo-empty": snapshot(locale, "photo", visit=nobody, place=ahead, photo=None, photo_next=1),
        "photo-there": snapshot(locale, "photo", place=ahead, **line),
        "photo-hung": snapshot(
            locale,
            "photo",
            place=None,
            welcome=True,
            deadline=time.time() + 42,
            **line | {"photo": hung, "visit": visit(locale, assisted=True)},
        ),
        "line-paused": snapshot(locale, "line", place=ahead, easels=begun, door="paused", **line),
        "line-seasons": snapshot(
            locale, "line", place=ahead, easels=seasons("done", "painting", "waiting"), **line
        ),
        "line": snapshot(locale, "line", place=ahead, easels=begun, **line),
        "line-next": snapshot(locale, "line", place=place(0, 1), easels=done, **line),
        "line-long": snapshot(locale, "line", place=place(21, 44), easels=begun, **line),
        "called": snapshot(locale, "called", deadline=time.time() + 28, **call),
        "called-last": snapshot(
            locale, "called", deadline=time.time() + 28, **call | {"can_postpone": False}
        ),
        "quiz": quiz(locale, question(locale, 2, chosen=1)),
        "quiz-first-alone": quiz(locale, question(locale, 0, which="long_question"), **alone),
        "quiz-three-idle": quiz(locale, question(locale, 4, doors=3), warn_at=time.time() - 1),
        "painting": snapshot(
            locale, "painting", visit=numbered, easels=working, on_monitor=True, sentence=book["sentence"]
        ),
        "painting-alone": snapshot(
            locale, "painting", visit=numbered, easels=done, on_monitor=False, sentence=None
        ),
        "painting-seasons": snapshot(
            locale,
            "painting",
            visit=numbered | {"assisted": True},
            easels=seasons("done", "painting", "waiting"),
            on_monitor=True,
            sentence="Somebody in crocus",
        ),
        "result-seasons": season(locale),
        "result-shared": result(locale, "ready")
        | {"others": [{"name": "Noa", "number": 41, "stage": "result", "index": 0}]},
        "result-making": result(locale, "making"),
        "result-moment": result(locale, "moment"),
        "result-printed": result(locale, "printed", review=said, keep_url=here),
        "deleted": deleted(locale),
        "deleted-hidden": deleted(locale, "hidden"),
        "deleted-away": deleted(locale, "cloud", "sheet"),
        "gone": snapshot(locale, "gone", visit=nobody),
    }


def scene(locale: str, name: str, shown: Snapshot) -> Scene:
    return Scene(f"phone-{name}-{locale}", "phone.html", "phone", locale, shown)


def scenes(locale: str) -> list[Scene]:
    """Every page a visitor's phone can show."""
    book = tomllib.loads((ROOT / "experiences" / "painters" / f"{locale}.toml").read_text("utf-8"))
    join = {"invitation": book["invitation"], "promise": book["promise"], "strips": MOTIF}
    mine = {"name": texts(locale)["name"], "stage": "line"}
    seasonal = {"invitation": SEASONS["invitation"], "promise": SEASONS["promise"], "strips": MOTIF[:3]}
    pages = [
        Scene(f"join-{locale}", "join.html", "join", locale, context=join),
        Scene(f"join-closed-{locale}", "join.html", "join", locale, context=join | {"door": "closed"}),
        Scene(f"join-paused-{locale}", "join.html", "join", locale, context=join | {"door": "paused"}),
        Scene(f"join-shared-{locale}", "join.html", "join", locale, context=join | {"mine": mine}),
        Scene(f"join-seasons-{locale}", "join.html", "join", locale, context=seasonal),
        Scene(f"gone-{locale}", "gone.html", "phone", locale),
    ]
    return pages + [scene(locale, name, shown) for name, shown in snapshots(locale).items()]
