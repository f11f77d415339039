"""The walk through the rooms of the quiz, on the monitor or by phone alone."""

from dataclasses import replace

from articket.domain.booth import BoothStage
from articket.domain.commands import Answer, Back
from articket.domain.faults import NotAllowed, StaleStep
from articket.domain.quiz import UnknownAnswerError, verdict
from articket.domain.transitions.line import enter, touch
from articket.domain.transitions.painting import order_ticket, reveal_by_phone
from articket.domain.transitions.scene import Context, Scene
from articket.domain.visit import Decision, Visit


def answer(scene: Scene, command: Answer, context: Context) -> Scene:
    """Go through a door; the last one fixes the painter and the ticket's number."""
    visit = _walking(scene)
    if command.step != visit.at:
        raise StaleStep("step-stale", f"The visit stands at question {visit.at}.")
    quiz = context.experience.quiz
    try:
        quiz.questions[command.step].option(command.option)
    except UnknownAnswerError as unknown:
        raise NotAllowed("not-allowed", str(unknown)) from unknown
    answers = (*visit.answers[: visit.at], command.option, *visit.answers[visit.at + 1 :])
    visit = replace(visit, answers=answers, at=visit.at + 1)
    if visit.at == len(quiz.questions):
        return _decide(scene, visit, context)
    return _touched(scene.with_visit(visit), context)


def back(scene: Scene, command: Back, context: Context) -> Scene:
    """Return to the question before; its answer stays visible until another is given."""
    visit = _walking(scene)
    if command.step != visit.at or visit.at == 0:
        raise StaleStep("step-stale", f"The visit stands at question {visit.at}.")
    return _touched(scene.with_visit(replace(visit, at=visit.at - 1)), context)


def walking(scene: Scene) -> bool:
    """Whether the scene's visit is in the quiz: it controls the monitor, or goes on without it."""
    visit, booth = scene.visit, scene.booth
    if visit is None or not visit.sent or visit.decision:
        return False
    return booth.position(visit.id) is None and not booth.called(visit.id)


def _walking(scene: Scene) -> Visit:
    visit = scene.guest
    if not walking(scene):
        raise StaleStep("step-stale", "The visit is not in the quiz.")
    return visit


def _touched(scene: Scene, context: Context) -> Scene:
    return scene.with_booth(touch(scene.booth, context)) if scene.controls else scene


def _decide(scene: Scene, visit: Visit, context: Context) -> Scene:
    found = verdict(context.experience.quiz, visit.answers)
    visit = replace(visit, decision=Decision(found.type, found.style, context.number(), context.now))
    scene = order_ticket(scene.with_visit(visit), context)
    if not scene.controls:
        return reveal_by_phone(scene, context)
    return scene.with_booth(
        enter(scene.booth, BoothStage.PAINTING, context.now, context.durations.painting_min_s)
    )
