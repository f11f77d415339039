"""Where a model looks first, no photo is public before it or staff said so, and no unfit name is taken."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest
from doubles.lookers import SureLooker
from doubles.web import BOOTH, BoothSet, open_booth
from web.moderated import AWAY, NAME, Desk, stages, wall

from articket.application.looking import LookAtPhoto
from articket.application.ports import Keys
from articket.domain import commands
from articket.domain.faults import LookerFault
from articket.domain.jobs import LookJob
from articket.domain.moderation import Look, Policy
from articket.domain.names import Filter, WordList
from articket.domain.visit import Photo, Ticket, TicketStatus, Visit
from articket.web.desk_list import LOOKS_SHOWN, PRINTED_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def flagging(tmp_path: Path) -> Iterator[BoothSet]:
    """A booth where a model looks first."""
    unfit = Filter.of([WordList(anywhere=("시발",))])
    opened = open_booth(tmp_path, policy=Policy.FLAG, unfit=unfit)
    yield opened
    opened.parts.live.close()


def view(booth: BoothSet) -> dict[str, Any]:
    return dict(wall(booth)["view"])


def asked_to_look(desk: Desk) -> int | None:
    """Return how many photos staff are told to look at, None where they are told of none."""
    told = [each["params"]["n"] for each in desk.seen()["troubles"] if each["code"] == "photo-please-look"]
    return int(told[0]) if told else None


def look(booth: BoothSet, looker: SureLooker, threshold: float = 0.4) -> LookAtPhoto:
    """Do the looks that were ordered."""
    looks = LookAtPhoto(booth.floor, looker, booth.parts.store, threshold, booth.clock.now)
    for job in booth.visits.pending(50):
        if isinstance(job, LookJob):
            looks.run(job)
    return looks


def test_no_scene_shows_a_photo_before_somebody_looked_and_the_phone_shows_it_all(
    flagging: BoothSet,
) -> None:
    phone = flagging.phone()
    visit = phone.id
    for stage in stages(flagging, phone):
        shown = wall(flagging)
        assert shown["stage"] == stage
        assert f"/pictures/{visit}" not in json.dumps(shown)
        if stage in ("painting", "reveal"):
            assert shown["view"]["curtained"] is True
    result = phone.snapshot()
    assert result["stage"] == "result"
    assert len(result["view"]["paintings"]) == 4
    assert phone.client.get(result["view"]["paintings"][0]["large"], headers=AWAY).status_code == 200


def test_what_the_model_passes_is_shown_as_ever(flagging: BoothSet) -> None:
    phone = flagging.phone()
    phone.finish(NAME, gallery=True)
    assert view(flagging)["large"] is None
    look(flagging, SureLooker(0.39))
    shown = view(flagging)
    assert shown["large"].startswith(f"/pictures/{phone.id}/1/large-")
    assert shown["good"]["small"]
    assert shown["curtained"] is False
    flagging.elapse()
    assert any(phone.id in each["url"] for each in view(flagging)["gallery"])


def test_staff_are_asked_about_what_the_model_doubts_and_their_word_counts(flagging: BoothSet) -> None:
    phone, desk = flagging.phone(), Desk(flagging)
    phone.finish(NAME, gallery=True)
    looker = SureLooker(0.4)
    look(flagging, looker)
    assert looker.seen == [flagging.parts.store.get(f"visits/{phone.id}/1/photo.jpg")]
    row = desk.row(phone.id)
    assert (row["look"], row["why"], row["photo"]) == ("please", "flagged", 1)
    large = f"/pictures/{phone.id}/1/photo.jpg"
    assert desk.client.get(large, headers=AWAY).status_code == 200
    assert {"code": "photo-please-look", "params": {"n": 1}, "since": 0.0} in desk.seen()["troubles"]
    assert "0.4" not in json.dumps(row)
    assert view(flagging)["large"] is None
    assert desk.press("show", visit=phone.id, part="photo", photo=1)["ok"]
    assert view(flagging)["large"]
    assert desk.row(phone.id)["look"] == "fine"
    assert "photo-please-look" not in [each["code"] for each in desk.seen()["troubles"]]


def test_a_score_that_is_no_number_is_no_all_clear(flagging: BoothSet) -> None:
    phone = flagging.phone()
    phone.prepare(NAME)
    look(flagging, SureLooker(math.nan))
    assert phone.visit.photo is not None
    assert phone.visit.photo.look is Look.FLAGGED


def test_a_model_that_cannot_look_leaves_it_to_staff_and_says_so_until_it_can(flagging: BoothSet) -> None:
    phone, desk = flagging.phone(), Desk(flagging)
    phone.prepare(NAME)
    looks = look(flagging, SureLooker(faults=[LookerFault("looker-missing", "No model.")]))
    assert phone.visit.photo is not None
    assert phone.visit.photo.look is Look.UNSEEN
    assert not phone.visit.is_public
    assert (looks.health().trouble, looks.health().since) == ("looker-missing", flagging.clock.now())
    assert desk.row(phone.id)["look"] == "please"
    again = flagging.phone()
    again.prepare(NAME)
    looks.looker = SureLooker()
    looks.run(LookJob(again.id, 1))
    assert again.visit.is_public
    assert looks.health().trouble is None
    assert not phone.visit.is_public


def test_staff_read_why_nobody_looks(tmp_path: Path) -> None:
    booth = open_booth(tmp_path, policy=Policy.FLAG)
    looks = LookAtPhoto(booth.floor, SureLooker(), booth.parts.store, 0.4, booth.clock.now)
    told = open_booth(tmp_path / "told", policy=Policy.FLAG, looker=looks.health)
    assert [each for each in Desk(told).seen()["troubles"] if each["code"].startswith("looker")] == []
    looks.looker = SureLooker(faults=[LookerFault("looker-slow", "Too slow.")])
    phone = booth.phone()
    phone.prepare(NAME)
    looks.run(LookJob(phone.id, 1))
    trouble = {"code": "looker-slow", "params": {}, "since": booth.clock.now()}
    assert trouble in Desk(told).seen()["troubles"]
    for opened in (booth, told):
        opened.parts.live.close()


def test_a_photo_that_was_replaced_is_not_judged(flagging: BoothSet) -> None:
    phone = flagging.phone()
    phone.prepare(NAME)
    assert phone.press("retake")["ok"]
    assert phone.send_photo(2).status_code == 200
    looker = SureLooker(0.9)
    LookAtPhoto(flagging.floor, looker, flagging.parts.store, 0.4, flagging.clock.now).run(
        LookJob(phone.id, 1)
    )
    assert looker.seen == []
    assert phone.visit.photo is not None
    assert phone.visit.photo.look is Look.PENDING


def test_a_look_that_was_given_up_is_for_staff(flagging: BoothSet) -> None:
    phone = flagging.phone()
    phone.prepare(NAME)
    looks = LookAtPhoto(flagging.floor, SureLooker(), flagging.parts.store, 0.4, flagging.clock.now)
    looks.give_up(LookJob(phone.id, 1))
    assert phone.visit.look_due == flagging.clock.now()


def test_staff_need_not_wait_for_a_model_that_keeps_silent(flagging: BoothSet) -> None:
    phone, desk = flagging.phone(), Desk(flagging)
    phone.prepare(NAME)
    assert desk.row(phone.id)["look"] == "pending"
    assert asked_to_look(desk) is None
    flagging.clock.time += 31
    assert desk.row(phone.id)["look"] == "please"
    assert asked_to_look(desk) == 1
    assert desk.press("show", visit=phone.id, part="photo", photo=1)["ok"]
    assert phone.visit.is_public


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_an_unfit_name_is_asked_for_once_more_in_any_language_and_nothing_is_lost(
    flagging: BoothSet, locale: str
) -> None:
    phone = flagging.phone(locale)
    phone.consent()
    assert phone.press("name", name="시.발")["code"] == "name-unfit"
    assert phone.visit.name is None
    assert phone.send_photo().status_code == 200
    assert phone.press("name", name="모카")["ok"]
    assert phone.press("name", name="Si시발")["code"] == "name-unfit"
    assert phone.visit.name == "모카"
    assert phone.press("ready")["ok"]


@pytest.mark.parametrize("score", [1.0, None], ids=["flagged", "the model keeps silent"])
def test_whoever_waits_for_a_look_is_in_the_list_however_long_it_is(
    flagging: BoothSet, score: float | None
) -> None:
    phone, desk = flagging.phone(), Desk(flagging)
    phone.finish(NAME, gallery=True)
    if score is not None:
        look(flagging, SureLooker(score))
    flagging.floor.apply(BOOTH, commands.StoreTicket(1, 300.0, "tickets/first.pdf"), phone.id)
    flagging.floor.apply(BOOTH, commands.MarkPrinted(), phone.id)
    flagging.elapse()
    flagging.clock.time += 31
    with flagging.visits.transaction() as transaction:
        for later in range(PRINTED_SHOWN):
            at = flagging.clock.now() + 1 + later
            ticket = Ticket(TicketStatus.PRINTED, at, at)
            other = Visit(f"later-{later}", BOOTH, "ko", at, ticket=ticket)
            keys = Keys(*(f"{kind}-{later}".encode() for kind in ("token", "keep", "entry")))
            transaction.add_visit(other, keys, at + 1e6)
    assert desk.row(phone.id)["look"] == "please"
    assert desk.press("show", visit=phone.id, part="photo", photo=1)["ok"]
    assert phone.id not in [each["id"] for each in desk.seen()["visits"]]


def test_every_photo_that_waits_for_a_look_is_counted_and_those_that_wait_longest_are_listed(
    flagging: BoothSet,
) -> None:
    desk, now = Desk(flagging), flagging.clock.now()
    with flagging.visits.transaction() as transaction:
        for number in range(60):
            photo, at = Photo(1, 1, look=Look.FLAGGED), now - 600 + number
            ticket = Ticket(TicketStatus.PRINTED, at, at)
            visit = Visit(f"v{number}", BOOTH, "ko", at, photo=photo, ticket=ticket)
            keys = Keys(*(f"{kind}-{number}".encode() for kind in ("token", "keep", "entry")))
            transaction.add_visit(visit, keys, now + 1e6)
    assert asked_to_look(desk) == 60
    view = desk.seen()
    assert [row["id"] for row in view["visits"][:LOOKS_SHOWN]] == [f"v{each}" for each in range(LOOKS_SHOWN)]
    assert view["piles"]["trouble"] == 60
