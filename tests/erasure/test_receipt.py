"""The receipt on the phone and on the ticket's page promises nothing that is not so."""

from pathlib import Path

import pytest
from doubles.web import BoothSet, Browser, open_booth

from articket.application.remains import Remain, What
from articket.domain.visit import Visit

NOON = 1_795_262_400.0
ALL_GONE = "All deleted."


def house(folder: Path, *remains: Remain) -> BoothSet:
    def left(visit: Visit) -> tuple[Remain, ...]:
        return remains if visit.receipt is not None else ()

    return open_booth(folder, remains=left)


def erased(booth: BoothSet) -> str:
    phone = booth.phone("en")
    phone.finish("Kim")
    answer = Browser(booth.app).post(f"/t/{booth.floor.seals.keep(phone.id)}/erase")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_what_is_gone_is_said_to_be_gone(tmp_path: Path) -> None:
    page = erased(house(tmp_path))
    assert ALL_GONE in page
    assert "remains" not in page


@pytest.mark.parametrize("what", list(What))
def test_what_is_not_gone_is_told_on_the_tickets_page(tmp_path: Path, what: What) -> None:
    page = erased(house(tmp_path, Remain(what, NOON)))
    assert ALL_GONE not in page
    assert "What still has to go" in page
    if what in {What.HIDDEN, What.MAYBE_HIDDEN}:
        assert "November" in page, "until when"


def test_the_phone_is_told_the_same(tmp_path: Path) -> None:
    booth = house(tmp_path, Remain(What.HIDDEN, NOON), Remain(What.SHEET))
    phone = booth.phone("en")
    phone.finish("Kim")
    booth.floor.erase(phone.visit)
    view = phone.snapshot()["view"]
    assert [each["what"] for each in view["remains"]] == ["hidden", "sheet"]
    assert "November" in view["remains"][0]["until"]
    assert view["remains"][1]["until"] is None
