"""The photo of a request, kept in memory only, and only as long as its caption takes."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from io import BytesIO
from threading import Timer
from typing import IO, Any, Final

from flask import Request
from PIL import Image
from werkzeug.exceptions import ClientDisconnected

from articket.adapters.photos.intake import take_in
from articket.caption_server.refusals import CannotCaption
from articket.domain.faults import PhotoRefused

FIELD: Final = "file"
LIMIT_MB: Final = 16
LIMIT_BYTES: Final = LIMIT_MB * 1024 * 1024
ENVELOPE_BYTES: Final = 64 * 1024  # what multipart adds
PAUSE_S: Final = 10.0  # between two pieces of an upload
WHOLE_S: Final = 30.0
SOCKET: Final = "gunicorn.socket"
STATUS_BY_CODE: Final = {
    "photo-too-many-bytes": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "photo-kind": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "photo-not-an-image": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}


class UploadRequest(Request):
    """A request whose files never touch the disk."""

    max_content_length = LIMIT_BYTES + ENVELOPE_BYTES
    max_form_memory_size = ENVELOPE_BYTES
    max_form_parts = 8

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002 - the framework's signature
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        return BytesIO()


def read_upload(request: Request) -> bytes:
    """Return the bytes of the uploaded file, or raise CannotCaption with 408, 413, 415 or 422."""
    if request.mimetype != "multipart/form-data":
        raise unsupported(f"Send a photo as multipart/form-data, in the field {FIELD}.")
    with in_time(request.environ):
        sent = request.files.get(FIELD)
    if sent is None:
        raise CannotCaption(
            HTTPStatus.UNPROCESSABLE_ENTITY, "caption-no-file", f"The field {FIELD} holds no file."
        )
    # Many clients do not say what they send; the bytes decide then.
    if sent.mimetype and not sent.mimetype.startswith(("image/", "application/octet-stream")):
        raise unsupported("Only pictures have captions.")
    data: bytes = sent.read()
    if len(data) > LIMIT_BYTES:
        raise too_large()
    return data


def read_photo(data: bytes) -> Image.Image:
    """Return the photo upright, in RGB and of bounded size, or raise CannotCaption with 413, 415 or 422."""
    try:
        clean = take_in(data)
    except PhotoRefused as fault:
        status = STATUS_BY_CODE.get(fault.code, HTTPStatus.UNPROCESSABLE_ENTITY)
        raise CannotCaption(status, fault.code, fault.sentence) from fault
    return Image.open(BytesIO(clean.jpeg), formats=("JPEG",))


def too_large() -> CannotCaption:
    """Return the refusal of an upload over the limit."""
    return CannotCaption(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "photo-too-many-bytes",
        f"The upload has more than {LIMIT_MB} MiB.",
    )


def unsupported(sentence: str) -> CannotCaption:
    """Return the refusal of something that is no photo."""
    return CannotCaption(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "photo-not-an-image", sentence)


@contextmanager
def in_time(environ: dict[str, Any], whole_s: float = WHOLE_S) -> Iterator[None]:
    """Read a body; one that pauses, or trickles for too long, ends there and frees its thread."""
    connection = environ.get(SOCKET)
    if not isinstance(connection, socket.socket):
        yield
        return
    connection.settimeout(PAUSE_S)
    watch = Timer(whole_s, _hang_up, (connection,))
    watch.daemon = True
    watch.start()
    try:
        yield
    except (TimeoutError, ClientDisconnected) as reason:
        _hang_up(connection)
        raise CannotCaption(
            HTTPStatus.REQUEST_TIMEOUT, "caption-upload-slow", "The upload took too long."
        ) from reason
    finally:
        watch.cancel()


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RD)
