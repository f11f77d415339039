"""The production server: gunicorn with one worker and a thread for each open socket."""

import logging
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any, Protocol

from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

CANNOT_START = 4  # gunicorn's word for an application that cannot be loaded: it stops instead of trying again
BACKLOG = 2048
REQUESTS_GRACE_S = 2  # for requests under way; sockets are hung up at once
# The master's patience with a worker that answers its last requests and then closes the house: one that is
# killed complains of memory and leaves painters behind.
WORKER_GRACE_S = 15
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
    _ending = False

    def init_signals(self) -> None:
        """Leave Ctrl+C to the master, which tells the worker; the painters inherit that they hear nothing."""
        super().init_signals()
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def handle_exit(self, sig: int, frame: object) -> None:
        """Begin the end."""
        if self.running is None:
            os._exit(0)  # nothing is open yet, and the painters that are warming up end with their parent
        self._hang_up()
        super().handle_exit(sig, frame)

    def handle_quit(self, sig: int, frame: object) -> None:
        """End in the same way however one is told."""
        self.handle_exit(sig, frame)

    def is_parent_alive(self) -> bool:
        """Tell whether the master is there; without it nobody sends the signal to end."""
        alive = bool(super().is_parent_alive())
        if not alive:
            self._hang_up()
        return alive

    def murder_keepalived(self, *, force: bool = False) -> None:
        """Close connections that wait for a next request; at the end all of them, whatever their time-out."""
        super().murder_keepalived(force=force or self._ending)

    def _hang_up(self) -> None:
        """Hang up once; in a thread, since a signal handler must not wait."""
        if not self._ending and self.running is not None:
            self._ending = True
            Thread(target=self.running.hang_up, name="hang-up", daemon=True).start()


class Calm(logging.Filter):
    """Drops what the server says about a start that failed: the reason was told in a sentence already."""

    said = ("Shutting down: %s", "Reason: %s")

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep what is news."""
        args = record.args if isinstance(record.args, tuple) else ()
        failed = "exited with code" in str(record.msg) and args[-1:] == (CANNOT_START,)
        return not failed and record.msg not in self.said


def listen(host: str, port: int) -> socket.socket:
    """Open the port; OSError where it is taken or not ours to take."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """Serves an installation that is opened in the worker: threads and processes do not survive a fork."""

    def __init__(self, listener: socket.socket, threads: int, start: Callable[[], Running]) -> None:
        """Prepare; `run` blocks until the server is told to end."""
        self._bind = f"fd://{listener.detach()}"
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
            "graceful_timeout": WORKER_GRACE_S,
            "timeout": SILENT_WORKER_S,
            "keepalive": KEEP_ALIVE_S,
            "forwarded_allow_ips": "",  # whom to believe is up to `trusted_proxies`
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
        logging.getLogger("gunicorn.error").addFilter(Calm())
        # Painters that were killed leave semaphores; Python removes them, and need not tell people about it.
        quiet = (os.environ.get("PYTHONWARNINGS", ""), "ignore:resource_tracker")
        os.environ["PYTHONWARNINGS"] = ",".join(filter(None, quiet))

    def load(self) -> Callable[..., Any]:
        """Start the installation in the worker and return its WSGI application."""
        self.running = self._start()
        return self.running.wsgi


def _post_worker_init(worker: BoothWorker) -> None:
    worker.cfg.set("graceful_timeout", REQUESTS_GRACE_S)  # in this process alone: the master keeps its own
    worker.running = worker.app.running


def _worker_exit(_: Server, worker: BoothWorker) -> None:
    if worker.running is not None:
        with suppress(OSError):
            worker.running.close()
