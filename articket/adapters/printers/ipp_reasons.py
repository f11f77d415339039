"""What a printer says of itself, in the codes that staff read words for (RFC 8011, 5.4.12)."""

from collections.abc import Iterable, Sequence
from typing import Final

# In the order of what is told first where several are in the way.
TROUBLES: Final[dict[str, str]] = {
    "media-jam": "printer-jam",
    "cover-open": "printer-cover-open",
    "door-open": "printer-cover-open",
    "interlock-open": "printer-cover-open",
    "media-empty": "printer-paper-out",
    "media-needed": "printer-paper-out",
    "input-tray-missing": "printer-paper-out",
    "input-media-supply-empty": "printer-paper-out",
    "marker-supply-empty": "printer-ink-out",
    "toner-empty": "printer-ink-out",
    "marker-ink-empty": "printer-ink-out",
    "marker-ribbon-empty": "printer-ink-out",
    "marker-supply-missing": "printer-ink-out",
    "marker-waste-full": "printer-ink-out",
    "opc-life-over": "printer-ink-out",
    "output-area-full": "printer-tray-full",
    "output-tray-missing": "printer-tray-full",
    "offline": "printer-offline",
    "timed-out": "printer-offline",
    "shutdown": "printer-offline",
    "paused": "printer-paused",
    "moving-to-paused": "printer-paused",
    "spool-area-full": "printer-full",
}
WARNINGS: Final[dict[str, str]] = {
    "media-low": "printer-paper-low",
    "input-media-supply-low": "printer-paper-low",
    "marker-supply-low": "printer-ink-low",
    "toner-low": "printer-ink-low",
    "marker-ink-low": "printer-ink-low",
    "marker-ribbon-low": "printer-ink-low",
    "marker-waste-almost-full": "printer-ink-low",
    "opc-near-eol": "printer-ink-low",
    "output-area-almost-full": "printer-tray-nearly-full",
}
# These hinder whatever their grade: CUPS only reports that the printer behind its queue is away.
WHATEVER_GRADE: Final = ("offline", "paused", "shutdown")
ERROR: Final = "-error"
REPORT: Final = "-report"
# CUPS gives no reason, only words, while the printer behind its queue is away.
CUPS_CALLS_IN_VAIN: Final = (
    "The printer may not exist",
    "The printer is not responding",
    "The printer is unreachable",
    "Unable to locate printer",
)
GRADES: Final = (ERROR, "-warning", REPORT)
STOPPED: Final = 5


def trouble(state: int, reasons: Sequence[str], *, accepting: bool) -> str | None:
    """Return the code of what is in the way, None where the printer prints."""
    graded = [_graded(reason) for reason in reasons]
    is_stopped = state == STOPPED
    first = _first(word for word, grade in graded if grade == ERROR or word in WHATEVER_GRADE)
    if is_stopped and first is None:
        first = _first(word for word, _ in graded)
    if first:
        return first
    if not accepting:
        return "printer-refuses"
    unknown = any(grade == ERROR and word not in WARNINGS for word, grade in graded)
    return "printer-stopped" if is_stopped or unknown else None


def doubt(reasons: Sequence[str], message: str) -> str | None:
    """Return the code of what is in the way where a job does not come to its end.

    An empty tray that nobody needs is a warning, and so, to CUPS, is the only one. `message` is what the
    printer says in English.
    """
    first = _first(_graded(reason)[0] for reason in reasons)
    return first or ("printer-offline" if message.startswith(CUPS_CALLS_IN_VAIN) else None)


def warnings(reasons: Sequence[str]) -> Sequence[str]:
    """Return the codes of what will soon be in the way, each once."""
    graded = [_graded(reason) for reason in reasons]
    known = [WARNINGS[word] for word, _ in graded if word in WARNINGS]
    nearly = [TROUBLES[word] for word, grade in graded if grade != ERROR and word in TROUBLES]
    soon = {"printer-paper-out": "printer-paper-low", "printer-ink-out": "printer-ink-low"}
    return tuple(dict.fromkeys([*known, *(soon[code] for code in nearly if code in soon)]))


def _first(words: Iterable[str]) -> str | None:
    found = {TROUBLES[word] for word in words if word in TROUBLES}
    return next((code for code in TROUBLES.values() if code in found), None)


def _graded(reason: str) -> tuple[str, str]:
    """Return a reason's word and grade; one of ours without a grade is an error, any other only a remark."""
    for grade in GRADES:
        if reason.endswith(grade):
            return reason.removesuffix(grade), grade
    return reason, ERROR if reason in TROUBLES else REPORT
