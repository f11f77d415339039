"""Paintings arriving, the reveal, and the ticket."""

from dataclasses import replace

from articket.domain.booth import BoothStage
from articket.domain.commands import FailPainting, FailTicket, FinishPainting, StartPainting, StoreTicket
from articket.domain.experience import Experience
from articket.domain.jobs import TicketJob
from articket.domain.transitions.line import enter
from articket.domain.transitions.scene import Context, Scene
from articket.domain.visit import Easel, Moment, PaintingStatus, Ticket, TicketStatus, Visit


def styles_on_ticket(experience: Experience, style: str) -> tuple[str, ...]:
    """Return the styles a ticket shows: the visitor's own, then its good and its bad match."""
    own = experience.style(style)
    return (style, *own.good[:1], *own.bad[:1])


def start_painting(scene: Scene, command: StartPainting, context: Context) -> Scene:
    """Show that a painter took up a commission; one for an older photo is ignored."""
    easel = _easel(scene, command.photo, command.style)
    if scene.visit is None or easel is None or easel.status is PaintingStatus.DONE:
        return scene
    easel = replace(easel, status=PaintingStatus.PAINTING, painter=command.painter, trouble=None)
    moment = Moment(context.now, "started", command.style)
    return scene.with_visit(scene.visit.with_easel(easel).remember(moment))


def finish_painting(scene: Scene, command: FinishPainting, context: Context) -> Scene:
    """Hang a finished painting; what the ticket and the reveal waited for goes on."""
    easel = _easel(scene, command.photo, command.style)
    if scene.visit is None or easel is None or easel.status is PaintingStatus.DONE:
        return scene
    easel = Easel(
        command.style,
        PaintingStatus.DONE,
        command.painter,
        command.seconds,
        round=easel.round,
        pixels_wide=command.pixels_wide,
    )
    moment = Moment(context.now, "finished", command.style, command.seconds)
    scene = scene.with_visit(scene.visit.with_easel(easel).remember(moment))
    scene = order_ticket(scene, context)
    booth = scene.booth
    if not scene.controls:
        return reveal_by_phone(scene, context)
    if booth.stage is BoothStage.PAINTING and context.now >= booth.since + context.durations.painting_min_s:
        return reveal(scene, context)
    return scene


def fail_painting(scene: Scene, command: FailPainting, _: Context) -> Scene:
    """Tell the desk that a painting will not come by itself; one that hangs, or is made anew, stays."""
    easel = _easel(scene, command.photo, command.style)
    if scene.visit is None or easel is None or easel.status is PaintingStatus.DONE:
        return scene
    if easel.round != command.round:
        return scene
    easel = replace(easel, status=PaintingStatus.FAILED, painter=None, trouble=command.code)
    return scene.with_visit(scene.visit.with_easel(easel))


def order_ticket(scene: Scene, context: Context) -> Scene:
    """Order the ticket as soon as the painter is fixed and its paintings hang."""
    visit = scene.guest
    if visit.ticket.status is not TicketStatus.NONE or not hangs_all(visit, context.experience):
        return scene
    return make_ticket(scene, visit, context)


def make_ticket(scene: Scene, visit: Visit, context: Context) -> Scene:
    """Order the visit's ticket, as a new edition with the same number."""
    edition = visit.ticket.edition + 1
    ticket = Ticket(
        status=TicketStatus.MAKING,
        edition=edition,
        reprints=visit.ticket.reprints,
        ordered_at=context.now,
    )
    return scene.with_visit(replace(visit, ticket=ticket)).ordering(TicketJob(visit.id, edition))


def hangs_all(visit: Visit, experience: Experience) -> bool:
    """Whether the painter is fixed and every painting that the ticket shows is finished."""
    return visit.decision is not None and visit.done(styles_on_ticket(experience, visit.decision.style))


def reveal(scene: Scene, context: Context) -> Scene:
    """Light the painting on monitor and phone when all it shows is there."""
    visit = scene.guest
    if not hangs_all(visit, context.experience):
        return scene
    visit = replace(visit, revealed_at=context.now)
    booth = enter(scene.booth, BoothStage.REVEAL, context.now, context.durations.result_s)
    return scene.with_visit(visit).with_booth(booth)


def reveal_by_phone(scene: Scene, context: Context) -> Scene:
    """Light the painting on the phone of a visit that goes on without the monitor."""
    visit = scene.guest
    if visit.revealed_at is not None or scene.controls or not hangs_all(visit, context.experience):
        return scene
    return scene.with_visit(replace(visit, revealed_at=context.now))


def store_ticket(scene: Scene, command: StoreTicket, context: Context) -> Scene:
    """Give the ticket to the desk."""
    visit = scene.guest
    if visit.ticket.edition != command.edition or visit.ticket.status is not TicketStatus.MAKING:
        return scene
    ticket = replace(
        visit.ticket,
        status=TicketStatus.READY,
        ready_at=context.now,
        pixels_per_inch=command.pixels_per_inch,
        file=command.file,
        trouble=None,
    )
    return scene.with_visit(replace(visit, ticket=ticket).remember(Moment(context.now, "ticket")))


def fail_ticket(scene: Scene, command: FailTicket, _: Context) -> Scene:
    """Tell the desk that the ticket could not be made, and why."""
    visit = scene.guest
    if visit.ticket.edition != command.edition or visit.ticket.status is not TicketStatus.MAKING:
        return scene
    ticket = replace(visit.ticket, status=TicketStatus.TROUBLE, trouble=command.code)
    return scene.with_visit(replace(visit, ticket=ticket))


def _easel(scene: Scene, photo: int, style: str) -> Easel | None:
    visit = scene.visit
    if visit is None or visit.photo is None or visit.photo.number != photo:
        return None
    return next((easel for easel in visit.easels if easel.style == style), None)
