"""Socket.IO: one namespace, WebSocket only; says who connects, and hands commands on."""

import logging
import time
from functools import partial
from typing import Any, Final

from flask import Flask, request
from flask_socketio import ConnectionRefusedError as Refused
from flask_socketio import SocketIO

from articket.application.seals import hashed
from articket.domain.durations import Durations
from articket.web.callers import Callers
from articket.web.cookies import KEEP, VISIT
from articket.web.live import LivePages
from articket.web.seats import MONITOR, PHONE, STAFF, Seat
from articket.web.snapshots.house import Json
from articket.web.switchboard import Switchboard
from articket.web.views import Views
from articket.web.websocket import MESSAGE_BYTES, WebSocket

NAMELESS_FOR_S: Final = 10.0
SPACE: Final = "/"

log = logging.getLogger(__name__)


def open_socketio(app: Flask, durations: Durations) -> SocketIO:
    """Put Socket.IO into the application; the gate before it has checked the origin.

    Either side counts the other as away when nothing came for `silence_s`, in which two pings fit at least.
    """
    ping_s = min(durations.ping_s, durations.silence_s / 2)
    socketio = SocketIO(
        app,
        async_mode="threading",
        transports=["websocket"],
        cors_allowed_origins=[],
        max_http_buffer_size=MESSAGE_BYTES,
        ping_interval=ping_s,
        ping_timeout=durations.silence_s - ping_s,
        async_handlers=False,
        manage_session=False,
        serve_client=False,
    )
    websocket = partial(WebSocket, silence_s=durations.silence_s)
    socketio.server.eio._async["websocket"] = websocket  # noqa: SLF001 - it offers no other way to choose one
    return socketio


class SocketPost:
    """Sends and closes by Socket.IO; none of it waits for a socket."""

    def __init__(self, socketio: SocketIO, live: LivePages, nameless_for_s: float = NAMELESS_FOR_S) -> None:
        """Keep the server."""
        self._nameless_for_s = nameless_for_s
        self._server: Any = socketio.server
        self._live = live
        self._nameless: dict[str, float] = {}

    def send(self, event: str, payload: Json, sid: str) -> None:
        """Put an event into a socket's queue."""
        self._server.emit(event, payload, to=sid)

    def supersede(self, sid: str) -> None:
        """Tell a socket that a newer one took over, and close it behind that message."""
        self.send("superseded", {}, sid)
        self._close(self._server.manager.eio_sid_from_sid(sid, SPACE))

    def sweep(self) -> None:
        """Close sockets that have been open for a while without having a seat."""
        now = time.monotonic()
        manager = self._server.manager
        open_now = set(self._server.eio.sockets)
        nameless = {
            each
            for each in open_now
            if (sid := manager.sid_from_eio_sid(each, SPACE)) is None or self._live.seats.at(sid) is None
        }
        self._nameless = {each: self._nameless.get(each, now) for each in nameless}
        for each, since in self._nameless.items():
            if now - since >= self._nameless_for_s:
                self._close(each)

    def close_all(self) -> None:
        """Close every socket; each one's request ends and frees its thread."""
        for each in list(self._server.eio.sockets):
            self._close(each)

    def _close(self, engine_sid: str | None) -> None:
        socket = self._server.eio.sockets.get(engine_sid)
        if socket is not None:
            socket.close(wait=False)


class Sockets:
    """Answers what sockets say."""

    def __init__(
        self, live: LivePages, post: SocketPost, views: Views, switchboard: Switchboard, callers: Callers
    ) -> None:
        """Keep who does what."""
        self._live = live
        self._post = post
        self._views = views
        self._switchboard = switchboard
        self._callers = callers

    def register(self, socketio: SocketIO) -> None:
        """Listen to the events of the contract."""
        for handler in (self.connect, self.disconnect, self.hello, self.cmd, self.ping):
            socketio.on_event(handler.__name__, handler)
        socketio.on_error_default(self.failed)

    def connect(self, auth: object = None) -> None:
        """Give a socket its seat; whoever has none to claim is refused."""
        seat = self._seat(auth if isinstance(auth, dict) else {})
        if seat is None:
            raise Refused("not-allowed")
        older = self._live.seats.take(seat)
        if older is not None:
            self._post.supersede(older)
        self._live.someone_came_or_went(seat.role)

    def disconnect(self, *_: object) -> None:
        """Free the seat."""
        seat = self._live.seats.leave(_sid())
        if seat is not None:
            self._live.someone_came_or_went(seat.role)

    def hello(self, _: object = None) -> Json | None:
        """Answer with the whole present snapshot."""
        seat = self._live.seats.at(_sid())
        return self._views.of(seat.role, seat.visit) if seat else None

    def cmd(self, payload: object = None) -> Json:
        """Perform a command and answer with its ack."""
        seat = self._live.seats.at(_sid())
        if seat is not None and seat.role == PHONE and seat.visit is not None:
            return self._switchboard.phone(seat.visit, payload)
        if seat is not None and seat.role == STAFF:
            return self._switchboard.staff(payload)
        return {"ok": False, "code": "not-allowed", "params": {}, "rev": 0}

    def ping(self, _: object = None) -> Json:
        """Answer, so that a page knows its socket lives."""
        return {}

    def failed(self, reason: Exception) -> None:
        """Log what no handler expected; the socket lives on."""
        log.error("a socket's event failed", exc_info=reason)

    def _seat(self, auth: dict[str, object]) -> Seat | None:
        sid, role = _sid(), auth.get("role")
        if role == STAFF and self._callers.is_staff(request):
            return Seat(sid, STAFF)
        if role == MONITOR and self._callers.is_monitor(request):
            return Seat(sid, MONITOR)
        if role != PHONE:
            return None
        cookies = request.cookies
        # The page's own secret comes first: the cookie may be another page's by now.
        own = (auth.get("token"), cookies.get(VISIT))
        for secret in (cookies.get(KEEP),) if auth.get("keep") is True else own:
            visit = self._callers.by_secret(secret)
            if visit is not None:
                return Seat(sid, PHONE, visit.id, hashed(str(secret)))
        return None


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]
