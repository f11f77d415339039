"""Joining, being called, confirming, missing a call, leaving."""

from dataclasses import replace

from articket.domain.booth import Booth, BoothStage, Door, Place, Wall
from articket.domain.commands import Confirm, Join, LeaveLine, Postpone, Rejoin, TidyLine
from articket.domain.faults import NotAllowed, StaleStep
from articket.domain.transitions.scene import Context, Scene

LONGEST_LINE = 300
PICTURES_OFFERED = 4
TRIES_AT_THE_WALL = 3
MISSES_ALLOWED = 2
PACE_MEMORY = 0.7


def join(scene: Scene, _: Join, context: Context) -> Scene:
    """Put the new visit at the end of the line; a free monitor calls it at once."""
    if scene.booth.door is Door.CLOSED and not scene.guest.assisted:
        raise NotAllowed("line-closed", "The line is closed.")
    if len(scene.booth.line) >= LONGEST_LINE and not scene.guest.assisted:
        raise NotAllowed("line-full", "The line is as long as it may be.")
    return _line_up(scene, context)


def rejoin(scene: Scene, _: Rejoin, context: Context) -> Scene:
    """Line up again for the monitor, while the quiz has not begun."""
    visit = scene.guest
    if scene.booth.position(visit.id) is not None or scene.booth.visit == visit.id:
        raise StaleStep("step-stale", "The visit is in line already.")
    if visit.at or visit.decision or scene.booth.door is Door.CLOSED:
        raise NotAllowed("not-allowed", "It is too late to line up again.")
    return _line_up(scene, context)


def leave_line(scene: Scene, _: LeaveLine, context: Context) -> Scene:
    """Go on by phone; a visit that is called lets the next one be called."""
    visit = scene.guest
    if scene.booth.called(visit.id):
        return release(scene, context)
    return scene.with_booth(scene.booth.without(visit.id))


def confirm(scene: Scene, command: Confirm, context: Context) -> Scene:
    """Hand over the monitor to the called visitor who chose the right picture."""
    visit, booth = scene.guest, scene.booth
    if not booth.called(visit.id) or booth.wall is None:
        raise StaleStep("step-stale", "The visit is not being called.")
    if command.picture != booth.wall.hung:
        left = booth.wall.tries_left - 1
        if left <= 0:
            return miss(scene, context)
        return scene.with_booth(replace(booth, wall=_hang(context, left, avoid=booth.wall.hung)))
    booth = replace(
        booth, wall=None, since=context.now, control_until=context.now + context.durations.visit_cap_s
    )
    return scene.with_booth(settle_controller(booth, context, ready=visit.sent))


def postpone(scene: Scene, _: Postpone, context: Context) -> Scene:
    """Let one other visitor go first, once."""
    booth = scene.booth
    if not booth.called(scene.guest.id) or booth.place is None:
        raise StaleStep("step-stale", "The visit is not being called.")
    if not can_postpone(booth):
        raise NotAllowed("not-allowed", "There is nobody to let go first, or it was done before.")
    place = replace(booth.place, postponed=True)
    return _call_another(scene.with_booth(_idle(_behind_the_next(booth, place))), context, place)


def tidy_line(scene: Scene, _: TidyLine, context: Context) -> Scene:
    """Take out those who missed a call and still have no photo; they may line up again."""
    latest = context.now - context.durations.absent_s
    line = tuple(place for place in scene.booth.line if not _is_absent(place, latest))
    return scene.with_booth(replace(scene.booth, line=line))


def can_postpone(booth: Booth) -> bool:
    """Whether the called visitor may let another go first."""
    return booth.place is not None and not booth.place.postponed and bool(booth.line)


def miss(scene: Scene, context: Context) -> Scene:
    """Count a missed call: the first puts the visit behind the next one, the second out of the line."""
    booth = scene.booth
    if booth.place is None:
        return scene
    place = replace(booth.place, misses=booth.place.misses + 1, missed_at=context.now)
    if place.misses < MISSES_ALLOWED:
        booth = _behind_the_next(booth, place)
    return _call_another(scene.with_booth(_idle(booth)), context, place)


