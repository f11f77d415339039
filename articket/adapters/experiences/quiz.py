from collections import Counter
from collections.abc import Collection
from itertools import product

from articket.adapters.experiences.table import Table
from articket.domain.quiz import Axis, Option, Question, Quiz


def read_quiz(root: Table, style_ids: Collection[str]) -> Quiz:
    """Read axes, questions and types, and check that they fit together."""
    table = root.table("quiz")
    axes = _axes(table)
    letters = [letter for axis in axes for letter in axis.letters]
    questions = tuple(_question(question, letters) for question in table.tables("question"))
    if not questions and "question" in table:
        table.fault("question", "The quiz asks nothing. Write at least one [[quiz.question]].")
    for question_id, times in Counter(question.id for question in questions).items():
        if times > 1:
            table.fault("question", f"{times} questions have the id `{question_id}`. Each needs its own.")
    used = {option.letter for question in questions for option in question.options}
    for letter in letters:
        if letter not in used:
            table.fault(
                "axes", f"No option counts for the letter `{letter}`. Give it one, or drop the letter."
            )
    types = _types(table.table("types"), axes, style_ids)
    table.close()
    return Quiz(axes, questions, types)


def _axes(table: Table) -> tuple[Axis, ...]:
    axes = tuple(
        Axis(tuple(map(str, letters))) if isinstance(letters, list) else Axis(())
        for letters in table.items("axes")
    )
    letters = Counter(letter for axis in axes for letter in axis.letters)
    if "axes" in table and not axes:
        table.fault("axes", "`axes` is empty. Put in at least one list of letters.")
    if any(len(axis.letters) < 2 for axis in axes):  # noqa: PLR2004  (a choice needs two)
        table.fault("axes", "Each axis has to be a list of at least two letters.")
    for letter, times in letters.items():
        if len(letter) != 1:
            table.fault("axes", f"`{letter}` is not one letter.")
        if times > 1:
            table.fault("axes", f"The letter `{letter}` stands {times} times. Each belongs to one axis.")
    return axes


def _question(table: Table, letters: Collection[str]) -> Question:
    question = Question(table.id("id"), tuple(_option(option, letters) for option in table.tables("options")))
    ids = {option.id for option in question.options}
    if "options" in table and len(ids) < max(2, len(question.options)):
        table.fault("options", "A question needs at least two options, each with its own id.")
    table.close()
    return question


def _option(table: Table, letters: Collection[str]) -> Option:
    option_id = table.id("id")
    letter = table.text("letter")
    if letter and letters and letter not in letters:
        table.fault("letter", f"The letter `{letter}` belongs to no axis.")
    table.close()
    return Option(option_id, letter)


def _types(table: Table, axes: tuple[Axis, ...], style_ids: Collection[str]) -> dict[str, str]:
    expected = ["".join(letters) for letters in product(*(axis.letters for axis in axes))] if axes else []
    types = {kind: table.text(kind) for kind in table.values}
    for kind, style in types.items():
        if kind not in expected:
            table.fault(kind, f"No answers can lead to the type `{kind}`: it has to be one letter per axis.")
        if style and style not in style_ids:
            table.fault(
                kind, f"The type `{kind}` leads to the style `{style}`, which this pack does not have."
            )
    if missing := [kind for kind in expected if kind not in types]:
        table.fault(None, f"These types lead nowhere: {', '.join(missing)}. Give each a style.")
    for style in style_ids:
        if types and style not in types.values():
            table.fault(None, f"No type leads to the style `{style}`, so nobody would ever get it.")
    return types
