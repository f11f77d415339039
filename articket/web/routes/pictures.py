"""Pictures of visits for those who may see them, and the house paintings for everybody."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, make_response, request, send_file

from articket.application import files
from articket.domain.faults import Gone
from articket.domain.visit import Photo, Visit
from articket.web.front_desk import FrontDesk
from articket.web.small import small

if TYPE_CHECKING:
    from typing_extensions import Buffer

NAME: Final = re.compile(r"(photo|source)|(veil|small|large|print)-([a-z0-9_-]{1,40})")
HOUSE_NAME: Final = re.compile(r"[a-z0-9_-]{1,40}\.[a-z0-9_-]{1,40}")
KEPT_S: Final = 600  # a photo's number is part of its address, so what is there never changes
HOUSE_KEPT_S: Final = 3600
EARLY: Final = ("photo", "veil")


def picture_routes(desk: FrontDesk) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("pictures", __name__)
    parts = desk.parts

    @routes.get("/gallery/<picture>.jpg")
    def house(picture: str) -> Response:
        path = parts.gallery / f"{picture}.jpg"
        if not HOUSE_NAME.fullmatch(picture) or not path.is_file():
            raise Gone("file-gone", "There is no such house painting.")
        if request.args.get("small") != "1":
            return make_response(
                send_file(path, mimetype="image/jpeg", conditional=True, max_age=HOUSE_KEPT_S)
            )
        response = Response(small(path), mimetype="image/jpeg")
        response.headers["Cache-Control"] = f"public, max-age={HOUSE_KEPT_S}"
        response.add_etag()
        response.make_conditional(request)
        return response

    @routes.get("/pictures/<visit_id>/<int:photo>/<name>.jpg")
    def picture(visit_id: str, photo: int, name: str) -> Response:
        parsed = NAME.fullmatch(name)
        visit = parts.floor.visits.visit(visit_id)
        if parsed is None or visit is None or visit.receipt is not None or visit.photo is None:
            raise Gone("file-gone", "There is no such picture.")
        size, style = parsed[1] or parsed[2], parsed[3]
        if not 0 < photo <= visit.photo.number or not _may_see(desk, visit, photo, size, style):
            raise Gone("file-gone", "There is no such picture for whoever asks.")
        path = parts.store.path(_stored(visit, visit.photo, photo, size, style))
        if not path.is_file():
            raise Gone("file-gone", "The picture is not painted yet.")
        saved = request.args.get("save") == "1"
        response = make_response(
            send_file(
                path,
                mimetype="image/jpeg",
                conditional=True,
                as_attachment=saved,
                download_name=_file_name(visit, style or "photo") if saved else None,
            )
        )
        response.headers["Cache-Control"] = _kept(desk, visit)
        return response

    @routes.get("/pictures/<visit_id>/all.zip")
    def everything(visit_id: str) -> Response:
        visit = parts.floor.visits.visit(visit_id) if desk.callers.owns(request, visit_id) else None
        if visit is None or visit.revealed_at is None or visit.photo is None:
            raise Gone("file-gone", "There are no paintings for whoever asks.")
        number = visit.photo.number
        painted = {
            _file_name(visit, easel.style): parts.store.path(
                files.painting(visit.id, number, easel.style, "print")
            )
            for easel in visit.easels
        }
        there = {name: path for name, path in painted.items() if path.is_file()}
        response = Response(_zipped(there), mimetype="application/zip")
        response.headers.set("Content-Disposition", "attachment", filename=_stem(visit) + ".zip")
        return response

    return routes


def _stored(visit: Visit, present: Photo, photo: int, size: str, style: str) -> str:
    if size == "source":
        return files.source(visit.id, present.source)
    return files.framed(visit.id, photo) if size == "photo" else files.painting(visit.id, photo, style, size)


def _kept(desk: FrontDesk, visit: Visit) -> str:
    """Say how long whoever asks may keep a picture; what staff hide must not lie in the monitor's cache."""
    return f"private, max-age={KEPT_S}" if desk.callers.owns(request, visit.id) else "no-store"


def _may_see(desk: FrontDesk, visit: Visit, photo: int, size: str, style: str | None) -> bool:
    """Whether whoever asks may see a picture; paintings are for nobody before the reveal but staff."""
    early = size in EARLY
    revealed = visit.revealed_at is not None
    if (early or revealed or size == "source") and desk.callers.owns(request, visit.id):
        return True
    if size == "source":
        return False
    is_shown = visit.is_public and visit.photo is not None and visit.photo.number == photo
    if desk.callers.is_monitor(request) and is_shown and (early or (revealed and size != "print")):
        at_the_wall = desk.views.booth().visit == visit.id
        if at_the_wall or (not early and _hangs(visit, style)):
            return True
    return desk.callers.is_staff(request)


def _hangs(visit: Visit, style: str | None) -> bool:
    """Whether this painting is one of the idle gallery's."""
    return visit.on_the_wall and visit.decision is not None and visit.decision.style == style


def _stem(visit: Visit) -> str:
    return f"articket-{visit.decision.number}" if visit.decision else "articket"


def _file_name(visit: Visit, what: str) -> str:
    return f"{_stem(visit)}-{what}.jpg"


class _Pipe(io.RawIOBase):
    """Takes what zipfile writes and hands it on; zipfile notes by itself that this cannot be rewound."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: "Buffer") -> int:
        self._chunks.append(bytes(data))
        return len(self._chunks[-1])

    def taken(self) -> bytes:
        taken, self._chunks = b"".join(self._chunks), []
        return taken


def _zipped(paths: Mapping[str, Path]) -> Iterator[bytes]:
    """Yield a zip file, one stored picture after the other."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for name, path in paths.items():
            archive.writestr(name, path.read_bytes())
            yield pipe.taken()
    yield pipe.taken()
