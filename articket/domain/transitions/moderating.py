"""Staff and the model say what may be shown to everybody; the visitor's own way goes on whatever they say."""

from dataclasses import replace

from articket.domain.commands import Hide, LookAt, Show
from articket.domain.faults import StaleStep
from articket.domain.moderation import Look, Part
from articket.domain.transitions.scene import Context, Scene


def hide(scene: Scene, command: Hide, _: Context) -> Scene:
    """Take the photo and its paintings, or the name, off the monitor for good."""
    if command.part is Part.NAME:
        return scene.with_visit(replace(scene.guest, name_hidden=True))
    return scene.with_visit(replace(scene.guest, hidden=True))


def show(scene: Scene, command: Show, _: Context) -> Scene:
    """Let everybody see the name again, or the photo that staff looked at: only that one."""
    visit = scene.guest
    if command.part is Part.NAME:
        return scene.with_visit(replace(visit, name_hidden=False))
    if visit.photo is None or visit.photo.number != command.photo:
        raise StaleStep("step-stale", "There is another photo by now.")
    return scene.with_visit(replace(visit, hidden=False, photo=replace(visit.photo, look=Look.APPROVED)))


def look_at(scene: Scene, command: LookAt, _: Context) -> Scene:
    """Keep what the model said of the current photo, unless somebody was quicker."""
    visit = scene.guest
    if visit.photo is None or visit.photo.number != command.photo or visit.photo.look is not Look.PENDING:
        return scene
    return scene.with_visit(replace(visit, photo=replace(visit.photo, look=command.look)))
