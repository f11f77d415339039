"""What a print queue promises wherever it is kept; a class inherits this, with `first` and `second`."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from print_queue.desks import floor_at, takes, ticket
from visits.contract import NOW, Kept, add

from articket.domain.commands import Erase, MarkPrinted, Reprint
from articket.domain.durations import Durations
from articket.domain.faults import Gone, PrintRefused, StaleStep
from articket.domain.print_commands import (
    ClaimTicket,
    FailPrint,
    HoldTicket,
    KeepTicket,
    LetTicketGo,
    SendTicket,
)
from articket.domain.print_queue import PrintState

ROUNDS = 500
CLAIM_S = Durations().print_claim_s


class ClaimsContract:
    """`first` and `second` are the same rows, opened by two desks."""

    def test_in_500_rounds_no_ticket_is_taken_by_both_desks(self, first: Kept, second: Kept) -> None:
        rounds = [ticket(number) for number in range(1, ROUNDS + 1)]
        add(first, *rounds)
        together = Barrier(2)

        def desk(kept: Kept, by: str) -> list[str]:
            floor, got = floor_at(kept), []
            for visit in rounds:
                together.wait(30)
                if takes(floor, visit.id, by):
                    got.append(visit.id)
            return got

        with ThreadPoolExecutor(2) as threads:
            hauls = [threads.submit(desk, kept, by) for kept, by in ((first, "left"), (second, "right"))]
            left, right = (each.result() for each in hauls)
        assert sorted(left + right) == sorted(visit.id for visit in rounds), "each ticket once, and none left"
        for visit, by in [*((each, "left") for each in left), *((each, "right") for each in right)]:
            found = first.visit(visit)
            assert found is not None
            assert found.ticket.print_job.by == by

    def test_a_claim_is_free_again_when_its_desk_was_not_heard_of(self, first: Kept, second: Kept) -> None:
        add(first, ticket(1))
        assert takes(floor_at(first), "v1", "left")
        assert not takes(floor_at(second, NOW + CLAIM_S - 1), "v1", "right")
        assert takes(floor_at(second, NOW + CLAIM_S), "v1", "right")
        assert not takes(floor_at(first, NOW + CLAIM_S), "v1", "left")
        with pytest.raises(StaleStep):
            floor_at(first, NOW + CLAIM_S).apply("main", SendTicket("left"), "v1")

    def test_a_desk_that_stirs_keeps_its_claim(self, first: Kept, second: Kept) -> None:
        add(first, ticket(1))
        assert takes(floor_at(first), "v1", "left")
        for later in range(5):
            floor_at(first, NOW + later * CLAIM_S / 2).apply("main", KeepTicket("left"), "v1")
            floor_at(second, NOW + later * CLAIM_S / 2).apply("main", KeepTicket("right"), "v1")
        assert not takes(floor_at(second, NOW + 2.9 * CLAIM_S), "v1", "right")
        found = second.visit("v1")
        assert found is not None
        assert len(found.ticket.print_job.steps) == 1, "staying is nothing to write down"

    def test_what_is_sent_held_or_put_back_is_there_for_the_other_desk(
        self, first: Kept, second: Kept
    ) -> None:
        add(first, ticket(1), ticket(2), ticket(3))
        left, right = floor_at(first), floor_at(second, NOW + 10 * CLAIM_S)
        left.apply("main", ClaimTicket("left"), "v1")
        left.apply("main", SendTicket("left"), "v1")
        left.apply("main", HoldTicket("left"), "v2")
        left.apply("main", ClaimTicket("left"), "v3")
        left.apply("main", LetTicketGo("left"), "v3")
        assert [visit.id for visit in second.to_print("main", 9)] == ["v3"]
        for visit, code in (("v1", "ticket-sent"), ("v2", "ticket-held")):
            with pytest.raises(PrintRefused) as refused:
                right.apply("main", ClaimTicket("right"), visit)
            assert refused.value.code == code
        right.apply("main", FailPrint("right", "print-lost"), "v1")
        assert takes(right, "v1", "right")

    def test_printing_again_queues_it_with_copies_who_and_why(self, first: Kept, second: Kept) -> None:
        add(first, ticket(1))
        floor_at(first).apply("main", MarkPrinted("left"), "v1")
        floor_at(second).apply("main", Reprint("paper", 2, "right"), "v1")
        found = first.to_print("main", 9)[0].ticket.print_job
        assert (found.state, found.copies, found.round) == (PrintState.QUEUED, 2, 2)
        assert [(step.state, step.by, step.why) for step in found.steps] == [
            (PrintState.PRINTED, "left", None),
            (PrintState.QUEUED, "right", "paper"),
        ]

    def test_an_erased_visit_is_in_nobodys_hand(self, first: Kept, second: Kept) -> None:
        add(first, ticket(1))
        assert takes(floor_at(first), "v1", "left")
        floor_at(second).apply("main", Erase("1-ABCD"), "v1")
        assert first.to_print("main", 9) == []
        with pytest.raises(Gone):
            floor_at(first).apply("main", SendTicket("left"), "v1")
