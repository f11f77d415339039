"""Finding one visit among all that the booth still knows, by its ticket's number or by name."""

from typing import Final

from articket.application.ports import Visits
from articket.domain.visit import Visit

FOUND_AT_MOST: Final = 8
ASKED_LENGTH: Final = 40
DIGITS_AT_MOST: Final = 9  # what a ticket's number may have


def find(visits: Visits, booth: str, asked: str) -> tuple[list[Visit], bool]:
    """Return whom staff look for, and whether it is a ticket that was made once and is erased."""
    asked = asked.strip().removeprefix("#").strip()[:ASKED_LENGTH]
    if not asked:
        return [], False
    if not (asked.isascii() and asked.isdigit()):
        return visits.named(booth, asked, FOUND_AT_MOST), False
    number = int(asked[:DIGITS_AT_MOST])
    found = visits.by_number(number) if len(asked) <= DIGITS_AT_MOST else None
    if found is not None:
        return ([found] if found.booth == booth else []), False
    named = visits.named(booth, asked, FOUND_AT_MOST)
    return named, not named and len(asked) <= DIGITS_AT_MOST and 0 < number <= visits.last_number()
