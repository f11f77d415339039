"""What the desk is told of the way to the printer, and nobody else."""

from contextlib import closing
from pathlib import Path
from typing import Any

from doubles.web import BOOTH, BoothSet, open_booth

from articket.application.printing_hand import PrinterHealth
from articket.domain.commands import StoreTicket
from articket.domain.print_commands import ClaimTicket, LetTicketGo

GONE = PrinterHealth("printer-folder-gone", 1_700_000_000.0)


def desk(booth: BoothSet) -> dict[str, Any]:
    with closing(booth.parts.live):
        return dict(booth.staff().get("/api/v1/snapshot?role=staff").get_json()["view"])


def test_where_staff_print_from_their_browser_no_printer_is_spoken_of(tmp_path: Path) -> None:
    assert desk(open_booth(tmp_path))["printer"] is None


def test_what_is_in_the_printers_way_stands_above_everything_with_its_time(tmp_path: Path) -> None:
    view = desk(open_booth(tmp_path, printer=lambda: GONE))
    assert view["printer"] == {
        "kind": "folder",
        "name": None,
        "trouble": GONE.trouble,
        "since": GONE.since,
        "warnings": [],
    }
    told = [each for each in view["troubles"] if each["code"] != "store-full"]
    assert told == [{"code": "printer-folder-gone", "params": {}, "since": GONE.since}]


def test_a_printer_that_takes_tickets_is_no_trouble(tmp_path: Path) -> None:
    view = desk(open_booth(tmp_path, printer=PrinterHealth))
    assert [each for each in view["troubles"] if each["code"] != "store-full"] == []


def test_visitors_hear_nothing_of_it(tmp_path: Path) -> None:
    booth = open_booth(tmp_path, printer=lambda: GONE)
    with closing(booth.parts.live):
        assert "printer" not in booth.phone().snapshot()["view"]


def test_while_the_printer_stands_still_visitors_hear_of_a_moment_and_of_nothing_else(
    tmp_path: Path,
) -> None:
    health = [GONE]
    booth = open_booth(tmp_path, printer=lambda: health[0])
    with closing(booth.parts.live):
        phone = booth.phone()
        phone.finish()
        assert phone.snapshot()["view"]["ticket"]["state"] == "making"
        booth.floor.apply(BOOTH, StoreTicket(phone.visit.ticket.edition, 300.0), phone.id)
        said = phone.snapshot()["view"]
        assert said["ticket"]["state"] == "moment"
        assert "printer-folder" not in str(said)
        wall = booth.staff().get("/api/v1/snapshot?role=monitor").get_json()
        assert (wall["stage"], wall["view"]["moment"]) == ("reveal", True)
        booth.floor.apply(BOOTH, ClaimTicket("desk:left"), phone.id)
        assert phone.snapshot()["view"]["ticket"]["state"] == "ready", "a desk prints it meanwhile"
        booth.floor.apply(BOOTH, LetTicketGo("desk:left"), phone.id)
        assert phone.snapshot()["view"]["ticket"]["state"] == "moment"
        health[0] = PrinterHealth()
        assert phone.snapshot()["view"]["ticket"]["state"] == "ready"
        wall = booth.staff().get("/api/v1/snapshot?role=monitor").get_json()
        assert "moment" not in wall["view"]
