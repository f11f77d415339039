"""The real templates, scripts and styles behind a small server without any booth: one scene at a time."""

from __future__ import annotations

import contextlib
import io
import logging
import secrets
import threading
import time
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import qrcode
import qrcode.image.svg
from flask import Flask, Response, abort, g, jsonify, render_template, request, send_file
from flask_socketio import SocketIO
from pages.pictures import gallery, painted
from werkzeug.serving import make_server

if TYPE_CHECKING:
    from collections.abc import Callable

Snapshot = dict[str, Any]
Ack = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
CSP = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' blob: data:; "
    "font-src 'self'; connect-src 'self' ws: wss:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'; media-src 'self'"
)
BY_TUNNEL = 502  # said by what stands between, without a word of ours
STYLES_CSS = """
.style-vangogh { --one: #1e4aa8; --two: #f4b92e; --speak: #1e4aa8; --glow: #f7c64e; --moulding: #b68a4a #80602f #4b3617 #80602f; }
.style-renoir { --one: #c4506c; --two: #5f8a4f; --speak: #a63a56; --glow: #f3b3c0; --moulding: #d9b56a #a98238 #6d5018 #a98238; }
.style-picasso { --one: #bd7f24; --two: #48637f; --speak: #3e5872; --glow: #e9b765; --moulding: #5d6670 #3d444c #24282d #3d444c; }
.style-spring { --one: #3f7d4e; --two: #f2a7b8; --speak: #2f6a3f; --glow: #f6c3cf; --moulding: #cfe0c8 #9db894 #5d7a56 #9db894; }
.style-autumn { --one: #9a4a1c; --two: #e2a13a; --speak: #8a3f14; --glow: #f0b75c; --moulding: #b9834e #85572d #4d3017 #85572d; }
.style-winter { --one: #3b5a7a; --two: #cfdbe6; --speak: #34506d; --glow: #cfe0f0; --moulding: #e8edf2 #b8c3cf #76838f #b8c3cf; }
.style-lichtenstein { --one: #d3202c; --two: #ffd21f; --speak: #b81622; --glow: #ffd93f; --moulding: #ffffff #dedad2 #a9a49a #dedad2; }
"""  # noqa: E501 - css reads better by the rule


def words_of(page: str, locale: str) -> dict[str, Any]:
    """Read a page's sentences and the faults', as the server embeds them."""
    folder = ROOT / "articket" / "web" / "words" / locale
    book: dict[str, Any] = tomllib.loads((folder / f"{page}.toml").read_text("utf-8"))
    faults = folder / "faults.toml"
    return book | {"faults": tomllib.loads(faults.read_text("utf-8")) if faults.is_file() else {}}


@dataclass(frozen=True, slots=True)
class Scene:
    """What one page shows: its template, its words' file, and the snapshot its socket would bring."""

    name: str
    template: str
    page: str
    locale: str
    snapshot: Snapshot | None = None
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Harness:
    """Serves whatever `scene` is set; keeps the commands and photos that pages sent."""

    scene: Scene | None = None
    commands: list[dict[str, Any]] = field(default_factory=list)
    photos: list[int] = field(default_factory=list)
    focus: dict[str, str] = field(default_factory=dict)
    answer: Callable[[dict[str, Any]], Ack] | None = None
    photo_statuses: list[int] = field(default_factory=list)
    socketio: SocketIO | None = None
    port: int = 0
    sockets: bool = True
    http: bool = True
    sids: list[str] = field(default_factory=list)
    found: dict[str, Any] = field(default_factory=lambda: {"found": [], "gone": False})
    asked: list[str] = field(default_factory=list)  # whom staff looked for
    finds: threading.Event = field(default_factory=threading.Event)  # unset, an answer waits for it
    left: list[str] = field(default_factory=list)  # the desks that somebody signed out of

    @property
    def pressed(self) -> list[dict[str, Any]]:
        """What people did at the pages: without what a desk says by itself, that it is there."""
        return [each for each in self.commands if each["type"] not in {"desk_here", "print_keep"}]

    def show(self, scene: Scene) -> None:
        """Set the scene and forget what earlier pages sent."""
        self.scene = scene
        self.commands.clear()
        self.photos.clear()
        self.photo_statuses.clear()
        self.answer = None
        self.sockets = self.http = True
        self.found = {"found": [], "gone": False}
        self.asked.clear()
        self.left.clear()
        self.finds.set()

    def push(self, snapshot: Snapshot) -> None:
        """Send a snapshot to every open page, as the booth would."""
        assert self.socketio is not None
        self.socketio.emit("snapshot", _dated(snapshot))

    def emit(self, name: str, payload: dict[str, Any]) -> None:
        """Send any other event of the contract."""
        assert self.socketio is not None
        self.socketio.emit(name, payload)

    def cut(self, *, http: bool) -> None:
        """Drop every socket and take no new one; without `http` the API is away as well."""
        assert self.socketio is not None
        self.sockets, self.http = False, http
        while self.sids:
            self.socketio.server.disconnect(self.sids.pop())

    def meet(self, _: object = None) -> bool:
        """Take a socket, or refuse it."""
        if self.sockets:
            self.sids.append(request.sid)  # type: ignore[attr-defined]
        return self.sockets

    def taken(self, command: dict[str, Any]) -> Ack:
        """Keep a command and answer it."""
        self.commands.append(command)
        if self.answer is not None:
            return self.answer(command)
        return {"ok": True, "rev": self.current()["rev"] + 1}

    def current(self) -> Snapshot:
        """Return the scene's snapshot with the server's clock."""
        if self.scene is None or self.scene.snapshot is None:
            abort(404)
        return _dated(self.scene.snapshot)


