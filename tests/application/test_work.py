"""Jobs may be repeated after any crash, and nothing they make outlives its visit."""

from dataclasses import replace

import pytest
from application.kit import Kit
from doubles.stores import SmallStore
from doubles.world import CuttingBarriers, PowerCutError

from articket.application import files
from articket.application.work.paint import ATTEMPTS
from articket.domain.commands import Erase, Frame, MarkPrinted, RemakeTicket
from articket.domain.faults import (
    Fault,
    PainterFaultPermanent,
    PainterFaultTransient,
    StoreFull,
    StoreUnwritable,
    TemplateBroken,
)
from articket.domain.jobs import DescribeJob, EraseJob, PaintJob, TicketJob
from articket.domain.visit import Easel, PaintingStatus, TicketStatus

SLOW = PainterFaultTransient("painter-slow", "Too slow.")
FULL = StoreFull("store-full", "No room.")
LOCKED = StoreUnwritable("store-unwritable", "Read-only.")


@pytest.fixture
def kit() -> Kit:
    return Kit()


def first(kit: Kit, visit: str, photo: int = 1) -> PaintJob:
    return PaintJob(visit, photo, kit.experience.styles[0].id)


def status(kit: Kit, job: PaintJob) -> PaintingStatus:
    return easel_of(kit, job).status


def easel_of(kit: Kit, job: PaintJob) -> Easel:
    return next(easel for easel in kit.visit(job.visit).easels if easel.style == job.style)


def tickets(kit: Kit) -> list[str]:
    return kit.store.list("tickets/")


def painted(kit: Kit) -> str:
    """A visit whose paintings hang and whose ticket is ordered, not made."""
    visit = kit.decided()
    for job in kit.visits.pending(100):
        kit.run(job)
    return visit


