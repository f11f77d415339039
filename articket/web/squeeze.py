"""Styles, scripts and drawings go out squeezed: at 200 kbit/s the styles of letters alone take six s."""

import gzip
from contextlib import closing
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, request

LEVEL: Final = 6
KINDS: Final = frozenset({"text/css", "text/javascript", "application/javascript", "image/svg+xml"})
# Pages stay as they are: what is secret in them must not be guessed from their length.
OPEN: Final = frozenset({"static", "styles.styles"})


def squeeze(app: Flask) -> None:
    """Squeeze what everybody may see, for browsers that can read it; each version of a file once."""
    # By what a file is, not by its address: one file has as many addresses as somebody cares to write.
    kept: dict[str, bytes] = {}

    def squeezed(response: Response, etag: str | None) -> bytes:
        with closing(response):  # of the file that is not read again
            known = kept.get(etag) if etag else None
            if known is None:
                response.direct_passthrough = False
                known = gzip.compress(response.get_data(), LEVEL, mtime=0)
                if etag:
                    kept[etag] = known
            return known

    @app.after_request
    def after(response: Response) -> Response:
        if request.endpoint not in OPEN or response.mimetype not in KINDS:
            return response
        response.vary.add("Accept-Encoding")
        if response.status_code != HTTPStatus.OK or not request.accept_encodings["gzip"]:
            return response
        etag, _ = response.get_etag()
        data = squeezed(response, etag)
        response.direct_passthrough = False
        response.set_data(data)
        response.headers["Content-Encoding"] = "gzip"
        if etag:
            response.set_etag(etag, weak=True)
        return response
