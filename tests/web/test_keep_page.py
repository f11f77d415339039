"""The page that a ticket's code leads to."""

import base64
import re
from pathlib import Path

import pytest
from doubles.studio import PlainPictures
from doubles.web import BOOTH, BoothSet, Browser, Phone, open_booth
from PIL import Image

from articket.application import files
from articket.domain.commands import StoreTicket
from articket.domain.transitions.painting import styles_on_ticket

NAME = "모카"
PREVIEW = "KakaoTalk-Scrap/1.0; facebookexternalhit/1.1"


@pytest.fixture
def guest(booth: BoothSet) -> Phone:
    phone = booth.phone()
    phone.finish(NAME)
    return phone


def address(booth: BoothSet, phone: Phone) -> str:
    return f"/t/{booth.floor.seals.keep(phone.id)}"


def drawn(booth: BoothSet, phone: Phone) -> str:
    answer = Browser(booth.app).get(address(booth, phone))
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def pictures(page: str) -> list[str]:
    return sorted(set(re.findall(r'/t/[^" ]+\.jpg', page)))


def test_whoever_has_the_code_sees_all_paintings_without_a_cookie(booth: BoothSet, guest: Phone) -> None:
    stranger, page = Browser(booth.app), drawn(booth, guest)
    assert NAME in page
    shown = pictures(page)
    assert sum("/card-" in each for each in shown) == 5
    assert sum("/print-" in each for each in shown) == 4
    for each in shown:
        answer = stranger.get(each)
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg"), each
        assert stranger.get_cookie("articket_keep") is None


def test_a_painting_that_is_still_made_is_promised(booth: BoothSet) -> None:
    phone = booth.phone("en")
    phone.prepare(NAME)
    phone.confirm()
    booth.describe(phone.id)
    phone.answer_all()
    assert phone.visit.decision is not None
    on_ticket = styles_on_ticket(booth.parts.experience, phone.visit.decision.style)
    late = next(each.style for each in phone.visit.easels if each.style not in on_ticket)
    booth.paint(phone.id, on_ticket)
    booth.elapse()
    page = drawn(booth, phone)
    assert "Something is still being painted" in page
    assert f"card-{late}" not in page
    booth.paint(phone.id, (late,))
    page = drawn(booth, phone)
    assert "Something is still being painted" not in page
    assert f"card-{late}" in page


def test_the_page_speaks_the_visit_s_language(booth: BoothSet) -> None:
    for locale, words in (("ko", "그림을 저장할게요"), ("en", "Save the painting")):
        phone = booth.phone(locale)
        phone.finish()
        page = drawn(booth, phone)
        assert f'<html lang="{locale}"' in page
        assert words in page
        booth.elapse()


def test_neither_title_nor_preview_says_whose_pictures_these_are(booth: BoothSet, guest: Phone) -> None:
    head = drawn(booth, guest).split("</head>")[0]
    assert "<title>Articket</title>" in head
    assert 'property="og:title"' in head
    assert NAME not in head
    assert guest.id not in head
    assert booth.floor.seals.keep(guest.id) not in head
    image = re.search(r'og:image" content="[^"/]+//[^/]+([^"]+)"', head)
    assert image is not None
    assert Browser(booth.app).get(image[1], headers={"User-Agent": PREVIEW}).status_code == 200


