"""A bucket that keeps versions, as Google's does and fake-gcs-server does not."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

OBJECTS: Final = "/storage/v1/b/versioned/o"


class VersionedBucket(ThreadingHTTPServer):
    """Names with their generations; the last of a name is the live one until it is deleted by its name."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.versions: list[tuple[str, int]] = []
        self.hidden: set[tuple[str, int]] = set()  # deleted by their name only

    def live(self) -> list[tuple[str, int]]:
        return [each for each in self.versions if each not in self.hidden]


class _Handler(BaseHTTPRequestHandler):
    server: VersionedBucket

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name
        """Say nothing."""

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        all_of_them = asked.get("versions", [""])[0].lower() == "true"
        found = self.server.versions if all_of_them else self.server.live()
        prefix = asked.get("prefix", [""])[0]
        items = [
            {"name": name, "generation": str(number)} for name, number in found if name.startswith(prefix)
        ]
        self._answer(200, json.dumps({"items": items}).encode())

    def do_DELETE(self) -> None:
        parts = urlsplit(self.path)
        name = unquote(parts.path.removeprefix(f"{OBJECTS}/"))
        asked = parse_qs(parts.query)
        if "generation" in asked:
            self.server.versions.remove((name, int(asked["generation"][0])))
        else:
            self.server.hidden |= {each for each in self.server.live() if each[0] == name}
        self._answer(204, b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response_only(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def versioned_bucket() -> Iterator[VersionedBucket]:
    with VersionedBucket() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(10)
