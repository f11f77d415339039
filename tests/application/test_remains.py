"""What a receipt says of what is not gone yet."""

from collections.abc import Sequence

import pytest

from articket.application.keeping import USUALLY_HIDDEN_S, Keeping
from articket.application.printing_hand import PrinterHealth
from articket.application.remains import CloudLeft, Remain, Remains, What
from articket.application.uploading import Left
from articket.domain.visit import Receipt, Visit

NOW = 1_795_262_400.0
ERASED = Visit("v", "main", "ko", NOW, receipt=Receipt("1-A", NOW, (("ticket", 1),)))
GONE = Left("v", NOW + 5)
HELD_UP = Left("v", None)


def told(
    *left: Left, trouble: str | None = None, keeping: Keeping | None = None, visit: Visit = ERASED
) -> Sequence[Remain]:
    cloud = CloudLeft(lambda _: left, lambda: trouble, lambda: keeping)
    return Remains(cloud).of(visit)


def test_nothing_is_left_where_nothing_was_elsewhere() -> None:
    assert Remains().of(ERASED) == ()
    assert told(keeping=Keeping(hidden_s=60.0)) == ()


def test_what_is_not_erased_has_no_remains() -> None:
    assert told(HELD_UP, visit=Visit("v", "main", "ko", NOW)) == ()


def test_a_cloud_that_keeps_nothing_leaves_nothing_to_say_once_the_ticket_is_gone() -> None:
    assert told(GONE, keeping=Keeping(versions=True)) == ()


@pytest.mark.parametrize(
    ("left", "trouble", "what"),
    [
        (HELD_UP, None, What.LEAVING),
        (HELD_UP, "store-unreachable", What.CLOUD),
        (Left("v", None, refused=True), None, What.REFUSED),
    ],
)
def test_a_ticket_that_is_still_up_there_is_told_with_the_reason(
    left: Left, trouble: str | None, what: What
) -> None:
    assert told(left, trouble=trouble, keeping=Keeping(hidden_s=60.0)) == (Remain(what),)
    assert told(GONE, left, trouble=trouble) == (Remain(what),), "whatever else is gone"


@pytest.mark.parametrize(
    ("keeping", "remain"),
    [
        (Keeping(hidden_s=86_400.0), Remain(What.HIDDEN, NOW + 5 + 86_400)),
        (Keeping(known=False), Remain(What.MAYBE_HIDDEN, NOW + 5 + USUALLY_HIDDEN_S)),
        (None, Remain(What.MAYBE_HIDDEN, NOW + 5 + USUALLY_HIDDEN_S)),
    ],
)
def test_what_the_cloud_hides_is_told_with_its_end_counted_from_the_deletion_there(
    keeping: Keeping | None, remain: Remain
) -> None:
    assert told(GONE, keeping=keeping) == (remain,)


@pytest.mark.parametrize(
    ("trouble", "remains"),
    [
        ("printer-folder-gone", (Remain(What.SHEET),)),
        ("printer-offline", (Remain(What.SHEET),)),
        ("printer-address", (Remain(What.SHEET),)),
        ("printer-answer-broken", (Remain(What.SHEET),)),
        ("printer-paper-out", ()),
        (None, ()),
    ],
)
def test_a_sheet_may_be_where_nobody_reaches_it(trouble: str | None, remains: tuple[Remain, ...]) -> None:
    there = Remains(printer=lambda: PrinterHealth(trouble))
    assert there.of(ERASED) == remains
    without = Visit("v", "main", "ko", NOW, receipt=Receipt("1-A", NOW, (("photo", 1),)))
    assert there.of(without) == (), "a visit without a ticket never had one"
