"""A ticket by the code that is printed on it."""

from pathlib import Path

import pytest
from doubles.web import BOOTH, BoothSet, Phone, open_booth

from articket.application import files
from articket.domain.commands import StoreTicket

PDF = b"%PDF-1.7 a ticket"
LINK = "https://storage.example.org/signed"


def with_ticket(booth: BoothSet) -> Phone:
    phone = booth.phone()
    phone.finish()
    file = files.ticket(phone.visit)
    booth.parts.store.put(file, PDF)
    booth.floor.apply(BOOTH, StoreTicket(phone.visit.ticket.edition, 300.0, file), phone.id)
    return phone


def address(booth: BoothSet, phone: Phone) -> str:
    return f"/d/{booth.floor.seals.keep(phone.id)}"


def test_without_a_cloud_folder_the_ticket_comes_from_here(booth: BoothSet) -> None:
    phone = with_ticket(booth)
    answer = booth.app.test_client().get(address(booth, phone))
    assert (answer.status_code, answer.data, answer.mimetype) == (200, PDF, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_ticket_that_is_up_is_fetched_there_by_a_link_that_nothing_keeps(tmp_path: Path) -> None:
    asked: list[str] = []

    def link(file: str) -> str:
        asked.append(file)
        return LINK

    booth = open_booth(tmp_path, ticket_link=link)
    phone = with_ticket(booth)
    answer = booth.app.test_client().get(address(booth, phone))
    assert (answer.status_code, answer.headers["Location"]) == (302, LINK)
    assert answer.headers["Cache-Control"] == "no-store"
    assert asked == [phone.visit.ticket.file]
    booth.parts.live.close()


def test_a_ticket_that_no_link_leads_to_comes_from_here(tmp_path: Path) -> None:
    booth = open_booth(tmp_path, ticket_link=lambda _: None)
    answer = booth.app.test_client().get(address(booth, with_ticket(booth)))
    assert answer.data == PDF
    booth.parts.live.close()


@pytest.mark.parametrize("code", ["made-up", "x" * 500])
def test_a_made_up_code_leads_nowhere(booth: BoothSet, code: str) -> None:
    assert booth.app.test_client().get(f"/d/{code}").status_code == 404


def test_before_there_is_a_ticket_there_is_none(booth: BoothSet) -> None:
    phone = booth.phone()
    phone.finish()
    assert booth.app.test_client().get(address(booth, phone)).status_code == 404


def test_the_ticket_of_an_erased_visit_is_gone(booth: BoothSet) -> None:
    phone = with_ticket(booth)
    booth.floor.erase(phone.visit)
    assert booth.app.test_client().get(address(booth, phone)).status_code == 404


def test_one_ticket_is_not_fetched_without_end(booth: BoothSet) -> None:
    phone, client = with_ticket(booth), booth.app.test_client()
    statuses = [client.get(address(booth, phone)).status_code for _ in range(12)]
    assert statuses == [200] * 10 + [429] * 2
