"""Warm painting processes that outlive a crash of one of them and never outlive their parent."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from ctypes import c_double
from multiprocessing.connection import wait as wait_for
from typing import Any, ParamSpec, TypeVar

import cv2
import numpy as np

from articket.adapters.painters.faces import check_cascades
from articket.adapters.painters.finishing import finish_picture
from articket.adapters.painters.reading import read
from articket.adapters.painters.recipes import RECIPES
from articket.adapters.painters.studio_work import (
    Focus,
    Painted,
    PaintOrder,
    Photo,
    Readings,
    frame_photo,
    paint_order,
    see_photo,
)
from articket.application.fleet.ports import Finished
from articket.application.ports import FRAME_SIZE
from articket.domain.visit import Sight

PROCESSES = 2
TRIES = 2
SLOTS = 64
LOOK_EVERY = 0.1
"""Seconds between two looks at an order's progress."""
WARM_UP_SECONDS = 120.0
PAINT_SECONDS = 60.0
"""An order that takes longer never ends: its processes are replaced."""

P = ParamSpec("P")
R = TypeVar("R")
Progress = Callable[[float], None]


class PoolClosedError(RuntimeError):
    """The pool takes no more orders."""


class PaintPool:
    """Processes that paint, each on one core; thread-safe."""

    def __init__(self, processes: int = PROCESSES) -> None:
        check_cascades()
        self._processes = processes
        self._lock = threading.Lock()
        self._context = multiprocessing.get_context("spawn")
        self._marks: Any = self._context.RawArray(c_double, SLOTS)
        self._free = list(range(SLOTS))
        self._slot_freed = threading.Condition(threading.Lock())
        self._executor: ProcessPoolExecutor | None = self._open()

    def warm(self) -> None:
        """Start every process and wait until each has painted its try-out picture."""
        executor = self._current()
        for ready in [executor.submit(_pid) for _ in range(self._processes)]:
            ready.result(timeout=WARM_UP_SECONDS)

    def pids(self) -> tuple[int, ...]:
        """Return the ids of the processes that run now."""
        with self._lock:
            executor = self._executor
        return tuple(sorted(executor._processes or ())) if executor else ()  # noqa: SLF001 - there is no public way

    def paint(self, order: PaintOrder, on_progress: Progress | None = None) -> Painted:
        """Paint and wait; ValueError for an unknown recipe or a photo that is none."""
        if order.recipe not in RECIPES:
            raise ValueError(f"There is no recipe {order.recipe!r}; there are {', '.join(sorted(RECIPES))}.")
        slot = self._take_slot()
        try:
            return self._run(on_progress, slot, _paint, order, slot)
        finally:
            self._give_slot(slot)

    def see(self, photo: Photo, focus: Focus) -> Sight:
        """Look at a photo and wait."""
        return self._run(None, 0, see_photo, photo, focus)

    def frame(self, photo: Photo, focus: Focus, size: tuple[int, int] = FRAME_SIZE) -> bytes:
        """Cut a photo's portrait frame and wait."""
        return self._run(None, 0, frame_photo, photo, focus, size)

    def finish(self, picture: bytes) -> Finished:
        """Make a painting of what a server sent and wait; PainterFaultTransient where that is none."""
        return self._run(None, 0, finish_picture, picture)

    def close(self, *, at_once: bool = False) -> None:
        """End the processes; orders under way are finished unless it must be at once."""
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is None:
            return
        if at_once:
            _kill(executor)
        executor.shutdown(wait=True, cancel_futures=True)

    def _open(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._processes, self._context, _begin, (self._marks,))

    def _current(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._executor is None:
                raise PoolClosedError("The painters have gone home.")
            return self._executor

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        """Put a fresh executor where the broken one was, unless another thread has done so."""
        with self._lock:
            if self._executor is broken:
                self._executor = self._open()
        _kill(broken)
        broken.shutdown(wait=False, cancel_futures=True)

    def _run(
        self, on_progress: Progress | None, slot: int, task: Callable[P, R], *args: P.args, **named: P.kwargs
    ) -> R:
        fault: Exception = PoolClosedError("No try was made.")
        for _ in range(TRIES):
            executor = self._current()
            try:
                return self._await(executor.submit(task, *args, **named), on_progress, slot)
            except (BrokenProcessPool, TimeoutError) as broken:
                self._replace(executor)
                fault = broken
        raise fault

    def _await(self, future: "Future[R]", on_progress: Progress | None, slot: int) -> R:
        if on_progress is None:
            return future.result(timeout=PAINT_SECONDS)
        told, waited = -1.0, 0.0
        while not wait([future], timeout=LOOK_EVERY).done:
            waited += LOOK_EVERY
            if waited > PAINT_SECONDS:
                raise TimeoutError
            if (now := float(self._marks[slot])) > told:
                on_progress(told := now)
        result = future.result()
        on_progress(1.0)
        return result

    def _take_slot(self) -> int:
        with self._slot_freed:
            while not self._free:
                self._slot_freed.wait()
            slot = self._free.pop()
        self._marks[slot] = 0.0
        return slot

    def _give_slot(self, slot: int) -> None:
        with self._slot_freed:
            self._free.append(slot)
            self._slot_freed.notify()


def _kill(executor: ProcessPoolExecutor) -> None:
    for process in list((executor._processes or {}).values()):  # noqa: SLF001 - a stuck one ends no other way
        process.kill()


_marks: list[Any] = []
_readings: list[Readings] = []
"""In a painting process only: where it marks its progress for the parent, and what it has read."""


def _begin(marks: Any) -> None:
    """Make this process a painter: one thread, ending with its parent, everything tried once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    cv2.setNumThreads(1)
    _marks[:], _readings[:] = [marks], [Readings()]
    trial = np.random.default_rng(0).integers(0, 256, (96, 66, 3)).astype(np.uint8)
    reading = read(trial)
    for recipe in RECIPES.values():
        recipe(reading, 0)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(0)


def _pid() -> int:
    return os.getpid()


def _paint(order: PaintOrder, slot: int) -> Painted:
    def mark(progress: float) -> None:
        _marks[0][slot] = progress

    return paint_order(order, _readings[0], mark)
