"""The command `articket tickets preview`: contact sheets of every design, to look at before doors open."""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, TextIO

from articket.adapters.ticket_pdf.pdf_tickets import PdfTickets
from articket.adapters.ticket_pdf.raster import RasterError
from articket.application.ports import TicketRenderer
from articket.checking.pack import Pack, read_pack
from articket.domain.experience import Experience, Style
from articket.domain.faults import Fault, TemplateBroken
from articket.pack import PROJECT, templates
from articket.proofs import Proofs
from articket.settings import Settings, SettingsError

OK: Final = 0
FAILED: Final = 1
SETTINGS_UNREADABLE: Final = 2
FONTS: Final = PROJECT / "ticket_templates/fonts"
LABELS: Final = FONTS / "Pretendard-Medium.ttf"
USUAL_PIXELS: Final = 100
FEWEST_PIXELS, MOST_PIXELS = 20, 300


class PreviewError(Exception):
    """A sentence for the designer."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which contact sheets, where, and how fine; None means all."""

    out: Path
    locale: str | None
    design: str | None
    pixels: int


def describe(parser: argparse.ArgumentParser) -> None:
    """Name the options of the command."""
    parser.add_argument("--out", type=Path, default=Path("ticket-preview"), help="where the PNG files go")
    parser.add_argument("--locale", help="only this language")
    parser.add_argument("--design", help="only this design")
    parser.add_argument(
        "--pixels", type=_pixels, default=USUAL_PIXELS, help=f"pixels per printed inch ({USUAL_PIXELS})"
    )


def main(settings_file: Path, **wish: Any) -> int:
    """Write the contact sheets of this machine's designs, tell where they are, and return the exit code."""
    try:
        settings = Settings.load(os.environ, settings_file)
    except SettingsError as broken:
        _tell(str(broken), sys.stderr)
        return SETTINGS_UNREADABLE
    wanted = Wish(**wish)
    try:
        for file in preview(settings, wanted, sys.stderr):
            _tell(str(file), sys.stdout)
    except Fault as fault:
        why = fault.sentence
    except (PreviewError, RasterError) as reason:
        why = str(reason)
    except OSError as refused:
        why = f"{refused.filename or wanted.out} cannot be written: {refused.strerror or refused}."
    else:
        return OK
    _tell(why, sys.stderr)
    return FAILED


def preview(settings: Settings, wish: Wish, aside: TextIO) -> Iterator[Path]:
    """Write one PNG for each design and language, and yield its file; the faults say what is in the way."""
    pack = read_pack(settings)
    if pack.experience is None or pack.renderer is None or not pack.pictures:
        raise PreviewError("\n".join(pack.design_faults + pack.pack_faults))
    styles = _chosen(pack.experience, wish.design)
    locales = _locales(pack.experience, wish.locale)
    proofs = Proofs(_renderers(pack, settings, aside), pack.experience, pack.pictures)
    day = datetime.now(UTC).astimezone().date()
    wish.out.mkdir(parents=True, exist_ok=True)
    for style in styles:
        for locale in locales:
            file = wish.out / f"{style.ticket_design}-{locale}.png"
            file.write_bytes(proofs.sheet(style, locale, day, wish.pixels, LABELS))
            yield file


def _renderers(pack: Pack, settings: Settings, aside: TextIO) -> Sequence[TicketRenderer]:
    """Return the booth's own renderer and, where the designs have that too, the one of the other sides."""
    own = settings.ticket_sides
    other: Literal["two", "one"] = "one" if own == "two" else "two"
    found: dict[str, TicketRenderer] = {own: pack.renderer} if pack.renderer else {}
    try:
        found[other] = PdfTickets(templates(settings), FONTS, other)
    except TemplateBroken as fault:
        _tell(f"Not shown, ARTICKET_TICKET_SIDES={other}: {fault.sentence}", aside)
    return [found[sides] for sides in ("two", "one") if sides in found]


def _chosen(experience: Experience, design: str | None) -> Sequence[Style]:
    by_design: Mapping[str, Style] = {style.ticket_design: style for style in reversed(experience.styles)}
    if design is None:
        return [style for style in experience.styles if by_design[style.ticket_design] is style]
    if design not in by_design:
        raise PreviewError(f"There is no design {design!r}; there are {', '.join(sorted(by_design))}.")
    return [by_design[design]]


def _locales(experience: Experience, locale: str | None) -> Sequence[str]:
    if locale is None:
        return list(experience.locales)
    if locale not in experience.locales:
        raise PreviewError(f"The pack has no language {locale!r}; it has {', '.join(experience.locales)}.")
    return [locale]


def _tell(words: str, out: TextIO) -> None:
    out.write(f"{words}\n")
    out.flush()


def _pixels(text: str) -> int:
    pixels = int(text)
    if not FEWEST_PIXELS <= pixels <= MOST_PIXELS:
        raise argparse.ArgumentTypeError(f"between {FEWEST_PIXELS} and {MOST_PIXELS}")
    return pixels
