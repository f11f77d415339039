"""What is still somewhere after a visit was erased, and until when, for its receipt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from articket.application.keeping import Keeping
from articket.application.printing_hand import PrinterHealth
from articket.application.uploading import Left
from articket.domain.visit import Visit

# Troubles of a printer that let nobody take a sheet back.
OUT_OF_REACH: Final = frozenset(
    {
        "printer-folder-gone",
        "printer-folder-locked",
        "printer-offline",
        "printer-silent",
        "printer-address",
        "printer-locked",
        "printer-answer-broken",
    }
)


class What(StrEnum):
    """What remains, and why."""

    LEAVING = "leaving"  # it is being deleted in the cloud folder, as far as anybody knows
    CLOUD = "cloud"  # the cloud folder cannot be reached
    REFUSED = "refused"  # it does not let go of the ticket
    HIDDEN = "hidden"  # it hides what was deleted for a while
    MAYBE_HIDDEN = "maybe_hidden"  # nobody here may see whether it does
    SHEET = "sheet"  # the printer is away


@dataclass(frozen=True, slots=True)
class Remain:
    """Something that is not gone yet; `until` is None where nobody knows."""

    what: What
    until: float | None = None


@dataclass(frozen=True, slots=True)
class CloudLeft:
    """What the cloud folder says: what was to go of a visit, what hinders that, and what it keeps.

    `keeping` returns None until the folder was asked, as it is after a start without internet.
    """

    left: Callable[[str], Sequence[Left]]
    trouble: Callable[[], str | None]
    keeping: Callable[[], Keeping | None]


@dataclass(frozen=True, slots=True)
class Remains:
    """Tells a visitor the truth about the rest."""

    cloud: CloudLeft | None = None
    printer: Callable[[], PrinterHealth] | None = None

    def of(self, visit: Visit) -> tuple[Remain, ...]:
        """Return what is left of an erased visit, nothing for any other."""
        if visit.receipt is None:
            return ()
        return (*self._up_there(visit.id, visit.receipt.at), *self._on_the_way_to_paper(visit))

    def _up_there(self, visit: str, erased_at: float) -> tuple[Remain, ...]:
        if self.cloud is None:
            return ()
        left = self.cloud.left(visit)
        waiting = [each for each in left if each.gone_at is None]
        if any(each.refused for each in waiting):
            return (Remain(What.REFUSED),)
        if waiting:
            return (Remain(What.LEAVING if self.cloud.trouble() is None else What.CLOUD),)
        keeping = self.cloud.keeping() or Keeping(known=False)
        if not left or not keeping.longest_hidden_s:
            return ()
        gone_at = max(each.gone_at or erased_at for each in left)
        what = What.HIDDEN if keeping.known else What.MAYBE_HIDDEN
        return (Remain(what, gone_at + keeping.longest_hidden_s),)

    def _on_the_way_to_paper(self, visit: Visit) -> tuple[Remain, ...]:
        had_ticket = visit.receipt is not None and visit.receipt.had_ticket
        if not had_ticket or self.printer is None or self.printer().trouble not in OUT_OF_REACH:
            return ()
        return (Remain(What.SHEET),)


def nothing(_: Visit) -> tuple[Remain, ...]:
    """Say that all is gone."""
    return ()
