"""Who gets in: codes, entries, secrets, tickets."""

import json
from typing import Any

from doubles.web import BOOTH, BoothSet, jpeg
from werkzeug.test import TestResponse


def embedded(page: TestResponse) -> dict[str, Any]:
    """Return the snapshot that a page came with."""
    text = page.get_data(as_text=True).split('id="snapshot">')[1].split("</script>")[0]
    return dict(json.loads(text))


def test_a_code_older_than_two_turns_leads_to_a_friendly_page(booth: BoothSet) -> None:
    old = booth.nonce()
    booth.clock.wait(booth.parts.durations.nonce_s)
    client = booth.app.test_client()
    assert client.get(f"/j/{old}").headers["Location"] == "/join"
    booth.clock.wait(booth.parts.durations.nonce_s)
    response = booth.app.test_client().get(f"/j/{old}")
    assert response.status_code == 403
    assert response.mimetype == "text/html"
    assert booth.app.test_client().get("/j/made-up").status_code == 403


def test_nobody_joins_without_having_scanned(booth: BoothSet) -> None:
    client = booth.app.test_client()
    assert client.get("/join").status_code == 403
    assert client.post("/join", data={"locale": "ko"}).status_code == 403
    client.set_cookie("articket_entry", "made-up")
    assert client.post("/join", data={"locale": "ko"}).status_code == 403
    assert booth.visits.rows.visits == {}


def test_a_used_entry_leads_back_to_the_same_visit(booth: BoothSet) -> None:
    phone = booth.phone()
    first = phone.id
    phone.client.delete_cookie("articket_visit")
    assert phone.client.post("/join", data={"locale": "en"}).status_code == 303
    assert phone.id == first
    assert len(booth.visits.rows.visits) == 1


def test_scanning_again_lets_choose_between_the_visit_under_way_and_a_new_one(booth: BoothSet) -> None:
    phone = booth.phone()
    first = phone.id
    assert phone.client.get(f"/j/{booth.nonce()}").headers["Location"] == "/join"
    assert phone.client.get("/join").status_code == 200
    assert phone.client.post("/join", data={"locale": "ko"}).headers["Location"] == "/visit"
    assert phone.id == first
    assert phone.client.post("/join", data={"locale": "ko", "new": "1"}).status_code == 303
    assert phone.id != first


def test_an_old_code_leads_back_to_a_visit_under_way(booth: BoothSet) -> None:
    phone = booth.phone()
    assert phone.client.get("/j/long-ago").headers["Location"] == "/visit"
    phone.press("erase")
    assert phone.client.get("/j/long-ago").status_code == 403


def test_friends_who_share_a_phone_lose_none_of_their_visits(booth: BoothSet) -> None:
    phone = booth.phone()
    names = ["first", "second", "third", "fourth", "fifth"]
    phone.finish(names[0])
    for name in names[1:]:
        phone.client.get(f"/j/{booth.nonce()}")
        assert phone.client.post("/join", data={"locale": "ko", "new": "1"}).status_code == 303
        phone.consent()
        assert phone.press("name", name=name)["ok"]
    others = embedded(phone.client.get("/visit"))["others"]
    assert [each["name"] for each in others] == ["fourth", "third", "second"]
    assert set(others[0]) == {"name", "number", "stage", "index"}
    assert phone.client.post("/visit/switch", data={"index": "1"}).headers["Location"] == "/visit"
    assert phone.visit.name == "third"
    page = phone.client.get("/visit")
    assert f'data-token="{phone.token}"' in page.get_data(as_text=True)
    assert [each["name"] for each in embedded(page)["others"]] == ["fifth", "fourth", "second"]
    answer = phone.client.post("/visit/switch", json={"index": 0})
    assert answer.get_json() == {"ok": True, "url": "/visit"}
    assert phone.visit.name == "fifth"
    for wrong in ("3", "-1", "", "x", "²"):
        assert phone.client.post("/visit/switch", data={"index": wrong}).status_code == 410
    assert phone.client.post("/visit/switch", json=[]).status_code == 410


def test_an_erased_visit_is_no_visit_to_switch_to(booth: BoothSet) -> None:
    phone = booth.phone()
    phone.press("erase")
    phone.client.get(f"/j/{booth.nonce()}")
    phone.client.post("/join", data={"locale": "ko"})
    assert embedded(phone.client.get("/visit"))["others"] == []


def test_a_booth_opens_only_so_many_visits_a_minute(booth: BoothSet) -> None:
    client = booth.app.test_client()
    client.get(f"/j/{booth.nonce()}")
    entries = [client.post("/join", data={"locale": "ko", "new": "1"}).status_code for _ in range(121)]
    assert entries == [303] * 120 + [429]
    booth.clock.wait(1)
    assert client.post("/join", data={"locale": "ko", "new": "1"}).status_code == 303


def test_the_language_is_the_one_the_browser_likes_or_the_visitor_chose(booth: BoothSet) -> None:
    client = booth.app.test_client()
    client.get(f"/j/{booth.nonce()}")
    assert 'lang="ko"' in client.get("/join").get_data(as_text=True)
    english = client.get("/join", headers={"Accept-Language": "en-GB,fr;q=0.5"}).get_data(as_text=True)
    assert '<html lang="en"' in english
    assert '<html lang="en"' in client.get("/join?locale=en").get_data(as_text=True)
    assert booth.phone("xx").visit.locale == "ko"


