"""The ticket as a tall picture: whatever the words, they stay on their plate."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageColor
from tickets.samples import DESIGNS, TEMPLATES, jpeg

from articket.adapters.ticket_pdf.story import PLATE_FOOT, PLATE_LEFT, PLATE_WIDE, StoryPictures
from articket.domain.faults import TicketFailed

if TYPE_CHECKING:
    from articket.adapters.ticket_pdf.pdf_tickets import PdfTickets
    from articket.domain.ticket import TicketContent

NAMES = (
    "하",
    "하린",
    "가나다라마바사아자차카타파하가나다라마바사아자차카타파하",
    "Wolfeschlegelsteinhausenbergerdorff",
    "Anna Maria Magdalena Theodora von und zu Hohenstein-Oettingen",
    "نور الهدى",
    "שרה",
    "🦊 Foxi 🦊",
)


@pytest.fixture(scope="module")
def pictures(two_sided: PdfTickets) -> StoryPictures:
    return StoryPictures(two_sided, TEMPLATES)


def pixels(data: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (1080, 1920)
        return np.asarray(picture.convert("RGB")).astype(np.int16)


@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_has_art_of_its_own_around_the_painting(
    pictures: StoryPictures, content: TicketContent, design: str
) -> None:
    data = pictures.story(replace(content, design=design))
    assert len(data) < 900_000
    told = pixels(data)
    with Image.open(TEMPLATES / f"{design}-story.png") as drawn:
        art = np.asarray(drawn.convert("RGBA")).astype(np.int16)
    laid = art[..., 3] >= 240
    laid[PLATE_FOOT - 400 : PLATE_FOOT + 1, PLATE_LEFT:] = False
    assert laid.mean() > 0.005
    assert np.median(np.abs(told - art[..., :3])[laid]) <= 12
    assert (art[..., 3] == 0).mean() > 0.25


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("design", ["vangogh", "picasso"])
def test_every_name_stays_on_the_plate(
    pictures: StoryPictures, content: TicketContent, design: str, name: str
) -> None:
    """What changes with the words lies within the plate, and the plate's margin stays paper."""
    told = replace(content, design=design, title=f"{name}, 별이 도는 오후에", number=12345)
    with_words = pixels(pictures.story(told))
    without = pixels(pictures.story(replace(told, title="", after="")))
    changed = np.abs(with_words - without).max(axis=2) > 40
    rows, columns = np.nonzero(changed)
    assert rows.size > 0
    assert rows.max() <= PLATE_FOOT + 8
    assert columns.min() >= PLATE_LEFT - 8
    assert columns.max() <= PLATE_LEFT + PLATE_WIDE[1] + 8
    paper = ImageColor.getrgb("#F7F4EE")
    margin = with_words[PLATE_FOOT - 28 : PLATE_FOOT - 8, PLATE_LEFT + 8 : PLATE_LEFT + 400]
    assert np.abs(margin - paper).max() <= 24
    left = with_words[PLATE_FOOT - 100 : PLATE_FOOT - 8, PLATE_LEFT + 8 : PLATE_LEFT + 36]
    assert np.abs(left - paper).max() <= 24


def test_the_face_stays_in_sight(pictures: StoryPictures, content: TicketContent) -> None:
    wide = Image.new("RGB", (1819, 1819), "#204020")
    wide.paste("#ffffff", (1500, 600, 1780, 900))
    out = io.BytesIO()
    wide.save(out, "JPEG")
    content.main.with_name("wide.jpg").write_bytes(out.getvalue())
    main = content.main.with_name("wide.jpg")
    seen = pixels(pictures.story(replace(content, main=main, face=(0.9, 0.4))))
    unseen = pixels(pictures.story(replace(content, main=main, face=None)))
    middle = slice(620, 950), slice(200, 900)
    assert (seen[middle].min(axis=2) > 230).any()
    assert not (unseen[middle].min(axis=2) > 230).any()


def test_the_same_ticket_tells_the_same_story(pictures: StoryPictures, content: TicketContent) -> None:
    assert pictures.story(content) == pictures.story(content)


def test_a_design_that_is_not_there_is_said_so(pictures: StoryPictures, content: TicketContent) -> None:
    with pytest.raises(TicketFailed):
        pictures.story(replace(content, design="nobody"))


@pytest.mark.parametrize("width", [330, 640])
def test_even_noise_fits_into_what_a_slow_line_carries(pictures: StoryPictures, width: int) -> None:
    noise = np.random.default_rng(3).integers(0, 256, (1232, 848, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).save(out, "JPEG", quality=84)
    limit = {330: 24_000, 640: 84_000}[width]
    assert len(pictures.within(out.getvalue(), width, limit)) <= limit


def test_a_small_picture_is_not_enlarged_beyond_what_it_shows(pictures: StoryPictures) -> None:
    with Image.open(io.BytesIO(pictures.within(jpeg((300, 436), 4), 330, 28_000))) as small:
        assert small.width == 300
