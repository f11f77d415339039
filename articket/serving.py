"""The production server: gunicorn with one worker and a thread for each open socket."""

from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any, Protocol

from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

GRACE_S = 2
SILENT_WORKER_S = 120
KEEP_ALIVE_S = 5


class Running(Protocol):
    """A started installation and its web application."""

    @property
    def wsgi(self) -> Callable[..., Any]:
        """Return the web application."""

    def hang_up(self) -> None:
        """Close every socket, so that the threads that hold them come free."""

    def close(self) -> None:
        """Stop everything."""


class BoothWorker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """A worker that hangs up on its sockets when it is told to end: they would hold it for half a minute."""

    running: Running | None = None

    def handle_exit(self, sig: int, frame: object) -> None:
        """Begin the end; a signal handler must not wait, so a thread hangs up."""
        super().handle_exit(sig, frame)
        if self.running is not None:
            Thread(target=self.running.hang_up, name="hang-up", daemon=True).start()


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """Serves an installation that is opened in the worker: threads and processes do not survive a fork."""

    def __init__(self, bind: str, threads: int, start: Callable[[], Running]) -> None:
        """Prepare; `run` blocks until the server is told to end."""
        self._bind = bind
        self._threads = threads
        self._start = start
        super().__init__()

    def load_config(self) -> None:
        """Set what the booth needs, whatever gunicorn's own files say."""
        options: dict[str, Any] = {
            "bind": self._bind,
            "workers": 1,
            "threads": self._threads,
            "worker_class": "articket.serving.BoothWorker",
            "worker_connections": self._threads * 2,
            "graceful_timeout": GRACE_S,
            "timeout": SILENT_WORKER_S,
            "keepalive": KEEP_ALIVE_S,
            "accesslog": None,
            "loglevel": "warning",
            "proc_name": "articket",
            "control_socket_disable": True,
            "post_worker_init": _post_worker_init,
            "worker_exit": _worker_exit,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """Start the installation in the worker and return its WSGI application."""
        self.running = self._start()
        return self.running.wsgi


def _post_worker_init(worker: BoothWorker) -> None:
    worker.running = worker.app.running


def _worker_exit(_: Server, worker: BoothWorker) -> None:
    if worker.running is not None:
        with suppress(OSError):
            worker.running.close()
