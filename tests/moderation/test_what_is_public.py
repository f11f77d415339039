"""A photo is public only when whoever had to look at it did; what staff hide stays hidden."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from domain.stage import Theatre
from hypothesis import given
from hypothesis import strategies as st

from articket.domain.commands import (
    Command,
    Erase,
    Frame,
    GiveConsent,
    GiveName,
    Hide,
    LookAt,
    Show,
    StorePhoto,
)
from articket.domain.faults import Gone, NotAllowed, PermanentFault, StaleStep
from articket.domain.jobs import LookJob
from articket.domain.moderation import Look, Part, Policy
from articket.domain.names import Filter, WordList
from articket.domain.transitions import Context, Scene, reduce

if TYPE_CHECKING:
    from collections.abc import Callable

    from articket.domain.visit import Visit

VISIT = "a"


def arrived(policy: Policy) -> Theatre:
    theatre = Theatre(policy=policy)
    theatre.join(VISIT)
    theatre.do(GiveConsent("1", gallery=True, guardian=False), VISIT)
    theatre.do(GiveName("Harin"), VISIT)
    theatre.do(StorePhoto(1), VISIT)
    return theatre


def visit(theatre: Theatre) -> Visit:
    return theatre.visits[VISIT]


# Each step by the number of the photo that is there, or of the one before.
STEPS: dict[str, Callable[[int], Command]] = {
    "another photo": lambda present: StorePhoto(present + 1),
    "another cut": lambda present: Frame(present, 0.5, 0.5),
    "clear": lambda present: LookAt(present, Look.CLEAR),
    "flagged": lambda present: LookAt(present, Look.FLAGGED),
    "unseen": lambda present: LookAt(present, Look.UNSEEN),
    "late": lambda present: LookAt(present - 1, Look.CLEAR),
    "all right": lambda present: Show(Part.PHOTO, present),
    "all right, late": lambda present: Show(Part.PHOTO, present - 1),
    "hide": lambda _: Hide(Part.PHOTO),
    "hide the name": lambda _: Hide(Part.NAME),
    "show the name": lambda _: Show(Part.NAME),
}


@given(policy=st.sampled_from(Policy), walk=st.lists(st.sampled_from(sorted(STEPS)), max_size=14))
def test_nothing_is_public_that_nobody_passed(policy: Policy, walk: list[str]) -> None:
    theatre = arrived(policy)
    passed = {1} if policy is Policy.OFF else set[int]()
    hidden, name_hidden = False, False
    for name in walk:
        before = visit(theatre).photo
        assert before is not None
        step = STEPS[name](before.number)
        with suppress(PermanentFault):
            theatre.do(step, VISIT)
            match step:
                case StorePhoto() | Frame() if policy is Policy.OFF:
                    passed.add(before.number + 1)
                case LookAt(photo, Look.CLEAR) if photo == before.number and before.look is Look.PENDING:
                    passed.add(photo)
                case Show(Part.PHOTO, photo) if photo is not None:
                    passed, hidden = passed | {photo}, False
                case Hide(Part.PHOTO):
                    hidden = True
                case Hide(Part.NAME):
                    name_hidden = True
                case Show(Part.NAME):
                    name_hidden = False
        present = visit(theatre)
        assert present.photo is not None
        assert present.is_public == (present.photo.number in passed and not hidden)
        assert present.public_name == (None if name_hidden else "Harin")
        assert present.name == "Harin"
        assert (present.look_due is None) == (present.is_public or hidden)


@pytest.mark.parametrize(
    ("policy", "look", "ordered"),
    [
        (Policy.FLAG, Look.PENDING, [1, 2]),
        (Policy.ASK, Look.ASKED, []),
        (Policy.OFF, Look.NEEDLESS, []),
    ],
)
def test_a_policy_says_who_looks_first_and_again_at_another_cut(
    policy: Policy, look: Look, ordered: list[int]
) -> None:
    theatre = arrived(policy)
    theatre.do(Show(Part.PHOTO, 1), VISIT)
    theatre.do(Frame(1, 0.5, 0.5), VISIT)
    photo = visit(theatre).photo
    assert photo is not None
    assert photo.look is look
    assert [job.photo for job in theatre.jobs if isinstance(job, LookJob)] == ordered


def test_staff_say_that_a_photo_is_all_right_for_the_photo_they_saw_only() -> None:
    theatre = arrived(Policy.FLAG)
    theatre.do(LookAt(1, Look.FLAGGED), VISIT)
    assert visit(theatre).look_due == theatre.now
    theatre.do(StorePhoto(2), VISIT)
    with pytest.raises(StaleStep):
        theatre.do(Show(Part.PHOTO, 1), VISIT)
    assert not visit(theatre).is_public
    theatre.do(Show(Part.PHOTO, 2), VISIT)
    assert visit(theatre).is_public
    theatre.do(LookAt(2, Look.FLAGGED), VISIT)  # the model comes late
    assert visit(theatre).is_public


def test_a_hidden_photo_needs_no_look_and_changes_nothing_of_the_visitor_s_way() -> None:
    theatre = arrived(Policy.ASK)
    before = visit(theatre)
    theatre.do(Hide(), VISIT)
    assert visit(theatre) == replace(before, hidden=True)
    assert visit(theatre).look_due is None
    assert not visit(theatre).on_the_wall


def test_of_an_erased_visit_nothing_can_be_hidden_or_shown() -> None:
    theatre = arrived(Policy.ASK)
    theatre.do(Erase("1-AB"), VISIT)
    for command in (Hide(), Hide(Part.NAME), Show(Part.PHOTO, 1), Show(Part.NAME), LookAt(1, Look.CLEAR)):
        with pytest.raises(Gone):
            theatre.do(command, VISIT)


def test_an_unfit_name_is_not_kept_and_the_one_before_stays() -> None:
    theatre = arrived(Policy.OFF)
    unfit = Filter.of([WordList(anywhere=("rude",))])
    context = Context(theatre.now, theatre.experience, theatre.durations, 0.3, (), theatre.draw, unfit=unfit)
    scene = Scene(theatre.booth, visit(theatre))
    with pytest.raises(NotAllowed) as fault:
        reduce(scene, GiveName("Mr R.u.d.e"), context)
    assert fault.value.code == "name-unfit"
    assert "rude" not in str(fault.value).lower().replace(".", "")
    named = reduce(scene, GiveName("Rudolf"), context).scene.visit
    assert named is not None
    assert named.name == "Rudolf"
