"""The caption server's two routes: POST /generate_caption and GET /healthz."""

import logging
import os
import signal
from functools import partial
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Final

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge

from articket.caption_server.captioning import Captioning, Limits
from articket.caption_server.model import load_blip
from articket.caption_server.refusals import CannotCaption, busy
from articket.caption_server.uploads import UploadRequest, read_photo, read_upload, too_large
from articket.settings.caption_server import CaptionSettings

WAITING: Final = 32  # photos that may wait beside those of the running batch; each may hold 16 MiB
SPARE_THREADS: Final = 8  # so that /healthz answers and refusals go out while every place is taken
DECODING: Final = 4  # photos unpacked at a time: a large one takes 150 MB
RETRY_FULL_S: Final = 2
LAST_CHANCE_S: Final = 1.0

log = logging.getLogger(__name__)


def threads_for(settings: CaptionSettings) -> int:
    """Return how many requests the server must be able to hold at a time."""
    return WAITING + settings.caption_batch + SPARE_THREADS


def build_app(captioning: Captioning, model: str, places: int) -> Flask:
    """Return the web application; beyond so many places requests are sent away before their photo is read."""
    app = Flask(__name__, static_folder=None)
    app.request_class = UploadRequest
    free = BoundedSemaphore(places)
    decoding = BoundedSemaphore(DECODING)

    @app.post("/generate_caption")
    def generate_caption() -> Response:
        captioning.ready()
        if not free.acquire(blocking=False):
            raise busy("caption-busy", "Too many photos wait for their caption.", RETRY_FULL_S)
        try:
            data = read_upload(request)
            with decoding:
                picture = read_photo(data)
            return jsonify(caption=captioning.caption(picture))
        finally:
            free.release()

    @app.get("/healthz")
    def healthz() -> Response:
        status = captioning.status
        is_ready = status.phase == "ready"
        response = jsonify(
            status=status.phase,
            ready=is_ready,
            model=model,
            device=status.device,
            waiting=captioning.waiting(),
            error=status.sentence,
        )
        response.status_code = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
        return response

    app.register_error_handler(CannotCaption, _refused)
    app.register_error_handler(RequestEntityTooLarge, lambda _: _refused(too_large()))
    app.register_error_handler(HTTPException, _other)
    app.register_error_handler(Exception, _unexpected)
    return app


def _refused(reason: CannotCaption) -> Response:
    response = _answer(reason.status, reason.code, reason.sentence)
    if reason.retry_after_s is not None:
        response.headers["Retry-After"] = str(reason.retry_after_s)
    return response


def _other(reason: HTTPException) -> Response:
    """Answer what Flask itself refuses, an unknown address for instance."""
    status = HTTPStatus(reason.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    response = _answer(status, "command-unknown", f"{status.description or status.phrase}.")
    if isinstance(reason, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(reason.valid_methods or ())
    return response


def _unexpected(reason: Exception) -> Response:
    log.error("A request to %s failed.", request.endpoint, exc_info=reason)
    return _answer(
        HTTPStatus.INTERNAL_SERVER_ERROR, "unexpected", "The caption server failed; its log says why."
    )


def _answer(status: HTTPStatus, code: str, sentence: str) -> Response:
    response = jsonify(error=sentence, code=code)
    response.status_code = status
    return response


class CaptionHouse:
    """A running caption server: what gunicorn serves, and what it tells when the end comes."""

    def __init__(self, settings: CaptionSettings) -> None:
        """Put it together; `start` begins to load the model."""
        self._captioning = Captioning(
            partial(load_blip, settings.caption_model, settings.caption_device),
            Limits(largest_batch=settings.caption_batch),
            give_up=_end_this_worker,
        )
        self.wsgi: Flask = build_app(
            self._captioning, settings.caption_model, WAITING + settings.caption_batch
        )

    def start(self) -> None:
        """Load the model in the background."""
        self._captioning.start()

    def hang_up(self) -> None:
        """Let the running batch finish if it soon does, and refuse everybody else."""
        self._captioning.end(LAST_CHANCE_S)

    def close(self) -> None:
        """End for good: a thread inside torch would crash an interpreter that is being taken down."""
        if not self._captioning.end():
            os._exit(0)


def _end_this_worker() -> None:
    """Let gunicorn start a fresh process: a card that faulted serves no old one."""
    os.kill(os.getpid(), signal.SIGTERM)
