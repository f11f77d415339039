"""A gate that lets people in one after the other, in the order in which they came."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition


class GoneError(Exception):
    """The server ended, and whatever was under way with it."""


class Turnstile:
    """So many places, a line without end before them, first come first served, no time limit."""

    def __init__(self, bell: Condition, places: Callable[[], int], is_over: Callable[[], bool]) -> None:
        """Ring and hear this bell; nobody waits any longer when it is over."""
        self._bell = bell
        self._places = places
        self._is_over = is_over
        self._line: deque[object] = deque()
        self._inside = 0

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Wait for a place and hold it; GoneError when it is over."""
        ticket = object()
        with self._bell:
            self._line.append(ticket)
            self._bell.wait_for(
                lambda: self._is_over() or (self._line[0] is ticket and self._inside < self._places())
            )
            self._line.remove(ticket)
            self._inside += 1
            self._bell.notify_all()
        try:
            if self._is_over():
                raise GoneError
            yield
        finally:
            with self._bell:
                self._inside -= 1
                self._bell.notify_all()
