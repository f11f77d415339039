"""Looking for any piece of something in any number of files, raw and as base64 at each of its offsets."""

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

PIECE: Final = 64
KEY: Final = 8  # bytes by which a piece is found before it is compared
BITS: Final = 22
MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)
FEWEST_BYTES: Final = 20  # different ones in a piece: padding and tables belong to nobody
SHORTEST: Final = 9  # letters of base64 that say enough


@dataclass
class Needles:
    """What must be nowhere: texts as a whole, and of files every piece of 64 bytes at a multiple of 64.

    Whoever keeps 127 bytes in a row of a file keeps such a piece.
    """

    texts: dict[bytes, str] = field(default_factory=dict)
    pieces: dict[int, dict[bytes, str]] = field(default_factory=dict)

    def add_text(self, what: str, text: str | bytes) -> None:
        plain = text if isinstance(text, bytes) else text.encode()
        written = [plain]
        if isinstance(text, str):
            written += [text.encode("utf-16-le"), text.encode("utf-16-be"), json.dumps(text)[1:-1].encode()]
        for each in written:
            for shape in shapes(each):
                self.texts[shape] = what

    def add_file(self, what: str, data: bytes) -> None:
        for shape in shapes(data):
            for start in range(0, len(shape) - PIECE + 1, PIECE):
                piece = shape[start : start + PIECE]
                if len(set(piece)) >= FEWEST_BYTES:
                    self.pieces.setdefault(int.from_bytes(piece[:KEY], "little"), {})[piece] = what

    def without(self, others: Iterable[bytes]) -> None:
        """Drop what stands in others' files as well: the tables of every JPEG, the fonts of every ticket."""
        for data in others:
            for key, piece, _ in list(self._found(data)):
                self.pieces.get(key, {}).pop(piece, None)

    def inside(self, data: bytes) -> set[str]:
        """Return what of it stands in the bytes."""
        return {what for text, what in self.texts.items() if text in data} | {
            what for _, _, what in self._found(data)
        }

    def _found(self, data: bytes) -> Iterable[tuple[int, bytes, str]]:
        if not self.pieces or len(data) < PIECE:
            return
        keys = np.fromiter(self.pieces, np.uint64, len(self.pieces))
        maybe = np.zeros(1 << BITS, bool)
        maybe[_slot(keys)] = True
        for shift in range(KEY):
            count = (len(data) - shift) // KEY
            at_hand = np.frombuffer(data, "<u8", count, shift)
            for index in np.flatnonzero(maybe[_slot(at_hand)]):
                key, start = int(at_hand[index]), int(index) * KEY + shift
                piece = data[start : start + PIECE]
                if what := self.pieces.get(key, {}).get(piece):
                    yield key, piece, what


def _slot(keys: Any) -> Any:
    return (keys * MULTIPLIER) >> np.uint64(64 - BITS)


def shapes(secret: bytes) -> list[bytes]:
    """Return the bytes as they are, and what base64 makes of them at each of its three offsets."""
    found = [secret]
    for offset in range(3):
        coded = base64.b64encode(bytes(offset) + secret)
        # The first and last letters also carry bits of whatever stands beside.
        inner = coded[-(-offset * 8 // 6) : (offset + len(secret)) * 8 // 6]
        assert len(inner) >= SHORTEST
        found += [inner, inner.replace(b"+", b"-").replace(b"/", b"_")]
    return found


def search(needles: Needles, rooms: Sequence[Path]) -> dict[str, set[str]]:
    """Return for each room what of it is found there, in names of files as well."""
    found: dict[str, set[str]] = {}
    for room in rooms:
        paths = [room] if room.is_file() else sorted(room.rglob("*"))
        for path in paths:
            here = needles.inside(str(path.name).encode())
            if path.is_file():
                here |= needles.inside(path.read_bytes())
            for what in here:
                found.setdefault(room.name, set()).add(what)
    return found
