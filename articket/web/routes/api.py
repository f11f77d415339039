"""The API: snapshots and commands for pages without a socket, and the photo's way in."""

from typing import Final

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from articket.domain.faults import Gone, NotAllowed, PhotoRefused, StaleStep, UnknownCommand
from articket.domain.visit import Visit
from articket.web import wire
from articket.web.forms import HEADER
from articket.web.front_desk import FrontDesk
from articket.web.seats import MONITOR, PHONE, ROLES, STAFF

PHOTO_MB: Final = 25
PHOTO_BYTES: Final = PHOTO_MB * 1_000_000
HEARD_OUT_BYTES: Final = 2 * PHOTO_BYTES
CHUNK: Final = 64 * 1024
PHOTOS: Final = range(1, 1_000)


def api_routes(desk: FrontDesk) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("api", __name__, url_prefix="/api/v1")
    parts = desk.parts

    def own_visit() -> Visit:
        visit = desk.callers.visit(request)
        if visit is None:
            raise Gone("visit-gone", "The request belongs to no visit.")
        return visit

    def must_be_staff() -> None:
        if not desk.callers.is_staff(request):
            raise NotAllowed("not-allowed", "Only staff may do that.")

    @routes.get("/snapshot")
    def snapshot() -> Response:
        role = request.args.get("role", "")
        visit = own_visit().id if role == PHONE else None
        if role == STAFF:
            must_be_staff()
        elif role == MONITOR and not desk.callers.is_monitor(request):
            raise NotAllowed("not-allowed", "Only the monitor may see that.")
        elif role not in ROLES:
            raise UnknownCommand("command-unknown", "There is no such role.")
        return jsonify(desk.views.of(role, visit))

    @routes.post("/commands")
    def commands() -> Response:
        payload = request.get_json(silent=True)
        role = payload.get("role") if isinstance(payload, dict) else None
        if role == PHONE:
            return jsonify(desk.switchboard.phone(own_visit().id, payload))
        if role == STAFF:
            must_be_staff()
            # Strict cookies keep foreign pages out already; a browser's page says where it comes from, or its field.
            if "Origin" not in request.headers and not desk.forms.is_ours(
                request, request.headers.get(HEADER)
            ):
                raise NotAllowed("not-allowed", "The request is not from our page.")
            return jsonify(desk.switchboard.staff(payload))
        raise UnknownCommand("command-unknown", "The command names no role.")

    @routes.put("/visit/photos/<int:number>")
    def photo(number: int) -> Response:
        request.max_content_length = PHOTO_BYTES
        visit = own_visit()
        if number not in PHOTOS:
            raise StaleStep("step-stale", "There is no such photo.")
        try:
            data = request.get_data(cache=False)
        except RequestEntityTooLarge:
            _hear_out()
            raise PhotoRefused(
                "photo-too-many-bytes", f"The body is over {PHOTO_MB} MB.", limit_mb=PHOTO_MB
            ) from None
        focus = wire.focus(request.args.get("x"), request.args.get("y"))
        return jsonify(ok=True, photo=parts.take_photo.take(visit, number, data, focus))

    return routes


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
