"""Tickets' contents for tests, Korean and English, with painted noise instead of paintings."""

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from articket.domain.ticket import Match, TicketContent

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "ticket_templates" / "painters"
FONTS = ROOT / "ticket_templates" / "fonts"
DESIGNS = ("lichtenstein", "picasso", "renoir", "vangogh")
PRINT, SMALL = (1252, 1819), (300, 436)

KOREAN = {
    "all_four_here": "네 그림이 모두 여기 있어요.",
    "hang_me": "눈길이 자주 닿는 벽에 걸어 주세요.",
    "edition": "티켓 49번, 세상에 한 장",
    "number": "49번",
    "date": "2026년 11월 21일",
    "postmark": "ARTICKET · 한빛 문화제",
    "shout": "짠!",
    "guest": "손님",
}
ENGLISH = {
    "all_four_here": "All four paintings are here.",
    "hang_me": "Hang it where you will see it.",
    "edition": "Ticket 49, one of one",
    "number": "No. 49",
    "date": "21 November 2026",
    "postmark": "ARTICKET · HANBIT FESTIVAL",
    "shout": "WOW!",
    "guest": "Guest",
}


def jpeg(size: tuple[int, int], seed: int, mode: str = "RGB") -> bytes:
    """A soft, colourful JPEG, like no two paintings of the same visitor."""
    coarse = np.random.default_rng(seed).integers(0, 256, (12, 8, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC).convert(mode).save(out, "JPEG", quality=88)
    return out.getvalue()


def korean(folder: Path) -> TicketContent:
    for name, size, seed in (("main", PRINT, 1), ("good", SMALL, 2), ("bad", SMALL, 3)):
        (folder / f"{name}.jpg").write_bytes(jpeg(size, seed))
    return TicketContent(
        design="vangogh",
        number=49,
        name="하린",
        locale="ko",
        printed_on=date(2026, 11, 21),
        place="한빛 문화제 중앙 홀",
        title="하린, 별이 도는 오후에",
        after="빈센트 반 고흐를 따라서, 2026",
        painter="빈센트 반 고흐",
        medium="사진 한 장, 별빛 조금, 여덟 가지 대답",
        sentence="남들이 지나간 하늘을 한참 더 올려다보는 사람이에요.",
        until="11월 24일까지 열려 있어요",
        keep_url="https://articket.example/d/7Q4KM2XW9PVB3D",
        main=folder / "main.jpg",
        good=Match("lichtenstein", "리히텐슈타인", "나란히 걸면 좋아요", folder / "good.jpg"),
        bad=Match("picasso", "피카소", "다른 방에 걸어요", folder / "bad.jpg"),
        words=KOREAN,
    )


def english(folder: Path) -> TicketContent:
    content = korean(folder)
    return replace(
        content,
        name="Maximilian",
        locale="en",
        place="Hanbit Festival, Main Hall",
        title="Maximilian, Afternoon with Stars",
        after="after Vincent van Gogh, 2026",
        painter="Vincent van Gogh",
        medium="photograph, starlight and eight answers",
        sentence="You keep looking up at a piece of sky long after everyone else has walked past it.",
        until="open until 24 November",
        good=replace(content.good, painter="Lichtenstein", words="Hang side by side"),
        bad=replace(content.bad, painter="Picasso", words="Hang rooms apart"),
        words=ENGLISH,
    )


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program from qpdf or poppler-utils, or skip where it is not installed."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed (apt install qpdf poppler-utils)")
    command = [path, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603 - our own files
