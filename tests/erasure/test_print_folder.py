"""A print folder that was away when a visit was erased gives up its sheet whenever it is back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from print_queue.hot_desk import Desk

from articket.adapters.printers.hot_folder import HotFolder
from articket.application.ports import Ack
from articket.application.rounds import ANSWERS_KEPT_S, Rounds
from articket.application.sweep import Sweep
from articket.application.work.erase import EraseFiles
from articket.domain.commands import Erase
from articket.domain.faults import PrinterFault


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.close()


def rounds(desk: Desk) -> Rounds:
    erase = EraseFiles(desk.visits, desk.floor.jobs, desk.store, [HotFolder(desk.folder)])
    return Rounds(desk.floor, "main", Sweep(desk.visits, desk.store, erase, desk.floor.dice).shelves)


def test_a_sheet_in_a_folder_that_comes_back_after_days_goes(desk: Desk) -> None:
    erased = desk.ticket(1)
    desk.run()
    desk.unplug()
    desk.do(erased, Erase("1-ABCD"))
    with pytest.raises(PrinterFault):
        desk.forget(erased)
    with desk.visits.transaction() as transaction:
        transaction.remember(erased.id, "c1", Ack(1), desk.clock.now())
    watch = rounds(desk)
    desk.clock.wait(30 * ANSWERS_KEPT_S)
    watch.erase_old()
    assert desk.visits.visit(erased.id) is not None, "its receipt alone says whose the sheet is"
    with desk.visits.transaction() as transaction:
        assert transaction.answered(erased.id, "c1") is None, "what was answered is forgotten all the same"
    desk.plug_in()
    assert [erased.id in name for name in desk.seen()] == [True]
    watch.erase_old()
    assert desk.seen() == []
    assert desk.visits.visit(erased.id) is None


def test_a_sheet_that_is_not_whole_yet_goes_too(desk: Desk) -> None:
    visit = desk.ticket(1)
    HotFolder(desk.folder).stage(Path(visit.ticket.file or "").name, b"1")
    desk.do(visit, Erase("1-ABCD"))
    assert desk.hidden()
    rounds(desk).erase_old()
    assert desk.hidden() == []
