"""The fonts of a design: which glyphs they have, and how wide and how far from the edge each is."""

import struct
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from articket.adapters.ticket_pdf.scripts import plain
from articket.domain.faults import TemplateBroken

# What is left hanging in front of or behind a text whose other letters no font could write.
DANGLING: Final = " ,·:;-\N{EN DASH}\N{EM DASH}"

# Joiners, marks of direction and controls: fonts draw some of them as boxes.
UNSEEN: Final = ("Cc", "Cf", "Cn", "Co", "Cs")
# Pictures come from the design's own font or from the one in this role; other fonts' are of another hand.
PICTURES: Final = ("So", "Sk")
PICTURE_ROLE: Final = "emoji"
# Beside Hangul and Latin of the same size, these reach too far up and down.
SHARES_OF_SIZE: Final = {"arabic": 0.8, PICTURE_ROLE: 0.85}
FONTS_KEPT: Final = 32


@dataclass(frozen=True, slots=True)
class Run:
    """Letters in one typeface."""

    face: "Typeface"
    letters: str


class Typeface:
    """A TrueType font, drawn by ReportLab as `name` at `share` of a text's size, in whose ems it measures."""

    def __init__(self, path: Path, share: float = 1.0) -> None:
        self.share: Final = share
        if not path.is_file():
            raise TemplateBroken(
                "template-broken",
                f"The font file {path.name} is missing in {path.parent.name}/: run `make setup`.",
            )
        self.name = str(path)
        try:
            font = TTFont(self.name, self.name, asciiReadable=False)
            self._outlines = _Outlines(path.read_bytes())
        except (TTFError, struct.error, KeyError) as error:
            raise TemplateBroken(
                "template-broken",
                f"The font file {path.name} is no TrueType font that can be embedded: {error}",
            ) from error
        pdfmetrics.registerFont(font)
        self._glyphs: Mapping[int, int] = font.face.charToGlyph
        self._widths: Mapping[int, float] = font.face.charWidths

    def has(self, letter: str) -> bool:
        """Say whether the font can write the letter."""
        return ord(letter) in self._glyphs

    def width(self, letters: str) -> float:
        """Return the letters' advance in ems, without tracking."""
        return self.share * sum(self._widths[ord(letter)] for letter in letters) / 1000

    def bearings(self, letter: str) -> tuple[float, float]:
        """Return the empty space left and right of the letter's ink, in ems."""
        left, right = self._outlines.bearings(self._glyphs[ord(letter)])
        return left * self.share, right * self.share


@lru_cache(FONTS_KEPT)
def typeface(path: Path, share: float) -> Typeface:
    """Return a font file's typeface; designs share fonts, and a Korean one takes 0.2 s to read."""
    return Typeface(path, share)


class Typefaces:
    """A design's typefaces by role; a letter one of them lacks is looked for in the others."""

    def __init__(self, folder: Path, files: Mapping[str, str]) -> None:
        self._faces = {
            role: typeface(folder / file, SHARES_OF_SIZE.get(role, 1.0)) for role, file in files.items()
        }

    def __iter__(self) -> Iterator[Typeface]:
        return iter(self._faces.values())

    def runs(self, words: str, role: str) -> tuple[Run, ...]:
        """Return the words, composed (NFC), in runs of one typeface; what no font can write is left out."""
        found = [self._found(letter, role) for letter in plain(words)]
        written = [(letter, face) for letter, face in found if face is not None]
        if len(written) < len(found):
            written = _tidied(written)
        runs: list[Run] = []
        for letter, face in written:
            if runs and runs[-1].face is face:
                runs[-1] = Run(face, runs[-1].letters + letter)
            else:
                runs.append(Run(face, letter))
        return tuple(runs)

    def _found(self, letter: str, role: str) -> tuple[str, Typeface | None]:
        """Return the letter with who writes it; a rare form gives way to the letter it stands for."""
        face = self._face_for(letter, role)
        usual = unicodedata.normalize("NFKC", letter)
        if face is None and len(usual) == 1 and usual != letter:
            return usual, self._face_for(usual, role)
        return letter, face

    def _face_for(self, letter: str, role: str) -> Typeface | None:
        own, kind = self._faces[role], unicodedata.category(letter)
        if kind in UNSEEN:
            return None
        if own.has(letter):
            return own
        if kind in PICTURES:
            drawer = self._faces.get(PICTURE_ROLE)
            return drawer if drawer is not None and drawer.has(letter) else None
        return next((face for face in self._faces.values() if face.has(letter)), None)

    def can_write(self, words: str, role: str) -> bool:
        """Say whether anything that names somebody is left of the words: a letter, or at least a picture."""
        left = [letter for run in self.runs(words, role) for letter in run.letters]
        return any(letter.isalnum() or unicodedata.category(letter) in PICTURES for letter in left)


def _tidied(written: list[tuple[str, Typeface]]) -> list[tuple[str, Typeface]]:
    """Drop doubled spaces and dangling punctuation that missing letters left behind."""
    kept: list[tuple[str, Typeface]] = []
    for letter, face in written:
        if letter == " " and kept and kept[-1][0] == " ":
            continue
        if letter in ",.:;" and kept and kept[-1][0] == " ":
            kept.pop()
        kept.append((letter, face))
    while kept and kept[0][0] in DANGLING:
        kept.pop(0)
    while kept and kept[-1][0] in DANGLING:
        kept.pop()
    return kept


class _Outlines:
    """The few tables of a TrueType file that tell where a glyph's ink begins and ends."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        (count,) = struct.unpack_from(">H", data, 4)
        tables = {
            data[at : at + 4]: struct.unpack_from(">L", data, at + 8)[0]
            for at in range(12, 12 + 16 * count, 16)
        }
        self._em, self._long = (
            struct.unpack_from(">H", data, tables[b"head"] + 18)[0],
            struct.unpack_from(">h", data, tables[b"head"] + 50)[0],
        )
        (self._measured,) = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
        self._hmtx, self._loca, self._glyf = tables[b"hmtx"], tables[b"loca"], tables[b"glyf"]

    def bearings(self, glyph: int) -> tuple[float, float]:
        advance = struct.unpack_from(">H", self._data, self._hmtx + 4 * min(glyph, self._measured - 1))[0]
        if self._long:
            start, end = struct.unpack_from(">2L", self._data, self._loca + 4 * glyph)
        else:
            start, end = (2 * each for each in struct.unpack_from(">2H", self._data, self._loca + 2 * glyph))
        if start == end:
            return (0.0, 0.0)
        left, _, right = struct.unpack_from(">3h", self._data, self._glyf + start + 2)
        return (left / self._em, (advance - right) / self._em)
