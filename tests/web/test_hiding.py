"""What staff hide reaches no role but its visitor's and staff's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from doubles.web import BOOTH, BoothSet
from web.moderated import NAME, ORIGIN, Desk, stages, wall

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def test_a_hidden_photo_leaves_every_scene_and_the_gallery_and_comes_back(booth: BoothSet) -> None:
    phone, desk = booth.phone(), Desk(booth)
    visit = phone.id
    for stage in stages(booth, phone):
        assert desk.press("hide", visit=visit)["ok"]
        assert f"/pictures/{visit}" not in json.dumps(wall(booth)), stage
        assert desk.press("show", visit=visit, part="photo", photo=1)["ok"]
        if stage in ("painting", "reveal", "idle"):
            assert f"/pictures/{visit}" in json.dumps(wall(booth)), stage


def test_a_hidden_name_leaves_every_scene_the_line_and_the_gallery(booth: BoothSet) -> None:
    phone, desk, other = booth.phone(), Desk(booth), None
    for stage in stages(booth, phone):
        if stage == "welcome":  # somebody waits behind, with a name that is hidden as well
            other = booth.phone()
            other.consent()
            other.press("name", name="남의이름은차")
            assert desk.press("hide", visit=other.id, part="name")["ok"]
        assert NAME in json.dumps(wall(booth), ensure_ascii=False), stage
        assert desk.press("hide", visit=phone.id, part="name")["ok"]
        shown = json.dumps(wall(booth), ensure_ascii=False)
        assert NAME not in shown, stage
        assert "남의이름은차" not in shown
        assert desk.press("show", visit=phone.id, part="name")["ok"]
        if stage == "reveal":  # the next one is called now, so the wall would not be idle
            assert other is not None
            assert other.press("erase")["ok"]
    assert phone.snapshot()["view"]["visit"]["name"] == NAME
    row = next(each for each in desk.seen()["visits"] if each["id"] == phone.id)
    assert row["name"] == NAME


@pytest.mark.parametrize("part", ["photo", "name"])
def test_the_monitor_hears_of_it_at_once_wherever_the_painting_hangs(booth: BoothSet, part: str) -> None:
    phone = booth.phone()
    phone.finish(NAME, gallery=True)
    booth.elapse()
    assert booth.visits.booth(BOOTH).visit is None
    booth.parts.live._take(0.0)
    assert Desk(booth).press("hide", visit=phone.id, part=part)["ok"]
    assert booth.parts.live._due.monitor


def test_the_monitor_gets_no_hidden_picture_by_an_address_it_knows(booth: BoothSet) -> None:
    phone, desk, monitor = booth.phone(), Desk(booth), booth.app.test_client()
    phone.finish(NAME, gallery=True)
    assert phone.visit.decision is not None
    own = phone.visit.decision.style
    addresses = [f"/pictures/{phone.id}/1/{name}.jpg" for name in ("photo", f"veil-{own}", f"large-{own}")]

    def statuses(client: FlaskClient) -> list[int]:
        return [client.get(each).status_code for each in addresses]

    assert statuses(monitor) == [200] * 3
    assert desk.press("hide", visit=phone.id)["ok"]
    assert statuses(monitor) == [404] * 3
    assert statuses(phone.client) == [200] * 3
    assert statuses(desk.client) == [200] * 3
    booth.elapse()
    assert statuses(monitor) == [404] * 3


def test_only_the_present_cut_of_a_photo_is_for_the_monitor(booth: BoothSet) -> None:
    """The cut before may have been flagged: what was said of the present one does not count for it."""
    phone = booth.phone()
    phone.consent()
    phone.press("name", name=NAME)
    phone.send_photo()
    phone.confirm()
    assert phone.press("frame", photo=1, x=0.1, y=0.1)["ok"]
    monitor = booth.app.test_client()
    assert monitor.get(f"/pictures/{phone.id}/1/photo.jpg").status_code == 404
    assert monitor.get(f"/pictures/{phone.id}/2/photo.jpg").status_code == 200


def test_what_the_monitor_shows_lies_in_no_cache(booth: BoothSet) -> None:
    phone = booth.phone()
    phone.finish(NAME)
    address = f"/pictures/{phone.id}/1/photo.jpg"
    kept = [
        client.get(address).headers["Cache-Control"] for client in (booth.app.test_client(), phone.client)
    ]
    assert kept == ["no-store", "private, max-age=600"]


def test_only_staff_hide_and_show(booth: BoothSet) -> None:
    phone = booth.phone()
    phone.prepare(NAME)
    assert phone.press("hide", visit=phone.id)["code"] == "command-unknown"
    assert phone.press("show", visit=phone.id, part="photo", photo=1)["code"] == "command-unknown"
    stranger = booth.app.test_client()
    body = {"role": "staff", "cmd_id": "x1", "type": "hide", "visit": phone.id}
    stranger.post("/api/v1/commands", json=body, headers=ORIGIN)
    assert not phone.visit.hidden
    desk = Desk(booth)
    assert desk.press("hide", visit=phone.id, part="ticket")["code"] == "command-unknown"
    assert desk.press("show", visit=phone.id, part="photo", photo=9)["code"] == "step-stale"
    assert desk.press("show", visit=phone.id, part="photo")["code"] == "step-stale"
    assert desk.press("hide", visit="nobody")["code"] == "visit-gone"
