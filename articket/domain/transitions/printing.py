"""A ticket between the desk and the paper."""

from collections.abc import Callable
from dataclasses import replace

from articket.domain.commands import MarkPrinted, Reprint
from articket.domain.faults import PrintRefused, StaleStep
from articket.domain.print_commands import (
    ClaimTicket,
    ConfirmPrint,
    FailPrint,
    HandTicketOver,
    HoldTicket,
    KeepTicket,
    LetTicketGo,
    ReleaseTicket,
    SendTicket,
)
from articket.domain.print_queue import REPRINTS_LIMIT, PrintJob
from articket.domain.transitions.scene import Context, Scene
from articket.domain.visit import Moment, TicketStatus

REASON_LENGTH = 300


def claim(scene: Scene, command: ClaimTicket, context: Context) -> Scene:
    """Put the ticket into one hand; a claim of the same hand is renewed."""
    return _on_paper(scene, lambda job: job.claim(command.by, context.now, context.durations.print_claim_s))


def keep(scene: Scene, command: KeepTicket, context: Context) -> Scene:
    """Leave the ticket in the hand it is in, as long as that hand stirs."""
    if scene.guest.ticket.status is not TicketStatus.READY:
        return scene
    return _on_paper(scene, lambda job: job.keep(command.by, context.now))


def let_go(scene: Scene, command: LetTicketGo, context: Context) -> Scene:
    """Put the ticket back among those to print."""
    return _on_paper(scene, lambda job: job.let_go(command.by, context.now))


def hand_over(scene: Scene, command: HandTicketOver, context: Context) -> Scene:
    """Put the ticket from one desk's hand into another's."""
    return _on_paper(scene, lambda job: job.hand_over(command.by, command.to, context.now))


def send(scene: Scene, command: SendTicket, context: Context) -> Scene:
    """Note that the printer has the ticket; whether it is printed others say."""
    return _on_paper(scene, lambda job: job.send(command.by, context.now, command.ref))


def fail(scene: Scene, command: FailPrint, context: Context) -> Scene:
    """Tell the desk that no paper came, and why; a printer that speaks of another round is late."""
    job = scene.guest.ticket.print_job
    if command.round is not None and not job.is_at(command.by, command.round):
        raise StaleStep("step-stale", "The ticket's printing has gone on.")
    return _on_paper(scene, lambda job: job.fail(command.by, context.now, command.why[:REASON_LENGTH]))


def hold(scene: Scene, command: HoldTicket, context: Context) -> Scene:
    """Keep the ticket from being printed."""
    return _on_paper(scene, lambda job: job.hold(command.by, context.now))


def release(scene: Scene, command: ReleaseTicket, context: Context) -> Scene:
    """Let the ticket be printed, after it was held or failed."""
    return _on_paper(scene, lambda job: job.ask_again(command.by, context.now))


def mark_printed(scene: Scene, command: MarkPrinted, context: Context) -> Scene:
    """Note that the printed ticket is in somebody's hand, wherever it was said to be before."""
    visit = scene.guest
    if visit.ticket.status is TicketStatus.PRINTED:
        return scene
    scene = _on_paper(scene, lambda job: job.finish(command.by, context.now))
    ticket = replace(scene.guest.ticket, status=TicketStatus.PRINTED, printed_at=context.now)
    return scene.with_visit(replace(visit, ticket=ticket).remember(Moment(context.now, "printed")))


def confirm(scene: Scene, command: ConfirmPrint, context: Context) -> Scene:
    """Take the printer's word that it is printed; raises StaleStep where it speaks of another round."""
    ticket = scene.guest.ticket
    if ticket.status is not TicketStatus.READY or not ticket.print_job.is_at(command.by, command.round):
        raise StaleStep("step-stale", "The ticket's printing has gone on.")
    return mark_printed(scene, MarkPrinted(command.by), context)


def reprint(scene: Scene, command: Reprint, context: Context) -> Scene:
    """Put a printed ticket back among those to print, with the reason; not for ever."""
    visit = scene.guest
    if visit.ticket.status is not TicketStatus.PRINTED:
        raise StaleStep("step-stale", "The ticket was not printed yet.")
    if len(visit.ticket.reprints) >= REPRINTS_LIMIT:
        raise PrintRefused("reprint-limit", "The ticket was printed too often.", limit=REPRINTS_LIMIT)
    reason = command.reason.strip()[:REASON_LENGTH]
    ticket = replace(
        visit.ticket,
        status=TicketStatus.READY,
        printed_at=None,
        reprints=(*visit.ticket.reprints, reason),
        job=visit.ticket.print_job.reprint(command.by, context.now, reason, command.copies),
    )
    return scene.with_visit(replace(visit, ticket=ticket))


def _on_paper(scene: Scene, change: Callable[[PrintJob], PrintJob]) -> Scene:
    visit = scene.guest
    if visit.ticket.status is not TicketStatus.READY:
        raise StaleStep("step-stale", "There is no ticket to print.")
    before = visit.ticket.print_job
    after = change(before)
    if after == before:
        return scene
    return scene.with_visit(replace(visit, ticket=replace(visit.ticket, job=after)))
