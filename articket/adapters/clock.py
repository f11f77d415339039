"""Time and chance as they are."""

import logging
import random
import secrets
import time
from collections.abc import Callable
from threading import Event, Thread

log = logging.getLogger(__name__)
SECRET_BYTES = 16


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Return seconds since the epoch."""
        return time.time()


class SystemDice:
    """The machine's chance."""

    def roll(self) -> float:
        """Return a number in [0, 1)."""
        return random.random()  # noqa: S311 - it chooses pictures, not secrets

    def secret(self) -> str:
        """Return a fresh unguessable identifier of 128 bits, URL-safe."""
        return secrets.token_urlsafe(SECRET_BYTES)


class Metronome:
    """Calls something again and again on a thread of its own, until it is closed."""

    def __init__(self, name: str, every_s: float, call: Callable[[], None]) -> None:
        """Prepare; nothing runs before start."""
        self._every_s = every_s
        self._call = call
        self._stopping = Event()
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin, with the first call at once."""
        self._thread.start()

    def close(self, patience_s: float | None = None) -> None:
        """Stop after the call under way, and wait for its end, for no longer than the patience."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(patience_s)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._call()
            except Exception:  # a thread's edge: it must go on tomorrow whatever happened today
                log.exception("%s failed; it goes on.", self._thread.name)
            self._stopping.wait(self._every_s)
