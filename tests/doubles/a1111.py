"""A stand-in A1111 server on a port of its own, as real as HTTP gets."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from articket.fake_sd.behaviour import Behaviour
from articket.fake_sd.stand_in import StandIn

WITHIN_S = 20.0
BEAT_S = 0.02
"""What only time changes rings no bell."""


class Double(StandIn):
    """What a test sees of the server.

    `.url`, `.host`, `.port`: where it is.
    `.requests`: what came (method, path, query, headers in small letters, body without pictures).
    `.works`: finished img2img, with what was asked and what was done; failed ones are not among them.
    `.in_hand`: img2img that the server has and has not finished, whether or not a client still waits.
    `.awaiting`, `.most_at_once`: clients that wait for an img2img now, and the most that ever did at once.
    `.behave(**changes)`: any field of Behaviour, from now on: `next_faults=["reset", "out-of-memory"]`,
    `hang=True`, `held_at=0.5` (what is in work stands still at the half), `dead=True` (connections are
    refused, work is lost) and `dead=False` (a fresh start on the same port).
    `.restart()`: dead and back at once. `.until(condition)`: wait for something to become true.
    """

    def until(self, condition: Callable[[], object], limit_s: float = WITHIN_S) -> None:
        """Wait until it is true; it may ask the server itself. AssertionError after the limit."""
        end = time.monotonic() + limit_s
        while not condition():
            assert time.monotonic() < end, "It never came to that."
            with self.bell:
                self.bell.wait(BEAT_S)

    def asked(self, path: str) -> list[Any]:
        """Return the bodies of the requests for a path."""
        return [each.body for each in self.requests if each.path == path]


@contextmanager
def a1111(**behaviour: Any) -> Iterator[Double]:
    """Serve on a free port of 127.0.0.1 until the end of the block; arguments are fields of Behaviour."""
    double = Double(Behaviour(**behaviour))
    try:
        yield double
    finally:
        double.close()
