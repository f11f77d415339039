"""What comes instead of an answer: proxies' pages, and connections that break."""

import socket
import struct
from collections.abc import Iterator

from doubles.comfyui_parts.machine import Machine
from werkzeug import Request, Response

PAGES = {
    "524": (524, "<html><head><title>524: A timeout occurred</title></head></html>"),
    "504": (504, "<html><h1>504 Gateway Time-out</h1></html>"),
    "502": (502, "<html><h1>502 Bad Gateway</h1></html>"),
    "500": (500, "500 Internal Server Error\n\nServer got itself in trouble"),
    "404": (404, "404: Not Found"),
    "403": (403, "<html><h1>403 Forbidden</h1></html>"),
    "413": (413, "<html><h1>413 Request Entity Too Large</h1></html>"),
    "429": (429, "<html><h1>429 Too Many Requests</h1></html>"),
    "html": (200, "<html><title>You are about to visit a tunnel</title></html>"),
}


def spoil(kind: str, request: Request, machine: Machine) -> Response:
    """Answer as a proxy's page, with `{}`, with half a body, after the end (hang), or not at all (reset)."""
    match kind:
        case "reset":
            wire: socket.socket = request.environ["werkzeug.socket"]
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            wire.shutdown(socket.SHUT_RDWR)
            raise ConnectionResetError
        case "half":
            return Response(_half(), content_type="application/json", headers={"Content-Length": "1000"})
        case "hang":
            with machine.changed:
                machine.changed.wait_for(lambda: machine.closed)
            raise ConnectionResetError
        case "empty":
            return Response("{}", content_type="application/json")
        case "list":
            return Response("[[[1]]]", content_type="application/json")
    status, text = PAGES[kind]
    plain = not text.startswith("<")
    return Response(text, status, content_type="text/plain" if plain else "text/html; charset=UTF-8")


def _half() -> Iterator[bytes]:
    yield b'{"half": "a bo'
    raise ConnectionResetError
