"""A commission may be repeated after any crash, and nothing it makes outlives its visit."""

import pytest
from application.kit import Kit
from application.work import FULL, LOCKED, first
from doubles.stores import SmallStore
from doubles.world import CuttingBarriers, PowerCutError

from articket.application import files
from articket.application.work.paint import ATTEMPTS
from articket.domain.commands import RemakeTicket
from articket.domain.faults import Fault, PainterFaultPermanent, PainterFaultTransient
from articket.domain.jobs import EraseJob, PaintJob
from articket.domain.visit import Easel, PaintingStatus, TicketStatus

SLOW = PainterFaultTransient("painter-slow", "Too slow.")


def status(kit: Kit, job: PaintJob) -> PaintingStatus:
    return easel_of(kit, job).status


def easel_of(kit: Kit, job: PaintJob) -> Easel:
    return next(easel for easel in kit.visit(job.visit).easels if easel.style == job.style)


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
