"""The monitor's page and the codes it shows."""

import io
from http import HTTPStatus

import qrcode
import qrcode.image.svg
from flask import Blueprint, Response, make_response, request

from articket.domain.faults import Gone, NotAllowed
from articket.web.cookies import MONITOR, MONITOR_S, give
from articket.web.front_desk import FrontDesk

WIFI_SPECIAL = '\\;,":'


def monitor_routes(desk: FrontDesk) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("monitor", __name__)
    parts = desk.parts

    @routes.get("/")
    def wall() -> Response:
        is_staff = desk.callers.is_staff(request)
        if not is_staff and not desk.callers.is_monitor(request):
            page = desk.render("monitor_locked.html", page="monitor", locale=desk.locale())
            return make_response(page, HTTPStatus.FORBIDDEN)
        snapshot = desk.views.monitor()
        words = desk.words.each("monitor", parts.experience.locales)
        page = desk.render(
            "monitor.html", page="monitor", locale=snapshot["locale"], snapshot=snapshot, words=words
        )
        response = make_response(page)
        if is_staff:  # whoever sat down at the desk on this computer has made it the monitor
            give(response, MONITOR, desk.cookies.seal(MONITOR, parts.booth), MONITOR_S)
        return response

    @routes.get("/qr/join.svg")
    def join_code() -> Response:
        _only_inside(desk)
        return _svg(desk.views.join_url())

    @routes.get("/qr/wifi.svg")
    def wifi_code() -> Response:
        _only_inside(desk)
        if not parts.wifi_ssid:
            raise Gone("page-gone", "No Wi-Fi is set.")
        return _svg(wifi_text(parts.wifi_ssid, parts.wifi_password))

    return routes


def _only_inside(desk: FrontDesk) -> None:
    if not (desk.callers.is_monitor(request) or desk.callers.is_staff(request)):
        raise NotAllowed("not-allowed", "Only the monitor shows the code.")


def wifi_text(ssid: str, password: str | None) -> str:
    """Return what a phone's camera reads as a Wi-Fi network."""
    if not password:
        return f"WIFI:T:nopass;S:{_escaped(ssid)};;"
    return f"WIFI:T:WPA;S:{_escaped(ssid)};P:{_escaped(password)};;"


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in WIFI_SPECIAL else letter for letter in text)


def _svg(text: str) -> Response:
    code = qrcode.QRCode(border=0, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(text)
    out = io.BytesIO()
    code.make_image(image_factory=qrcode.image.svg.SvgPathImage).save(out)
    return Response(out.getvalue(), mimetype="image/svg+xml")
