"""Commands from pages, by socket or by plain HTTP, and their acks."""

import logging
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Final

from articket.application.desks import Desks
from articket.application.ports import Ack, Change
from articket.domain.commands import Frame
from articket.domain.faults import Fault, Gone, NotAllowed, PrintRefused, TooMany
from articket.domain.print_commands import LetTicketGo
from articket.domain.print_queue import PrintState
from articket.web import wire
from articket.web.cookies import Cookies
from articket.web.pace import Pace, Turnstile
from articket.web.parts import WebParts
from articket.web.payloads import DESK, Handing, OfDesk
from articket.web.snapshots.house import Json

PHONE_PACE: Final = Pace(burst=40, per_second=4)
STAFF: Final = "staff"
ASSIST: Final = "assist"  # what an assisted visit's one-time address is sealed as
ASSIST_S: Final = 300
ANSWERS_KEPT: Final = 200
IN_HAND_AT_MOST: Final = 500

log = logging.getLogger(__name__)


class Switchboard:
    """Performs a page's command and says how it went."""

    def __init__(self, parts: WebParts, cookies: Cookies, desks: Desks) -> None:
        """Start with every phone fresh."""
        self._parts = parts
        self._cookies = cookies
        self._desks = desks
        self._turnstile = Turnstile(PHONE_PACE)
        self._fleet_answers: dict[str, Json] = {}
        self._fleet_lock = Lock()

    def phone(self, visit: str, payload: object) -> Json:
        """Perform a phone's command for its own visit."""
        return self._answered(lambda: self._for_phone(visit, payload))

    def staff(self, payload: object) -> Json:
        """Perform a command of staff."""
        return self._answered(lambda: self._for_staff(payload))

    def leave(self, desk: str) -> None:
        """Let go of all that a desk has in hand, and forget that somebody sat there."""
        floor, by = self._parts.floor, f"{DESK}{desk}"
        for visit in floor.visits.to_print(self._parts.booth, IN_HAND_AT_MOST, (PrintState.CLAIMED,)):
            if visit.ticket.print_job.is_with(by):
                with suppress(Fault):  # what is gone meanwhile is in nobody's hand
                    floor.apply(visit.booth, LetTicketGo(by), visit.id)
        self._desks.leave(desk)
        self._told()

    def _answered(self, work: Callable[[], Json]) -> Json:
        try:
            return work()
        except Fault as fault:
            return self._refused(fault.code, tuple(fault.params.items()))
        except Exception:  # the edge of a socket's thread: without an ack the page would repeat it for ever
            log.exception("a command failed")
            return self._refused("unexpected", ())

    def _refused(self, code: str, params: tuple[tuple[str, str | int], ...]) -> Json:
        return answer(Ack(0, code, params))

    def _for_phone(self, visit_id: str, payload: object) -> Json:
        floor = self._parts.floor
        if not self._turnstile.lets(visit_id, floor.clock.now()):
            raise TooMany("too-many-requests", "A phone sends commands faster than a thumb can.")
        asked = wire.decode(wire.PHONE, payload)
        visit = floor.visits.visit(visit_id)
        if visit is None:
            raise Gone("visit-gone", "The command's visit is not here any more.")
        if asked.handler == wire.ERASE:
            floor.erase(visit)
            return answer(Ack(floor.visits.booth(visit.booth).revision))
        command = asked.order()
        if isinstance(command, Frame):
            return answer(self._parts.take_photo.move(visit, asked.cmd_id, command))
        return answer(floor.perform(visit.id, asked.cmd_id, visit.booth, command, visit.id))

    def _for_staff(self, payload: object) -> Json:
        floor, booth = self._parts.floor, self._parts.booth
        asked = wire.decode(wire.STAFF, payload)
        if asked.handler == wire.NETWORK:
            return self._network(asked.fields.ip)
        if asked.handler == wire.FLEET:
            return self._fleet(asked)
        if asked.handler == wire.ASSIST:
            return self._assist(asked.cmd_id, asked.fields.locale)
        if asked.handler == wire.DESKS:
            return self._desk(asked.fields)
        if isinstance(asked.fields, Handing) and not self._desks.is_there(asked.fields.to):
            raise PrintRefused("desk-away", "Nobody sits at the desk that should get the ticket.")
        visit: str | None = getattr(asked.fields, "visit", None)
        if visit is not None:
            known = floor.visits.visit(visit)
            if known is None or known.booth != booth:
                raise Gone("visit-gone", "The command's visit is not here any more.")
        return answer(floor.perform(STAFF, asked.cmd_id, booth, asked.order(), visit))

    def _network(self, ip: str) -> Json:
        reach = self._parts.reach
        if ip not in {each.ip for each in reach.networks()}:
            raise NotAllowed("not-allowed", "This machine is on no such network.")
        reach.choose(ip)
        return self._told(monitor=True)

    def _desk(self, fields: OfDesk) -> Json:
        """Note that somebody sits at a desk."""
        if self._desks.here(fields.desk, fields.name):
            return self._told()
        return answer(Ack(self._parts.floor.visits.booth(self._parts.booth).revision))

    def _told(self, *, monitor: bool = False) -> Json:
        """Show staff what is no part of the booth, and the monitor where it concerns it."""
        booth = self._parts.floor.visits.booth(self._parts.booth)
        self._parts.live.publish(Change(booth.id, booth.revision, frozenset(), monitor=monitor, line=False))
        return answer(Ack(booth.revision))

    def _fleet(self, asked: wire.Asked) -> Json:
        """Change the fleet once: pages repeat a command until they hear what became of it."""
        with self._fleet_lock:
            known = self._fleet_answers.get(asked.cmd_id)
            if known is not None:
                return known
            answered = self._answered(lambda: self._change_fleet(asked))
            kept = [*self._fleet_answers.items(), (asked.cmd_id, answered)][-ANSWERS_KEPT:]
            self._fleet_answers = dict(kept)
            return answered

    def _change_fleet(self, asked: wire.Asked) -> Json:
        desk, fields = self._parts.fleet, asked.fields
        if desk is None:
            raise NotAllowed("not-allowed", "There is no fleet here.")
        match asked.name:
            case "server_add":
                desk.add(fields.url, fields.name)
            case "server_test":
                desk.test(fields.server)
            case "server_drain":
                desk.drain(fields.server)
            case "server_resume":
                desk.resume(fields.server)
            case "server_remove":
                desk.remove(fields.server)
            case _:
                desk.rename(fields.server, fields.name, None if fields.family == "auto" else fields.family)
        return answer(Ack(self._parts.floor.visits.booth(self._parts.booth).revision))

    def _assist(self, cmd_id: str, locale: str) -> Json:
        parts = self._parts
        entry = f"{ASSIST}:{cmd_id}"  # a repetition leads to the same visit
        chosen = locale if locale in parts.experience.locales else parts.locale
        parts.floor.join(parts.booth, entry, chosen, assisted=True)
        ack = answer(Ack(parts.floor.visits.booth(parts.booth).revision))
        return ack | {"url": f"/staff/assist/{self._cookies.seal(ASSIST, entry)}"}


def answer(ack: Ack) -> Json:
    """Return an ack as pages read it."""
    if ack.code is None:
        return {"ok": True, "rev": ack.rev}
    return {"ok": False, "code": ack.code, "params": dict(ack.params), "rev": ack.rev}
