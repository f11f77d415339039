from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Axis:
    """Letters that exclude each other; on a tie the one standing first wins."""

    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One door of a question, and the letter that going through it counts for."""

    id: str
    letter: str


@dataclass(frozen=True, slots=True)
class Question:
    """One room of the quiz."""

    id: str
    options: tuple[Option, ...]

    def option(self, option_id: str) -> Option:
        """Return the option of that id, or raise UnknownAnswerError."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise UnknownAnswerError(f"Question {self.id!r} has no option {option_id!r}.")


@dataclass(frozen=True, slots=True)
class Quiz:
    """The questions, what they count, and which type leads to which style."""

    axes: tuple[Axis, ...]
    questions: tuple[Question, ...]
    types: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the answers say: a type, and the style it leads to."""

    type: str
    style: str


class UnknownAnswerError(ValueError):
    """An answer that the quiz does not offer at that place."""


def verdict(quiz: Quiz, answers: tuple[str, ...]) -> Verdict:
    """Count the option ids given so far, in the order of the questions, into a type and its style.

    Fewer answers than questions are counted as they are, so a quiz that was left still has a verdict;
    UnknownAnswerError is raised for an option that is not offered or an answer too many.
    """
    if len(answers) > len(quiz.questions):
        raise UnknownAnswerError(f"{len(answers)} answers to {len(quiz.questions)} questions.")
    given = zip(quiz.questions, answers, strict=False)
    counts = Counter(question.option(answer).letter for question, answer in given)
    # max keeps the first of equals, which is the tie rule: letters stand in their order of precedence.
    kind = "".join(max(axis.letters, key=lambda letter: counts[letter]) for axis in quiz.axes)
    return Verdict(type=kind, style=quiz.types[kind])
