"""`articket report` as an organiser runs it: one page that stands alone, and tables."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from afterwards.fair import NAME, Fair, at, fair_in
from afterwards.running import articket, fingerprints

VOID = {"meta", "br", "img", "link", "input", "hr"}
NASTY = '<script>alert(1)</script> & "=1+1" 하하'
EMPTY = "There are no visits in this booth\N{RIGHT SINGLE QUOTATION MARK}s database."
NOON = at("2026-11-21T12:00")
# A browser would ask for what stands behind these; namespaces and data within the page are no requests.
REQUESTS = re.compile(r"""(?:src|href|action|poster)\s*=|@import|url\((?!data:)""")


class Page(HTMLParser):
    """Reads a page strictly: every element is closed where it was opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.tags: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and data.strip():
            self.texts.setdefault(self.open[-1], []).append(data.strip())

    @property
    def words(self) -> str:
        return " ".join(text for tag, texts in self.texts.items() if tag != "style" for text in texts)


@pytest.fixture
def fair(tmp_path: Path) -> Iterator[Fair]:
    with fair_in(tmp_path / "data") as made:
        made.clock.time = NOON
        yield made


def busy(fair: Fair) -> None:
    first, second = fair.whole(NOON), fair.whole(NOON + 4000, "en", turn=255)
    fair.review(first, 5, NASTY)
    fair.review(second, 4, "")
    fair.print_again(second)
    fair.erase(fair.whole())
    fair.with_server("Rose", painted=9, lost=1, faults=("painter-slow",))


def page_in(file: Path) -> tuple[Page, str]:
    text = file.read_text("utf-8")
    return Page(text), text


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_the_page_needs_nothing_beside_it_and_names_nobody(fair: Fair, tmp_path: Path, locale: str) -> None:
    busy(fair)
    done = articket(
        fair.data,
        "report",
        "--locale",
        locale,
        "--zone",
        "Asia/Seoul",
        "--out",
        "r.html",
        event="한빛 <축제>",
    )
    assert (done.returncode, done.stderr) == (0, "")
    page, text = page_in(tmp_path / "r.html")
    assert page.texts["h1"] == ["한빛 <축제>"]
    assert f'<html lang="{locale}">' in text
    assert REQUESTS.search(text) is None
    assert not {"script", "img", "link", "iframe", "object"} & {*page.tags}
    assert NAME not in page.words
    assert NASTY in page.texts["q"]
    assert "{" not in page.words
    for drawing in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        ET.fromstring(drawing)  # noqa: S314 - our own
    assert "192.0.2.7" not in text  # where servers are is nobody's business


def test_the_page_says_the_figures(fair: Fair, tmp_path: Path) -> None:
    busy(fair)
    out = tmp_path / "r.html"
    assert (
        articket(fair.data, "report", "--locale", "en", "--zone", "Asia/Seoul", "--out", out).returncode == 0
    )
    page, _ = page_in(out)
    for said in (
        "Saturday, 21 November 2026",
        "By when they joined.",
        "Languages: Korean 2, English 1.",
        "1 \N{MULTIPLICATION SIGN} Takes too long",
        "3 prints of 2 tickets.",
        "Printed again: 1 \N{MULTIPLICATION SIGN} paper jam.",
        "2 visitors gave stars, 4.5 on average.",
        "One visit was erased by its visitor.",
        "3 ticket numbers were given; 1 of them belong to visits that are gone from here.",
    ):
        assert said in page.words
    assert page.texts["title"] == ["Your event · Report"]


def test_an_event_without_visits_says_so(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    done = articket(tmp_path / "data", "report", "--locale", "en", "--csv", "tables")
    assert done.returncode == 0, done.stderr
    page, _ = page_in(tmp_path / "articket-report.html")
    assert EMPTY in page.words
    assert "svg" not in page.tags
    assert list((tmp_path / "data").iterdir()) == []
    assert (tmp_path / "tables/hours.csv").exists()


def test_tables_have_their_heads_and_no_formulas(fair: Fair, tmp_path: Path) -> None:
    visit = fair.whole(NOON)
    fair.review(visit, 3, "=HYPERLINK(1)")
    articket(fair.data, "report", "--csv", tmp_path / "tables", "--zone", "Asia/Seoul")
    found = {
        path.name: list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
        for path in (tmp_path / "tables").iterdir()
    }
    assert {*found} == {
        "hours.csv", "stages.csv", "progress.csv", "quiz_left.csv", "painters.csv", "machines.csv",
        "prints.csv", "stars.csv", "comments.csv",
    }  # fmt: skip
    (hour,) = found["hours.csv"]
    assert (hour["hour"], hour["joined"], hour["line_middle_s"]) == ("2026-11-21T12:00+09:00", "1", "0.0")
    assert found["comments.csv"] == [{"stars": "3", "locale": "ko", "comment": "'=HYPERLINK(1)"}]
    assert {"what": "prints", "count": "1"} in found["prints.csv"]


def test_a_booth_that_runs_is_read_and_not_changed(fair: Fair) -> None:
    """The log of a live database is not written down, and a writer is not in the way."""
    busy(fair)
    before = fingerprints(fair.data)
    with fair.visits.transaction() as transaction:
        transaction.next_number()
        done = articket(fair.data, "report", "--locale", "en")
        assert done.returncode == 0, done.stderr
        assert "3 visits" in done.stdout
    after = fingerprints(fair.data)
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} <= {"articket.db-wal", "articket.db-shm"}


def test_a_copy_on_a_disk_that_nobody_may_write_is_read(fair: Fair, tmp_path: Path) -> None:
    busy(fair)
    fair.close()
    fair.data.chmod(0o500)
    try:
        done = articket(fair.data, "report", "--out", tmp_path / "r.html")
    finally:
        fair.data.chmod(0o700)
    assert done.returncode == 0, done.stderr
    assert "3 visits" in done.stdout


def test_a_report_replaces_a_report_and_nothing_else(fair: Fair, tmp_path: Path) -> None:
    letter = tmp_path / "letter.html"
    letter.write_text("<p>Dear all</p>")
    done = articket(fair.data, "report", "--out", letter)
    assert done.returncode == 1
    assert "something else than a report" in done.stderr
    assert letter.read_text() == "<p>Dear all</p>"
    assert articket(fair.data, "report", "--out", tmp_path / "r.html").returncode == 0
    assert articket(fair.data, "report", "--out", tmp_path / "r.html").returncode == 0


def test_what_cannot_be_is_said_in_a_sentence(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    zone = articket(data, "report", "--zone", "Seoul/Asia")
    assert (zone.returncode, zone.stderr) == (
        1,
        "There is no time zone Seoul/Asia. They look like Asia/Seoul.\n",
    )
    nowhere = articket(data, "report", "--out", tmp_path / "no/such/r.html")
    assert nowhere.returncode == 1
    assert "cannot be written" in nowhere.stderr
    (data / "articket.db").write_bytes(b"no database at all" * 100)
    broken = articket(data, "report")
    assert broken.returncode == 1
    assert "cannot be read: file is not a database" in broken.stderr
    assert articket(data, "report", ARTICKET_PORT="many").returncode == 2
