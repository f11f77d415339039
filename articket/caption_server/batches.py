"""Requests that arrive together are worked on together."""

from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Event, Lock
from time import monotonic
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from articket.caption_server.refusals import busy

if TYPE_CHECKING:
    from collections.abc import Callable

GATHER_S: Final = 0.02  # an idle model waits so long for company; a busy one finds it waiting
RETRY_ENDING_S: Final = 10

Work = TypeVar("Work")
Order = tuple[Work, "Future[str]"]


class Batches(Generic[Work]):
    """A line of orders that any thread joins and one thread takes from, several at a time."""

    def __init__(self, largest: int) -> None:
        """Start with nobody in line."""
        self._largest = largest
        self._line: SimpleQueue[Order[Work] | None] = SimpleQueue()
        self._open: set[Future[str]] = set()
        self._lock = Lock()
        self._ended = Event()

    def order(self, work: Work) -> "Future[str]":
        """Join the line; after the end the answer is a refusal at once."""
        answer: Future[str] = Future()
        answer.add_done_callback(self._forget)
        with self._lock:
            self._open.add(answer)
            self._line.put((work, answer))
        if self._ended.is_set():
            self.refuse_all()
        return answer

    def unanswered(self) -> int:
        """Count whoever waits, those of a running batch too."""
        with self._lock:
            return len(self._open)

    def serve(self, run: "Callable[[list[Order[Work]]], None]") -> None:
        """Run batch after batch in this thread until the end."""
        while not self._ended.is_set():
            batch = self._gather()
            if batch:
                run(batch)

    def end(self) -> None:
        """Take nothing more; a batch that is running goes on."""
        self._ended.set()
        self._line.put(None)

    def refuse_all(self) -> None:
        """Answer everybody who still waits, those of a running batch too."""
        with self._lock:
            waiting = list(self._open)
        for answer in waiting:
            refuse(answer, busy("caption-ending", "The caption server is ending.", RETRY_ENDING_S))

    def _gather(self) -> list[Order[Work]]:
        """Wait for the first order, then a moment for others; leave out whom nobody awaits any more."""
        batch: list[Order[Work]] = []
        until = None
        while len(batch) < self._largest:
            try:
                order = self._line.get(timeout=None if until is None else max(0.0, until - monotonic()))
            except Empty:
                break
            if order is None:
                break
            until = until or monotonic() + GATHER_S
            if order[1].set_running_or_notify_cancel():
                batch.append(order)
        return batch

    def _forget(self, answer: "Future[str]") -> None:
        with self._lock:
            self._open.discard(answer)


def tell(answer: "Future[str]", caption: str) -> None:
    """Answer, unless the wait is over."""
    with suppress(InvalidStateError):
        answer.set_result(caption)


def refuse(answer: "Future[str]", reason: Exception) -> None:
    """Refuse, unless the wait is over."""
    with suppress(InvalidStateError):
        answer.set_exception(reason)
