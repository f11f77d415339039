"""A tiny experience with three styles and two questions, for tests that need no words."""

from articket.domain.experience import Colours, Experience, Style
from articket.domain.quiz import Axis, Option, Question, Quiz

COLOURS = Colours("#000000", "#ffffff", "#000000", "#ffffff", ("#000000",) * 4)


def style(name: str, good: str, bad: str) -> Style:
    return Style(
        id=name,
        recipe="plain",
        prompt="{caption}",
        negative_prompt="",
        loras=(),
        parameters={},
        subject="someone",
        ticket_design="vangogh",
        colours=COLOURS,
        good=(good,),
        bad=(bad,),
        neutral=(),
    )


def tiny_experience() -> Experience:
    options = (Option("a", "X"), Option("b", "Y"), Option("c", "Y"))
    return Experience(
        id="tiny",
        locales=("ko", "en"),
        default_locale="ko",
        styles=(style("sea", "sky", "sun"), style("sky", "sea", "sun"), style("sun", "sea", "sky")),
        quiz=Quiz(
            axes=(Axis(("X", "Y")),),
            questions=(Question("q1", options), Question("q2", options)),
            types={"X": "sea", "Y": "sky"},
        ),
        texts={},
    )
