"""How long somebody who gave wrong passwords has to wait; nobody is ever locked out."""

from collections import deque
from threading import Lock
from typing import Final

FREE_TRIES: Final = 3
LONGEST_S: Final = 30.0
FORGOTTEN_S: Final = 600.0
MANY_A_MINUTE: Final = 30  # wrong passwords from everywhere, until everybody is slowed down a little
GENTLE_S: Final = 2.0
MINUTE_S: Final = 60.0
ADDRESSES_KEPT: Final = 1_000


class Patience:
    """Counts wrong passwords per address, and all of them together."""

    def __init__(self) -> None:
        """Start with nothing held against anybody."""
        self._failed: dict[str, tuple[int, float]] = {}
        self._all: deque[float] = deque(maxlen=MANY_A_MINUTE)
        self._lock = Lock()

    def wait(self, address: str, now: float) -> float:
        """Return the seconds this address has to wait before its next try; 0 when it may."""
        with self._lock:
            count, at = self._failed.get(address, (0, 0.0))
            if now - at > FORGOTTEN_S:
                count = 0
            own = min(LONGEST_S, 2.0 ** (count - FREE_TRIES)) if count >= FREE_TRIES else 0.0
            busy = len(self._all) == MANY_A_MINUTE and now - self._all[0] < MINUTE_S
            gentle = GENTLE_S if busy and count else 0.0
            return max(0.0, at + max(own, gentle) - now)

    def failed(self, address: str, now: float) -> None:
        """Note a wrong password."""
        with self._lock:
            count, at = self._failed.pop(address, (0, now))
            self._failed[address] = (1 if now - at > FORGOTTEN_S else count + 1, now)
            self._all.append(now)
            while len(self._failed) > ADDRESSES_KEPT:
                del self._failed[next(iter(self._failed))]

    def forgive(self, address: str) -> None:
        """Forget what an address did wrong."""
        with self._lock:
            self._failed.pop(address, None)
