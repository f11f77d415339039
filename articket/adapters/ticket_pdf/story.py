"""The ticket as a tall picture: painting to the edge, the design's art over it, the label on its plate."""

import io
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from articket.adapters.ticket_pdf.pdf_tickets import PdfTickets
from articket.adapters.ticket_pdf.typefaces import Typefaces
from articket.adapters.ticket_pdf.typesetting import Column, Setting, fit
from articket.domain.faults import Gone
from articket.domain.ticket import TicketContent

SIZE: Final = (1080, 1920)
QUALITY: Final = 88
QUALITIES: Final = (82, 74, 66, 56, 44, 32, 20)
MIDDLE: Final = (0.5, 0.42)  # where a face is that nobody found
# Phones lay buttons and an answer field over a story's first and last 250 to 340 pixels.
PLATE_LEFT: Final = 72
PLATE_FOOT: Final = 1580
PLATE_WIDE: Final = (430, 900)
PAD: Final = 44
GAP: Final = 52
TITLE: Final = Column("says-bold", 640, 58, 30, 2, -0.03, -0.015)
AFTER: Final = Column("does", 640, 30, 20, 1, -0.01, -0.005)
NUMBER: Final = Column("says", 190, 120, 44, 1, -0.04, -0.04)
LEADING: Final = 1.32
AFTER_LEADING: Final = 1.9

Colours = dict[str, str]


class StoryPictures:
    """Makes pictures for phones; safe to call from several threads."""

    def __init__(self, tickets: PdfTickets, folder: Path) -> None:
        """Keep the designs, and the folder with each `<design>-story.png`, transparent for the painting."""
        self._tickets = tickets
        self._folder = folder

    def within(self, picture: bytes, width: int, limit_bytes: int) -> bytes:
        """Return the picture at most so wide, as good as it can be in so many bytes."""
        with _opened(picture) as opened:
            opened.draft("RGB", (2 * width, 2 * width))
            wide = min(width, opened.width)
            size = (wide, round(opened.height * wide / opened.width))
            small = opened.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        for quality in QUALITIES:
            data = _jpeg(small, quality)
            if len(data) <= limit_bytes:
                break
        return data

    def story(self, content: TicketContent) -> bytes:
        """Return the painting, cut around the face, with the design's art and the label, 1080 by 1920."""
        design = self._tickets.design(content.design)
        colours = dict(design.layout.colours)
        try:
            painting = content.main.read_bytes()
        except FileNotFoundError:
            raise Gone("file-gone", "The painting is not here.") from None
        with _opened(painting) as opened:
            focus = content.face or MIDDLE
            sheet = ImageOps.fit(opened.convert("RGB"), SIZE, Image.Resampling.LANCZOS, centering=focus)
        art = self._folder / f"{content.design}-story.png"
        if art.is_file():
            with Image.open(art) as drawn:
                over = drawn.convert("RGBA")
            sheet.paste(over, (0, 0), over)
        _label(ImageDraw.Draw(sheet), content, design.faces, colours)
        return _jpeg(sheet, QUALITY)


def _label(draw: ImageDraw.ImageDraw, content: TicketContent, faces: Typefaces, colours: Colours) -> None:
    """Lay the plate with title, painter and number, as large as its words."""
    paper, ink = colours.get("paper", "#F7F4EE"), colours.get("ink", "#1B1813")
    soft, speak = colours.get("soft", ink), colours.get("speak", ink)
    title, after = fit(content.title, TITLE, faces), fit(content.after, AFTER, faces)
    number = fit(str(content.number), NUMBER, faces)
    words = max(_wide(title), _wide(after))
    wide = min(max(words + GAP + _wide(number) + 2 * PAD, PLATE_WIDE[0]), PLATE_WIDE[1])
    high = title.size * LEADING * len(title.lines) + AFTER_LEADING * after.size + 2 * PAD - 18
    top = PLATE_FOOT - high
    draw.rectangle((PLATE_LEFT, top, PLATE_LEFT + wide, PLATE_FOOT), fill=paper)
    foot = PLATE_FOOT - PAD
    left = PLATE_LEFT + PAD
    _set(draw, after, (left, foot), soft, 1.0)
    _set(draw, title, (left, foot - AFTER_LEADING * after.size), ink, LEADING)
    _set(draw, number, (PLATE_LEFT + wide - PAD - _wide(number), foot), speak, 1.0)


def _wide(setting: Setting) -> float:
    return max((line.width * setting.size for line in setting.lines), default=0.0)


def _set(
    draw: ImageDraw.ImageDraw, setting: Setting, at: tuple[float, float], colour: str, leading: float
) -> None:
    """Write lines whose last baseline begins at a point, letter by letter as the ticket does."""
    last = len(setting.lines) - 1
    for index, line in enumerate(setting.lines):
        x = at[0] - line.left * setting.size
        y = at[1] - (last - index) * leading * setting.size
        for run in line.runs:
            font = ImageFont.truetype(run.face.name, setting.size, layout_engine=ImageFont.Layout.BASIC)
            for letter in run.letters:
                draw.text((x, y), letter, fill=colour, font=font, anchor="ls")
                x += (run.face.width(letter) + setting.tracking) * setting.size


def _opened(picture: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(picture), formats=("JPEG",))
    except UnidentifiedImageError:
        raise Gone("file-gone", "The painting's file is no JPEG.") from None


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
