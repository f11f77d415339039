"""What each section of the report says, shows and tabulates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from articket.domain.event.journey import Reached, Step
from articket.domain.event.retrospect import HourFigures, Machine, Retrospect, Rung
from articket.domain.event.spread import Spread
from articket.web.report.plots import Bar, Piece, Rod, Strip, bars, pieces, rods, strips, ticks_for
from articket.web.report.saying import NOTHING, Saying

# Told in the table alone: beside hours, minutes would be a line.
OVERALL: Final = (Step.PRINT, Step.WHOLE)
UNKNOWN_COLOUR: Final = "#5a5145"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below their heads; a row's first cell is its name, the others are numbers where not `wordy`."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wordy: frozenset[int] = frozenset()
    swatches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number one reads from across the table, and what it counts."""

    value: str
    said: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report; `plots` are pairs of what stands above a plot, and the plot."""

    id: str
    title: str
    text: str = ""
    figures: tuple[Figure, ...] = ()
    plots: tuple[tuple[str, Markup], ...] = ()
    table: Table | None = None
    notes: tuple[str, ...] = ()


def sections(found: Retrospect, say: Saying) -> tuple[Section, ...]:
    """Return the report's sections in the order in which they are read, but for comments and limits."""
    return (
        _hours(found, say),
        _waits(found, say),
        _ladder(found, say),
        _steps(found, say),
        _painters(found, say),
        _machines(found, say),
        _prints(found, say),
    )


def glance(found: Retrospect, say: Saying) -> tuple[Figure, ...]:
    """Return the numbers that everybody asks for first."""
    wait = found.steps.get(Step.TICKET)
    figures = [
        Figure(f"{found.visits:,}", say("glance_visits", n=found.visits)),
        Figure(f"{found.tickets:,}", say("glance_tickets", n=found.tickets)),
        Figure(f"{found.prints:,}", say("glance_prints", n=found.prints)),
        Figure(say.seconds(wait.middle) if wait else NOTHING, say("glance_wait")),
    ]
    if found.mean_stars is not None:
        figures.append(Figure(f"{found.mean_stars:.1f}", say("glance_stars")))
    return tuple(figures)


def limits(found: Retrospect, say: Saying) -> tuple[str, ...]:
    """Return what the numbers leave out, and why."""
    told = [
        say(f"limit_{what}", n=count)
        for what, count in (
            ("erased", found.erased),
            ("expired", found.expired),
            ("forgotten", found.forgotten),
        )
        if count
    ]
    known = sum(share.visitors for share in found.shares)
    if found.numbers > known:
        told.append(say("limit_numbers", n=found.numbers, gone=found.numbers - known))
    if next(rung.erased for rung in found.rungs if rung.reached is Reached.TICKET):
        told.append(say("limit_printed"))
    return (*told, say("limit_photo"), say("limit_calls"))


def _hours(found: Retrospect, say: Saying) -> Section:
    top = max(each.joined for each in found.hours)
    busiest = [each for each in found.hours if each.joined == top]
    # Of several that are as busy none stands out.
    peak = busiest[0] if len(busiest) == 1 else None
    plots = tuple(
        (say.day(row[0].hour.local.date()), bars(say("hours_alt"), _bars(row, peak, say), top))
        for row in found.openings
    )
    told = [say("languages", list=", ".join(_language(say, *pair) for pair in found.locales))]
    if found.assisted:
        told.append(say("assisted", n=found.assisted))
    text = say("hours_even", n=top)
    if peak is not None:
        when = peak.hour.local
        several = len(found.openings) > 1
        text = say("hours_text", n=top, hour=say.moment(when) if several else f"{when:%H:%M}")
    return Section("hours", say("hours"), text, plots=plots, notes=tuple(told) if found.locales else ())


def _bars(row: Sequence[HourFigures], peak: HourFigures | None, say: Saying) -> list[Bar]:
    days = [each.hour.local.date() for each in row]
    return [
        Bar(
            each.joined,
            f"{each.hour.local:%H}",
            say.day(days[place]) if place and days[place - 1] != days[place] else "",
            most=each is peak,
        )
        for place, each in enumerate(row)
    ]


def _language(say: Saying, locale: str, count: int) -> str:
    name = say.words.get(f"language_{locale}", locale)
    return f"{name} {count}"


def _waits(found: Retrospect, say: Saying) -> Section:
    def figure(step: Step, said: str) -> Figure:
        spread = found.steps.get(step)
        if spread is None:
            return Figure(NOTHING, said, say("wait_none"))
        detail = say("wait_detail", high=say.seconds(spread.high), longest=say.seconds(spread.longest))
        return Figure(say.seconds(spread.middle), said, detail)

    return Section(
        "waits",
        say("waits"),
        figures=(figure(Step.LINE, say("wait_line")), figure(Step.TICKET, say("wait_ticket"))),
    )


