"""When the monitor called a visit first is kept with it, whichever way the call ends."""

from domain.stage import Theatre

from articket.domain.booth import BoothStage
from articket.domain.commands import Confirm, Erase, LeaveLine, Skip


def called(theatre: Theatre, visit: str) -> float | None:
    return theatre.visits[visit].called_at


def two_visits() -> Theatre:
    """The first has the monitor, and the second waits 40 seconds until it is called."""
    theatre = Theatre()
    theatre.join("mina")
    theatre.prepare("mina")
    theatre.confirm("mina")
    theatre.join("juno")
    theatre.prepare("juno")
    theatre.now += 40
    theatre.do(Skip())
    return theatre


def test_a_call_that_is_confirmed_was_when_it_began() -> None:
    theatre = two_visits()
    assert called(theatre, "juno") is None
    theatre.now += 12
    theatre.confirm("juno")
    assert called(theatre, "mina") == 1000.0
    assert called(theatre, "juno") == 1040.0


def test_a_missed_call_counts_and_a_later_one_does_not() -> None:
    theatre = two_visits()
    theatre.wait(31)
    assert called(theatre, "juno") == 1040.0
    assert theatre.shows() is BoothStage.CALLING
    theatre.confirm("juno")
    assert called(theatre, "juno") == 1040.0


def test_whoever_leaves_while_called_was_called() -> None:
    theatre = two_visits()
    theatre.do(LeaveLine(), "juno")
    assert called(theatre, "juno") == 1040.0


def test_a_wrong_picture_ends_no_call() -> None:
    theatre = two_visits()
    assert theatre.booth.wall is not None
    wrong = next(each for each in theatre.booth.wall.offered if each != theatre.booth.wall.hung)
    theatre.do(Confirm(wrong), "juno")
    assert called(theatre, "juno") is None


def test_of_a_visit_erased_while_called_nothing_is_kept() -> None:
    theatre = two_visits()
    theatre.do(Erase("code"), "juno")
    assert called(theatre, "juno") is None
