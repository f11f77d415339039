from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

# The colour words that the laptop's eye may say.
EYE_COLOURS = (
    "red", "orange", "yellow", "green", "blue", "violet", "pink", "brown", "black", "white", "grey",
)  # fmt: skip

Company = Literal["none", "one", "two", "many"]
COMPANIES: tuple[Company, ...] = ("none", "one", "two", "many")


@dataclass(frozen=True, slots=True)
class Artwork:
    """A painter's real work: its title, its year as written on the label, and where it hangs."""

    title: str
    year: str
    where: str


@dataclass(frozen=True, slots=True)
class StyleTexts:
    """What is said about one style; `matches` says of each other style how it hangs beside this one."""

    painter: str
    short: str
    after: str
    medium: str
    title: str
    sentence: str
    personality: str
    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    artworks: tuple[Artwork, ...]
    matches: Mapping[str, str]

    def after_in(self, year: int) -> str:
        """Return the label's line that names the painter and the year."""
        return self.after.format(year=year)

    def title_for(self, name: str) -> str:
        """Return the label's title for a visitor's name."""
        return self.title.format(name=name)


@dataclass(frozen=True, slots=True)
class QuestionTexts:
    """A question and its options by their ids."""

    text: str
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TypeTexts:
    """A type's name and what it says about the visitor."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class GalleryTexts:
    """The label of a house painting."""

    title: str
    medium: str


@dataclass(frozen=True, slots=True)
class CaptionTemplates:
    """One sentence each for no colour, one colour and two colours."""

    plain: str
    one_colour: str
    two_colours: str


@dataclass(frozen=True, slots=True)
class CaptionTexts:
    """How the laptop says what it sees: templates by company, colour words by the eye's names."""

    templates: Mapping[Company, CaptionTemplates]
    colours: Mapping[str, str]

    def sentence(self, faces: int, colours: Sequence[str]) -> str:
        """Say how many faces and up to two colours were seen; colours without a word are passed over."""
        company = COMPANIES[max(0, min(faces, len(COMPANIES) - 1))]
        words = [self.colours[colour] for colour in colours if colour in self.colours][:2]
        templates = self.templates[company]
        match words:
            case [first, second]:
                return templates.two_colours.format(first=first, second=second)
            case [first]:
                return templates.one_colour.format(first=first)
            case _:
                return templates.plain


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything an experience says in one language.

    `kicker` leads to the painter's name on the wall; `good`, `bad` and `neutral` head the neighbours;
    `ticket` holds the templates of the words that ticket designs look up, `until` one more for the last
    day of the visitor's pages, and `months` the names that {month_name} stands for, January first.
    """

    name: str
    invitation: str
    promise: str
    room: str
    kicker: str
    good: str
    bad: str
    neutral: str
    questions: Mapping[str, QuestionTexts]
    styles: Mapping[str, StyleTexts]
    types: Mapping[str, TypeTexts]
    caption: CaptionTexts
    gallery: Mapping[str, GalleryTexts]
    ticket: Mapping[str, str]
    until: str
    months: tuple[str, ...]

    def room_for(self, number: int) -> str:
        """Return what the room of that number is called, from 1."""
        return self.room.format(number=number)

    def kicker_for(self, name: str) -> str:
        """Return the line that leads from the visitor's name to the painter's."""
        return self.kicker.format(name=name)

    def ticket_words(self, number: int, printed_on: date) -> dict[str, str]:
        """Return the ticket's words with number and day put in."""
        return {key: self._filled(words, printed_on, number) for key, words in self.ticket.items()}

    def until_day(self, day: date) -> str:
        """Say until when the visitor's pages stay."""
        return self._filled(self.until, day, 0)

    def _filled(self, template: str, day: date, number: int) -> str:
        return template.format(
            number=number, year=day.year, month=day.month, day=day.day, month_name=self.months[day.month - 1]
        )