def test_the_secret_is_given_to_the_page_once_and_kept_as_a_hash_only(booth: BoothSet) -> None:
    phone = booth.phone()
    token = phone.token
    assert f'data-token="{token}"' in phone.client.get("/visit").get_data(as_text=True)
    assert token not in phone.client.get("/visit").get_data(as_text=True)
    assert token.encode() not in repr(booth.visits.rows).encode()


def test_cookies_are_for_the_server_only(booth: BoothSet) -> None:
    client = booth.app.test_client()
    client.get(f"/j/{booth.nonce()}")
    response = client.post("/join", data={"locale": "ko"})
    cookie = next(each for each in response.headers.getlist("Set-Cookie") if "articket_visit" in each)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    client = booth.app.test_client()
    client.get(f"/j/{booth.nonce()}", base_url="https://booth.example")
    response = client.post("/join", data={"locale": "ko"}, base_url="https://booth.example")
    cookie = next(each for each in response.headers.getlist("Set-Cookie") if "articket_visit" in each)
    assert "Secure" in cookie


def test_a_ticket_s_code_opens_its_visit_and_nothing_else(booth: BoothSet) -> None:
    phone = booth.phone()
    code = booth.floor.seals.keep(phone.id)
    friend = booth.app.test_client()
    response = friend.get(f"/t/{code}/live")
    assert (response.status_code, response.headers["Location"]) == (303, "/keep")
    assert friend.get("/api/v1/snapshot?role=phone").status_code == 410
    kept = friend.get("/api/v1/snapshot?role=phone&keep=1").get_json()
    assert kept["view"]["visit"]["id"] == phone.id
    assert embedded(friend.get("/keep"))["keep"] is True
    stranger = booth.app.test_client()
    assert stranger.get("/t/made-up/live").headers["Location"] == "/gone"
    assert stranger.get("/t/" + "x" * 500 + "/live").headers["Location"] == "/gone"
    assert stranger.get("/visit").headers["Location"] == "/gone"
    assert stranger.get("/gone").status_code == 410


def test_a_friend_s_ticket_leaves_one_s_own_visit_alone(booth: BoothSet) -> None:
    friend, phone = booth.phone(), booth.phone()
    friend.finish()
    mine = phone.id
    phone.client.get(f"/t/{booth.floor.seals.keep(friend.id)}/live")
    assert phone.id == mine
    assert embedded(phone.client.get("/visit"))["view"]["visit"]["id"] == mine
    kept = embedded(phone.client.get("/keep"))
    assert (kept["view"]["visit"]["id"], kept["keep"], kept["others"]) == (friend.id, True, [])
    assert phone.client.get(kept["view"]["zip"]).status_code == 200
    assert phone.client.get(kept["view"]["paintings"][0]["print"]).status_code == 200
    review = {"role": "phone", "cmd_id": "r", "type": "review", "stars": 5, "comment": ""}
    assert not phone.client.post("/api/v1/commands", json=review).get_json()["ok"]
    assert phone.client.post("/api/v1/commands", json=review | {"keep": True}).get_json()["ok"]
    assert friend.visit.review is not None


def test_the_visitor_s_own_phone_keeps_its_own_secret_at_the_ticket(booth: BoothSet) -> None:
    phone = booth.phone()
    token = phone.token
    phone.client.get(f"/t/{booth.floor.seals.keep(phone.id)}/live")
    assert phone.token == token


def test_a_foreign_secret_gets_nothing(booth: BoothSet) -> None:
    client = booth.app.test_client()
    for secret in ("", "foreign", "x" * 3_000):
        client.set_cookie("articket_visit", secret)
        response = client.get("/api/v1/snapshot?role=phone")
        assert response.status_code == 410
        assert response.get_json()["code"] == "visit-gone"
        assert client.put("/api/v1/visit/photos/1", data=b"\xff\xd8").status_code == 410


def test_a_closed_line_says_so(booth: BoothSet) -> None:
    client = booth.app.test_client()
    client.get(f"/j/{booth.nonce()}")
    staff = booth.staff()
    body = {"role": "staff", "cmd_id": "c", "type": "close"}
    assert staff.post("/api/v1/commands", json=body, headers={"Origin": "http://localhost"}).get_json()["ok"]
    assert client.get("/join").status_code == 200
    assert client.post("/join", data={"locale": "ko"}).status_code == 409


def test_an_erased_visit_shows_its_receipt_and_nothing_else(booth: BoothSet) -> None:
    phone = booth.phone()
    phone.prepare("비밀이름")
    first = phone.press("erase")
    assert first["ok"]
    assert phone.press("erase")["ok"]
    snapshot = phone.snapshot()
    assert snapshot["stage"] == "deleted"
    assert {item["what"] for item in snapshot["view"]["receipt"]["items"]} >= {"photo", "name"}
    assert "비밀이름" not in str(snapshot)
    assert phone.client.get(f"/pictures/{snapshot['view']['visit']['id']}/1/photo.jpg").status_code == 404
    assert booth.visits.booth(BOOTH).visit is None


def test_the_landing_page_shows_one_motif_in_every_style_though_the_wall_hangs_one(booth: BoothSet) -> None:
    for style in ("lichtenstein", "picasso", "renoir"):
        (booth.parts.gallery / f"pear.{style}.jpg").write_bytes(jpeg())
    client = booth.app.test_client()
    client.get(f"/j/{booth.nonce()}")
    page = client.get("/join").get_data(as_text=True)
    shown = [
        f"/gallery/pear.{style}.jpg" in page for style in ("lichtenstein", "picasso", "renoir", "vangogh")
    ]
    assert shown == [True] * 4
