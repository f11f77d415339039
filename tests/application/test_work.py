"""Jobs may be repeated after any crash, and nothing they make outlives its visit."""

import pytest
from application.kit import Kit
from doubles.stores import SmallStore
from doubles.world import CuttingBarriers, PowerCutError

from articket.application import files
from articket.application.work.paint import ATTEMPTS
from articket.domain.commands import Erase, MarkPrinted, RemakeTicket
from articket.domain.faults import (
    Fault,
    PainterFaultPermanent,
    PainterFaultTransient,
    StoreFull,
    StoreUnwritable,
    TemplateBroken,
)
from articket.domain.jobs import DescribeJob, EraseJob, PaintJob, TicketJob
from articket.domain.visit import PaintingStatus, TicketStatus

SLOW = PainterFaultTransient("painter-slow", "Too slow.")
FULL = StoreFull("store-full", "No room.")
LOCKED = StoreUnwritable("store-unwritable", "Read-only.")


@pytest.fixture
def kit() -> Kit:
    return Kit()


def first(kit: Kit, visit: str, photo: int = 1) -> PaintJob:
    return PaintJob(visit, photo, kit.experience.styles[0].id)


def status(kit: Kit, job: PaintJob) -> PaintingStatus:
    return next(easel.status for easel in kit.visit(job.visit).easels if easel.style == job.style)


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
        easel = next(easel for easel in kit.visit(job.visit).easels if easel.style == job.style)
        assert (easel.status, easel.painter, easel.seconds) == (PaintingStatus.DONE, "canned", 1.25)

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


class TestErase:
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