class TestPaint:
    def test_a_commission_is_painted_kept_in_every_size_and_hung(self, kit: Kit) -> None:
        job = first(kit, kit.ready())
        kit.run(job)
        for size in files.SIZES:
            name = files.painting(job.visit, 1, job.style, size)
            assert kit.store.get(name).startswith(f"{size} 1 {job.style}".encode())
        easel = easel_of(kit, job)
        assert (easel.status, easel.painter, easel.seconds) == (PaintingStatus.DONE, "canned", 1.25)
        assert easel.pixels_wide == 1252

    def test_how_wide_a_painting_truly_is_survives_a_cut_before_it_hangs(self, kit: Kit) -> None:
        kit.painter.pixels_wide = 832
        job = first(kit, kit.ready())
        kit.barriers = CuttingBarriers("painting-without-row")
        with pytest.raises(PowerCutError):
            kit.run(job)
        kit.run(job)
        assert easel_of(kit, job).pixels_wide == 832

    def test_a_painting_signed_by_an_older_version_hangs_at_full_width(self, kit: Kit) -> None:
        job = first(kit, kit.ready())
        kit.barriers = CuttingBarriers("painting-without-row")
        with pytest.raises(PowerCutError):
            kit.run(job)
        signature = files.signature(job.visit, 1, job.style)
        kit.store.delete(signature)
        kit.store.put(signature, b'["laptop", 4.5]')
        kit.run(job)
        easel = easel_of(kit, job)
        assert (easel.painter, easel.seconds, easel.pixels_wide) == ("laptop", 4.5, 1252)

    def test_what_hangs_is_not_painted_again(self, kit: Kit) -> None:
        job = first(kit, kit.ready())
        kit.run(job)
        kit.run(job)
        assert len(kit.painter.orders) == 1

    def test_a_painting_on_disk_without_its_row_is_hung_and_not_painted_again(self, kit: Kit) -> None:
        job = first(kit, kit.ready())
        kit.barriers = CuttingBarriers("painting-without-row")
        with pytest.raises(PowerCutError):
            kit.run(job)
        assert status(kit, job) is PaintingStatus.PAINTING
        kit.run(job)
        assert status(kit, job) is PaintingStatus.DONE
        assert len(kit.painter.orders) == 1

    @pytest.mark.parametrize("kept", range(1, 5))
    def test_what_a_cut_left_half_kept_is_painted_anew(self, kept: int) -> None:
        class CutStore(SmallStore):
            left = kept

            def put(self, name: str, data: bytes) -> bool:
                if "/1/" in name and not name.endswith("photo.jpg"):
                    self.left -= 1
                    if self.left < 0 and self.left > -2:
                        raise PowerCutError
                return super().put(name, data)

        kit = Kit(store=CutStore())
        job = first(kit, kit.ready())
        with pytest.raises(PowerCutError):
            kit.run(job)
        kit.run(job)
        assert status(kit, job) is PaintingStatus.DONE
        numbers = {
            kit.store.get(files.painting(job.visit, 1, job.style, size)).split()[1] for size in files.SIZES
        }
        assert numbers == {b"2"}, "all sizes show the same painting"

    def test_a_commission_for_an_older_photo_is_dropped(self, kit: Kit) -> None:
        visit = kit.with_consent()
        kit.photo(visit)
        kit.photo(visit, 2, b"better")
        kit.run(first(kit, visit, 1))
        assert kit.painter.orders == []
        kit.run(first(kit, visit, 2))
        assert kit.painter.orders[0].photo == b"clean better"

    def test_a_photo_replaced_while_its_painting_is_made_hangs_nothing(self, kit: Kit) -> None:
        visit = kit.with_consent()
        kit.photo(visit)
        kit.painter.meanwhile = lambda: kit.photo(visit, 2, b"better")
        kit.run(first(kit, visit, 1))
        assert status(kit, first(kit, visit)) is PaintingStatus.WAITING

    def test_an_order_knows_photo_focus_caption_and_a_seed_that_stays(self, kit: Kit) -> None:
        visit = kit.with_consent()
        kit.take_photo.take(kit.visit(visit), 1, b"photo", (0.3, 0.6))
        kit.run(first(kit, visit))
        order = kit.painter.orders[0]
        assert (order.photo, order.focus) == (b"clean photo", (0.3, 0.6))
        assert order.seed == kit.floor.seals.seed(visit, 1, order.style)

    def test_a_fault_that_may_pass_has_three_attempts(self, kit: Kit) -> None:
        job = first(kit, kit.ready())
        kit.painter.faults = [SLOW] * (ATTEMPTS - 1)
        kit.run(job)
        assert len(kit.painter.orders) == ATTEMPTS == 3
        assert status(kit, job) is PaintingStatus.DONE

    def test_three_spoilt_attempts_are_a_fault_and_the_next_order_goes_on(self, kit: Kit) -> None:
        job = first(kit, kit.ready())
        kit.painter.faults = [SLOW] * ATTEMPTS
        with pytest.raises(PainterFaultTransient):
            kit.run(job)
        assert kit.studio.now()[0][1].trouble == "painter-slow"
        kit.run(job)
        assert status(kit, job) is PaintingStatus.DONE
        assert kit.studio.now()[0][1].trouble is None

    def test_a_fault_that_never_passes_is_raised_at_once(self, kit: Kit) -> None:
        job = first(kit, kit.ready())
        kit.painter.faults = [PainterFaultPermanent("painter-locked", "No key.")]
        with pytest.raises(PainterFaultPermanent):
            kit.run(job)
        assert len(kit.painter.orders) == 1

    def test_what_no_painter_can_paint_as_ordered_is_painted_plainly_and_reaches_its_ticket(
        self, kit: Kit
    ) -> None:
        job = first(kit, kit.ready())
        kit.paint.give_up(job, SLOW)
        assert kit.painter.orders[0].recipe == "plain"
        assert status(kit, job) is PaintingStatus.DONE

    def test_what_cannot_even_be_painted_plainly_is_told_and_made_again(self, kit: Kit) -> None:
        visit = kit.decided()
        decision = kit.visit(visit).decision
        assert decision is not None
        job = PaintJob(visit, 1, decision.style)
        kit.painter.faults = [SLOW]
        kit.paint.give_up(job, PainterFaultPermanent("painter-locked", "No key."))
        easel = easel_of(kit, job)
        assert (easel.status, easel.trouble) == (PaintingStatus.FAILED, "painter-locked")
        kit.floor.apply("main", RemakeTicket(), visit)
        kit.run_all()
        assert kit.visit(visit).ticket.status is TicketStatus.READY

    def test_an_older_round_paints_nothing_any_more(self, kit: Kit) -> None:
        job = first(kit, kit.ready())
        kit.painter.faults = [SLOW]
        kit.paint.give_up(job, SLOW)
        kit.floor.apply("main", RemakeTicket(), job.visit)
        kit.painter.orders.clear()
        kit.run(job)
        kit.paint.give_up(job, SLOW)
        assert kit.painter.orders == []
        kit.run(PaintJob(job.visit, 1, job.style, 1))
        assert status(kit, job) is PaintingStatus.DONE

    def test_giving_up_a_commission_of_an_erased_visit_leaves_nothing(self, kit: Kit) -> None:
        job = first(kit, kit.ready())
        kit.painter.meanwhile = lambda: kit.erase(job.visit)
        kit.paint.give_up(job, SLOW)
        assert kit.store.list() == []

    def test_what_a_painter_stumbled_over_is_told_in_the_studio(self, kit: Kit) -> None:
        kit.painter.trouble = "painter-crashed"
        kit.run(first(kit, kit.ready()))
        assert kit.studio.now()[0][1].trouble == "painter-crashed"

    @pytest.mark.parametrize("fault", [FULL, LOCKED])
    def test_a_painting_that_finds_no_room_is_made_when_there_is_some(self, fault: Fault) -> None:
        store = SmallStore()
        kit = Kit(store=store)
        job = first(kit, kit.ready())
        store.spoils, store.fault = f"visits/{job.visit}/1/print", fault
        with pytest.raises(type(fault)):
            kit.run(job)
        store.fault = None
        kit.run(job)
        assert status(kit, job) is PaintingStatus.DONE

    def test_a_visit_erased_while_it_is_painted_leaves_no_file(self, kit: Kit) -> None:
        job = first(kit, kit.ready())

        def erase() -> None:
            kit.erase(job.visit)
            kit.run(EraseJob(job.visit))

        kit.painter.meanwhile = erase
        kit.run(job)
        assert kit.store.list() == []

    def test_a_visit_erased_before_its_commission_is_taken_up_is_no_fault(self, kit: Kit) -> None:
        job = first(kit, kit.ready())
        kit.erase(job.visit)
        kit.run(job)
        assert kit.painter.orders == []

    def test_what_a_cut_left_of_an_erased_visit_goes_when_its_job_is_taken_up(self, kit: Kit) -> None:
        job = first(kit, kit.ready())
        kit.barriers = CuttingBarriers("painting-without-row")
        with pytest.raises(PowerCutError):
            kit.run(job)
        kit.erase(job.visit)
        kit.run(job)
        assert kit.store.list() == []


