"""What visitors see: the experience pack, the ticket designs, the front-end packages."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from articket.adapters.experiences import Known, load_experience
from articket.adapters.painters.recipes import RECIPES
from articket.adapters.servers.workflow_files import load_workflows
from articket.adapters.servers.workflows import Workflows
from articket.adapters.ticket_pdf.pdf_tickets import PdfTickets
from articket.application.checkup.line import Line, bad, ok, skipped
from articket.application.checkup.tickets import check_tickets
from articket.ateliers import HOUSE_WORKFLOWS, WORKFLOWS
from articket.domain.experience import Experience, Style
from articket.domain.faults import PackBroken, TemplateBroken
from articket.pack import FEWEST_PICTURES, PROJECT, gallery_of, templates
from articket.settings import Settings

FAULTS_SHOWN: Final = 8
VENDOR: Final = re.compile(r"/static/(vendor/[\w./@-]*)")
MEND_PACK: Final = "Mend it there, or let ARTICKET_EXPERIENCE name another pack."
JPEG_QUALITY: Final = 90


@dataclass(frozen=True, slots=True)
class Pack:
    """What could be read of the pack and the designs, and a sentence for each fault."""

    experience: Experience | None
    renderer: PdfTickets | None
    pack_faults: tuple[str, ...]
    design_faults: tuple[str, ...]
    pictures: tuple[Path, ...]
    workflows: Workflows | None = None

    @property
    def styles(self) -> tuple[Style, ...]:
        """Return the pack's styles, none where it could not be read."""
        return self.experience.styles if self.experience else ()

    def photo(self, size: tuple[int, int]) -> bytes:
        """Return a picture of the wall as a JPEG of that size in pixels, a plain one where none hangs."""
        with Image.open(self.pictures[0]) if self.pictures else Image.radial_gradient("L") as picture:
            out = io.BytesIO()
            ImageOps.fit(picture.convert("RGB"), size).save(out, "JPEG", quality=JPEG_QUALITY)
        return out.getvalue()


def read_pack(settings: Settings) -> Pack:
    """Read the pack and the designs as far as they can be read."""
    renderer, designs, workflows, pack_faults, design_faults = None, None, None, [], []
    try:
        renderer = PdfTickets(templates(settings), PROJECT / "ticket_templates/fonts", settings.ticket_sides)
        designs = renderer.designs()
    except TemplateBroken as fault:
        design_faults = fault.sentence.splitlines()
    experience = None
    try:
        known = Known(recipes=frozenset(RECIPES), ticket_designs=designs)
        experience = load_experience(settings.experience, known)
    except PackBroken as fault:
        pack_faults = fault.sentence.splitlines()
    try:
        styles = [style.id for style in experience.styles] if experience else None
        workflows = load_workflows([HOUSE_WORKFLOWS, settings.experience / WORKFLOWS], styles)
    except PackBroken as fault:
        pack_faults += fault.sentence.splitlines()
    gallery = gallery_of(settings)
    pictures = tuple(sorted(gallery.glob("*.jpg")))
    if len({picture.name.partition(".")[0] for picture in pictures}) < FEWEST_PICTURES:
        pack_faults.append(f"{gallery} needs at least {FEWEST_PICTURES} pictures.")
    return Pack(experience, renderer, tuple(pack_faults), tuple(design_faults), pictures, workflows)


def check_pack(pack: Pack, folder: Path) -> Iterator[Line]:
    """Say what is wrong with the pack, fault by fault."""
    subject = "Experience"
    for fault in pack.pack_faults[:FAULTS_SHOWN]:
        yield bad(subject, fault, MEND_PACK)
    if len(pack.pack_faults) > FAULTS_SHOWN:
        yield bad(subject, f"There are {len(pack.pack_faults) - FAULTS_SHOWN} more faults.", MEND_PACK)
    if pack.experience and not pack.pack_faults:
        languages = ", ".join(pack.experience.locales)
        yield ok(subject, f"{folder}: {len(pack.styles)} styles in {languages}.")


def ticket_lines(pack: Pack, settings: Settings) -> Callable[[], Iterator[Line]]:
    """Return the check that makes a ticket of each design."""
    if pack.renderer and pack.experience and pack.pictures:
        day = datetime.now(UTC).astimezone().date()
        return partial(check_tickets, pack.renderer, pack.experience, settings.locale, day, pack.pictures)
    return partial(_no_tickets, pack)


def _no_tickets(pack: Pack) -> Iterator[Line]:
    for fault in pack.design_faults:
        yield bad("Tickets", fault, "Mend the design in ticket_templates, or run `make setup` for the fonts.")
    if not pack.design_faults:
        yield skipped("Tickets", "Without the pack there is nothing to print.")


def check_front_end(project: Path) -> Iterator[Line]:
    """Say whether everything that pages ask for from the vendor folder is there."""
    pages = sorted((project / "templates").rglob("*.html"))
    wanted = {name for page in pages for name in VENDOR.findall(page.read_text("utf-8"))}
    missing = sorted(name for name in wanted if not (project / "static" / name).exists())
    if missing:
        yield bad(
            "Pages",
            f"{len(missing)} of {len(wanted)} front-end files are missing, such as static/{missing[0]}.",
            "Run `make setup`.",
        )
    else:
        yield ok("Pages", f"All {len(wanted)} front-end files are there.")
