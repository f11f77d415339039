"""What staff are told of photos and names that everybody would see."""

from typing import Final

from articket.application.looking import LookerHealth
from articket.domain.visit import Visit
from articket.web.snapshots.house import Json

PLEASE_LOOK: Final = "photo-please-look"


def moderation(visit: Visit, now: float) -> Json | None:
    """Return what staff may say of a visit's photo and name, None where there is neither.

    `look` is `please` where staff are asked, `pending` while the model looks, `fine` for what everybody may
    see, `hidden` by staff; what staff decide about is told only where everybody may not see it.
    """
    photo = visit.photo
    if photo is None and visit.name is None:
        return None
    told: Json = {"name_hidden": True} if visit.name_hidden else {}
    if photo is None:
        return told
    told |= {"look": _look(visit, now)}
    if visit.is_public:
        return told  # most are: a list of many rows stays small
    return told | {"why": photo.look.value, "photo": photo.number}


def _look(visit: Visit, now: float) -> str:
    if visit.is_public:
        return "fine"
    if visit.hidden:
        return "hidden"
    return "please" if visit.look_due is not None and visit.look_due <= now else "pending"


def with_looks(snapshot: Json, waiting: int, looker: LookerHealth) -> Json:
    """Return the staff's snapshot with what nobody has looked at, and why the model does not look."""
    view = snapshot["view"]
    troubles = view["troubles"]
    if looker.trouble:
        troubles = [*troubles, {"code": looker.trouble, "params": {}, "since": looker.since or 0.0}]
    if waiting:
        troubles = [*troubles, {"code": PLEASE_LOOK, "params": {"n": waiting}, "since": 0.0}]
    listed = sum((row["moderation"] or {}).get("look") == "please" for row in view["visits"])
    piles = view["piles"] | {"trouble": view["piles"]["trouble"] + max(0, waiting - listed)}
    return snapshot | {"view": view | {"troubles": troubles, "piles": piles}}