def _dated(snapshot: Snapshot) -> Snapshot:
    now = time.time()
    deadline = snapshot.get("deadline")
    if deadline is not None and "server_now" in snapshot:  # as far away as when the scene was written
        deadline += now - snapshot["server_now"]
    return snapshot | {"server_now": now, "deadline": deadline}


def _read(response: Response) -> Response:
    """Read a file now and close it: a page that is closed half way leaves none open."""
    if not response.direct_passthrough:
        return response
    response.direct_passthrough = False
    with contextlib.closing(response.response) as file:  # type: ignore[type-var]
        data = b"".join(file)  # type: ignore[arg-type]
    response.set_data(data)
    return response


def _app(harness: Harness) -> Flask:  # noqa: C901 - a list of small routes
    app = Flask(
        "pages",
        root_path=str(ROOT),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )

    @app.before_request
    def _nonce() -> None:
        g.nonce = secrets.token_urlsafe(12)
        if not harness.http and request.path.startswith("/api/"):
            abort(503)

    @app.after_request
    def _policy(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CSP.format(nonce=g.nonce)
        response.headers["Referrer-Policy"] = "no-referrer"
        return _read(response)

    @app.get("/page")
    def _page() -> str:
        scene = harness.scene
        assert scene is not None
        locales = ("ko", "en") if scene.page == "monitor" else ()
        words = {each: words_of(scene.page, each) for each in locales} or words_of(scene.page, scene.locale)
        embedded = {} if scene.snapshot is None else {"snapshot": _dated(scene.snapshot)}
        return render_template(
            scene.template, locale=scene.locale, csp_nonce=g.nonce, words=words, **embedded, **scene.context
        )

    @app.get("/styles.css")
    def _styles() -> Response:
        return Response(STYLES_CSS, mimetype="text/css")

    @app.get("/gallery/<name>.jpg")
    def _gallery(name: str) -> Response:
        return send_file(gallery(name), mimetype="image/jpeg")

    @app.get("/pictures/<visit>/<int:photo>/<name>.jpg")
    def _picture(visit: str, photo: int, name: str) -> Response:  # noqa: ARG001
        return send_file(painted(name), mimetype="image/jpeg")

    @app.get("/qr/<name>.svg")
    def _qr(name: str) -> Response:
        code = qrcode.QRCode(border=0, error_correction=qrcode.ERROR_CORRECT_M)
        code.add_data(f"http://192.168.0.20:8080/j/{name}-x7Kq92LmPz")
        out = io.BytesIO()
        code.make_image(image_factory=qrcode.image.svg.SvgPathImage).save(out)
        return Response(out.getvalue(), mimetype="image/svg+xml")

    @app.errorhandler(404)
    def _gone(_: object) -> tuple[Response, int]:
        return jsonify(type="about:blank", title="", status=404, code="visit-gone", params={}), 404

    @app.get("/api/v1/snapshot")
    def _snapshot() -> Response:
        return jsonify(harness.current())

    @app.post("/staff/find")
    def _find() -> Response:
        harness.asked.append(request.get_json()["q"])
        harness.finds.wait(10)
        return jsonify(harness.found)

    @app.post("/staff/logout")
    def _logout() -> Response:
        harness.left.append(request.form["desk"])
        return jsonify()

    @app.post("/api/v1/commands")
    def _commands() -> Response:
        return jsonify(harness.taken(request.get_json()))

    @app.put("/api/v1/visit/photos/<int:number>")
    def _photo(number: int) -> tuple[Response, int]:
        status = harness.photo_statuses.pop(0) if harness.photo_statuses else 200
        request.get_data()
        if status == BY_TUNNEL:
            return Response("bad gateway"), status
        if status != 200:
            code = {507: "store-full", 503: "unexpected"}.get(status, "photo-damaged")
            return jsonify(type="about:blank", title="", status=status, code=code, params={}), status
        harness.photos.append(number)
        harness.focus = dict(request.args)
        return jsonify(ok=True, photo=number), 200

    return app


def start(harness: Harness) -> Callable[[], None]:
    """Serve the harness on a free loopback port until the returned function is called."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = _app(harness)
    harness.socketio = SocketIO(app, async_mode="threading", transports=["websocket"])
    harness.socketio.on_event("connect", harness.meet)
    harness.socketio.on_event("hello", lambda _: harness.current())
    harness.socketio.on_event("cmd", harness.taken)
    harness.socketio.on_event("ping", lambda *_: {"ok": True})
    server = make_server("127.0.0.1", 0, app, threaded=True)
    harness.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def stop() -> None:
        server.shutdown()
        thread.join(5)
        server.server_close()

    return stop
