"""The API: snapshots and commands for pages without a socket, and the photo's way in."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Final

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from articket.domain.faults import Gone, NotAllowed, PhotoRefused, StaleStep, TooMany, UnknownCommand
from articket.domain.visit import Visit
from articket.web import wire
from articket.web.bodies import within
from articket.web.forms import HEADER
from articket.web.front_desk import FrontDesk
from articket.web.pace import Pace, Turnstile
from articket.web.seats import MONITOR, PHONE, ROLES, STAFF

PHOTO_MB: Final = 25
PHOTO_BYTES: Final = PHOTO_MB * 1_000_000
HEARD_OUT_BYTES: Final = 2 * PHOTO_BYTES
CHUNK: Final = 64 * 1024
ARRIVING_AT_ONCE: Final = 12  # a body takes up to 25 megabytes while it arrives
PHOTOS_AT_ONCE: Final = 4  # an opened photo takes a hundred megabytes
INTAKE_WAIT_S: Final = 20.0
PHOTO_PACE: Final = Pace(burst=8, per_second=0.2)
PHOTOS: Final = range(1, 1_000)


def api_routes(desk: FrontDesk) -> Blueprint:
    """Return the routes."""
    api = Api(desk)
    routes = Blueprint("api", __name__, url_prefix="/api/v1")
    routes.get("/snapshot")(api.snapshot)
    routes.post("/commands")(api.commands)
    routes.put("/visit/photos/<int:number>")(api.photo)
    return routes


class Api:
    """What scripts ask for."""

    def __init__(self, desk: FrontDesk) -> None:
        """Keep what all routes share."""
        self._desk = desk
        self._arrivals = BoundedSemaphore(ARRIVING_AT_ONCE)
        self._intake = BoundedSemaphore(PHOTOS_AT_ONCE)
        self._turnstile = Turnstile(PHOTO_PACE)
        self._sending: set[str] = set()
        self._lock = Lock()

    def snapshot(self) -> Response:
        """Answer with the snapshot of a role the caller has."""
        role = request.args.get("role", "")
        visit = self._own_visit(keep=_is_keep()).id if role == PHONE else None
        if role == STAFF:
            self._must_be_staff()
        elif role == MONITOR and not self._desk.callers.is_monitor(request):
            raise NotAllowed("not-allowed", "Only the monitor may see that.")
        elif role not in ROLES:
            raise UnknownCommand("command-unknown", "There is no such role.")
        return jsonify(self._desk.views.of(role, visit))

    def commands(self) -> Response:
        """Perform a command and answer with its ack."""
        payload = request.get_json(silent=True)
        role = payload.get("role") if isinstance(payload, dict) else None
        if role == PHONE and isinstance(payload, dict):
            mine = self._own_visit(keep=payload.get("keep") is True)
            return jsonify(self._desk.switchboard.phone(mine.id, payload))
        if role == STAFF:
            self._must_be_staff()
            must_be_our_page(self._desk)
            return jsonify(self._desk.switchboard.staff(payload))
        raise UnknownCommand("command-unknown", "The command names no role.")

    def photo(self, number: int) -> Response:
        """Take a photo in; it is on disk before the answer goes out."""
        visit = self._own_visit(keep=_is_keep())
        if number not in PHOTOS:
            raise StaleStep("step-stale", "There is no such photo.")
        focus = wire.focus(request.args.get("x"), request.args.get("y"))
        with self._alone(visit.id):
            with _place(self._arrivals):
                data = _body()
            with _place(self._intake):
                taken = self._desk.parts.take_photo.take(visit, number, data, focus)
        return jsonify(ok=True, photo=taken)

    @contextmanager
    def _alone(self, visit: str) -> Iterator[None]:
        """Take in one photo of a visit at a time, and no faster than somebody takes them."""
        with self._lock:
            is_free = visit not in self._sending
            if not is_free or not self._turnstile.lets(visit, self._desk.parts.floor.clock.now()):
                raise TooMany("too-many-requests", "A phone sends photos faster than somebody takes them.")
            self._sending.add(visit)
        try:
            yield
        finally:
            with self._lock:
                self._sending.discard(visit)

    def _own_visit(self, *, keep: bool) -> Visit:
        visit = self._desk.callers.visit(request, keep=keep)
        if visit is None:
            raise Gone("visit-gone", "The request belongs to no visit.")
        return visit

    def _must_be_staff(self) -> None:
        if not self._desk.callers.is_staff(request):
            raise NotAllowed("not-allowed", "Only staff may do that.")


def must_be_our_page(desk: FrontDesk) -> None:
    """Refuse what another page makes staff's browser send."""
    # Its origin was checked before; where a browser sends none, the page's own token vouches for it.
    if "Origin" in request.headers:
        return
    if not desk.forms.is_ours(request, request.headers.get(HEADER)):
        raise NotAllowed("not-allowed", "The request is not from our page.")


@contextmanager
def _place(places: BoundedSemaphore) -> Iterator[None]:
    if not places.acquire(timeout=INTAKE_WAIT_S):
        raise TooMany("too-many-requests", "More photos arrive than can be taken in.")
    try:
        yield
    finally:
        places.release()


def _is_keep() -> bool:
    return request.args.get("keep") == "1"


def _body() -> bytes:
    """Read the body, whether it says its length or comes in chunks, and no more than the limit."""
    request.max_content_length = PHOTO_BYTES + 1
    data = bytearray()
    try:
        # Asked for all of it, werkzeug cuts a chunked body at the limit without a word.
        with within(request.environ):
            while len(data) <= PHOTO_BYTES and (chunk := request.stream.read(CHUNK)):
                data += chunk
        is_whole = len(data) <= PHOTO_BYTES
    except RequestEntityTooLarge:
        is_whole = False
    if not is_whole:
        with within(request.environ):
            _hear_out()
        raise PhotoRefused("photo-too-many-bytes", f"The body is over {PHOTO_MB} MB.", limit_mb=PHOTO_MB)
    return bytes(data)


def _hear_out() -> None:
    """Read on for a while: a phone that is still sending would never hear the answer."""
    stream = request.environ.get("wsgi.input")
    left = HEARD_OUT_BYTES
    if request.content_length:
        left = min(left, request.content_length)
    elif not request.environ.get("wsgi.input_terminated"):
        return
    while stream is not None and left > 0:
        chunk = stream.read(min(CHUNK, left))
        if not chunk:
            return
        left -= len(chunk)
