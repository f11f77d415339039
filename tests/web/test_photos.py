"""The photo's way in."""

import io

import pytest
from doubles.web import JPEG, BoothSet, Phone


@pytest.fixture
def phone(booth: BoothSet) -> Phone:
    opened = booth.phone()
    opened.consent()
    return opened


def test_the_same_photo_twice_is_taken_once(phone: Phone) -> None:
    assert phone.send_photo().get_json() == {"ok": True, "photo": 1}
    assert phone.send_photo().get_json() == {"ok": True, "photo": 1}
    assert phone.visit.photo is not None
    assert phone.visit.photo.number == 1


def test_the_focus_comes_with_the_address_and_moves_with_a_command(phone: Phone) -> None:
    phone.send_photo()
    assert phone.visit.photo is not None
    assert phone.visit.photo.focus == (0.5, 0.4)
    ack = phone.press("frame", photo=1, x=0.1, y=1)
    assert ack["ok"], ack
    assert phone.visit.photo.focus == (0.1, 1.0)
    assert phone.snapshot()["view"]["photo_next"] == 3


def test_a_photo_out_of_turn_or_before_consent_is_refused(booth: BoothSet, phone: Phone) -> None:
    assert phone.send_photo(2).get_json()["code"] == "step-stale"
    assert phone.send_photo(0).get_json()["code"] == "step-stale"
    assert phone.send_photo(10**9).status_code == 409
    assert booth.phone().send_photo().get_json()["code"] == "consent-missing"


def test_a_refused_photo_is_a_problem_in_the_visitor_s_words(phone: Phone) -> None:
    response = phone.client.put("/api/v1/visit/photos/1", data=b"GIF89a", headers={"Accept-Language": "en"})
    assert response.status_code == 422
    assert response.mimetype == "application/problem+json"
    problem = response.get_json()
    assert problem["code"] == "photo-not-an-image"
    assert problem["title"] == "That file is no photo. Choose a photo."
    assert phone.client.put("/api/v1/visit/photos/1", data=b"").get_json()["code"] == "photo-empty"


def test_a_photo_over_the_limit_is_refused_with_its_length_or_without(phone: Phone) -> None:
    whole = JPEG + bytes(25_000_000)
    response = phone.client.put("/api/v1/visit/photos/1", data=whole)
    assert response.status_code == 413
    assert response.get_json()["code"] == "photo-too-many-bytes"
    assert response.get_json()["params"] == {"limit_mb": 25}
    chunked = phone.client.put(
        "/api/v1/visit/photos/1",
        input_stream=io.BytesIO(whole),
        environ_overrides={"wsgi.input_terminated": True},
        headers={"Transfer-Encoding": "chunked"},
    )
    assert chunked.status_code == 413
    assert phone.visit.photo is None


def test_other_bodies_are_small(booth: BoothSet, phone: Phone) -> None:
    big = {"role": "phone", "cmd_id": "big", "type": "name", "name": "n" * 1_000_000}
    response = phone.client.post("/api/v1/commands", json=big)
    assert response.get_json()["code"] == "command-unknown"
    assert response.status_code in (400, 413)
    assert phone.press("name", name="모카")["ok"]
    entry = booth.app.test_client()
    entry.get(f"/j/{booth.nonce()}")
    assert entry.post("/join", data={"locale": "n" * 1_000_000}).status_code == 413


def test_a_name_has_its_length(phone: Phone) -> None:
    ack = phone.press("name", name="가" * 13)
    assert ack == {"ok": False, "code": "name-length", "params": {"limit": 12}, "rev": ack["rev"]}
    assert phone.press("ready")["code"] == "photo-missing"
