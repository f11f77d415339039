"""An erasure takes all that is the visit's, and the sweep what is nobody's."""

from application.kit import Kit
from application.work import FULL, first

from articket.application import files
from articket.domain.commands import Erase, Frame
from articket.domain.jobs import EraseJob


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
