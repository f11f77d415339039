"""What staff see: who is where, what to print, what is broken."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Final

from articket.application.desks import SeenDesk
from articket.application.ports import CaptionHealth, Tally
from articket.application.printing_hand import PrinterHealth
from articket.application.studio import Bench, Trouble
from articket.application.uploading import Backlog
from articket.domain.booth import Booth
from articket.domain.day import Happening
from articket.domain.fleet.fleet import Fleet
from articket.domain.print_queue import PrintState
from articket.domain.transitions.line import next_in_line
from articket.domain.transitions.remaking import can_remake
from articket.domain.visit import PaintingStatus, TicketStatus, Visit
from articket.web.payloads import DESK
from articket.web.reach import Network
from articket.web.snapshots.fleet import fleet_view
from articket.web.snapshots.house import Headed, House, Json, picture_url
from articket.web.snapshots.moderation import moderation
from articket.web.snapshots.piles import counts, piles, seat
from articket.web.snapshots.stages import monitor_stage, phone_stage

LOW_STORAGE_MB: Final = 500
ATELIER: Final = "Atelier {n}"


@dataclass(frozen=True, slots=True)
class Desk:
    """What staff's page knows besides the booth.

    `visits` are the rows in their order, `known` holds whoever else is spoken of;
    `storage_trouble` is the code of why the store could not be looked at;
    `shares` says by lease how much of a painting is done;
    `cloud` is what waits for the cloud folder, None where none is set;
    `printer` is what is in the printer's way, None where staff print from their browser;
    `desks` are those that were heard of lately.
    """

    visits: Sequence[Visit]
    known: Mapping[str, Visit]
    tally: Tally
    benches: Sequence[tuple[str, Bench]]
    jobs_in_trouble: Sequence[Trouble]
    trouble_since: dict[str, float]
    monitors: int
    join_url: str | None
    address: str
    networks: Sequence[Network]
    free_mb: int
    tickets: int
    storage_trouble: str | None
    fleet: Fleet = field(default_factory=Fleet)
    shares: Mapping[str, float] = field(default_factory=dict)
    captions: Sequence[CaptionHealth] = ()
    cloud: Backlog | None = None
    printer: PrinterHealth | None = None
    desks: Sequence[SeenDesk] = ()


def staff(house: House, booth: Booth, desk: Desk, now: float) -> Json:
    """Return the staff's snapshot."""
    shown = desk.known.get(booth.visit or "")
    inside = desk.known.get(booth.controller or "")
    first = next_in_line(booth)
    rows = [row(house, booth, each, now) | {"next": each.id == first} for each in desk.visits]
    view = {
        "door": booth.door.value,
        "blanked": booth.blanked,
        "booth": {"id": booth.id, "stage": booth.stage.value, "visit": booth.visit},
        "counts": counts(booth, desk.tally, inside),
        "today": {kind.value: desk.tally.day.get(kind, 0) for kind in Happening},
        "piles": piles(booth, desk.tally, rows),
        "desks": [seat(each, desk.visits, now) for each in desk.desks],
        "names": _names(house),
        "visits": rows,
        "troubles": _troubles(desk),
        "painters": [_painter(name, bench, desk.known) for name, bench in desk.benches],
        "sees": {"stage": monitor_stage(booth, shown), "name": shown.name if shown else None},
        "monitor": {"address": f"{desk.address}/", "connected": desk.monitors > 0},
        "join_url": desk.join_url,
        "networks": [
            {"interface": each.interface, "ip": each.ip, "chosen": each.chosen} for each in desk.networks
        ],
        "fleet": fleet_view(desk.fleet, house.experience, desk.known, desk.shares, now)
        | {"captions": [asdict(each) for each in desk.captions]},
        "storage": {"free_mb": desk.free_mb, "tickets": desk.tickets},
        "cloud": _cloud(desk.cloud),
        "printer": asdict(desk.printer) if desk.printer else None,
    }
    return Headed("staff", house.locale, booth.stage.value, booth.deadline).over(house, booth, now, view)


def _cloud(backlog: Backlog | None) -> Json | None:
    """Return what waits for the cloud folder, None where none is set."""
    if backlog is None:
        return None
    return {"waiting": backlog.waiting, "since": backlog.since, "trouble": backlog.trouble}


def _names(house: House) -> Json:
    """Return what to call each style and each machine in every language: a tablet may speak another one."""
    locales = house.experience.locales
    styles = {
        style.id: {at: house.texts(at).styles[style.id].short for at in locales}
        for style in house.experience.styles
    }
    machines = {
        "laptop": {at: house.machine("laptop", at) for at in locales},
        "atelier": {at: house.ateliers.get(at, ATELIER) for at in locales},
    }
    return {"styles": styles, "machines": machines}


