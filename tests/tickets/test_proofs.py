import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from tickets.samples import ROOT, tool

from articket.adapters.experiences import load_experience
from articket.adapters.ticket_pdf import PdfTickets
from articket.application.specimens import HARD_TRIALS, Trial
from articket.domain.experience import Experience
from articket.domain.transitions.preparing import NAME_LENGTH
from articket.proofs import DeskProofs, Proofs


@pytest.fixture(scope="module")
def painters() -> Experience:
    return load_experience(ROOT / "experiences/painters")


@pytest.fixture
def proofs(two_sided: PdfTickets, one_sided: PdfTickets, painters: Experience) -> Proofs:
    gallery = sorted((ROOT / "experiences/painters/gallery").glob("*.jpg"))
    return Proofs([two_sided, one_sided], painters, gallery)


def test_hard_names_are_names_that_a_booth_takes() -> None:
    """Not one is longer than a visitor's may be, and one is as long."""
    assert max(len(trial.name) for trial in HARD_TRIALS) == NAME_LENGTH


@pytest.mark.parametrize("trial", HARD_TRIALS, ids=[trial.label for trial in HARD_TRIALS])
def test_every_design_stands_every_hard_name(proofs: Proofs, trial: Trial, tmp_path: Path) -> None:
    """In both languages and at both sizes there is a ticket that qpdf and poppler accept."""
    for style in proofs.experience.styles:
        for locale in proofs.experience.locales:
            for pdf in proofs.pdf(style, locale, date(2026, 11, 21), trial):
                (tmp_path / "ticket.pdf").write_bytes(pdf)
                assert tool("qpdf", "--check", tmp_path / "ticket.pdf").stderr == ""
                assert tool("pdftotext", tmp_path / "ticket.pdf", "-").stderr == ""


def test_the_desk_sees_what_its_booth_prints(proofs: Proofs, two_sided: PdfTickets) -> None:
    """Front and back stand beside each other, drawn once; the trial is the same ticket."""
    tool("pdftoppm", "-v")
    desk = DeskProofs(Proofs([two_sided], proofs.experience, proofs.pictures))
    picture = desk.picture("vangogh", "en")
    assert picture is not None
    assert desk.picture("vangogh", "en") is picture
    with Image.open(io.BytesIO(picture)) as seen:
        assert seen.width > seen.height
    assert len(PdfReader(io.BytesIO(desk.pdf("vangogh", "en"))).pages) == 2
