"""The web application, put together."""

import hmac

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from articket.application.desks import Desks
from articket.web.callers import Callers
from articket.web.cookies import Cookies
from articket.web.forms import Forms
from articket.web.front_desk import FrontDesk
from articket.web.gate import SocketGate
from articket.web.headers import guard
from articket.web.live import LivePages
from articket.web.origin import Origins
from articket.web.parts import WebParts
from articket.web.problems import Problems
from articket.web.routes.api import api_routes
from articket.web.routes.designs import design_routes
from articket.web.routes.health import health_routes
from articket.web.routes.keep import keep_routes
from articket.web.routes.monitor import monitor_routes
from articket.web.routes.pictures import picture_routes
from articket.web.routes.staff import staff_routes
from articket.web.routes.styles import style_routes
from articket.web.routes.tickets import ticket_routes
from articket.web.routes.visit import visit_routes
from articket.web.sockets import SocketPost, Sockets, open_socketio
from articket.web.squeeze import squeeze
from articket.web.switchboard import Switchboard
from articket.web.views import Views
from articket.web.words import Words

ROUTES = (
    health_routes,
    style_routes,
    visit_routes,
    keep_routes,
    monitor_routes,
    staff_routes,
    design_routes,
    api_routes,
    picture_routes,
    ticket_routes,
)


def create_live(line_every_s: float = 1.0) -> LivePages:
    """Return the live pages for the floor to publish to; create_app() gives them their sockets."""
    return LivePages(line_every_s)


def create_app(parts: WebParts) -> Flask:
    """Return the application; starting and closing `parts.live` is up to whoever serves it."""
    app = Flask(
        "articket",
        root_path=str(parts.pages),
        template_folder=str(parts.pages / "templates"),
        static_folder=str(parts.pages / "static"),
    )
    app.url_map.strict_slashes = False
    desk = _front_desk(parts)
    guard(app, desk.origins, desk.forms)
    squeeze(app)
    Problems(desk).register(app)
    for routes in ROUTES:
        app.register_blueprint(routes(desk))
    socketio = open_socketio(app, parts.durations)
    post = SocketPost(socketio, parts.live)
    Sockets(parts.live, post, desk.views, desk.switchboard, desk.callers).register(socketio)
    parts.live.attach(post, desk.views)
    app.wsgi_app = SocketGate(app.wsgi_app, parts.max_sockets, desk.origins)  # type: ignore[method-assign]
    if parts.trusted_proxies:
        hops = parts.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _front_desk(parts: WebParts) -> FrontDesk:
    words = Words.load()
    key = hmac.digest(parts.floor.seals.key, b"articket:web", "sha256")
    cookies = Cookies(key, parts.staff_password_hash)
    desks = Desks(parts.floor.visits, parts.floor.clock)
    return FrontDesk(
        parts=parts,
        words=words,
        cookies=cookies,
        callers=Callers(parts.floor.visits, cookies, parts.public_url),
        origins=Origins(parts.public_url),
        forms=Forms(key),
        views=Views(parts, words, desks),
        switchboard=Switchboard(parts, cookies, desks),
    )
