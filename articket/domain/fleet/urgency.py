"""How badly each painting of a visit is needed, and by when."""

from collections.abc import Callable
from itertools import product
from typing import Final

from articket.domain.booth import Booth
from articket.domain.experience import Experience
from articket.domain.fleet.commission import Urgency
from articket.domain.quiz import verdict
from articket.domain.transitions.painting import styles_on_ticket
from articket.domain.visit import Visit

ON_TICKET: Final = 0.0
AT_THE_MONITOR: Final = 1.0
IN_LINE: Final = 2.0
FOR_THE_PHONE: Final = 3.0
# A painting that is only for the phone may take its time, but not for ever.
PHONE_PATIENCE_S: Final = 600.0
MOST_UNKNOWN: Final = 8


def urgency_of(  # noqa: PLR0913, PLR0917 - all of them make something urgent
    visit: Visit,
    style: str,
    booth: Booth,
    experience: Experience,
    patience_s: float,
    likely: Callable[[tuple[str, ...], str], float],
) -> Urgency:
    """Return the urgency: the ticket's paintings first, then whoever is closest to their ticket.

    Before the painter is fixed, the answers so far say how `likely` the ticket needs the style.
    """
    decision = visit.decision
    if decision is not None:
        needed = styles_on_ticket(experience, decision.style) if _knows(experience, decision.style) else ()
        if style in needed:
            rank = (ON_TICKET, decision.at, float(needed.index(style)))
            return Urgency(rank, decision.at + patience_s)
        return Urgency((FOR_THE_PHONE, decision.at), decision.at + PHONE_PATIENCE_S)
    unlikely = 1.0 - likely(visit.given_answers, style)
    if visit.answers or booth.controller == visit.id:
        return Urgency((AT_THE_MONITOR, -float(len(visit.given_answers)), unlikely))
    place = booth.position(visit.id)
    return Urgency((IN_LINE, float(place if place is not None else 0), unlikely))


def likelihood(experience: Experience, answers: tuple[str, ...], style: str) -> float:
    """Return the share of all ways to go on with the quiz whose ticket shows the style."""
    rest = experience.quiz.questions[len(answers) :]
    if len(rest) > MOST_UNKNOWN:
        return 0.5
    ends = [
        verdict(experience.quiz, (*answers, *others)).style
        for others in product(*([option.id for option in question.options] for question in rest))
    ]
    return sum(style in styles_on_ticket(experience, end) for end in ends) / len(ends)


def _knows(experience: Experience, style: str) -> bool:
    return any(each.id == style for each in experience.styles)
