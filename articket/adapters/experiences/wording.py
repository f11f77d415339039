from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from articket.adapters.experiences.table import Table
from articket.domain.experience import Style
from articket.domain.quiz import Question, Quiz
from articket.domain.texts import (
    COMPANIES,
    EYE_COLOURS,
    Artwork,
    CaptionTemplates,
    CaptionTexts,
    GalleryTexts,
    QuestionTexts,
    StyleTexts,
    Texts,
    TypeTexts,
)
from articket.domain.ticket import WORDS

Read = TypeVar("Read")

WIDE_LANGUAGES: Final = ("ko", "ja", "zh")

# Most characters where a text stands: in languages of wide letters, and in others.
LIMITS: Final[Mapping[str, tuple[int, int]]] = {
    "name": (20, 32),
    "invitation": (28, 44),
    "promise": (40, 64),
    "room": (16, 20),
    "kicker": (24, 40),
    "heading": (18, 18),
    "question": (60, 90),
    "option": (36, 54),
    "painter": (16, 28),
    "short": (10, 18),
    "after": (28, 40),
    "medium": (36, 56),
    "title": (24, 40),
    "sentence": (48, 72),
    "personality": (320, 560),
    "trait": (48, 80),
    "artwork": (36, 64),
    "match": (40, 60),
    "type name": (18, 30),
    "type text": (140, 240),
    "caption": (40, 64),
    "colour": (8, 12),
    "postmark": (40, 40),
    "shout": (5, 5),
}

# What a ticket's words may hold in braces; all but the number make a date.
DATE_PLACES: Final = ("number", "year", "month", "day", "month_name")
MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Shape:
    """What each language has to have words for."""

    styles: tuple[Style, ...]
    quiz: Quiz
    gallery: Collection[str]
    ticket: Collection[str]


def read_texts(root: Table, locale: str, shape: Shape) -> Texts:
    """Read one language's file, complete for the shape of the pack."""
    return _Wording(locale, shape).texts(root)


class _Wording:
    def __init__(self, locale: str, shape: Shape) -> None:
        self.wide = locale.partition("-")[0] in WIDE_LANGUAGES
        self.shape = shape

    def texts(self, root: Table) -> Texts:
        quiz = self.shape.quiz
        ticket = root.table("ticket")
        questions = {question.id: question for question in quiz.questions if question.id}
        texts = Texts(
            name=self._text(root, "name"),
            invitation=self._text(root, "invitation"),
            promise=self._text(root, "promise"),
            room=self._text(root, "room", places=("number",)),
            kicker=self._text(root, "kicker", places=("name",)),
            good=self._text(root, "good", "heading"),
            bad=self._text(root, "bad", "heading"),
            neutral=self._text(root, "neutral", "heading"),
            questions=_each(
                root, "question", questions, lambda table, key: self._question(table, questions[key])
            ),
            styles=_each(root, "style", [style.id for style in self.shape.styles], self._style),
            types=_each(root, "type", quiz.types, self._type),
            caption=self._caption(root.table("caption")),
            gallery=_each(root, "gallery", self.shape.gallery, self._gallery),
            ticket=self._ticket_words(ticket),
            until=ticket.text("until", may=DATE_PLACES[1:]),
            months=self._months(ticket),
        )
        ticket.close()
        root.close()
        return texts

    def _text(self, table: Table, key: str, limit: str | None = None, places: Collection[str] = ()) -> str:
        return table.text(key, limit=self._limit(limit or key), places=places)

    def _limit(self, of: str) -> int:
        wide, narrow = LIMITS[of]
        return wide if self.wide else narrow

    def _question(self, table: Table, question: Question) -> QuestionTexts:
        options = table.table("options")
        texts = QuestionTexts(
            self._text(table, "text", "question"),
            {option.id: self._text(options, option.id, "option") for option in question.options if option.id},
        )
        options.close()
        return texts

    def _style(self, table: Table, style_id: str) -> StyleTexts:
        style = next(style for style in self.shape.styles if style.id == style_id)
        matches = table.table("matches") if (neighbours := _neighbours(style)) else None
        texts = StyleTexts(
            painter=self._text(table, "painter"),
            short=self._text(table, "short"),
            after=self._text(table, "after", places=("year",)),
            medium=self._text(table, "medium"),
            title=self._text(table, "title", places=("name",)),
            sentence=self._text(table, "sentence"),
            personality=self._text(table, "personality"),
            strengths=table.texts("strengths", limit=self._limit("trait")),
            weaknesses=table.texts("weaknesses", limit=self._limit("trait")),
            artworks=tuple(map(self._artwork, table.tables("artwork"))) if "artwork" in table else (),
            matches={other: self._text(matches, other, "match") for other in neighbours} if matches else {},
        )
        if matches:
            matches.close()
        return texts

    def _artwork(self, table: Table) -> Artwork:
        artwork = Artwork(*(self._text(table, key, "artwork") for key in ("title", "year", "where")))
        table.close()
        return artwork

    def _type(self, table: Table, _: str) -> TypeTexts:
        return TypeTexts(self._text(table, "name", "type name"), self._text(table, "text", "type text"))

    def _gallery(self, table: Table, _: str) -> GalleryTexts:
        return GalleryTexts(self._text(table, "title"), self._text(table, "medium"))

    def _caption(self, table: Table) -> CaptionTexts:
        colours = table.table("colours")
        texts = CaptionTexts(
            templates={company: self._templates(table.table(company)) for company in COMPANIES},
            colours={colour: self._text(colours, colour, "colour") for colour in EYE_COLOURS},
        )
        colours.close()
        table.close()
        return texts

    def _templates(self, table: Table) -> CaptionTemplates:
        templates = CaptionTemplates(
            plain=self._text(table, "plain", "caption"),
            one_colour=self._text(table, "one_colour", "caption", ("first",)),
            two_colours=self._text(table, "two_colours", "caption", ("first", "second")),
        )
        table.close()
        return templates

    def _ticket_words(self, ticket: Table) -> dict[str, str]:
        words = ticket.table("words")
        keys = sorted({*WORDS, *self.shape.ticket})
        found = {
            key: words.text(key, limit=self._limit(key) if key in LIMITS else None, may=DATE_PLACES)
            for key in keys
        }
        words.close()
        return found

    def _months(self, ticket: Table) -> tuple[str, ...]:
        months = ticket.texts("months")
        if months and len(months) != MONTHS:
            ticket.fault("months", f"`months` names {len(months)} months; a year has {MONTHS}.")
        return months


def _neighbours(style: Style) -> tuple[str, ...]:
    return style.good + style.bad + style.neutral


def _each(
    root: Table, section: str, keys: Collection[str], read: Callable[[Table, str], Read]
) -> dict[str, Read]:
    """Read one inner table per key of a section, which may be left out where nothing is asked for."""
    if not keys and section not in root:
        return {}
    tables = root.table(section)
    found = {}
    for key in keys:
        found[key] = read(tables.table(key), key)
        tables.table(key).close()
    tables.close()
    return found
