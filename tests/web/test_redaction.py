"""No snapshot holds what its role must not know."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from doubles.web import BOOTH, BoothSet, Phone, open_as_delivered

from articket.domain.booth import BoothStage
from articket.domain.moderation import Look

LIMIT = 64 * 1024
MINE, FOREIGN = "내이름은모카", "남의이름은차"


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[BoothSet]:
    opened = open_as_delivered(tmp_path)
    yield opened
    opened.parts.live.close()


def stages(booth: BoothSet, phone: Phone) -> Iterator[str]:
    """Walk a visit through all its stages, naming each."""
    yield "called"
    phone.confirm()
    yield "consent"
    phone.consent()
    yield "photo"
    phone.press("name", name=MINE)
    phone.send_photo()
    phone.press("ready")
    yield "quiz"
    booth.describe(phone.id)
    phone.answer_all()
    yield "painting"
    booth.paint(phone.id)
    yield "painting"
    booth.elapse()
    yield "result"
    booth.elapse()
    yield "result"
    phone.press("review", stars=5, comment="참 좋았다")
    yield "result"
    phone.press("erase")
    yield "deleted"


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, str):
        yield value


def secrets_of(booth: BoothSet, *phones: Phone) -> list[str]:
    seals = booth.floor.seals
    return [secret for phone in phones for secret in (phone.token, seals.keep(phone.id))]


def prompts(booth: BoothSet) -> list[str]:
    return [text for style in booth.parts.experience.styles for text in (style.prompt, style.negative_prompt)]


@pytest.mark.parametrize("line", [False, True], ids=["at the monitor", "by phone"])
def test_the_phone_s_snapshots_hold_nothing_foreign_or_hidden(booth: BoothSet, *, line: bool) -> None:
    phone, other = booth.phone(), booth.phone()
    other.consent()
    other.press("name", name=FOREIGN)
    other.send_photo()
    foreign = other.id
    for stage in stages(booth, phone) if not line else by_phone(booth, phone):
        snapshot = phone.snapshot()
        text = json.dumps(snapshot, ensure_ascii=False)
        assert snapshot["stage"] == stage
        assert len(text.encode()) < LIMIT
        assert FOREIGN not in text
        assert foreign not in text
        for hidden in (*secrets_of(booth, phone, other), *prompts(booth)):
            assert hidden not in text
        if stage not in ("result", "deleted"):
            assert not any(size in text for size in ("small-", "large-", "print-"))
        if stage == "called":
            wall = booth.visits.booth(BOOTH).wall
            assert wall is not None
            assert "hung" not in text
            assert len(snapshot["view"]["pictures"]) == 4


def by_phone(booth: BoothSet, phone: Phone) -> Iterator[str]:
    """Walk a visit that leaves the line and never sees the monitor."""
    phone.press("leave_line")
    yield "consent"
    phone.prepare(MINE)
    yield "quiz"
    booth.describe(phone.id)
    phone.answer_all()
    yield "painting"
    booth.paint(phone.id)
    yield "result"


def test_the_monitor_s_snapshots_hold_nothing_but_what_the_room_may_see(booth: BoothSet) -> None:
    phone, other = booth.phone(), booth.phone()
    wall = booth.app.test_client()
    seen = set()
    for _ in stages(booth, phone):
        snapshot = wall.get("/api/v1/snapshot?role=monitor").get_json()
        text = json.dumps(snapshot, ensure_ascii=False)
        seen.add(snapshot["stage"])
        assert len(text.encode()) < LIMIT
        for hidden in (*secrets_of(booth, phone, other), *prompts(booth), booth.nonce()):
            assert hidden not in text
        assert "print-" not in text
        if snapshot["stage"] not in ("reveal", "idle"):
            assert not any(size in text for size in ("small-", "large-"))
        if snapshot["stage"] == "calling" and "내이름" not in text:
            assert snapshot["view"]["called"] == {"name": None}
    assert seen >= set(BoothStage) - {"idle"}


def test_the_staff_s_snapshot_stays_small_and_without_secrets(booth: BoothSet) -> None:
    phones = [booth.phone() for _ in range(70)]
    for phone in phones[:3]:
        phone.press("leave_line")
        phone.prepare(MINE)
        assert phone.visit.photo is not None
        assert phone.visit.photo.look is Look.CLEAR
    snapshot = booth.staff().get("/api/v1/snapshot?role=staff").get_json()
    text = json.dumps(snapshot, ensure_ascii=False)
    assert len(text.encode()) < LIMIT
    assert len(snapshot["view"]["visits"]) == 64
    for hidden in (*secrets_of(booth, *phones[:5]), *prompts(booth)):
        assert hidden not in text


def test_every_address_a_snapshot_gives_out_can_be_fetched(booth: BoothSet) -> None:
    phone = booth.phone()
    wall = booth.app.test_client()
    outside = {"X-Forwarded-For": "203.0.113.7"}
    for stage in stages(booth, phone):
        for text in strings(phone.snapshot()):
            if text.startswith("/"):
                assert phone.client.get(text, headers=outside).status_code == 200, (stage, text)
        for text in strings(wall.get("/api/v1/snapshot?role=monitor").get_json()):
            if text.startswith("/"):
                assert wall.get(text).status_code == 200, (stage, text)
