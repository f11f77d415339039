"""A ticket is one file, whatever is cut, spoilt or made again meanwhile."""

from dataclasses import replace

import pytest
from application.kit import Kit
from application.work import FULL, LOCKED
from doubles.stores import SmallStore
from doubles.world import CuttingBarriers, PowerCutError

from articket.application import files
from articket.domain.commands import MarkPrinted, RemakeTicket
from articket.domain.faults import Fault, TemplateBroken
from articket.domain.jobs import EraseJob, PaintJob, TicketJob
from articket.domain.visit import TicketStatus


def tickets(kit: Kit) -> list[str]:
    return kit.store.list("tickets/")


def painted(kit: Kit) -> str:
    """A visit whose paintings hang and whose ticket is ordered, not made."""
    visit = kit.decided()
    for job in kit.visits.pending(100):
        kit.run(job)
    return visit


class TestCompose:
    def test_a_ticket_is_one_file_with_number_and_style_and_no_name(self, kit: Kit) -> None:
        visit = kit.decided()
        kit.run_all()
        [name] = tickets(kit)
        decision = kit.visit(visit).decision
        assert decision is not None
        assert f"-0001-{decision.style}-" in name
        assert kit.visit(visit).ticket.status is TicketStatus.READY
        assert kit.visit(visit).ticket.pixels_per_inch == 299.0
        assert kit.renderer.contents[0].name == "하린"

    @pytest.mark.parametrize(("pixels_wide", "per_inch"), [(832, 198.7), (1252, 299.0), (2504, 299.0)])
    def test_a_ticket_says_how_many_pixels_per_inch_were_truly_painted(
        self, kit: Kit, pixels_wide: int, per_inch: float
    ) -> None:
        kit.painter.pixels_wide = pixels_wide
        visit = kit.decided()
        kit.run_all()
        assert kit.visit(visit).ticket.pixels_per_inch == pytest.approx(per_inch, abs=0.05)

    def test_only_the_main_picture_counts_for_the_resolution(self, kit: Kit) -> None:
        visit = kit.decided()
        decision = kit.visit(visit).decision
        assert decision is not None
        for job in kit.visits.pending(100):
            own = isinstance(job, PaintJob) and job.style == decision.style
            kit.painter.pixels_wide = 1252 if own else 512
            kit.run(job)
        kit.run(TicketJob(visit, 1))
        assert kit.visit(visit).ticket.pixels_per_inch == 299.0

    @pytest.mark.parametrize("place", ["number-without-pdf", "pdf-without-row", "stored-not-marked"])
    def test_a_cut_anywhere_ends_in_one_file_of_the_same_name(self, kit: Kit, place: str) -> None:
        visit = painted(kit)
        kit.barriers = CuttingBarriers(place)
        with pytest.raises(PowerCutError):
            kit.run(TicketJob(visit, 1))
        assert len(tickets(kit)) == (place == "stored-not-marked")
        assert kit.visit(visit).ticket.status is TicketStatus.MAKING
        kit.clock.time += 3600
        kit.run(TicketJob(visit, 1))
        assert len(tickets(kit)) == 1
        assert kit.visit(visit).ticket.status is TicketStatus.READY
        assert kit.visits.rows.number == 1

    def test_a_ticket_that_is_ready_is_not_made_again(self, kit: Kit) -> None:
        visit = painted(kit)
        kit.run(TicketJob(visit, 1))
        kit.run(TicketJob(visit, 1))
        assert len(kit.renderer.contents) == 1

    def test_a_broken_design_is_told_to_the_desk(self, kit: Kit) -> None:
        visit = painted(kit)
        kit.renderer.faults = [TemplateBroken("template-broken", "No box.")]
        kit.run(TicketJob(visit, 1))
        ticket = kit.visit(visit).ticket
        assert (ticket.status, ticket.trouble) == (TicketStatus.TROUBLE, "template-broken")
        assert tickets(kit) == []
        kit.floor.apply("main", RemakeTicket(), visit)
        kit.run(TicketJob(visit, 2))
        assert kit.visit(visit).ticket.status is TicketStatus.READY

    @pytest.mark.parametrize("fault", [FULL, LOCKED])
    @pytest.mark.parametrize("spoils", ["tickets/", "visits/"])
    def test_a_ticket_that_finds_no_room_is_stored_when_there_is_some(
        self, fault: Fault, spoils: str
    ) -> None:
        store = SmallStore()
        kit = Kit(store=store)
        visit = painted(kit)
        store.spoils, store.fault = spoils, fault
        with pytest.raises(type(fault)):
            kit.run(TicketJob(visit, 1))
        assert kit.visit(visit).ticket.status is TicketStatus.MAKING
        store.fault = None
        kit.run(TicketJob(visit, 1))
        assert len(tickets(kit)) == 1
        kit.floor.apply("main", MarkPrinted(), visit)

    def test_a_visit_erased_while_its_ticket_is_made_leaves_no_file(self, kit: Kit) -> None:
        visit = painted(kit)

        def erase() -> None:
            kit.erase(visit)
            kit.run(EraseJob(visit))

        kit.renderer.meanwhile = erase
        kit.run(TicketJob(visit, 1))
        assert kit.store.list() == []

    def test_a_ticket_that_was_composed_is_not_rendered_again(self, kit: Kit) -> None:
        visit = painted(kit)
        kit.barriers = CuttingBarriers("stored-not-marked")
        with pytest.raises(PowerCutError):
            kit.run(TicketJob(visit, 1))
        kit.run(TicketJob(visit, 1))
        assert len(kit.renderer.contents) == 1
        assert kit.visit(visit).ticket.pixels_per_inch == 299.0

    def test_a_ticket_shows_the_part_of_the_painting_where_the_face_is(self, kit: Kit) -> None:
        kit.decided()
        kit.run_all()
        assert kit.renderer.contents[0].face == (0.5, 0.4)

    def test_a_remade_ticket_takes_the_place_of_the_older_edition(self, kit: Kit) -> None:
        visit = kit.decided()
        kit.run_all()
        [old] = tickets(kit)
        kit.floor.apply("main", RemakeTicket(), visit)
        kit.run_all()
        [new] = tickets(kit)
        assert new != old
        assert files.ticket(kit.visit(visit)) == new

    def test_a_stored_ticket_keeps_its_name_whatever_the_time_zone_becomes(self, kit: Kit) -> None:
        visit = painted(kit)
        kit.run(TicketJob(visit, 1))
        [name] = tickets(kit)
        decision = kit.visit(visit).decision
        assert decision is not None
        elsewhere = replace(kit.visit(visit), decision=replace(decision, at=decision.at + 9 * 3600))
        assert files.ticket(elsewhere) == name

    def test_a_ticket_that_is_given_up_is_told_to_the_desk_and_made_again(self, kit: Kit) -> None:
        visit = painted(kit)
        kit.compose.give_up(TicketJob(visit, 1), FULL)
        ticket = kit.visit(visit).ticket
        assert (ticket.status, ticket.trouble) == (TicketStatus.TROUBLE, "store-full")
        kit.floor.apply("main", RemakeTicket(), visit)
        kit.run_all()
        assert kit.visit(visit).ticket.status is TicketStatus.READY
