"""What staff do, and what visitors do afterwards."""

from dataclasses import replace

from articket.domain.booth import BoothStage, Door
from articket.domain.commands import (
    Blank,
    Call,
    Erase,
    GiveReview,
    Reset,
    SetDoor,
    Skip,
)
from articket.domain.faults import NotAllowed, StaleStep
from articket.domain.jobs import EraseJob
from articket.domain.transitions.line import call_next, next_in_line, release
from articket.domain.transitions.painting import reveal_by_phone
from articket.domain.transitions.scene import Context, Scene
from articket.domain.visit import PaintingStatus, Receipt, Review, TicketStatus, Visit

COMMENT_LENGTH = 300
STARS = range(1, 6)


def call(scene: Scene, _: Call, context: Context) -> Scene:
    """Call the scene's visit or the next one to a free monitor, even while the line is paused."""
    if scene.booth.stage is not BoothStage.IDLE:
        raise NotAllowed("monitor-busy", "Somebody is at the monitor.")
    if scene.visit and scene.booth.position(scene.visit.id) is None:
        raise StaleStep("step-stale", "The visit is not in line.")
    return call_next(scene, context, scene.visit.id if scene.visit else next_in_line(scene.booth))


def skip(scene: Scene, command: Skip, context: Context) -> Scene:
    """Free the monitor; the visitor goes on by phone, unless staff meant one who is gone already."""
    there = scene.booth.visit
    return _let_go(scene, context) if there and command.visit in (None, there) else scene


def set_door(scene: Scene, command: SetDoor, context: Context) -> Scene:
    """Open, pause or close the line."""
    scene = scene.with_booth(replace(scene.booth, door=Door(command.door)))
    return call_next(scene, context)


def blank(scene: Scene, command: Blank, _: Context) -> Scene:
    """Darken the monitor or light it again; whatever runs goes on."""
    return scene.with_booth(replace(scene.booth, blanked=command.on))


def reset(scene: Scene, _: Reset, context: Context) -> Scene:
    """Bring the monitor back to idle and lit; the line stays, the visitor goes on by phone."""
    return _let_go(scene.with_booth(replace(scene.booth, blanked=False)), context)


def give_review(scene: Scene, command: GiveReview, _: Context) -> Scene:
    """Keep stars and comment; a second review replaces the first."""
    visit = scene.guest
    if visit.revealed_at is None:
        raise StaleStep("step-stale", "There is nothing to review yet.")
    if command.stars not in STARS:
        raise NotAllowed("not-allowed", "Stars go from 1 to 5.")
    comment = command.comment.strip()[:COMMENT_LENGTH]
    return scene.with_visit(replace(visit, review=Review(command.stars, comment)))


def erase(scene: Scene, command: Erase, context: Context) -> Scene:
    """Leave nothing of the visit but a receipt, free its place, and order its files' destruction."""
    visit = scene.guest
    booth = scene.booth.without(visit.id)
    gone = Visit(
        id=visit.id,
        booth=visit.booth,
        locale=visit.locale,
        joined_at=visit.joined_at,
        receipt=Receipt(command.code, context.now, _inventory(visit)),
    )
    scene = scene.with_visit(gone).with_booth(booth).ordering(EraseJob(visit.id))
    return release(scene, context) if booth.visit == visit.id else scene


def _let_go(scene: Scene, context: Context) -> Scene:
    # Paintings that hang already would wait for ever for a monitor that nobody gives back.
    scene = release(scene, context)
    return reveal_by_phone(scene, context) if scene.visit else scene


def _inventory(visit: Visit) -> tuple[tuple[str, int], ...]:
    painted = sum(easel.status is PaintingStatus.DONE for easel in visit.easels)
    made = visit.ticket.status in (TicketStatus.READY, TicketStatus.PRINTED)
    counts = (
        ("photo", visit.uploads),
        ("paintings", painted),
        ("sentence", int(visit.sight is not None)),
        ("name", int(visit.name is not None)),
        ("answers", len(visit.answers)),
        ("ticket", int(made)),
        ("review", int(visit.review is not None)),
    )
    return tuple((what, count) for what, count in counts if count)
