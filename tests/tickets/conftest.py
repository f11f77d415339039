from pathlib import Path

import pytest
from tickets.samples import FONTS, TEMPLATES, english, korean

from articket.adapters.ticket_pdf import PdfTickets
from articket.domain.ticket import TicketContent


@pytest.fixture(scope="session")
def fonts() -> Path:
    if not list(FONTS.glob("*.ttf")):
        pytest.skip("the ticket's fonts are not installed (make setup)")
    return FONTS


@pytest.fixture(scope="session")
def two_sided(fonts: Path) -> PdfTickets:
    return PdfTickets(TEMPLATES, fonts, "two")


@pytest.fixture(scope="session")
def one_sided(fonts: Path) -> PdfTickets:
    return PdfTickets(TEMPLATES, fonts, "one")


@pytest.fixture(params=["two", "one"])
def tickets(request: pytest.FixtureRequest, two_sided: PdfTickets, one_sided: PdfTickets) -> PdfTickets:
    return {"two": two_sided, "one": one_sided}[request.param]


@pytest.fixture(scope="session")
def korean_ticket(tmp_path_factory: pytest.TempPathFactory) -> TicketContent:
    return korean(tmp_path_factory.mktemp("korean"))


@pytest.fixture(scope="session")
def english_ticket(tmp_path_factory: pytest.TempPathFactory) -> TicketContent:
    return english(tmp_path_factory.mktemp("english"))


@pytest.fixture(params=["ko", "en"])
def content(
    request: pytest.FixtureRequest, korean_ticket: TicketContent, english_ticket: TicketContent
) -> TicketContent:
    return {"ko": korean_ticket, "en": english_ticket}[request.param]
