"""Whether every design makes a ticket."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from articket.application.checkup.line import Line, bad, ok
from articket.application.ports import TicketRenderer
from articket.application.specimens import specimen
from articket.domain.experience import Experience
from articket.domain.faults import Fault

SUBJECT: Final = "Tickets"


def check_tickets(
    renderer: TicketRenderer, experience: Experience, locale: str, day: date, pictures: Sequence[Path]
) -> Iterator[Line]:
    """Make one ticket of each style's design with these pictures (JPEG); at least one picture is needed."""
    made = 0
    for style in experience.styles:
        content = specimen(experience, style, locale, day, pictures)
        try:
            renderer.render(content)
        except Fault as fault:
            yield bad(
                SUBJECT,
                f"{style.ticket_design}: {fault.sentence}",
                "Mend the design in ticket_templates, or run `make setup` where a font is missing.",
            )
        else:
            made += 1
    if made == len(experience.styles):
        yield ok(SUBJECT, f"One of each design was made: {made} of {made}, with their fonts.")
