"""What printers say of themselves, in the codes that staff read words for."""

import pytest

from articket.adapters.printers.ipp_reasons import doubt, trouble, warnings

IDLE, STOPPED = 3, 5


@pytest.mark.parametrize(
    ("state", "reasons", "code"),
    [
        (IDLE, ["none"], None),
        (IDLE, ["media-empty-error"], "printer-paper-out"),
        (IDLE, ["media-empty"], "printer-paper-out"),
        (IDLE, ["media-empty-warning"], None),
        (STOPPED, ["media-empty-warning"], "printer-paper-out"),
        (STOPPED, ["paused", "media-jam-warning"], "printer-paused"),
        (IDLE, ["media-empty-error", "media-jam-error"], "printer-jam"),
        (IDLE, ["offline-report"], "printer-offline"),
        (STOPPED, ["none"], "printer-stopped"),
        (IDLE, ["com.example-belt-error"], "printer-stopped"),
        (IDLE, ["com.example-belt", "cups-waiting-for-job-completed", "connecting-to-device"], None),
        (IDLE, ["media-low-report", "toner-low-warning"], None),
    ],
)
def test_a_trouble_is_what_keeps_the_printer_from_printing(
    state: int, reasons: list[str], code: str | None
) -> None:
    assert trouble(state, reasons, accepting=True) == code


def test_a_printer_that_takes_no_jobs_says_a_better_reason_first() -> None:
    assert trouble(IDLE, ["none"], accepting=False) == "printer-refuses"
    assert trouble(IDLE, ["cover-open-error"], accepting=False) == "printer-cover-open"


def test_a_warning_is_doubted_only_where_a_job_stands_still() -> None:
    assert doubt(["media-empty-warning"], "") == "printer-paper-out"
    assert doubt(["none"], "The printer is not responding.") == "printer-offline"
    assert doubt(["none"], "Printing.") is None


def test_what_will_soon_be_used_up_is_told_once() -> None:
    assert warnings(["media-low-report", "media-empty-warning", "toner-low", "none"]) == (
        "printer-paper-low",
        "printer-ink-low",
    )
    assert warnings(["none"]) == ()