class TestDescribe:
    def test_what_is_seen_is_kept_once(self, kit: Kit) -> None:
        visit = kit.ready()
        kit.run(DescribeJob(visit, 1))
        kit.run(DescribeJob(visit, 1))
        assert kit.eye.seen == 1
        sight = kit.visit(visit).sight
        assert sight is not None
        assert (sight.faces, sight.colours) == (1, ("red", "blue"))

    def test_an_older_photo_is_not_looked_at(self, kit: Kit) -> None:
        visit = kit.with_consent()
        kit.photo(visit)
        kit.photo(visit, 2)
        kit.run(DescribeJob(visit, 1))
        assert kit.eye.seen == 0

    def test_a_visit_erased_meanwhile_is_no_fault(self, kit: Kit) -> None:
        visit = kit.ready()
        kit.eye.meanwhile = lambda: kit.erase(visit)
        kit.run(DescribeJob(visit, 1))
        assert kit.visit(visit).sight is None


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


class TestErase:
    def test_jobs_of_an_erased_visit_are_in_trouble_no_more(self, kit: Kit) -> None:
        job = first(kit, kit.ready())
        kit.studio.heard(job, FULL)
        kit.studio.heard(first(kit, kit.ready("other")), FULL)
        kit.erase(job.visit)
        kit.studio.heard(EraseJob(job.visit), None)
        assert [trouble.job.visit for trouble in kit.studio.in_trouble()] != []
        assert job.visit not in [trouble.job.visit for trouble in kit.studio.in_trouble()]

    def test_the_receipt_counts_uploads_and_not_crops(self, kit: Kit) -> None:
        visit = kit.with_consent()
        kit.photo(visit)
        kit.take_photo.move(kit.visit(visit), "m1", Frame(1, 0.2, 0.8))
        kit.photo(visit, 3)
        kit.erase(visit)
        receipt = kit.visit(visit).receipt
        assert receipt is not None
        assert dict(receipt.items)["photo"] == 2

    def test_the_sweep_destroys_what_belongs_to_nobody_and_nothing_else(self, kit: Kit) -> None:
        kit.sweep.run()  # as at the first start, when database and store are new
        visit, erased = kit.decided("a"), kit.ready("b")
        kit.run_all()
        kit.erase(erased)
        unknown = "a" * 16
        kit.store.put(files.source(unknown, 1), b"photo")
        kit.store.put(f"tickets/20261121-100000-0007-sea-{unknown}.pdf", b"pdf")
        kit.store.put("tickets/staff-notes.pdf", b"ours")
        kit.sweep.run()
        left = kit.store.list()
        assert not [name for name in left if erased in name or unknown in name]
        assert "tickets/staff-notes.pdf" in left
        assert len([name for name in left if visit in name]) > 10
        assert sorted(kit.jobs.forgotten) == sorted([erased, unknown])

    def test_the_sweep_touches_nothing_of_another_database(self, kit: Kit) -> None:
        kit.store.put(f"tickets/20261121-100000-0007-sea-{'a' * 16}.pdf", b"pdf")
        kit.sweep.run()
        kit.visits.choose("pair", "another")
        kit.store.put("pair", b"one")
        kit.sweep.run()
        assert [name for name in kit.store.list() if name.startswith("tickets/")]

    def test_files_tickets_and_engine_rows_go_and_the_others_stay(self, kit: Kit) -> None:
        visit, other = kit.decided("a"), kit.ready("b")
        kit.run_all()
        kit.floor.apply("main", Erase("1-ABCD"), visit)
        kit.run_all()
        assert not [name for name in kit.store.list() if visit in name]
        assert [name for name in kit.store.list() if other in name]
        assert kit.jobs.forgotten == [visit]

    def test_erasing_files_may_be_repeated(self, kit: Kit) -> None:
        visit = kit.ready()
        kit.erase(visit)
        kit.run(EraseJob(visit))
        kit.run(EraseJob(visit))
        assert kit.store.list() == []
