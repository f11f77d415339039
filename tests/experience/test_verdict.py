from collections import Counter
from itertools import product

import pytest

from articket.domain.experience import Experience
from articket.domain.quiz import Axis, Option, Question, Quiz, UnknownAnswerError, Verdict, verdict


def every_way_through(quiz: Quiz) -> list[tuple[str, ...]]:
    return list(product(*([option.id for option in question.options] for question in quiz.questions)))


def answers_for(quiz: Quiz, letters: str) -> tuple[str, ...]:
    """Answer each question with its option for one of the letters."""
    return tuple(
        next(option.id for option in question.options if option.letter in letters)
        for question in quiz.questions
    )


def test_all_256_ways_through_the_rooms_lead_to_a_painter_and_all_four_are_reached(
    painters: Experience,
) -> None:
    ways = every_way_through(painters.quiz)
    verdicts = [verdict(painters.quiz, way) for way in ways]
    assert len(ways) == 256
    assert {found.style for found in verdicts} == {"picasso", "renoir", "vangogh", "lichtenstein"}
    assert {found.type for found in verdicts} == painters.quiz.types.keys()


def test_every_type_is_reached_by_answering_for_its_letters(painters: Experience) -> None:
    for kind, style in painters.quiz.types.items():
        assert verdict(painters.quiz, answers_for(painters.quiz, kind)) == Verdict(kind, style)


def test_each_axis_is_asked_twice_with_both_letters(painters: Experience) -> None:
    asked = Counter(frozenset(option.letter for option in room.options) for room in painters.quiz.questions)
    assert asked == {frozenset("EI"): 2, frozenset("NS"): 2, frozenset("TF"): 2, frozenset("JP"): 2}


def test_a_letter_wins_with_two_votes_and_a_tie_counts_as_e_n_t_j(painters: Experience) -> None:
    for way in every_way_through(painters.quiz):
        votes = Counter(
            room.option(answer).letter for room, answer in zip(painters.quiz.questions, way, strict=True)
        )
        expected = "".join(
            second if votes[second] == 2 else first for first, second in ("EI", "NS", "TF", "JP")
        )
        assert verdict(painters.quiz, way).type == expected


def test_all_ways_through_the_seasons_lead_to_a_season_and_a_three_way_tie_to_the_first(
    seasons: Experience,
) -> None:
    ways = every_way_through(seasons.quiz)
    assert len(ways) == 27
    assert {verdict(seasons.quiz, way).style for way in ways} == {"spring", "autumn", "winter"}
    assert verdict(seasons.quiz, ("run", "chestnut", "frosted")) == Verdict("W", "winter")
    assert verdict(seasons.quiz, ("run", "chestnut", "ajar")) == Verdict("A", "autumn")


def test_a_tie_without_the_first_letter_goes_to_the_one_that_stands_first_among_the_tied() -> None:
    options = (Option("x", "X"), Option("y", "Y"), Option("z", "Z"))
    quiz = Quiz(
        (Axis(("X", "Y", "Z")),),
        (Question("one", options), Question("two", options)),
        dict.fromkeys("XYZ", "s"),
    )
    assert verdict(quiz, ("z", "y")).type == "Y"


def test_a_quiz_that_was_left_still_has_a_verdict(painters: Experience) -> None:
    assert verdict(painters.quiz, ()) == Verdict("ENTJ", "picasso")
    assert verdict(painters.quiz, ("wander",)) == Verdict("ENTP", "lichtenstein")


@pytest.mark.parametrize("answers", [("nowhere",), ("sill",), ("wander", "wander"), ("wander",) * 9])
def test_an_answer_that_is_not_offered_there_is_refused(
    painters: Experience, answers: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownAnswerError):
        verdict(painters.quiz, answers)
