"""What a printer that takes jobs promises; a class inherits this, with `spooler`, `hinder` and `mend`."""

from collections.abc import Callable

from doubles.ipp_printer import until

from articket.application.printing_spooler import ENDED, JobState, SpooledJob, Spooler

NAME = "0001-1-1-abcdefghijklmnop"
OTHER = "0002-1-1-abcdefghijklmnoq"
PAGES = b"%PDF-1.4 " + bytes(range(256)) * 40


def ended(spooler: Spooler, ref: int) -> SpooledJob:
    def has_ended() -> bool:
        job = spooler.job(ref)
        return job is not None and job.state in ENDED

    until(has_ended, "the job does not end")
    job = spooler.job(ref)
    assert job is not None
    return job


class SpoolerContract:
    def test_a_job_is_known_by_number_and_name_until_it_is_done(self, spooler: Spooler) -> None:
        ref = spooler.submit(NAME, PAGES, 1)
        assert ended(spooler, ref) == SpooledJob(ref, NAME, JobState.DONE)
        assert [job for job in spooler.jobs(ended=True) if job.ref == ref] == [
            SpooledJob(ref, NAME, JobState.DONE)
        ]
        assert spooler.jobs(ended=False) == []

    def test_a_job_that_nobody_knows_is_none_and_canceling_it_does_no_harm(self, spooler: Spooler) -> None:
        assert spooler.job(4711) is None
        spooler.cancel(4711)

    def test_a_job_under_way_can_be_canceled_and_one_that_is_done_stays_done(
        self, spooler: Spooler, hinder: Callable[[], None], mend: Callable[[], None]
    ) -> None:
        hinder()
        ref = spooler.submit(NAME, PAGES, 1)
        (under_way,) = spooler.jobs(ended=False)
        assert (under_way.ref, under_way.name) == (ref, NAME)
        spooler.cancel(ref)
        mend()
        assert ended(spooler, ref).state is JobState.CANCELED
        again = spooler.submit(OTHER, PAGES, 1)
        ended(spooler, again)
        spooler.cancel(again)
        assert spooler.jobs(ended=False) == []

    def test_what_hinders_is_told_and_passes(
        self, spooler: Spooler, hinder: Callable[[], None], mend: Callable[[], None]
    ) -> None:
        assert spooler.look().trouble is None
        hinder()
        ref = spooler.submit(NAME, PAGES, 1)

        def is_told() -> bool:
            look = spooler.look()
            return "printer-paper-out" in (look.trouble, look.doubt)

        until(is_told, "the printer does not say that it has no paper")
        mend()
        assert ended(spooler, ref).state is JobState.DONE
        until(lambda: not is_told(), "the printer still says so")
        assert spooler.look().name
