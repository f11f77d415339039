"""Headers, problems and words that every page shares."""

import logging
import re
from dataclasses import replace
from pathlib import Path

import pytest
from doubles.web import BoothSet, open_booth

from articket.domain.faults import CODES
from articket.web.routes.styles import styles_css
from articket.web.words import FOLDER, Words

PLURAL = re.compile("_(one|two|few|many|other)$")  # languages differ in these


def test_pages_load_nothing_from_elsewhere_and_tell_nobody_where_they_were(booth: BoothSet) -> None:
    phone = booth.phone()
    response = phone.client.get("/visit")
    policy = response.headers["Content-Security-Policy"]
    page = response.get_data(as_text=True)
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert f'nonce="{nonce}"' in page
    assert "default-src 'none'" in policy
    assert "ws://localhost wss://localhost" in policy
    assert "unsafe" not in policy
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in response.headers
    again = phone.client.get("/visit").headers["Content-Security-Policy"]
    assert again != policy


def test_every_page_is_drawn(booth: BoothSet) -> None:
    phone = booth.phone()
    phone.finish()
    client, friend = booth.app.test_client(), booth.app.test_client()
    client.get(f"/j/{booth.nonce()}")
    friend.get(f"/t/{booth.floor.seals.keep(phone.id)}/live")
    for browser, path in (
        (phone.client, "/visit"),
        (friend, "/keep"),
        (friend, f"/t/{booth.floor.seals.keep(phone.id)}"),
        (client, "/join"),
        (client, "/"),
        (client, "/staff"),
        (booth.staff(), "/staff"),
    ):
        response = browser.get(path)
        assert response.status_code == 200, path
        assert " style=" not in response.get_data(as_text=True)


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_what_is_not_there_is_said_calmly(booth: BoothSet, method: str) -> None:
    client = booth.app.test_client()
    page = getattr(client, method)("/nowhere")
    assert page.status_code == 404
    problem = getattr(client, method)("/api/v1/nowhere")
    assert problem.status_code == 404
    assert problem.mimetype == "application/problem+json"
    assert problem.get_json()["code"] == "page-gone"


def test_a_wrong_method_says_which_are_right(booth: BoothSet) -> None:
    response = booth.app.test_client().delete("/api/v1/commands")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


@pytest.mark.parametrize("path", ["/api/v1/snapshot", "/api/v1/snapshot?role=king", "/api/v1/commands"])
def test_the_api_wants_a_role(booth: BoothSet, path: str) -> None:
    client = booth.app.test_client()
    response = client.post(path, json=[]) if path.endswith("commands") else client.get(path)
    assert response.status_code == 400
    assert response.get_json()["code"] == "command-unknown"


def test_a_foreign_page_may_change_nothing(booth: BoothSet) -> None:
    phone = booth.phone()
    body = {"role": "phone", "cmd_id": "x", "type": "leave_line"}
    for origin in ("https://elsewhere.example", "null", "http://localhost.evil.example"):
        response = phone.client.post("/api/v1/commands", json=body, headers={"Origin": origin})
        assert response.status_code == 403
    own = phone.client.post("/api/v1/commands", json=body, headers={"Origin": "http://localhost"})
    assert own.get_json()["ok"]


def test_one_phone_that_hammers_slows_only_itself(booth: BoothSet) -> None:
    phone, other = booth.phone(), booth.phone()
    acks = [phone.press("retake") for _ in range(60)]
    assert acks[-1]["code"] == "too-many-requests"
    assert other.press("leave_line")["ok"]
    booth.clock.wait(5)
    assert phone.press("retake")["code"] == "consent-missing"


def test_what_nobody_expected_is_answered_calmly_and_logged_without_names(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    booth = open_booth(tmp_path)
    phone = booth.phone()
    phone.consent()
    phone.press("name", name="비밀이름")
    broken = open_booth(tmp_path / "broken", threads=20)
    broken.visits.rows = None  # type: ignore[assignment]
    with caplog.at_level(logging.ERROR):
        client = broken.app.test_client()
        response = client.get("/api/v1/snapshot?role=monitor")
        page = client.get("/")
        health = client.get("/healthz")
    assert response.status_code == page.status_code == 500
    assert response.get_json()["code"] == "unexpected"
    assert "Traceback" not in page.get_data(as_text=True)
    assert "Traceback" in caplog.text
    assert "비밀이름" not in caplog.text
    assert (health.status_code, health.get_data(as_text=True)) == (503, "database")


def test_health_says_why_not(booth: BoothSet) -> None:
    client = booth.app.test_client()
    assert client.get("/healthz").get_data(as_text=True) == "starting"
    booth.parts.live.start()
    assert client.get("/healthz").get_data(as_text=True) == "ok"


def test_health_tells_which_installation_answers(tmp_path: Path) -> None:
    booth = open_booth(tmp_path)
    said = booth.app.test_client().get("/healthz").headers["X-Articket-House"]
    assert re.fullmatch(r"[a-z2-7]{12}", said)
    assert said == booth.parts.floor.seals.house()
    assert said != replace(booth.parts.floor.seals, key=b"another").house()


def test_health_passes_on_what_the_wiring_says(tmp_path: Path) -> None:
    booth = open_booth(tmp_path, hindrance=lambda: "painters")
    booth.parts.live.start()
    response = booth.app.test_client().get("/healthz")
    assert (response.status_code, response.get_data(as_text=True)) == (503, "painters")
    booth.parts.live.close()


def test_colours_come_from_the_pack(booth: BoothSet) -> None:
    css = styles_css(booth.parts.experience)
    assert ".style-vangogh { --one: #1e4aa8; --two: #f4b92e;" in css
    response = booth.app.test_client().get("/styles.css")
    assert response.mimetype == "text/css"
    etag = response.headers["ETag"]
    assert booth.app.test_client().get("/styles.css", headers={"If-None-Match": etag}).status_code == 304


def test_every_language_says_the_same_and_every_fault() -> None:
    books = Words.load().books
    assert set(books) == {"ko", "en"}
    for page, sentences in books["ko"].items():
        theirs = books["en"][page]
        assert {PLURAL.sub("", key) for key in sentences} == {PLURAL.sub("", key) for key in theirs}, page
    for locale in books:
        missing = (CODES | {"unexpected"}) - set(books[locale]["faults"])
        assert not missing, (locale, missing)
    assert FOLDER.is_dir()


def test_a_language_without_words_is_answered_in_english() -> None:
    words = Words.load()
    assert words.page("join", "fr") == words.page("join", "en")
    assert words.page("join", "ko-KR") == words.page("join", "ko")
    assert words.fault("en", "name-length", {"limit": 12}) == "A name has one to 12 letters."
    assert words.fault("en", "never-heard-of", {}) == words.fault("en", "unexpected", {})


def test_parts_keep_threads_for_plain_http(booth: BoothSet) -> None:
    assert replace(booth.parts, threads=200).max_sockets == 188
    assert replace(booth.parts, threads=4).max_sockets == 1
