"""What a day counts: each thing once, whatever else a command changes."""

from dataclasses import replace

import pytest

from articket.domain.day import Happening, happenings
from articket.domain.name_search import has
from articket.domain.print_queue import PrintJob, PrintState, PrintStep
from articket.domain.visit import Easel, PaintingStatus, Receipt, Ticket, TicketStatus, Visit

NOW = 1_700_000_000.0
LATER = NOW + 1e6
VISIT = Visit("v", "main", "ko", NOW)
PAINTED = replace(VISIT, easels=tuple(Easel(style, PaintingStatus.DONE) for style in "ab"))
HALF = replace(VISIT, easels=(Easel("a", PaintingStatus.DONE), Easel("b", PaintingStatus.PAINTING)))
READY = replace(PAINTED, ticket=Ticket(TicketStatus.READY, NOW))
PRINTED = replace(PAINTED, ticket=Ticket(TicketStatus.PRINTED, NOW, NOW))
AGAIN = replace(PAINTED, ticket=Ticket(TicketStatus.READY, NOW, reprints=("jam",)))
PRINTED_AGAIN = replace(PAINTED, ticket=Ticket(TicketStatus.PRINTED, NOW, NOW, reprints=("jam",)))
ERASED = replace(VISIT, receipt=Receipt("1", NOW, ()))


@pytest.mark.parametrize(
    ("before", "after", "happened"),
    [
        (VISIT, HALF, ()),
        (HALF, PAINTED, (Happening.PAINTED,)),
        (PAINTED, READY, ()),
        (READY, PRINTED, (Happening.PRINTED,)),
        (PRINTED, PRINTED, ()),
        (PRINTED, AGAIN, (Happening.REPRINTED,)),
        (AGAIN, PRINTED_AGAIN, ()),
        (PRINTED_AGAIN, ERASED, (Happening.DELETED,)),
        (ERASED, ERASED, ()),
    ],
)
def test_each_thing_is_counted_when_it_happens(
    before: Visit, after: Visit, happened: tuple[Happening, ...]
) -> None:
    assert happenings(before, after, LATER) == happened


def test_what_expires_was_deleted_by_nobody() -> None:
    assert happenings(PRINTED, ERASED, NOW) == ()


def test_paper_is_wanted_since_the_ticket_was_made_or_asked_for_again() -> None:
    job = PrintJob(PrintState.PRINTED, NOW)
    asked = job.reprint("desk", NOW + 50, "jam", 1)
    put_back = asked.claim("left", NOW + 60, 60.0).let_go("left", NOW + 70)
    held = put_back.hold("desk", NOW + 80).ask_again("desk", NOW + 90)
    assert Ticket(TicketStatus.READY, NOW).wanted_at == NOW
    for each in (asked, put_back, held):
        assert Ticket(TicketStatus.READY, NOW, job=each).wanted_at == NOW + 50
    assert Ticket(TicketStatus.PRINTED, NOW, NOW).wanted_at is None


def test_a_ticket_that_was_made_anew_is_wanted_since_then() -> None:
    old = PrintJob(steps=(PrintStep(NOW - 500, PrintState.QUEUED, "desk", "jam"),))
    assert Ticket(TicketStatus.READY, NOW, job=old).wanted_at == NOW


@pytest.mark.parametrize(
    ("name", "part"),
    [("하린", "하"), ("Harin Kim", "rinki"), ("\uff28arin", "HAR"), ("하 린", "하린"), ("Straße", "STRASSE")],
)
def test_a_name_is_found_by_what_one_remembers_of_it(name: str, part: str) -> None:
    assert has(name, part)
    assert not has(name, f"{part}?")
