"""The ticket designs on the staff's page."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from doubles.web import BoothSet, jpeg, open_booth

from articket.domain.faults import TicketFailed


@dataclass
class Printed:
    """Prints the wish itself; `blind` where no poppler is, `broken` where a design lacks something."""

    blind: bool = False
    broken: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)

    def pdf(self, style: str, locale: str) -> bytes:
        if self.broken:
            raise TicketFailed("ticket-words-missing", "The experience has no ticket words 'shout'.")
        return f"%PDF {style} {locale}".encode()

    def picture(self, style: str, locale: str) -> bytes | None:
        self.asked.append((style, locale))
        return None if self.blind else jpeg()


def booth_with(folder: Path, trials: Printed) -> BoothSet:
    return open_booth(folder, trials=trials)


def test_staff_see_every_design_in_the_language_of_the_page(tmp_path: Path) -> None:
    booth = booth_with(tmp_path, Printed())
    client = booth.staff()
    for locale in ("ko", "en"):
        page = client.get(f"/staff/designs?locale={locale}").get_data(as_text=True)
        for style in booth.parts.experience.styles:
            assert f'src="/staff/designs/{locale}/{style.id}.jpg"' in page
            assert f'href="/staff/designs/{locale}/{style.id}.pdf"' in page
            assert booth.parts.experience.texts_in(locale).styles[style.id].painter in page
    picture = client.get("/staff/designs/en/renoir.jpg")
    assert (picture.status_code, picture.mimetype) == (200, "image/jpeg")
    trial = client.get("/staff/designs/en/renoir.pdf")
    assert (trial.status_code, trial.mimetype, trial.data) == (200, "application/pdf", b"%PDF renoir en")
    booth.parts.live.close()


def test_the_designs_are_for_staff_only(tmp_path: Path) -> None:
    trials = Printed()
    booth = booth_with(tmp_path, trials)
    stranger = booth.app.test_client()
    page = stranger.get("/staff/designs").get_data(as_text=True)
    assert 'action="/staff/login"' in page
    assert 'value="/staff/designs"' in page
    assert "renoir.jpg" not in page
    assert stranger.get("/staff/designs/en/renoir.jpg").status_code == 403
    assert stranger.get("/staff/designs/en/renoir.pdf").status_code == 403
    assert trials.asked == []
    booth.parts.live.close()


@pytest.mark.parametrize("path", ["en/hokusai.jpg", "fr/renoir.jpg", "fr/renoir.pdf", "en/renoir.gif"])
def test_what_there_is_none_of_is_not_found(tmp_path: Path, path: str) -> None:
    trials = Printed()
    booth = booth_with(tmp_path, trials)
    assert booth.staff().get(f"/staff/designs/{path}").status_code == 404
    assert trials.asked == []
    booth.parts.live.close()


def test_where_no_pictures_can_be_made_the_trial_is_still_there(tmp_path: Path) -> None:
    booth = booth_with(tmp_path, Printed(blind=True))
    client = booth.staff()
    assert client.get("/staff/designs/en/renoir.jpg").status_code == 404
    assert client.get("/staff/designs/en/renoir.pdf").status_code == 200
    booth.parts.live.close()


def test_a_design_that_lacks_something_breaks_no_other_page(tmp_path: Path) -> None:
    booth = booth_with(tmp_path, Printed(broken=True))
    client = booth.staff()
    assert client.get("/staff/designs/en/renoir.pdf").status_code >= 400
    assert client.get("/staff/designs").status_code == 200
    booth.parts.live.close()
