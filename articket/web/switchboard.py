"""Commands from pages, by socket or by plain HTTP, and their acks."""

import logging
from collections.abc import Callable
from typing import Final

from articket.application.ports import Ack, Change
from articket.domain.commands import Frame
from articket.domain.faults import Fault, Gone, NotAllowed, TooMany
from articket.web import wire
from articket.web.cookies import Cookies
from articket.web.pace import Pace, Turnstile
from articket.web.parts import WebParts
from articket.web.snapshots.house import Json

PHONE_PACE: Final = Pace(burst=40, per_second=4)
STAFF: Final = "staff"
ASSIST: Final = "assist"  # what an assisted visit's one-time address is sealed as
ASSIST_S: Final = 300

log = logging.getLogger(__name__)


class Switchboard:
    """Performs a page's command and says how it went."""

    def __init__(self, parts: WebParts, cookies: Cookies) -> None:
        """Start with every phone fresh."""
        self._parts = parts
        self._cookies = cookies
        self._turnstile = Turnstile(PHONE_PACE)

    def phone(self, visit: str, payload: object) -> Json:
        """Perform a phone's command for its own visit."""
        return self._answered(lambda: self._for_phone(visit, payload))

    def staff(self, payload: object) -> Json:
        """Perform a command of staff."""
        return self._answered(lambda: self._for_staff(payload))

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
        if asked.handler == wire.ASSIST:
            return self._assist(asked.cmd_id, asked.fields.locale)
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
        booth = self._parts.floor.visits.booth(self._parts.booth)
        self._parts.live.publish(Change(booth.id, booth.revision, frozenset(), monitor=True, line=False))
        return answer(Ack(booth.revision))

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
