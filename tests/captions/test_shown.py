"""What visitors read of a machine's caption, on the monitor and on their phone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from doubles.web import BOOTH, BoothSet, Phone, open_booth

from articket.adapters.database.rows import visit_columns, visit_of
from articket.domain.commands import Describe
from articket.domain.visit import Reader, Sight, Visit

CAPTION = "a man with glasses and a blue coat"


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[BoothSet]:
    opened = open_booth(tmp_path)
    yield opened
    opened.parts.live.close()


def at_the_painters(booth: BoothSet, locale: str, *seen: Describe) -> tuple[Phone, dict[str, Any]]:
    """Return a visitor's phone and what the monitor shows of them while the paintings are made."""
    phone = booth.phone(locale)
    phone.confirm()
    phone.prepare("Mocha")
    for each in seen:
        booth.floor.apply(BOOTH, each, phone.id)
    phone.answer_all()
    wall = booth.app.test_client().get("/api/v1/snapshot?role=monitor").get_json()
    assert (wall["stage"], wall["locale"]) == ("painting", locale)
    return phone, wall["view"]


def read_by_a_visitor(booth: BoothSet, locale: str, caption: str | None) -> set[str]:
    """Return the sentence on the monitor and the one on the phone while the paintings are made."""
    phone, wall = at_the_painters(booth, locale, Describe(1, caption, 1, ("blue", "yellow")))
    return {wall["sentence"], phone.snapshot()["view"]["sentence"]}


def test_who_reads_english_reads_the_caption(booth: BoothSet) -> None:
    assert read_by_a_visitor(booth, "en", CAPTION) == {"A man with glasses and a blue coat"}


def test_who_reads_korean_reads_of_faces_and_colours_instead(booth: BoothSet) -> None:
    [said] = read_by_a_visitor(booth, "ko", CAPTION)
    assert said.isascii() is False
    assert not any(letter.isascii() and letter.isalpha() for letter in said)


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_without_a_caption_everybody_reads_of_faces_and_colours(booth: BoothSet, locale: str) -> None:
    [said] = read_by_a_visitor(booth, locale, None)
    colour = {"ko": "파란빛", "en": "blue"}[locale]
    assert colour in said


@pytest.mark.parametrize(
    ("seen", "reader"),
    [
        ([Describe(1, CAPTION, 1, ("blue",), None, Reader.ATELIER)], "atelier"),
        ([Describe(1, CAPTION, 1, ("blue",), None, Reader.CAPTION_SERVER)], "caption-server"),
        ([Describe(1, CAPTION, 1, ("blue",))], "caption-server"),
        ([Describe(1, None, 1, ("blue",))], "laptop"),
        ([], None),
    ],
    ids=[
        "an atelier",
        "a caption server",
        "a visit from before it was kept",
        "the eye alone",
        "not read yet",
    ],
)
def test_the_monitor_knows_who_put_the_photo_into_words(
    booth: BoothSet, seen: list[Describe], reader: str | None
) -> None:
    _, wall = at_the_painters(booth, "en", *seen)
    assert wall["reader"] == reader


def test_a_visit_that_was_kept_before_its_reader_was_still_loads() -> None:
    visit = Visit("a", "main", "en", 1.0, sight=Sight(CAPTION, 1, ("blue",), (0.5, 0.4), Reader.ATELIER))
    state = visit_columns(visit)["state"]
    assert visit_of(state) == visit
    older = visit_of(state.replace(',"reader":"atelier"', "")).sight
    assert older == Sight(CAPTION, 1, ("blue",), (0.5, 0.4))
