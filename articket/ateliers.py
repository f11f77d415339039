"""Wires the fleet: roster, servers, the hand that helps out, captions, and what staff may do with them."""

import time
from dataclasses import dataclass
from pathlib import Path

from articket.adapters.attendance import FolderAttendance
from articket.adapters.captions.http import HttpCaptions
from articket.adapters.captions.photo import shrink
from articket.adapters.database.engine import Database
from articket.adapters.database.roster import SqlRoster
from articket.adapters.painters.laptop import LaptopPainter
from articket.adapters.painters.pool import PaintPool
from articket.adapters.servers.servers import HttpImageServers
from articket.adapters.servers.workflow_files import load_workflows
from articket.application.captions import Captions
from articket.application.fleet.atelier import Atelier
from articket.application.fleet.desk import FleetDesk
from articket.application.fleet.interrogation import Interrogation
from articket.application.fleet.keeper import Keeper
from articket.application.fleet.progress import Progress
from articket.application.floor import Floor
from articket.application.ports import Captioner, CaptionSource, Change, Painter
from articket.domain.fleet.rules import FleetRules, menu_of
from articket.domain.fleet.server import Kind
from articket.settings import Settings

WORKFLOWS = "workflows"
HOUSE_WORKFLOWS = Path(__file__).resolve().parent.parent / "experiences/painters" / WORKFLOWS


@dataclass(frozen=True, slots=True)
class Ateliers:
    """A worker's part of the fleet; `sources` write captions, the first choice first."""

    settings: Settings
    atelier: Atelier
    keeper: Keeper
    desk: FleetDesk
    sources: tuple[CaptionSource, ...]
    interrogation: Interrogation | None

    def start(self) -> None:
        """Let the settings' servers join, and begin to watch."""
        pasted: list[tuple[str, Kind | None]] = [(each, Kind.A1111) for each in self.settings.sd_endpoints]
        pasted += [(each, Kind.COMFYUI) for each in self.settings.comfyui_endpoints]
        self.keeper.start(pasted, self.settings.requests_per_server)
        if self.interrogation is not None:
            self.interrogation.start()

    def close(self) -> None:
        """Stop watching."""
        if self.interrogation is not None:
            self.interrogation.close()
        self.keeper.close()


def wire_captions(settings: Settings, eye: Captioner, sources: tuple[CaptionSource, ...]) -> Captions:
    """Return who looks at photos: the laptop's eye, with the words of whoever writes captions."""
    return Captions(eye, sources, settings.durations.caption_budget_s, time.monotonic)


def wire_fleet(  # noqa: PLR0913, PLR0917 - wiring is where everything meets
    settings: Settings,
    floor: Floor,
    database: Database,
    paintings: PaintPool,
    hand: Painter,
    try_out: Path,
    booth: str,
) -> Ateliers:
    """Return the fleet of one worker; `try_out` is the picture that servers are tried with."""
    experience = floor.rules.experience
    workflows = load_workflows(
        (HOUSE_WORKFLOWS, settings.experience / WORKFLOWS), [style.id for style in experience.styles]
    )
    roster, servers = SqlRoster(database), HttpImageServers(workflows)
    durations, worker, helper = settings.durations, floor.dice.secret(), LaptopPainter(paintings)
    rules = FleetRules(
        durations.attempt_s, durations.first_call_s, durations.fleet_patience_s, menu_of(experience)
    )

    def told() -> None:
        floor.live.publish(Change(booth, 0, frozenset(), monitor=False, line=False))

    server = HttpCaptions(settings.caption_url) if settings.caption_url else None
    interrogation = None
    if settings.caption_interrogate:
        interrogation = Interrogation(
            worker=worker,
            roster=roster,
            servers=servers,
            rules=rules,
            clock=floor.clock,
            monotonic=time.monotonic,
            sample=try_out.read_bytes,
            shrink=shrink,
            needed=lambda: server is None or server.trouble is not None,
            told=told,
            budget_s=durations.caption_budget_s,
        )

    def caption_s() -> float:
        awaited = server is not None or (interrogation is not None and interrogation.is_ready)
        return durations.caption_budget_s if awaited else 0.0

    atelier = Atelier(
        worker=worker,
        roster=roster,
        servers=servers,
        framer=helper,
        finisher=helper,
        hand=hand,
        experience=experience,
        rules=rules,
        clock=floor.clock,
        sample=try_out.read_bytes,
        caption_s=caption_s,
    )
    progress = Progress(servers, floor.clock)
    keeper = Keeper(
        worker=worker,
        hands=settings.painter_processes,
        roster=roster,
        servers=servers,
        atelier=atelier,
        visits=floor.visits,
        experience=experience,
        rules=rules,
        clock=floor.clock,
        told=told,
        progress=progress,
        attendance=FolderAttendance(settings.data_dir),
    )
    desk = FleetDesk(roster, servers, floor.clock, told, settings.requests_per_server, progress.share)
    sources = tuple(each for each in (server, interrogation) if each is not None)
    return Ateliers(settings, atelier, keeper, desk, sources, interrogation)
