"""Tickets for nobody: what designs are tried with before visitors come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Protocol

from articket.domain.experience import Experience, Style
from articket.domain.ticket import Match, TicketContent
from articket.domain.transitions.painting import styles_on_ticket

NUMBER: Final = 49
NAME: Final = "하린 Harin"
KEEP_URL: Final = "https://booth.example.org/t/abcdefghijklmnop"


@dataclass(frozen=True, slots=True)
class Trial:
    """A name to try a design with; without `keeps` the ticket carries no QR code."""

    label: str
    name: str
    keeps: bool = True


class TrialPrints(Protocol):
    """Tickets for nobody, one of each design, for staff to look at and to print before doors open."""

    def pdf(self, style: str, locale: str) -> bytes:
        """Return the ticket, or raise TicketFailed; KeyError where there is no such style."""

    def picture(self, style: str, locale: str) -> bytes | None:
        """Return its printed sides beside each other as JPEG, None where this machine cannot see PDFs."""


# Names as long as a booth takes them (12 letters), in the scripts and with the oddities that visitors bring.
HARD_TRIALS: Final = (
    Trial("no QR code", NAME, keeps=False),
    Trial("long Hangul", "김수한무거북이와두루미님"),
    Trial("wide Latin", "WILLAMOWMMWM"),
    Trial("accents", "Zoë Łuk-Đặng"),
    Trial("Arabic", "عبد الرحمن"),
    Trial("Hebrew", "שרה בן־דוד"),
    Trial("two directions", "Sara سارة 7"),
    Trial("emoji", "모카🐈\N{ZERO WIDTH JOINER}⬛✨💛"),
)


SAMPLE: Final = Trial("sample", NAME)


def specimen(  # noqa: PLR0913 - a ticket is made of this
    experience: Experience,
    style: Style,
    locale: str,
    day: date,
    pictures: Sequence[Path],
    *,
    trial: Trial = SAMPLE,
) -> TicketContent:
    """Return the content of a ticket for nobody, with these pictures (JPEG), at least one, the main first."""
    texts = experience.texts_in(locale)
    own = texts.styles[style.id]
    _, *mates = styles_on_ticket(experience, style.id)
    good, bad = (
        Match(mate, texts.styles[mate].short, words, pictures[place % len(pictures)])
        for place, (mate, words) in enumerate(zip(mates, (texts.good, texts.bad), strict=True), 1)
    )
    return TicketContent(
        design=style.ticket_design,
        number=NUMBER,
        name=trial.name,
        locale=locale,
        printed_on=day,
        place=texts.name,
        title=own.title_for(trial.name),
        after=own.after_in(day.year),
        painter=own.painter,
        medium=own.medium,
        sentence=own.sentence,
        until=texts.until_day(day) if trial.keeps else None,
        keep_url=KEEP_URL if trial.keeps else None,
        main=pictures[0],
        good=good,
        bad=bad,
        words=texts.ticket_words(NUMBER, day),
    )
