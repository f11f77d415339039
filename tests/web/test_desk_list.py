"""What staff see of a long day, of another pack's visits, and of a store in trouble."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from doubles.stores import MemoryStore
from doubles.web import BOOTH, BoothSet, Phone, open_as_delivered, open_booth

from articket.application.ports import Keys
from articket.domain import commands
from articket.domain.day import Happening
from articket.domain.faults import StoreUnwritable
from articket.domain.moderation import Look
from articket.domain.print_queue import PrintJob, PrintState
from articket.domain.visit import (
    Consent,
    Decision,
    Easel,
    PaintingStatus,
    Photo,
    Ticket,
    TicketStatus,
    Visit,
)
from articket.web.desk_list import OPEN_SHOWN, PRINTED_SHOWN

LIMIT = 64 * 1024
HOUR_S = 3600.0
NAME = "하린이네 가족"


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[BoothSet]:
    opened = open_as_delivered(tmp_path)
    yield opened
    opened.parts.live.close()


def put(booth: BoothSet, *visits: Visit) -> None:
    with booth.visits.transaction() as transaction:
        for visit in visits:
            key = visit.id.encode()
            transaction.add_visit(visit, Keys(b"t" + key, b"k" + key, b"e" + key), 2e9)


def desk(booth: BoothSet) -> dict[str, Any]:
    return dict(booth.staff().get("/api/v1/snapshot?role=staff").get_json()["view"])


def visitor(booth: BoothSet, number: int, ticket: Ticket, *, looked: bool = True) -> Visit:
    """One with everything that a row tells: a long name, a photo, four paintings and a ticket."""
    now = booth.clock.now()
    state = PaintingStatus.DONE if ticket.status is not TicketStatus.NONE else PaintingStatus.PAINTING
    easels = tuple(Easel(style.id, state) for style in booth.parts.experience.styles)
    return Visit(
        f"grnpebnhi33q7b{number:03}", BOOTH, "ko", now - 60.123 * number, name=NAME,
        consent=Consent("1", now - 60.123 * number, gallery=True, guardian=False),
        photo=Photo(1, 1, look=Look.CLEAR if looked else Look.FLAGGED), sent=True, easels=easels,
        decision=Decision("ESFJ", "lichtenstein", number, now - 30.123 * number), ticket=ticket,
    )  # fmt: skip


def size(booth: BoothSet) -> int:
    """Return the bytes of staff's snapshot as they are sent."""
    return len(booth.staff().get("/api/v1/snapshot?role=staff").data)


def test_a_day_of_four_hundred_visits_fits_and_is_counted_right(booth: BoothSet) -> None:
    now = booth.clock.now()
    states = [TicketStatus.PRINTED] * 370 + [TicketStatus.READY] * 25 + [TicketStatus.TROUBLE] * 5
    put(
        booth,
        *(
            visitor(
                booth,
                number,
                Ticket(
                    state,
                    ready_at=now - number,
                    printed_at=now - number if state is TicketStatus.PRINTED else None,
                    trouble="ticket-picture-broken" if state is TicketStatus.TROUBLE else None,
                ),
            )
            for number, state in enumerate(states, 1)
        ),
        Visit("left", BOOTH, "ko", now - HOUR_S),
    )
    with booth.visits.transaction() as transaction:
        transaction.note(BOOTH, [Happening.PRINTED] * 370, now)
    waiting = [booth.phone() for _ in range(8)]
    view = desk(booth)
    rows = view["visits"]
    assert len(rows) <= OPEN_SHOWN + PRINTED_SHOWN
    assert size(booth) < LIMIT
    assert (view["counts"]["to_print"], view["counts"]["done_today"], view["counts"]["line"]) == (25, 370, 7)
    kinds = [row["ticket"] for row in rows]
    assert kinds == ["trouble"] * 5 + ["ready"] * 25 + ["none"] * 8 + ["printed"] * 20
    in_line = [row for row in rows if row["in_line"]]
    assert [row["place"] for row in in_line] == list(range(1, 8))
    assert [row["next"] for row in in_line] == [True] + [False] * 6
    assert "left" not in {row["id"] for row in rows}
    assert rows[30]["id"] == waiting[0].id


def test_the_fullest_desk_fits_with_a_photo_to_look_at_in_nearly_every_row(booth: BoothSet) -> None:
    now = booth.clock.now()
    failed = PrintJob(PrintState.FAILED, now, why="printer-jammed")
    printed = (visitor(booth, number, Ticket(TicketStatus.PRINTED, now, now)) for number in range(1, 61))
    waiting = (
        visitor(booth, number, Ticket(TicketStatus.READY, now, job=(None, failed)[number % 2]), looked=False)
        for number in range(100, 300)
    )
    put(booth, *printed, *waiting)
    for _ in range(8):
        booth.phone().prepare(NAME)
    view = desk(booth)
    assert len(view["visits"]) == OPEN_SHOWN + PRINTED_SHOWN
    assert sum(row["moderation"]["look"] == "please" for row in view["visits"]) > 80
    assert size(booth) < LIMIT


