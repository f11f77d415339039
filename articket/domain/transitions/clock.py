"""What happens when nobody does anything."""

from dataclasses import replace

from articket.domain.booth import BoothStage
from articket.domain.commands import Elapse
from articket.domain.transitions.line import miss, release
from articket.domain.transitions.painting import reveal
from articket.domain.transitions.scene import Context, Scene


def elapse(scene: Scene, command: Elapse, context: Context) -> Scene:
    """End the stage whose time is up; a clock that is late, early or repeated does nothing."""
    booth = scene.booth
    if booth.step != command.step or booth.deadline is None or context.now < booth.deadline:
        return scene
    if booth.stage is BoothStage.CALLING:
        return miss(scene, context)
    if booth.stage is BoothStage.PAINTING:
        return _painting_is_due(scene, context)
    return release(scene, context)


def _painting_is_due(scene: Scene, context: Context) -> Scene:
    revealed = reveal(scene, context)
    if revealed is not scene:
        return revealed
    latest = scene.booth.since + context.durations.painting_max_s
    if context.now < latest:
        return scene.with_booth(replace(scene.booth, deadline=latest))
    return release(scene, context)