def _ladder(found: Retrospect, say: Saying) -> Section:
    top = found.rungs[0].count
    with_ticket = next(rung.count for rung in found.rungs if rung.reached is Reached.TICKET)

    def name(rung: Rung) -> str:
        return say(f"rung_{int(rung.reached)}")

    rows = [
        Rod(name(rung), rung.count, rung.left, f"{rung.count:,}  ·  {say.share(rung.count, top)}")
        for rung in found.rungs
    ]
    heads = (say("rung"), say("came"), say("left"), say("still"), say("rung_erased"))
    table = Table(
        heads,
        tuple(
            (
                name(rung),
                f"{rung.count:,}",
                *(f"{n:,}" if n else NOTHING for n in (rung.left, rung.present, rung.erased)),
            )
            for rung in found.rungs
        ),
    )
    rooms = ", ".join(say("room", room=room, n=count) for room, count in found.rooms)
    return Section(
        "ladder",
        say("ladder"),
        say("ladder_text", share=say.share(with_ticket, top)),
        plots=(("", rods(say("ladder_alt"), rows)),),
        table=table,
        notes=(say("rooms", list=rooms),) if rooms else (),
    )


def _steps(found: Retrospect, say: Saying) -> Section:
    if not found.steps:
        return Section("steps", say("steps"), say("steps_none"))
    drawn = {step: spread for step, spread in found.steps.items() if step not in OVERALL}
    rows = [
        Strip(say(f"step_{step}"), spread.low, spread.middle, spread.high, say.seconds(spread.middle))
        for step, spread in drawn.items()
    ]
    ticks = [(at, say.seconds(at)) for at in ticks_for(max((row.high for row in rows), default=1.0))]
    heads = (
        say("step"),
        say("between_what"),
        say("count"),
        say("low"),
        say("middle"),
        say("high"),
        say("longest"),
    )
    table = Table(
        heads,
        tuple(
            (say(f"step_{step}"), say(f"step_{step}_means"), f"{spread.count:,}", *_times(spread, say))
            for step, spread in found.steps.items()
        ),
        wordy=frozenset({1}),
    )
    plots = (("", strips(say("steps_alt"), rows, ticks)),) if rows else ()
    return Section("steps", say("steps"), say("steps_text"), plots=plots, table=table)


def _times(spread: Spread, say: Saying) -> Iterator[str]:
    return (say.seconds(each) for each in (spread.low, spread.middle, spread.high, spread.longest))


def _painters(found: Retrospect, say: Saying) -> Section:
    total = sum(share.visitors for share in found.shares)
    lost = (say("paintings_lost", n=found.paintings_failed),) if found.paintings_failed else ()
    if not total:
        return Section("painters", say("painters"), say("painters_none"), notes=lost)
    colours = {share.style: say.colour(share.style) or UNKNOWN_COLOUR for share in found.shares}
    row = [Piece(say.style(share.style), share.visitors, colours[share.style]) for share in found.shares]
    table = Table(
        (say("painters"), say("visitors"), say("share"), say("paintings_made")),
        tuple(
            (
                say.style(share.style),
                f"{share.visitors:,}",
                say.share(share.visitors, total),
                f"{share.paintings:,}",
            )
            for share in found.shares
        ),
        swatches=tuple(colours[share.style] for share in found.shares),
    )
    return Section(
        "painters",
        say("painters"),
        say("painters_text"),
        plots=(("", pieces(say("painters_alt"), row)),),
        table=table,
        notes=lost,
    )


def _machines(found: Retrospect, say: Saying) -> Section:
    if not found.machines:
        return Section("machines", say("machines"), say("machines_none"))
    heads = (
        say("machine"), say("paintings_made"), say("per_painting"), say("per_painting_high"),
        say("attempts"), say("failed"), say("latest_faults"),
    )  # fmt: skip
    table = Table(heads, tuple(_machine(each, say) for each in found.machines), wordy=frozenset({6}))
    has_servers = any(each.server and not each.server.is_laptop for each in found.machines)
    text = say("machines_text", n=found.paintings) if found.paintings else say("machines_none")
    notes = (say("machines_note"),) if has_servers else ()
    return Section("machines", say("machines"), text, table=table, notes=notes)


def _machine(each: Machine, say: Saying) -> tuple[str, ...]:
    server = each.server
    kind = say.kind(server.kind) if server else ""
    name = say.machine(each.label)
    counts = (
        (f"{server.painted + server.lost:,}", f"{server.lost:,}")
        if server and not server.is_laptop
        else (NOTHING, NOTHING)
    )
    return (
        f"{name} · {kind}" if kind else name,
        f"{each.paintings:,}",
        say.seconds(each.seconds.middle) if each.seconds else NOTHING,
        say.seconds(each.seconds.high) if each.seconds else NOTHING,
        *counts,
        ", ".join(say("reason", n=count, reason=say.trouble(code)) for code, count in each.troubles)
        or NOTHING,
    )


def _prints(found: Retrospect, say: Saying) -> Section:
    waiting = next(rung for rung in found.rungs if rung.reached is Reached.TICKET)
    unprinted = waiting.left + waiting.present
    told = []
    if unprinted:
        told.append(say("unprinted", n=unprinted))
    if found.print_faults:
        told.append(say("print_faults", n=found.print_faults))
    if found.reprints:
        why = (say("reason", n=count, reason=say(f"reason_{reason}")) for reason, count in found.reprints)
        told.append(say("reprints", list=", ".join(why)))
    printed = next(rung.count for rung in found.rungs if rung.reached is Reached.PRINTED)
    text = say("prints_text", n=found.prints, tickets=printed) if found.prints else say("prints_none")
    return Section("prints", say("prints"), text, notes=tuple(told))