def test_the_page_is_never_kept_and_its_pictures_as_long_as_the_visit(booth: BoothSet, guest: Phone) -> None:
    client = Browser(booth.app)
    assert client.get(address(booth, guest)).headers["Cache-Control"] == "no-store"
    left = int(booth.floor.expiry(guest.visit) - booth.clock.now())
    for each in pictures(drawn(booth, guest)):
        answer = client.get(each)
        assert answer.headers["Cache-Control"] == f"private, max-age={left}, immutable"
        again = client.get(each, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


def test_saving_gives_a_file_with_a_number_and_no_name(booth: BoothSet, guest: Phone) -> None:
    page = drawn(booth, guest)
    saves = re.findall(r'href="(/t/[^"]+save=1)" download', page)
    assert len(saves) == 5
    for each in saves:
        told = Browser(booth.app).get(each).headers["Content-Disposition"]
        assert re.fullmatch(r"attachment; filename=articket-\d+-\w+\.jpg", told)


def test_the_ticket_is_offered_once_the_desk_has_it(booth: BoothSet, guest: Phone) -> None:
    assert "/d/" not in drawn(booth, guest)
    file = files.ticket(guest.visit)
    booth.parts.store.put(file, b"%PDF-1.7 a ticket")
    booth.floor.apply(BOOTH, StoreTicket(guest.visit.ticket.edition, 300.0, file), guest.id)
    link = re.search(r'href="(/d/[^"]+)"', drawn(booth, guest))
    assert link is not None
    assert Browser(booth.app).get(link[1]).data.startswith(b"%PDF")


def test_before_the_reveal_the_code_leads_to_the_visit_as_its_phone_shows_it(booth: BoothSet) -> None:
    phone = booth.phone()
    phone.prepare()
    booth.paint(phone.id)
    client, here = Browser(booth.app), address(booth, phone)
    assert client.get(here).headers["Location"] == f"{here}/live"
    for each in ("1/page-vangogh", "1/large-vangogh", "1/story-vangogh"):
        assert client.get(f"{here}/{each}.jpg").status_code == 404


def test_expired_erased_and_made_up_codes_look_the_same(booth: BoothSet, guest: Phone) -> None:
    other = booth.phone()
    other.prepare("다른")
    expired, erased = address(booth, guest), address(booth, other)
    shown = pictures(drawn(booth, guest))
    booth.floor.erase(other.visit)
    booth.clock.time = booth.floor.expiry(guest.visit)
    told = set()
    for code in (expired, erased, "/t/made-up", "/t/" + "x" * 500):
        for path, method in ((code, "get"), (f"{code}/erase", "post")):
            answer = getattr(Browser(booth.app), method)(path)
            assert (answer.status_code, answer.headers["Cache-Control"]) == (410, "no-store")
            told.add(re.sub(r'nonce="[^"]*"', "", answer.get_data(as_text=True)))
    assert len(told) == 1
    assert {Browser(booth.app).get(each).status_code for each in shown} == {404}
    live = {Browser(booth.app).get(f"{each}/live").headers["Location"] for each in (erased, "/t/made-up")}
    assert live == {"/gone"}


def test_deleting_shows_a_receipt_once_and_leaves_nothing(booth: BoothSet, guest: Phone) -> None:
    client, here = Browser(booth.app), address(booth, guest)
    shown = pictures(drawn(booth, guest))
    answer = client.post(f"{here}/erase")
    receipt = guest.visit.receipt
    assert receipt is not None
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert receipt.code in page
    assert NAME not in page
    assert client.get(here).status_code == 410
    assert client.post(f"{here}/erase").status_code == 410
    assert {client.get(each).status_code for each in shown} == {404}


def test_looking_never_deletes(booth: BoothSet, guest: Phone) -> None:
    assert Browser(booth.app).get(f"{address(booth, guest)}/erase").status_code == 405
    foreign = {"Origin": "https://elsewhere.example"}
    answer = Browser(booth.app).post(f"{address(booth, guest)}/erase", json={}, headers=foreign)
    assert answer.status_code == 403
    assert guest.visit.receipt is None


@pytest.mark.parametrize(
    "what", ["1/page-nobody", "9/page-vangogh", "1/page-..", "1/veil-vangogh", "1/source-vangogh", "1/photo"]
)
def test_the_code_opens_nothing_else(booth: BoothSet, guest: Phone, what: str) -> None:
    assert Browser(booth.app).get(f"{address(booth, guest)}/{what}.jpg").status_code == 404


def test_a_story_is_that_of_the_visitor_s_own_painter_only(booth: BoothSet, guest: Phone) -> None:
    own = guest.visit.decision.style if guest.visit.decision else ""
    for easel in guest.visit.easels:
        status = Browser(booth.app).get(f"{address(booth, guest)}/1/story-{easel.style}.jpg").status_code
        assert status == (200 if easel.style == own else 404)


def test_each_picture_is_made_once_and_lies_among_the_visit_s_files(tmp_path: Path) -> None:
    made = PlainPictures()
    booth = open_booth(tmp_path, pictures=made)
    phone = booth.phone()
    phone.finish(NAME)
    story = next(each for each in pictures(drawn(booth, phone)) if "/story-" in each)
    for _ in range(3):
        assert Browser(booth.app).get(story).status_code == 200
    assert len(made.stories) == 1
    kept = booth.parts.store.list(files.folder(phone.id))
    assert [each for each in kept if "/story-" in each] == [
        files.story(phone.id, 1, phone.visit.decision.style if phone.visit.decision else "")
    ]
    with Image.open(booth.parts.store.path(kept[0])) as picture:
        assert picture.format == "JPEG"
    booth.parts.live.close()


def test_a_story_that_is_made_while_its_visit_is_erased_does_not_stay(tmp_path: Path) -> None:
    made = PlainPictures()
    booth = open_booth(tmp_path, pictures=made)
    phone = booth.phone()
    phone.finish(NAME)
    visit = phone.visit
    story = next(each for each in pictures(drawn(booth, phone)) if "/story-" in each)
    made.meanwhile = lambda: booth.floor.erase(visit)
    assert Browser(booth.app).get(story).status_code == 404
    assert booth.parts.store.list(files.folder(visit.id)) == []
    booth.parts.live.close()


def test_no_address_on_the_page_leads_out_of_the_house(booth: BoothSet, guest: Phone) -> None:
    page = drawn(booth, guest)
    body = page.split("<body")[1]
    assert re.findall(r'(?:src|href|action)="(?!/)[^"]*"', body) == []
    assert base64.b64encode(b"\xff\xd8\xff").decode() not in page
