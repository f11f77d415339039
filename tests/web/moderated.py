"""A moderated booth as its roles see it: the wall, staff's browser, and a visit in every scene."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doubles.web import BoothSet, Phone
    from flask.testing import FlaskClient

NAME = "내이름은모카"
ORIGIN = {"Origin": "http://localhost"}
AWAY = {"X-Forwarded-For": "203.0.113.7"}


def wall(booth: BoothSet) -> dict[str, Any]:
    return dict(booth.app.test_client().get("/api/v1/snapshot?role=monitor").get_json())


class Desk:
    """Staff's browser."""

    def __init__(self, booth: BoothSet) -> None:
        self.client: FlaskClient = booth.staff()
        self.pressed = 0

    def press(self, type_: str, **fields: Any) -> dict[str, Any]:
        self.pressed += 1
        body = {"role": "staff", "cmd_id": f"s{self.pressed}", "type": type_, **fields}
        return dict(self.client.post("/api/v1/commands", json=body, headers=ORIGIN).get_json())

    def seen(self) -> dict[str, Any]:
        return dict(self.client.get("/api/v1/snapshot?role=staff").get_json()["view"])

    def row(self, visit: str) -> dict[str, Any]:
        (found,) = [each for each in self.seen()["visits"] if each["id"] == visit]
        return dict(found["moderation"])


def stages(booth: BoothSet, phone: Phone) -> Iterator[str]:
    """Walk a visit with a photo through every scene of the monitor that may show it."""
    phone.consent(gallery=True)
    phone.press("name", name=NAME)
    phone.send_photo()
    yield "calling"
    phone.confirm()
    yield "welcome"
    phone.press("ready")
    yield "quiz"
    booth.describe(phone.id)
    phone.answer_all()
    booth.paint(phone.id)
    yield "painting"
    booth.elapse()
    yield "reveal"
    booth.elapse()
    yield "idle"
