"""Making again what failed or never came, when staff ask for it."""

from articket.domain.commands import RemakeTicket
from articket.domain.experience import Experience
from articket.domain.jobs import PaintJob
from articket.domain.transitions.painting import hangs_all, make_ticket
from articket.domain.transitions.scene import Context, Scene
from articket.domain.visit import Easel, PaintingStatus, TicketStatus, Visit

PATIENCE_S = 180.0


def remake(scene: Scene, _: RemakeTicket, context: Context) -> Scene:
    """Order paintings that failed or are overdue in a new round, and the ticket as a new edition."""
    visit = scene.guest
    for easel in _due_again(visit, context.now):
        again = Easel(easel.style, round=easel.round + 1)
        visit = visit.with_easel(again)
        if visit.photo is not None:
            scene = scene.ordering(PaintJob(visit.id, visit.photo.number, again.style, again.round))
    scene = scene.with_visit(visit)
    return make_ticket(scene, visit, context) if _is_due(visit, context.now, context.experience) else scene


def can_remake(visit: Visit, now: float, experience: Experience) -> bool:
    """Whether asking for it would make anything again."""
    return bool(_due_again(visit, now)) or _is_due(visit, now, experience)


def _is_due(visit: Visit, now: float, experience: Experience) -> bool:
    being_made = visit.ticket.status is TicketStatus.MAKING
    is_young = visit.ticket.ordered_at is not None and now < visit.ticket.ordered_at + PATIENCE_S
    return hangs_all(visit, experience) and not (being_made and is_young)


def _due_again(visit: Visit, now: float) -> tuple[Easel, ...]:
    latest = max((moment.at for moment in visit.moments), default=0.0)
    overdue = visit.decision is not None and now >= max(visit.decision.at, latest) + PATIENCE_S
    return tuple(
        easel
        for easel in visit.easels
        if easel.status is PaintingStatus.FAILED or (overdue and easel.status is not PaintingStatus.DONE)
    )
