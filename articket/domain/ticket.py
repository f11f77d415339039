"""What stands on a ticket, before any design decides where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

# The localised words a design may show beside the visitor's own; an experience says each in every language.
# They are finished sentences: whoever fills a TicketContent has put the number and the date in already.
WORDS: Final[Mapping[str, str]] = {
    "all_four_here": "Headline beside the QR code; it says that all the paintings are behind it.",
    "hang_me": "Headline in the same place on a ticket without a QR code; it asks to be hung up.",
    "edition": "The edition line with the ticket's number: 'Ticket 49, one of one'.",
    "number": "The number alone, as one says it: 'No. 49'.",
    "date": "The day of the print, as one writes it: '21 November 2026'.",
    "postmark": "The words around the postmark, 12 to 40 letters: 'Articket · Hanbit Festival'.",
    "shout": "One loud word for a speech bubble, at most 5 letters: 'WOW!'.",
    "guest": "What to call a visitor whose name the ticket's fonts cannot write.",
}


@dataclass(frozen=True, slots=True)
class Match:
    """A neighbour of the main painting: whose style, the painter's short name, how they hang, the picture."""

    style: str
    painter: str
    words: str
    picture: Path


@dataclass(frozen=True, slots=True)
class TicketContent:
    """One visitor's ticket: texts in the visitor's language, pictures as JPEG files in sRGB.

    `until` is the finished phrase that says how long the keep page stays ('until 24 November');
    it and the QR code are left out where `keep_url` is None. `words` answers the keys of WORDS.
    `face` is the middle of the main painting's face as shares of its width and height, where one is known:
    designs that show only a part of the painting then show that part.
    """

    design: str
    number: int
    name: str
    locale: str
    printed_on: date
    place: str
    title: str
    after: str
    painter: str
    medium: str
    sentence: str
    until: str | None
    keep_url: str | None
    main: Path
    good: Match
    bad: Match
    words: Mapping[str, str]
    face: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class RenderedTicket:
    """A finished PDF and the true pixels per inch at which its large painting will be printed."""

    pdf: bytes
    pixels_per_inch: float