def test_staff_go_on_with_a_visit_they_opened_before(booth: BoothSet) -> None:
    tablet = booth.staff()
    urls = []
    for name in ("a", "b"):
        body = {"role": "staff", "cmd_id": name, "type": "assist", "locale": "ko"}
        ack = tablet.post("/api/v1/commands", json=body, headers={"Origin": "http://localhost"}).get_json()
        tablet.get(ack["url"])
        urls.append(Phone(booth, tablet).id)
    rows = {row["id"]: row for row in desk(booth)["visits"]}
    assert Phone(booth, tablet).id == urls[1]
    resume = rows[urls[0]]["resume"]
    assert tablet.get(resume).headers["Location"] == "/visit"
    assert Phone(booth, tablet).id == urls[0]
    assert booth.app.test_client().get(resume).status_code == 403
    own = booth.phone()
    assert rows.get(own.id) is None
    assert tablet.get(f"/staff/resume/{own.id}").status_code == 410


def test_visits_of_another_pack_break_no_page(booth: BoothSet) -> None:
    phone = booth.phone()
    phone.finish(gallery=True)
    visit = phone.visit
    assert visit.decision is not None
    with booth.visits.transaction() as transaction:
        easels = tuple(replace(easel, style=f"old-{easel.style}") for easel in visit.easels)
        decision = replace(visit.decision, style="old-renoir", type="OLD")
        transaction.save_visit(replace(visit, decision=decision, easels=easels), 2e9)
    row = desk(booth)["visits"][0]
    assert (row["style"], row["can_remake"]) == ("old-renoir", False)
    snapshot = phone.snapshot()
    assert (snapshot["stage"], snapshot["view"]["painter"]) == ("result", "old-renoir")
    assert (snapshot["view"]["good"], snapshot["view"]["type"]) == (None, None)
    wall = booth.app.test_client()
    assert wall.get("/api/v1/snapshot?role=monitor").get_json()["stage"] == "reveal"
    booth.floor.apply(BOOTH, commands.Reset())
    gallery = wall.get("/api/v1/snapshot?role=monitor").get_json()["view"]["gallery"]
    assert all("/gallery/" in each["url"] for each in gallery)
    assert wall.get("/").status_code == 200


class LostStore(MemoryStore):
    """A folder that somebody unplugged."""

    def list(self, _: str = "") -> list[str]:
        raise StoreUnwritable("store-unreachable", "Nobody is there.")

    def path(self, name: str) -> Path:
        return Path(name)


def test_a_store_that_is_away_is_a_trouble_and_no_broken_page(tmp_path: Path) -> None:
    booth = open_booth(tmp_path, store=LostStore())
    assert "store-unreachable" in [each["code"] for each in desk(booth)["troubles"]]
    assert booth.staff().get("/staff").status_code == 200
    booth.parts.live.close()


def test_an_installation_keeps_its_name(booth: BoothSet) -> None:
    client = booth.app.test_client()
    house = client.get("/api/v1/snapshot?role=monitor").get_json()["house"]
    assert house
    assert booth.visits.choice("installation") == house
    assert booth.phone().snapshot()["house"] == house


def test_the_called_and_the_welcomed_are_told_so(booth: BoothSet) -> None:
    phone, other = booth.phone(), booth.phone()
    assert phone.snapshot()["view"]["can_leave"] is True
    phone.confirm()
    consent = phone.snapshot()
    assert (consent["stage"], consent["view"]["welcome"]) == ("consent", True)
    assert consent["deadline"] == booth.visits.booth(BOOTH).deadline
    assert other.snapshot()["view"]["welcome"] is False
    other.prepare()
    assert other.snapshot()["view"]["door"] == "open"


def test_the_result_stays_as_long_as_the_ticket_says(booth: BoothSet) -> None:
    phone = booth.phone()
    joined = phone.visit.joined_at
    phone.prepare()
    phone.confirm()
    booth.clock.wait(2 * HOUR_S)
    booth.describe(phone.id)
    phone.answer_all()
    booth.paint(phone.id)
    booth.elapse()
    assert booth.floor.expiry(phone.visit) == joined + 72 * HOUR_S
    from_joining = phone.snapshot()["view"]["until"]
    booth.clock.wait(HOUR_S)
    assert phone.snapshot()["view"]["until"] == from_joining
