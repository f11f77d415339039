"""Who gets in: codes, entries, secrets, tickets."""

from doubles.web import BOOTH, BoothSet


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


def test_scanning_again_goes_on_with_a_visit_under_way_and_opens_another_after_the_result(
    booth: BoothSet,
) -> None:
    phone = booth.phone()
    assert phone.client.get(f"/j/{booth.nonce()}").headers["Location"] == "/visit"
    phone.confirm()
    phone.prepare()
    phone.answer_all()
    booth.paint(phone.id)
    booth.elapse()
    assert phone.stage == "result"
    assert phone.client.get(f"/j/{booth.nonce()}").headers["Location"] == "/join"
    first = phone.id
    phone.client.post("/join", data={"locale": "ko"})
    assert phone.id != first


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
    response = friend.get(f"/t/{code}")
    assert (response.status_code, response.headers["Location"]) == (303, "/keep")
    assert friend.get("/api/v1/snapshot?role=phone").get_json()["view"]["visit"]["id"] == phone.id
    assert friend.get("/keep").status_code == 200
    stranger = booth.app.test_client()
    assert stranger.get("/t/made-up").headers["Location"] == "/gone"
    assert stranger.get("/t/" + "x" * 500).headers["Location"] == "/gone"
    assert stranger.get("/visit").headers["Location"] == "/gone"
    assert stranger.get("/gone").status_code == 410


def test_the_visitor_s_own_phone_keeps_its_own_secret_at_the_ticket(booth: BoothSet) -> None:
    phone = booth.phone()
    token = phone.token
    phone.client.get(f"/t/{booth.floor.seals.keep(phone.id)}")
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
