"""The check looks at a photo before doors open, as the booth will."""

import pytest
from doubles.lookers import SureLooker
from doubles.web import jpeg

from articket.application.checkup.line import State
from articket.checking.moderation import IN_PUBLIC, check_looking
from articket.domain.faults import LookerFault
from articket.domain.moderation import Policy


def test_the_model_looks_at_a_picture_and_says_how_long_it_took() -> None:
    (line,) = check_looking(Policy.FLAG, jpeg((600, 872)))
    assert (line.subject, line.state) == (IN_PUBLIC, State.OK)
    assert " s" in line.found


def test_a_model_that_is_not_there_is_in_the_way_and_the_remedy_is_named() -> None:
    missing = LookerFault("looker-missing", "The model cannot be loaded.")
    (line,) = check_looking(Policy.FLAG, jpeg(), SureLooker(faults=[missing]))
    assert line.state is State.BAD
    assert "cannot be loaded" in line.found
    assert "make setup" in line.fix


@pytest.mark.parametrize(("policy", "state"), [(Policy.ASK, State.OK), (Policy.OFF, State.WARN)])
def test_without_a_model_nobody_waits_for_one(policy: Policy, state: State) -> None:
    looker = SureLooker()
    (line,) = check_looking(policy, jpeg(), looker)
    assert line.state is state
    assert looker.seen == []