def release(scene: Scene, context: Context) -> Scene:
    """Free the monitor and call the next visitor."""
    booth = scene.booth
    if booth.stage in (BoothStage.PAINTING, BoothStage.REVEAL):
        turn = context.now - booth.since_control(context.durations.visit_cap_s)
        booth = replace(booth, pace_s=PACE_MEMORY * booth.pace_s + (1 - PACE_MEMORY) * turn)
    return call_next(scene.with_booth(_idle(booth)), context)


def call_next(scene: Scene, context: Context, visit: str | None = None) -> Scene:
    """Call this visit, or the first that is ready, or else the first that never missed a call."""
    booth = scene.booth
    if booth.stage is not BoothStage.IDLE or (_paused(scene) and visit is None):
        return scene
    place = next((each for each in booth.line if each.visit == visit), None) if visit else _first(booth)
    if place is None:
        return scene
    return scene.with_booth(
        enter(
            replace(booth.without(place.visit), place=place, wall=_hang(context, TRIES_AT_THE_WALL)),
            BoothStage.CALLING,
            context.now,
            context.durations.call_s,
        )
    )


def settle_controller(booth: Booth, context: Context, *, ready: bool) -> Booth:
    """Show the quiz when the controller's photo is in, else welcome them until it is."""
    if not ready:
        return welcome(enter(booth, BoothStage.WELCOME, context.now, context.durations.camera_s), context)
    return touch(enter(booth, BoothStage.QUIZ, context.now, context.durations.release_s), context)


def welcome(booth: Booth, context: Context) -> Booth:
    """Start the controller's time for consent, name and photo anew, within the visit's cap."""
    return replace(booth, deadline=min(context.now + context.durations.camera_s, _cap(booth, context)))


def touch(booth: Booth, context: Context) -> Booth:
    """Start the controller's idle time anew, within the visit's cap."""
    until = _cap(booth, context)
    return replace(
        booth,
        deadline=min(context.now + context.durations.release_s, until),
        warn_at=min(context.now + context.durations.idle_warning_s, until),
    )


def next_in_line(booth: Booth) -> str | None:
    """Return the visit to be called next: the first that is ready, or that never missed a call."""
    place = _first(booth)
    return place.visit if place else None


def enter(booth: Booth, stage: BoothStage, now: float, seconds: float) -> Booth:
    """Bring the monitor to a stage that ends by itself after so many seconds."""
    return replace(booth, stage=stage, step=booth.step + 1, since=now, deadline=now + seconds, warn_at=None)


def _call_another(scene: Scene, context: Context, than: Place) -> Scene:
    another = _first(scene.booth.without(than.visit))
    return call_next(scene, context, another.visit if another and not _paused(scene) else None)


def _cap(booth: Booth, context: Context) -> float:
    return booth.control_until or context.now + context.durations.visit_cap_s


def _paused(scene: Scene) -> bool:
    return scene.booth.door is Door.PAUSED


def _idle(booth: Booth) -> Booth:
    return replace(
        booth,
        stage=BoothStage.IDLE,
        step=booth.step + 1,
        deadline=None,
        warn_at=None,
        place=None,
        wall=None,
        control_until=None,
    )


def _first(booth: Booth) -> Place | None:
    ready = next((place for place in booth.line if place.ready), None)
    return ready or next((place for place in booth.line if place.callable), None)


def _is_absent(place: Place, latest: float) -> bool:
    return not place.callable and place.missed_at is not None and place.missed_at <= latest


def _behind_the_next(booth: Booth, place: Place) -> Booth:
    return replace(booth, line=(*booth.line[:1], place, *booth.line[1:]))


def _line_up(scene: Scene, context: Context) -> Scene:
    visit = scene.guest
    place = Place(visit.id, context.now, ready=visit.sent)
    booth = scene.booth
    return call_next(scene.with_booth(replace(booth, line=(*booth.line, place))), context)


def _hang(context: Context, tries_left: int, avoid: str | None = None) -> Wall:
    pictures = [picture for picture in context.pictures if picture != avoid]
    start = int(context.roll * len(pictures))
    hung = pictures[start]
    others = [picture for picture in context.pictures if picture != hung]
    turn = int(context.roll * 7919) % len(others)
    offered = [hung, *(others[turn:] + others[:turn])[: PICTURES_OFFERED - 1]]
    shift = int(context.roll * 104729) % len(offered)
    return Wall(hung, tuple(offered[shift:] + offered[:shift]), tries_left)
