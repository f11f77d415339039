"""A ComfyUI server on this machine, as true as a client can tell, whose faults a test chooses.

with comfyui(seconds=0.1) as double:
    ...  # double.url, double.requests, double.works, double.behave(held=True)
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Lock, Thread
from typing import Any

from doubles.comfyui_parts.behaviour import Behaviour
from doubles.comfyui_parts.faults import spoil
from doubles.comfyui_parts.machine import Machine, Work
from doubles.comfyui_parts.nodes import Sampling
from doubles.comfyui_parts.routes import answer
from werkzeug import Request, Response
from werkzeug.serving import WSGIRequestHandler, make_server

__all__ = ["Behaviour", "ComfyUi", "Seen", "comfyui"]


@dataclass(frozen=True)
class Seen:
    """A request that came; `body` is its JSON, or a form's fields."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    login: tuple[str | None, str | None] | None
    headers: dict[str, str]


class ComfyUi:
    """The server, and what came to it."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.machine = Machine(behaviour)
        self.requests: list[Seen] = []
        self._taken: dict[str, int] = {}
        self._lock = Lock()
        self._server = make_server("127.0.0.1", 0, self, threaded=True, request_handler=_Quiet)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.port}"

    @property
    def behaviour(self) -> Behaviour:
        return self.machine.behaviour

    @property
    def works(self) -> list[Work]:
        """Return every prompt that was accepted, in order."""
        return self.machine.works

    @property
    def samplings(self) -> list[Sampling]:
        """Return what samplers were told."""
        return self.machine.samplings

    @property
    def most_at_once(self) -> int:
        """Return how many prompts waited or ran at the same time at most."""
        return self.machine.most_at_once

    def behave(self, **changes: Any) -> None:
        """Be different from now on."""
        with self.machine.changed:
            self.machine.behaviour = replace(self.machine.behaviour, **changes)
            self._taken.clear()
            self.machine.changed.notify_all()

    def wait_for(self, state: str, limit_s: float = 10.0) -> None:
        """Wait until the newest prompt is in that state."""
        self.machine.wait_for(lambda: self.works and self.works[-1].state == state, limit_s)

    def paths(self, method: str | None = None) -> list[str]:
        """Return the paths that were asked for."""
        return [seen.path for seen in self.requests if method in {None, seen.method}]

    def die(self) -> None:
        """Let nobody answer any more."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join(10)
            self._server.server_close()
        self.machine.close()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        request.get_data(cache=True, parse_form_data=False)  # read whole, as aiohttp's handlers do
        try:
            return self._answer(request)(environ, start_response)
        finally:
            request.close()

    def _answer(self, request: Request) -> Response:
        given = request.authorization
        login = (given.username, given.password) if given else None
        body = request.get_json(silent=True) if request.is_json else _form(request)
        headers = dict(request.headers.items())
        self.requests.append(Seen(request.method, request.path, request.args.to_dict(), body, login, headers))
        if self.behaviour.login and login != self.behaviour.login:
            page = "<html><h1>401 Authorization Required</h1></html>"
            return Response(page, 401, {"WWW-Authenticate": "Basic"}, content_type="text/html")
        kind = self._fault_of(request.method, request.path)
        if kind == "lost":
            answer(self.machine, request)  # it is done, and whoever asked does not hear of it
            kind = "reset"
        return spoil(kind, request, self.machine) if kind else answer(self.machine, request)

    def _fault_of(self, method: str, path: str) -> str | None:
        for route, kinds in self.behaviour.broken.items():
            wanted, _, start = route.rpartition(" ")
            if not path.startswith(start) or wanted not in {"", method}:
                continue
            if isinstance(kinds, str):
                return kinds
            with self._lock:
                taken = self._taken.get(route, 0)
                self._taken[route] = taken + 1
            return kinds[taken] if taken < len(kinds) else None
        return None


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - its name
        """Say nothing."""


def _form(request: Request) -> dict[str, Any]:
    fields: dict[str, Any] = request.form.to_dict()
    for name, file in request.files.items():
        fields[name] = file.read()
        file.seek(0)
    return fields


@contextmanager
def comfyui(**behaviour: Any) -> Iterator[ComfyUi]:
    """Run a server that behaves so on a free port until the end of the block."""
    double = ComfyUi(Behaviour(**behaviour))
    try:
        yield double
    finally:
        double.die()
