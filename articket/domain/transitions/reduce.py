from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from articket.domain import commands, print_commands
from articket.domain.booth import BoothStage
from articket.domain.commands import Command
from articket.domain.transitions import (
    clock,
    desk,
    line,
    moderating,
    painting,
    preparing,
    printing,
    quiz_walk,
    remaking,
)
from articket.domain.transitions.scene import Context, Outcome, Scene

Transition = Callable[[Scene, Any, Context], Scene]

TRANSITIONS: Final[Mapping[type, Transition]] = {
    commands.Join: line.join,
    commands.Rejoin: line.rejoin,
    commands.LeaveLine: line.leave_line,
    commands.Confirm: line.confirm,
    commands.Postpone: line.postpone,
    commands.GiveConsent: preparing.give_consent,
    commands.GiveName: preparing.give_name,
    commands.StorePhoto: preparing.store_photo,
    commands.Frame: preparing.frame,
    commands.Ready: preparing.ready,
    commands.Retake: preparing.retake,
    commands.Describe: preparing.describe,
    commands.Answer: quiz_walk.answer,
    commands.Back: quiz_walk.back,
    commands.StartPainting: painting.start_painting,
    commands.FinishPainting: painting.finish_painting,
    commands.FailPainting: painting.fail_painting,
    commands.StoreTicket: painting.store_ticket,
    commands.FailTicket: painting.fail_ticket,
    commands.RemakeTicket: remaking.remake,
    commands.Call: desk.call,
    commands.Skip: desk.skip,
    commands.SetDoor: desk.set_door,
    commands.Blank: desk.blank,
    commands.Reset: desk.reset,
    print_commands.ClaimTicket: printing.claim,
    print_commands.KeepTicket: printing.keep,
    print_commands.LetTicketGo: printing.let_go,
    print_commands.HandTicketOver: printing.hand_over,
    print_commands.SendTicket: printing.send,
    print_commands.ConfirmPrint: printing.confirm,
    print_commands.FailPrint: printing.fail,
    print_commands.HoldTicket: printing.hold,
    print_commands.ReleaseTicket: printing.release,
    commands.MarkPrinted: printing.mark_printed,
    commands.Reprint: printing.reprint,
    commands.Hide: moderating.hide,
    commands.Show: moderating.show,
    commands.LookAt: moderating.look_at,
    commands.GiveReview: desk.give_review,
    commands.Erase: desk.erase,
    commands.Elapse: clock.elapse,
    commands.TidyLine: line.tidy_line,
}


def reduce(scene: Scene, command: Command, context: Context) -> Outcome:
    """Apply a command: a changed booth or visit raises the booth's revision by one.

    Raises a PermanentFault when the command may not be, or no longer; then nothing has changed.
    """
    after = _with_call(scene, TRANSITIONS[type(command)](scene, command, context))
    changed = after.booth != scene.booth or after.visit != scene.visit
    if changed:
        after = after.with_booth(replace(after.booth, revision=scene.booth.revision + 1))
    return Outcome(after, changed)


def _with_call(before: Scene, after: Scene) -> Scene:
    """Keep on a visit whose call ends when it was called first; whoever is called need not be in a scene."""
    booth, visit = before.booth, after.visit
    if booth.stage is not BoothStage.CALLING or booth.step == after.booth.step:
        return after
    if visit is None or visit.id != booth.visit or visit.called_at is not None or visit.receipt is not None:
        return after
    return after.with_visit(replace(visit, called_at=booth.since))