def _since(visit: Visit) -> float:
    """Return when the visit came to where it is, as far as it was written down."""
    ticket, decision, consent = visit.ticket, visit.decision, visit.consent
    for at in (
        ticket.printed_at,
        ticket.ready_at,
        visit.revealed_at,
        decision.at if decision else None,
        visit.moments[0].at if visit.moments else None,
        consent.at if consent else None,
    ):
        if at is not None:
            return at
    return visit.joined_at


def row(house: House, booth: Booth, visit: Visit, now: float) -> Json:
    """Return one visit as staff see it."""
    stage = phone_stage(booth, visit)
    decision, photo = visit.decision, visit.photo
    style = decision.style if decision else None
    thumb = None
    if photo:
        is_painted = style is not None and visit.done((style,))
        thumb = picture_url(visit.id, photo.number, f"small-{style}" if is_painted else "photo")
    has_pdf = visit.ticket.status in (TicketStatus.READY, TicketStatus.PRINTED)
    is_known = style is None or house.knows(style)
    position = booth.position(visit.id)
    return {
        "id": visit.id,
        "number": decision.number if decision else None,
        "name": visit.name,
        "stage": stage,
        "since": _since(visit),
        "style": style,
        "thumb": thumb,
        "locale": visit.locale,
        "easels": [easel.status.value for easel in visit.easels],
        "assisted": visit.assisted,
        "ticket": visit.ticket.status.value,
        "pdf": f"/staff/tickets/{decision.number}.pdf" if decision and has_pdf else None,
        "print": _print(house, visit),
        "reprints": len(visit.ticket.reprints),
        "in_line": position is not None,
        "place": None if position is None else position + 1,
        "can_remake": is_known and can_remake(visit, now, house.experience),
        "controls": booth.controller == visit.id,
        "moderation": moderation(visit, now),
    } | ({"resume": f"/staff/resume/{visit.id}"} if visit.assisted else {})


def _print(house: House, visit: Visit) -> Json | None:
    """Return a ready ticket's way to paper: in whose hand it is, until when, and why it came to nothing."""
    if visit.ticket.status is not TicketStatus.READY:
        return None
    job = visit.ticket.print_job
    told: Json = {"state": job.state.value, "since": visit.ticket.wanted_at, "copies": job.copies}
    if job.state is PrintState.FAILED:
        return told | {"why": job.why}
    if job.state is not PrintState.CLAIMED:
        return told
    desk = job.by.removeprefix(DESK) if job.by and job.by.startswith(DESK) else None
    return told | {"desk": desk, "until": job.since + house.durations.print_claim_s}


def _troubles(desk: Desk) -> list[Json]:
    visits = desk.known
    tickets = [
        (visit.ticket.trouble, {"number": visit.decision.number}, visit.decision.at)
        for visit in desk.visits
        if visit.ticket.trouble and visit.decision
    ]
    easels = [
        (easel.trouble, {"number": visit.decision.number} if visit.decision else {}, _since(visit))
        for visit in desk.visits
        for easel in visit.easels
        if easel.status is PaintingStatus.FAILED and easel.trouble
    ]
    painters = [
        (bench.trouble, {"painter": name}, desk.trouble_since.get(name, 0.0))
        for name, bench in desk.benches
        if bench.trouble
    ]
    jobs = [
        (trouble.code, {"number": visit.decision.number} if visit and visit.decision else {}, trouble.since)
        for trouble in desk.jobs_in_trouble
        for visit in (visits.get(trouble.job.visit),)
    ]
    storage: list[tuple[str, Json, float]] = (
        [("store-full", {"free_mb": desk.free_mb}, 0.0)] if desk.free_mb < LOW_STORAGE_MB else []
    )
    if desk.storage_trouble:
        storage = [(desk.storage_trouble, {}, 0.0)]
    printer: list[tuple[str, Json, float]] = []
    if desk.printer and desk.printer.trouble:
        printer = [(desk.printer.trouble, {}, desk.printer.since or 0.0)]
    told: list[Json] = []
    for code, params, since in (*storage, *printer, *tickets, *easels, *painters, *jobs):
        # Four commissions that fail for one reason are one trouble.
        if not any((code, params) == (each["code"], each["params"]) for each in told):
            told.append({"code": code, "params": params, "since": since})
    return told


def _painter(name: str, bench: Bench, visits: Mapping[str, Visit]) -> Json:
    busy = None
    if bench.busy:
        visit, style = bench.busy[-1]
        busy = {"name": visits[visit].name if visit in visits else None, "style": style}
    state = "trouble" if bench.trouble else "busy" if busy else "idle"
    return {"name": name, "busy_with": busy, "last_s": bench.last_s, "state": state}
