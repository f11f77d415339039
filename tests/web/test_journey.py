"""A visitor's whole way over plain HTTP, as a page without a socket goes it."""

from doubles.web import BoothSet


def test_a_visit_from_the_code_to_the_result(booth: BoothSet) -> None:
    phone = booth.phone()
    assert phone.stage == "called"
    phone.confirm()
    assert phone.stage == "consent"
    phone.consent()
    assert phone.stage == "photo"
    assert phone.press("name", name="모카")["ok"]
    assert phone.send_photo().get_json() == {"ok": True, "photo": 1}
    assert phone.press("ready")["ok"]
    assert phone.stage == "quiz"
    booth.describe(phone.id)
    phone.answer_all()
    assert phone.stage == "painting"
    booth.paint(phone.id)
    booth.elapse()
    view = phone.snapshot()["view"]
    assert phone.stage == "result"
    assert view["ticket"]["number"] == 1
    assert view["title"].startswith("모카")
    assert len(view["paintings"]) == 4


def test_a_second_visitor_waits_in_line_with_the_paintings_hidden(booth: BoothSet) -> None:
    booth.phone()
    second = booth.phone("en")
    second.prepare("Mocha")
    snapshot = second.snapshot()
    assert snapshot["stage"] == "line"
    assert snapshot["locale"] == "en"
    assert snapshot["view"]["place"] == {"ahead": 0, "minutes": 2}
    assert [easel["status"] for easel in snapshot["view"]["easels"]] == ["waiting"] * 4
