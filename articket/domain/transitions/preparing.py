"""Consent, name and photo, in line or not."""

from dataclasses import replace

from articket.domain.booth import BoothStage
from articket.domain.commands import Describe, Frame, GiveConsent, GiveName, Ready, Retake, StorePhoto
from articket.domain.faults import NotAllowed, StaleStep
from articket.domain.jobs import DescribeJob, LookJob, PaintJob
from articket.domain.moderation import FIRST_LOOK, Look
from articket.domain.transitions.line import call_next, settle_controller, welcome
from articket.domain.transitions.scene import Context, Scene
from articket.domain.visit import Consent, Easel, Moment, Photo, Sight, Visit

NAME_LENGTH = 12
PHOTOS_ALLOWED = 20


def give_consent(scene: Scene, command: GiveConsent, context: Context) -> Scene:
    """Keep what the visitor agreed to, with version and time."""
    consent = Consent(command.version, context.now, command.gallery, command.guardian)
    return _welcomed(scene.with_visit(replace(scene.guest, consent=consent)), context)


def give_name(scene: Scene, command: GiveName, context: Context) -> Scene:
    """Keep the name for ticket and monitor, until the ticket is ordered."""
    visit = _with_consent(scene)
    name = " ".join(command.name.split())
    if not 1 <= len(name) <= NAME_LENGTH:
        raise NotAllowed("name-length", f"A name has 1 to {NAME_LENGTH} characters.", limit=NAME_LENGTH)
    if visit.decision:
        raise StaleStep("step-stale", "The ticket already carries a name.")
    if context.unfit.finds(name):
        raise NotAllowed("name-unfit", "The name holds a word that the monitor does not show.")
    return _welcomed(scene.with_visit(replace(visit, name=name)), context)


def store_photo(scene: Scene, command: StorePhoto, context: Context) -> Scene:
    """Take a new photo, superseding the one before, and order its paintings."""
    visit = _before_the_quiz(scene)
    expected = visit.photo.number + 1 if visit.photo else 1
    if command.number != expected:
        raise StaleStep("step-stale", f"The next photo has number {expected}.")
    photo = Photo(command.number, command.number, focus=command.focus, look=FIRST_LOOK[context.policy])
    scene = _take_back(scene, replace(visit, uploads=visit.uploads + 1), context)
    return _order_paintings(_welcomed(scene, context), photo, context)


def frame(scene: Scene, command: Frame, context: Context) -> Scene:
    """Cut the same photo anew around the visitor's focus, and order its paintings."""
    visit = _before_the_quiz(scene)
    if visit.photo is None or visit.photo.number != command.photo:
        raise StaleStep("step-stale", "There is another photo by now.")
    focus = (min(max(command.x, 0.0), 1.0), min(max(command.y, 0.0), 1.0))
    # Another cut shows something else, so it is looked at anew.
    look = FIRST_LOOK[context.policy]
    photo = replace(visit.photo, number=command.photo + 1, focus=focus, look=look)
    return _order_paintings(_welcomed(scene, context), photo, context)


def ready(scene: Scene, _: Ready, context: Context) -> Scene:
    """Let the visit be called; a visitor who controls the monitor starts the quiz."""
    visit = _before_the_quiz(scene)
    if not visit.complete:
        raise NotAllowed("photo-missing", "Name and photo are not both in.")
    booth = scene.booth.with_ready(visit.id, ready=True)
    scene = scene.with_visit(replace(visit, sent=True)).with_booth(booth)
    if scene.controls and booth.stage is BoothStage.WELCOME:
        return scene.with_booth(settle_controller(booth, context, ready=True))
    return call_next(scene, context)


def retake(scene: Scene, _: Retake, context: Context) -> Scene:
    """Go back to the photo; the place in line stays."""
    return _take_back(scene, _before_the_quiz(scene), context)


def describe(scene: Scene, command: Describe, context: Context) -> Scene:
    """Keep what the captioner saw on the current photo."""
    visit = scene.guest
    if visit.photo is None or visit.photo.number != command.photo or visit.sight:
        return scene
    return scene.with_visit(
        replace(
            visit,
            sight=Sight(command.sentence, command.faces, command.colours, command.face, command.reader),
            photo=replace(visit.photo, faces=command.faces),
        ).remember(Moment(context.now, "sentence"))
    )


def can_retake(visit: Visit) -> bool:
    """Whether the visitor may still change the photo."""
    return visit.at == 0 and visit.decision is None


def _with_consent(scene: Scene) -> Visit:
    if scene.guest.consent is None:
        raise NotAllowed("consent-missing", "Nothing is taken before the visitor agreed.")
    return scene.guest


def _before_the_quiz(scene: Scene) -> Visit:
    visit = _with_consent(scene)
    if not can_retake(visit):
        raise StaleStep("step-stale", "The quiz has begun.")
    return visit


def _welcomed(scene: Scene, context: Context) -> Scene:
    if scene.controls and scene.booth.stage is BoothStage.WELCOME:
        return scene.with_booth(welcome(scene.booth, context))
    return scene


def _take_back(scene: Scene, visit: Visit, context: Context) -> Scene:
    booth = scene.booth.with_ready(visit.id, ready=False)
    if scene.controls and booth.stage is BoothStage.QUIZ:
        booth = settle_controller(booth, context, ready=False)
    return scene.with_visit(replace(visit, sent=False)).with_booth(booth)


def _order_paintings(scene: Scene, photo: Photo, context: Context) -> Scene:
    if photo.number > PHOTOS_ALLOWED:
        raise NotAllowed(
            "photos-used-up", f"A visit has at most {PHOTOS_ALLOWED} photos.", limit=PHOTOS_ALLOWED
        )
    visit = scene.guest
    styles = [style.id for style in context.experience.styles]
    visit = replace(
        visit,
        photo=photo,
        sight=None,
        easels=tuple(Easel(style) for style in styles),
        moments=(Moment(context.now, "photo"),),
    )
    jobs = [PaintJob(visit.id, photo.number, style) for style in styles]
    if photo.look is Look.PENDING:
        scene = scene.ordering(LookJob(visit.id, photo.number))
    return scene.with_visit(visit).ordering(DescribeJob(visit.id, photo.number), *jobs)
