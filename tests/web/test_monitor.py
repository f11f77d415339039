"""Which browser is the monitor, and what it shows."""

from pathlib import Path

import pytest
from doubles.web import BOOTH, BoothSet, TwoNetworks, csrf, open_booth

from articket.web.routes.monitor import wifi_text

LAN = {"REMOTE_ADDR": "192.168.0.31"}


def test_this_machine_s_own_browser_is_the_monitor(booth: BoothSet) -> None:
    client = booth.app.test_client()
    page = client.get("/")
    assert page.status_code == 200
    assert 'id="wall"' in page.get_data(as_text=True)
    assert client.get("/qr/join.svg?v=1").mimetype == "image/svg+xml"
    assert client.get("/api/v1/snapshot?role=monitor").get_json()["stage"] == "idle"


@pytest.mark.parametrize(
    ("environ", "headers"),
    [
        (LAN, {}),
        ({}, {"X-Forwarded-For": "203.0.113.7"}),
        ({}, {"Forwarded": "for=203.0.113.7"}),
        ({}, {"Host": "booth.example"}),
    ],
)
def test_nobody_else_is(booth: BoothSet, environ: dict[str, str], headers: dict[str, str]) -> None:
    client = booth.app.test_client()
    for path in ("/", "/qr/join.svg", "/qr/wifi.svg", "/api/v1/snapshot?role=monitor"):
        response = client.get(path, environ_base={"REMOTE_ADDR": "127.0.0.1", **environ}, headers=headers)
        assert response.status_code == 403


def test_staff_make_a_screen_the_monitor(booth: BoothSet) -> None:
    screen = booth.staff()
    assert screen.post("/staff/monitor", data={"csrf": csrf(screen)}).status_code == 303
    screen.delete_cookie("articket_staff")
    assert screen.get("/", environ_base=LAN).status_code == 200
    assert screen.get("/api/v1/snapshot?role=monitor", environ_base=LAN).status_code == 200
    assert screen.get("/api/v1/snapshot?role=staff", environ_base=LAN).status_code == 403


def test_the_code_turns_and_never_names_the_host_that_was_asked(booth: BoothSet) -> None:
    client = booth.app.test_client()

    def code() -> bytes:
        return client.get("/qr/join.svg").get_data()

    def url() -> str:
        return str(client.get("/api/v1/snapshot?role=monitor").get_json()["view"]["join"]["qr"])

    first, address = code(), url()
    assert client.get("/qr/join.svg", base_url="http://127.0.0.1:99").get_data() == first
    booth.clock.wait(booth.parts.durations.nonce_s)
    assert code() != first
    assert url() != address


def test_the_wifi_code_escapes_what_would_end_it() -> None:
    assert wifi_text('a;b,c:"d\\', "p;") == 'WIFI:T:WPA;S:a\\;b\\,c\\:\\"d\\\\;P:p\\;;;'
    assert wifi_text("open", None) == "WIFI:T:nopass;S:open;;"


def test_the_wall_s_walk_through_a_visit(booth: BoothSet) -> None:
    wall = booth.app.test_client()

    def snapshot() -> dict[str, object]:
        return dict(wall.get("/api/v1/snapshot?role=monitor").get_json())

    phone = booth.phone("en")
    called = snapshot()
    assert (called["stage"], called["locale"]) == ("calling", "en")
    phone.confirm()
    assert snapshot()["view"]["doing"] == "consent"  # type: ignore[index]
    phone.prepare("Mocha")
    quiz = snapshot()
    assert quiz["stage"] == "quiz"
    phone.answer_all()
    booth.describe(phone.id)
    booth.paint(phone.id)
    painting = snapshot()
    assert painting["stage"] == "painting"
    journey = painting["view"]["journey"]  # type: ignore[index]
    assert [each["kind"] for each in journey][:2] == ["photo", "sentence"]
    assert journey[0]["at"] == 0
    booth.elapse()
    reveal = snapshot()
    assert reveal["stage"] == "reveal"
    assert reveal["view"]["name"] == "Mocha"  # type: ignore[index]
    booth.elapse()
    idle = snapshot()
    assert (idle["stage"], idle["locale"]) == ("idle", "ko")
    assert booth.visits.booth(BOOTH).visit is None


def test_the_idle_gallery_mixes_house_paintings_with_those_allowed(booth: BoothSet) -> None:
    for allowed in (True, False):
        phone = booth.phone()
        phone.finish(gallery=allowed)
        booth.elapse()
    view = booth.app.test_client().get("/api/v1/snapshot?role=monitor").get_json()["view"]
    visitors = [each for each in view["gallery"] if each["url"].startswith("/pictures/")]
    assert len(visitors) == 1
    assert len(view["gallery"]) == 6


def test_behind_a_proxy_the_public_address_is_no_monitor(tmp_path: Path) -> None:
    booth = open_booth(
        tmp_path,
        trusted_proxies=1,
        public_url="https://booth.example",
        reach=TwoNetworks(public="https://booth.example"),
    )
    client = booth.app.test_client()
    proxied = {
        "X-Forwarded-For": "203.0.113.7",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "booth.example",
    }
    assert client.get("/", headers=proxied).status_code == 403
    assert client.get("/").status_code == 200
    client.get(f"/j/{booth.nonce()}", headers=proxied)
    response = client.post(
        "/join", headers=proxied | {"Origin": "https://booth.example"}, base_url="https://localhost"
    )
    assert response.status_code == 303
    booth.parts.live.close()
