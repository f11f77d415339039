from pathlib import Path

from doubles.web import TwoNetworks, open_booth
from flask.testing import FlaskClient


def choose(staff: FlaskClient, ip: str) -> dict[str, object]:
    body = {"role": "staff", "cmd_id": "n1", "type": "network", "ip": ip}
    answer = staff.post("/api/v1/commands", json=body, headers={"Origin": "http://localhost"})
    return dict(answer.get_json())


def test_staff_choose_the_network_the_join_code_leads_to(tmp_path: Path) -> None:
    booth = open_booth(tmp_path)
    staff = booth.staff()
    before = staff.get("/api/v1/snapshot?role=staff").get_json()["view"]
    assert before["join_url"].startswith("http://192.168.0.20:8000/j/")
    assert [each["ip"] for each in before["networks"] if each["chosen"]] == ["192.168.0.20"]
    ack = choose(staff, "10.0.0.5")
    assert ack["ok"]
    after = staff.get("/api/v1/snapshot?role=staff").get_json()["view"]
    assert after["join_url"].startswith("http://10.0.0.5:8000/j/")


def test_a_network_this_machine_is_not_on_is_refused(tmp_path: Path) -> None:
    staff = open_booth(tmp_path).staff()
    ack = choose(staff, "203.0.113.9")
    assert (ack["ok"], ack["code"]) == (False, "not-allowed")


def test_with_a_public_address_there_is_nothing_to_choose(tmp_path: Path) -> None:
    staff = open_booth(tmp_path, reach=TwoNetworks(public="https://booth.example")).staff()
    view = staff.get("/api/v1/snapshot?role=staff").get_json()["view"]
    assert view["networks"] == []
    assert view["join_url"].startswith("https://booth.example/j/")
